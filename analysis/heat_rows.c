/* DESIGN. For each point the rows that it reaches, for each row the chord, rounded out to whole
 * blocks of eight columns: what lies outside the circle adds 0, so the loop has neither branches
 * nor a remainder, and the compiler makes vector code of it. In metres the squares of the distances
 * of columns are the same in every row and are made once a point. Distances are taken from the
 * centres of pixels in the units of the coordinate system (not scaled by the radius), so that a
 * pixel whose centre lies exactly on the circle is inside, as the sum over d <= h says.
 *
 * Degrees: d^2 = (E(m) dlon)^2 + (M(m) dlat)^2 with the radii of curvature of GRS 80 at the mean
 * latitude m of point and row (Gauss's mid-latitude formula: relative error of d about (d / R)^2 /
 * 12, 1e-6 at 20 km). E and M at m come from a series about the row, 1e-8 at 20 km. Web Mercator:
 * the same with its metres in place of degrees, 4e-6 at 20 km. */
#include "analysis/heat_rows.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* ThreadSanitizer's runtime cannot start with functions that are chosen at load time. */
#if defined(__SANITIZE_THREAD__) || !defined(__x86_64__)
#define VECTOR_VERSIONS
#else
#define VECTOR_VERSIONS __attribute__((target_clones("avx512f", "avx2", "default")))
#endif
#define INLINE static inline __attribute__((always_inline))

enum { BLOCK = 8, SMALL = 40 /* columns */ };

struct row {
    double x, scale; /* d^2 = scale (centre - x)^2 + dy2 */
    double rest;     /* h^2 - dy2 */
    double dy2, h;
    double steep;  /* 1 - decay */
    double factor; /* weight over h to the power that the shape needs */
};

/* A triangular kernel that ends on the circle with another value than 0. */
enum { DECAYING = HEAT_SHAPES };

/* square: of the distance from the point's column in units of x, or (made) all of it in metres. */
INLINE void add_block(double *restrict out, const double *restrict square, const struct row *r,
                      int shape, bool made)
{
    for (int i = 0; i < BLOCK; i++) {
        double q = made ? square[i] : (square[i] - r->x) * (square[i] - r->x) * r->scale;
        double u = shape == HEAT_TRIANGULAR ? r->h - sqrt(q + r->dy2) : r->rest - q;
        if (shape == HEAT_UNIFORM || shape == DECAYING) {
            double v =
                shape == DECAYING ? r->factor * (r->h - r->steep * sqrt(q + r->dy2)) : r->factor;
            out[i] += u >= 0 ? v : 0;
            continue;
        }
        u = u > 0 ? u : 0;
        if (shape == HEAT_QUARTIC)
            u *= u;
        if (shape == HEAT_TRIWEIGHT)
            u *= u * u;
        out[i] += r->factor * u;
    }
}

/* Marks the columns first … last whose centres lie within the circle. */
static void mark_reached(uint8_t *reached, const double *centre, const struct row *r, int first,
                         int last)
{
    for (int i = first; i <= last; i++) {
        double dx = centre[i] - r->x;
        if (dx * dx * r->scale <= r->rest)
            reached[i] = 1;
    }
}

/* Fills dy2, rest and scale; false where the row is out of reach. */
INLINE bool row_begin(struct row *r, double *east, const struct heat_band *b,
                      const struct heat_mark *p, int i, bool degrees)
{
    double dy = p->y - b->centre_y[i];
    *east = 1;
    if (degrees) {
        const struct heat_scale *s = &b->at[i];
        double half = dy * b->half;
        dy *= s->north[0] + s->north[1] * half;
        *east = s->east[0] + (s->east[1] + s->east[2] * half) * half;
    }
    r->dy2 = dy * dy;
    r->rest = b->radius * b->radius - r->dy2;
    r->scale = *east * *east;
    return r->rest >= 0;
}

/* The columns whose centres lie within half of a column's place, or a little more; false: none. */
INLINE bool take_columns(int *first, int *last, const struct heat_band *b, double column,
                         double half)
{
    double from = column - half, to = column + half + 1, right = b->width - 1;
    if (to < 0 || from > right)
        return false;
    *first = from > 1 ? (int)from : 0;
    *last = to < right ? (int)to : (int)right;
    return true;
}

INLINE void make_squares(double *restrict out, const double *restrict centre, double x, int count)
{
    for (int k = 0; k < count; k += BLOCK)
        for (int i = 0; i < BLOCK; i++)
            out[k + i] = (centre[k + i] - x) * (centre[k + i] - x);
}

INLINE void add_point(const struct heat_band *b, const struct heat_mark *p, int shape, bool degrees)
{
    double row = (b->row0 - p->y) * b->rows_a_unit - b->top;
    double column = (p->x - b->column0) * b->columns_a_unit;
    double low = row - b->reach, high = row + b->reach;
    double h2 = b->radius * b->radius;
    int first_row = low > 0 ? (int)low : 0;
    int last_row = high < b->height - 1 ? (int)high : b->height - 1;
    double power = shape == HEAT_QUARTIC        ? h2 * h2
                   : shape == HEAT_TRIWEIGHT    ? h2 * h2 * h2
                   : shape == HEAT_EPANECHNIKOV ? h2
                   : shape == HEAT_UNIFORM      ? 1
                                                : b->radius;
    struct row r = {.x = p->x, .h = b->radius, .steep = 1 - b->decay, .factor = p->weight / power};
    if (high < 0)
        return;
    /* The chord of a small circle costs more than the blocks that it saves: a square root, and a
     * loop whose end the processor guesses wrong. */
    double half = b->radius * b->columns_a_unit;
    bool small = !degrees && half <= SMALL;
    int first = 0, last = -1;
    if (!degrees) {
        if (!take_columns(&first, &last, b, column, half))
            return;
        /* Blocks of a chord may end so many columns behind the last. */
        make_squares(b->square + first, b->centre_x + first, p->x, last - first + BLOCK);
    }
    for (int i = first_row; i <= last_row; i++) {
        double east;
        if (!row_begin(&r, &east, b, p, i, degrees))
            continue;
        if (!small && !take_columns(&first, &last, b, column,
                                    sqrt(r.rest) / (degrees ? east : 1) * b->columns_a_unit))
            continue;
        double *out = b->sum + (size_t)i * (size_t)b->stride;
        const double *from = degrees ? b->centre_x : b->square;
        for (int k = first; k <= last; k += BLOCK)
            add_block(out + k, from + k, &r, shape, !degrees);
        if (b->reached)
            mark_reached(b->reached + (size_t)i * (size_t)b->stride, b->centre_x, &r, first, last);
    }
}

#define ADDER(name, shape)                                                                         \
    VECTOR_VERSIONS static void name(const struct heat_band *b, const struct heat_mark *p,         \
                                     size_t count)                                                 \
    {                                                                                              \
        for (size_t i = 0; i < count; i++)                                                         \
            add_point(b, &p[i], shape, false);                                                     \
    }                                                                                              \
    VECTOR_VERSIONS static void name##_degrees(const struct heat_band *b,                          \
                                               const struct heat_mark *p, size_t count)            \
    {                                                                                              \
        for (size_t i = 0; i < count; i++)                                                         \
            add_point(b, &p[i], shape, true);                                                      \
    }

ADDER(add_quartic, HEAT_QUARTIC)
ADDER(add_triangular, HEAT_TRIANGULAR)
ADDER(add_decaying, DECAYING)
ADDER(add_uniform, HEAT_UNIFORM)
ADDER(add_triweight, HEAT_TRIWEIGHT)
ADDER(add_epanechnikov, HEAT_EPANECHNIKOV)

void heat_rows_add(const struct heat_band *b, const struct heat_mark *points, size_t count)
{
    bool degrees = b->at != NULL;
    switch (b->shape) {
    case HEAT_QUARTIC: (degrees ? add_quartic_degrees : add_quartic)(b, points, count); break;
    case HEAT_TRIANGULAR:
        if (b->decay < 0 || b->decay > 0)
            (degrees ? add_decaying_degrees : add_decaying)(b, points, count);
        else
            (degrees ? add_triangular_degrees : add_triangular)(b, points, count);
        break;
    case HEAT_UNIFORM: (degrees ? add_uniform_degrees : add_uniform)(b, points, count); break;
    case HEAT_TRIWEIGHT: (degrees ? add_triweight_degrees : add_triweight)(b, points, count); break;
    case HEAT_EPANECHNIKOV:
        (degrees ? add_epanechnikov_degrees : add_epanechnikov)(b, points, count);
        break;
    case HEAT_SHAPES: break;
    }
}
