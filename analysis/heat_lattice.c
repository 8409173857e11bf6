/* DESIGN. Along a row of pixels every kernel but the triangular one is a polynomial of the column
 * where it is not 0 (quartic: degree 4), so a point costs a row two entries, at the ends of its
 * chord, whatever the radius: the polynomial's coefficients are added at the first column and taken
 * away after the last, and one running sum of coefficients a row gives the sum of all kernels at
 * each pixel (the sweep line of Chan et al., SLAM, SIGMOD 2022, in whole numbers).
 *
 * Whole numbers. The polynomial of the column k (counted from the point's own) is rounded to
 * sum e[j] C(k, j) with whole e[j]: C(k, j) is whole, so every pixel gets a whole number that
 * depends on the point and the pixel only. All sums are modulo 2^64, where the order of additions,
 * the column that binomials are counted from (Vandermonde: C(K - m, j) = sum C(K, i) C(-m, j - i))
 * and what is taken away later make no difference; the true sum is known to be within 63 bits.
 *
 * Rounding. e[n], n from the degree down, is the nearest whole number; what is left over, at most
 * 1/2 k^n / n!, is replaced by the polynomial of lower degree that is nearest to it on the chord
 * (Chebyshev), which leaves (1/2) H^n / (n! 2^(n-1)), H = half a chord <= 52 pixels. Together per
 * point and pixel: R = 0.5 uniform, 370 epanechnikov, 2.3e4 quartic, 5.5e5 triweight; at 2.5 km
 * (36 pixels) 180, 5.2e3, 7e4.
 *
 * Bounds. Weights are scaled so that their sum is in [2^61, 2^62) (heat_source.c). A pixel's sum is
 * at most 2^62 + count R < 2^63. Error: n points within the radius of a pixel err by n R at most.
 * The largest pixel is at least 1/12 of the weight of these n (quartic; 1/16 triweight: the mean of
 * their kernels over the disc of twice the radius), so with n equal weights of a million, each at
 * least 2^61 / 1e6 = 2.3e12, the error over the maximum is below 12 R / 2.3e12 = 1.2e-7 (quartic;
 * 5e-7 triweight at 2.5 km, and 4e-6 if a million roundings at 50 pixels all fell the same way).
 * What is measured is below 1e-9. Rejected: pixels rounded one by one (cost grows with the square
 * of the radius), sums of doubles (their last bits depend on the order). */
#include "analysis/heat_lattice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/tile.h"

#define INLINE static inline __attribute__((always_inline))

enum { TERMS_MAX = 7, BAND_WORDS = 1 << 17 /* of 8 bytes, 1 MiB: stays near the processor */ };

/* Metres of Web Mercator for one on the ground in the middle of Taiwan (23.5 N), for the choice of
 * the lattice only. */
#define MIDDLE_SCALE 0.9177
#define WORLD_METRE (2 * M_PI * TILE_EARTH_RADIUS / 4294967296.0)

int heat_lattice_zoom(double radius)
{
    int zoom = HEAT_ZOOM_MIN;
    while (zoom < HEAT_ZOOM_MAX &&
           radius / MIDDLE_SCALE < 25 * WORLD_METRE * (double)(1 << (HEAT_WORLD_ZOOM - zoom)))
        zoom++;
    return zoom;
}

double heat_kernel(enum heat_shape shape, double u2)
{
    double v = 1 - u2;
    if (v < 0)
        return 0;
    switch (shape) {
    case HEAT_QUARTIC: return v * v;
    case HEAT_TRIANGULAR: return 1 - sqrt(u2);
    case HEAT_UNIFORM: return 1;
    case HEAT_TRIWEIGHT: return v * v * v;
    case HEAT_EPANECHNIKOV: return v;
    case HEAT_SHAPES: break;
    }
    return 0;
}

double heat_kernel_norm(enum heat_shape shape)
{
    static const double over_pi[HEAT_SHAPES] = {[HEAT_QUARTIC] = 3,
                                                [HEAT_TRIANGULAR] = 3,
                                                [HEAT_UNIFORM] = 1,
                                                [HEAT_TRIWEIGHT] = 4,
                                                [HEAT_EPANECHNIKOV] = 2};
    return over_pi[shape] / M_PI;
}

double heat_lattice_reach(double world_y, double radius)
{
    double east, north;
    /* A degree of latitude has more than 110.5 km. */
    tile_ground_scale(&east, &north, fabs(tile_lat(world_y)) + 1.1 * radius / 110500.0);
    return radius / (north * WORLD_METRE) * 1.001;
}

void heat_spot_set(struct heat_spot *s, uint64_t key, double lat, double radius, int zoom)
{
    uint32_t x, y;
    int bits = HEAT_WORLD_ZOOM - zoom;
    uint32_t inside = ((uint32_t)1 << bits) - 1;
    double unit = (double)((uint64_t)1 << bits), east, north;
    morton_xy(&x, &y, key);
    tile_ground_scale(&east, &north, lat);
    s->column = x >> bits;
    s->row = y >> bits;
    s->fx = ((x & inside) + 0.5) / unit;
    s->fy = ((y & inside) + 0.5) / unit;
    s->east = east * unit * WORLD_METRE / radius;
    s->north = north * unit * WORLD_METRE / radius;
    /* d ln(N cos) and d ln(M cos) a radian of Mercator southward; halved: to the middle. */
    double sine = sin(lat * M_PI / 180), e2 = TILE_GRS80_E2;
    double flat = e2 * sine * (1 - sine * sine) / (1 - e2 * sine * sine);
    double half = unit * 2 * M_PI / 4294967296.0 / 2;
    s->east_lean = half * (sine - flat);
    s->north_lean = half * (sine - 3 * flat);
}

/* ---- one kernel on one row ---- */

struct chord {
    double rest, q;  /* 1 - u^2 = rest - q (k + g)^2 */
    double half;     /* of the chord, pixels */
    int first, last; /* k of its ends; first > last: empty */
};

/* False where the row is out of reach. row: counted from the spot's own. */
INLINE bool chord_at(struct chord *c, const struct heat_spot *s, int row)
{
    double t = row + (0.5 - s->fy), g = 0.5 - s->fx;
    double n = s->north * (1 + s->north_lean * t) * t, e = s->east * (1 + s->east_lean * t);
    c->rest = 1 - n * n;
    if (c->rest < 0)
        return false;
    c->q = e * e;
    c->half = fmin(sqrt(c->rest) / e, HEAT_SPOT_REACH - 2);
    c->first = HEAT_SPOT_REACH - (int)(HEAT_SPOT_REACH + c->half + g);
    c->last = (int)(HEAT_SPOT_REACH + c->half - g) - HEAT_SPOT_REACH;
    return c->first <= c->last;
}

/* Takes the nearest whole multiple of C(k, n) out of the polynomial c[0 … n] of k; what is left of
 * k^n goes to lower powers (stirling: of n! C(k, n); near: of k^n on -1 … 1). */
INLINE int64_t take_term(double *c, int n, double factorial, const double *stirling,
                         const double *near, double h2)
{
    int64_t e = llrint(c[n] * factorial);
    double whole = (double)e / factorial, left = c[n] - whole, power = 1;
    for (int m = n - 1; m > 0; m--)
        c[m] -= whole * stirling[m];
    for (int m = n - 2; m >= 0; m -= 2) {
        power *= h2;
        c[m] += left * near[m] * power;
    }
    return e;
}

/* The whole coefficients e[0 … degree] of C(k, j) of a spot's kernel on a chord. */
INLINE void take_terms(int64_t *e, const struct heat_spot *s, const struct chord *r, int degree)
{
    static const double s6[] = {0, -120, 274, -225, 85, -15}, s5[] = {0, 24, -50, 35, -10},
                        s4[] = {0, -6, 11, -6}, s3[] = {0, 2, -3}, s2[] = {0, -1};
    static const double n6[] = {1 / 32.0, 0, -9 / 16.0, 0, 1.5}, n5[] = {0, -5 / 16.0, 0, 1.25},
                        n4[] = {-1 / 8.0, 0, 1}, n3[] = {0, 0.75}, n2[] = {0.5};
    double c[TERMS_MAX], a = s->weight, g = 0.5 - s->fx, rest = r->rest, q = r->q;
    double h2 = (r->half + 0.5) * (r->half + 0.5);
    if (degree == 2) {
        c[2] = -a * q;
        c[1] = 2 * c[2] * g;
        c[0] = a * rest + c[2] * g * g;
    } else if (degree == 4) {
        double x4 = a * q * q, x2 = -2 * a * rest * q;
        c[4] = x4;
        c[3] = 4 * x4 * g;
        c[2] = x2 + 6 * x4 * g * g;
        c[1] = (2 * x2 + 4 * x4 * g * g) * g;
        c[0] = a * rest * rest + (x2 + x4 * g * g) * g * g;
    } else {
        double g2 = g * g, x6 = -a * q * q * q, x4 = 3 * a * rest * q * q,
               x2 = -3 * a * rest * rest * q;
        c[6] = x6;
        c[5] = 6 * x6 * g;
        c[4] = x4 + 15 * x6 * g2;
        c[3] = (4 * x4 + 20 * x6 * g2) * g;
        c[2] = x2 + (6 * x4 + 15 * x6 * g2) * g2;
        c[1] = (2 * x2 + (4 * x4 + 6 * x6 * g2) * g2) * g;
        c[0] = a * rest * rest * rest + (x2 + (x4 + x6 * g2) * g2) * g2;
        e[6] = take_term(c, 6, 720, s6, n6, h2);
        e[5] = take_term(c, 5, 120, s5, n5, h2);
    }
    if (degree >= 4) {
        e[4] = take_term(c, 4, 24, s4, n4, h2);
        e[3] = take_term(c, 3, 6, s3, n3, h2);
    }
    e[2] = take_term(c, 2, 2, s2, n2, h2);
    e[1] = llrint(c[1]);
    e[0] = llrint(c[0]);
}

/* ---- pixels ---- */

struct band { /* some rows of a window, while they are summed */
    const struct heat_window *w;
    int top, height;
    uint64_t *ends;   /* [height][width + 1][terms] */
    uint8_t *touched; /* [height] */
    uint64_t *choose; /* [width][terms]: C(K, j) */
};

/* The rows of a window that a spot may reach, from the spot's own: first … last. */
INLINE bool rows_of(int *first, int *last, const struct heat_spot *s, int64_t top, int64_t height)
{
    double reach = 1 / s->north + 1;
    int most = reach < HEAT_SPOT_REACH ? (int)reach + 1 : HEAT_SPOT_REACH;
    int64_t from = top - s->row, to = from + height - 1;
    *first = from > -most ? (int)from : -most;
    *last = to < most ? (int)to : most;
    return from <= most && to >= -most;
}

/* C(n, 0 … terms-1) modulo 2^64, exact while |n| <= 2 * HEAT_WINDOW_MAX. */
INLINE void choose_all(uint64_t *out, int64_t n, int terms)
{
    int64_t c = 1;
    out[0] = 1;
    for (int j = 1; j < terms; j++) {
        c = c * (n - j + 1) / j;
        out[j] = (uint64_t)c;
    }
}

INLINE void add_spot(const struct band *b, const struct heat_spot *s, int degree)
{
    const struct heat_window *w = b->w;
    int terms = degree + 1, first, last;
    int64_t middle = s->column - w->column0; /* column of the window */
    if (middle < -HEAT_SPOT_REACH || middle > w->width + HEAT_SPOT_REACH ||
        !rows_of(&first, &last, s, (int64_t)w->row0 + b->top, b->height))
        return;
    uint64_t shift[TERMS_MAX];
    choose_all(shift, -middle, terms);
    int top = (int)(s->row - w->row0 - b->top);
    for (int row = first; row <= last; row++) {
        struct chord c;
        if (!chord_at(&c, s, row))
            continue;
        int from = (int)middle + c.first, past = (int)middle + c.last + 1;
        from = from > 0 ? from : 0;
        past = past < w->width ? past : w->width;
        if (from >= past)
            continue;
        int64_t e[TERMS_MAX];
        uint64_t moved[TERMS_MAX];
        if (degree)
            take_terms(e, s, &c, degree);
        else
            e[0] = llrint(s->weight);
        for (int i = 0; i < terms; i++) {
            moved[i] = (uint64_t)e[i];
            for (int j = i + 1; j < terms; j++)
                moved[i] += (uint64_t)e[j] * shift[j - i];
        }
        size_t line = (size_t)(top + row) * ((size_t)w->width + 1);
        uint64_t *in = b->ends + (line + (size_t)from) * (size_t)terms;
        uint64_t *out = b->ends + (line + (size_t)past) * (size_t)terms;
        for (int i = 0; i < terms; i++) {
            in[i] += moved[i];
            out[i] -= moved[i];
        }
        b->touched[top + row] = 1;
    }
}

/* The running sums of a band's rows into the window; leaves the ends zero. */
INLINE void run_band(const struct band *b, int degree)
{
    const struct heat_window *w = b->w;
    int terms = degree + 1;
    for (int row = 0; row < b->height; row++) {
        int64_t *out = w->sum + (size_t)(b->top + row) * (size_t)w->width;
        if (!b->touched[row]) {
            memset(out, 0, (size_t)w->width * sizeof *out);
            continue;
        }
        uint64_t *end = b->ends + (size_t)row * ((size_t)w->width + 1) * (size_t)terms;
        uint64_t sum[TERMS_MAX] = {0};
        const uint64_t *choose = b->choose;
        for (int i = 0; i < w->width; i++, end += terms, choose += terms) {
            uint64_t value = 0;
            for (int j = 0; j < terms; j++) {
                sum[j] += end[j];
                end[j] = 0;
                value += sum[j] * choose[j];
            }
            out[i] = (int64_t)value;
        }
        memset(end, 0, (size_t)terms * sizeof *end);
        b->touched[row] = 0;
    }
}

INLINE void sum_terms(struct heat_window *w, const struct heat_spot *spots, uint32_t count,
                      int degree)
{
    int terms = degree + 1, most = BAND_WORDS / ((w->width + 1) * terms);
    most = most < w->height ? most : w->height;
    struct band b = {.w = w,
                     .ends = mem_zero((size_t)most * ((size_t)w->width + 1) * (size_t)terms, 8),
                     .touched = mem_zero((size_t)most, 1),
                     .choose = mem_alloc((size_t)w->width * (size_t)terms * 8)};
    for (int i = 0; i < w->width; i++)
        choose_all(b.choose + (size_t)i * (size_t)terms, i, terms);
    for (b.top = 0; b.top < w->height; b.top += most) {
        b.height = w->height - b.top < most ? w->height - b.top : most;
        for (uint32_t i = 0; i < count; i++)
            add_spot(&b, &spots[i], degree);
        run_band(&b, degree);
    }
    free(b.ends);
    free(b.touched);
    free(b.choose);
}

/* The triangular kernel is no polynomial: each pixel by itself, rounded. */
static int64_t triangular_at(const struct heat_spot *s, int row, int k)
{
    double t = row + (0.5 - s->fy), u2 = heat_spot_distance2(s, k + (0.5 - s->fx), t);
    return llrint(s->weight * fmax(0, 1 - sqrt(u2)));
}

static void sum_triangular(struct heat_window *w, const struct heat_spot *spots, uint32_t count)
{
    memset(w->sum, 0, (size_t)w->width * (size_t)w->height * sizeof *w->sum);
    for (uint32_t i = 0; i < count; i++) {
        const struct heat_spot *s = &spots[i];
        int first, last;
        int64_t middle = s->column - w->column0;
        if (!rows_of(&first, &last, s, w->row0, w->height))
            continue;
        for (int row = first; row <= last; row++) {
            struct chord c;
            if (!chord_at(&c, s, row))
                continue;
            int64_t *line = w->sum + (size_t)(s->row + row - w->row0) * (size_t)w->width;
            for (int k = c.first; k <= c.last; k++)
                if (middle + k >= 0 && middle + k < w->width)
                    line[middle + k] += triangular_at(s, row, k);
        }
    }
}

static void sum_uniform(struct heat_window *w, const struct heat_spot *s, uint32_t n)
{
    sum_terms(w, s, n, 0);
}

static void sum_epanechnikov(struct heat_window *w, const struct heat_spot *s, uint32_t n)
{
    sum_terms(w, s, n, 2);
}

static void sum_quartic(struct heat_window *w, const struct heat_spot *s, uint32_t n)
{
    sum_terms(w, s, n, 4);
}

static void sum_triweight(struct heat_window *w, const struct heat_spot *s, uint32_t n)
{
    sum_terms(w, s, n, 6);
}

void heat_lattice_sum(struct heat_window *w, enum heat_shape shape, const struct heat_spot *spots,
                      uint32_t count)
{
    switch (shape) {
    case HEAT_QUARTIC: sum_quartic(w, spots, count); break;
    case HEAT_TRIANGULAR: sum_triangular(w, spots, count); break;
    case HEAT_UNIFORM: sum_uniform(w, spots, count); break;
    case HEAT_TRIWEIGHT: sum_triweight(w, spots, count); break;
    case HEAT_EPANECHNIKOV: sum_epanechnikov(w, spots, count); break;
    case HEAT_SHAPES: break;
    }
}

/* ---- blocks ---- */

/* Sums of C(k, j) over all k below: C(k, j + 1), k from -REACH to REACH + 1. */
struct power_sums {
    int64_t below[2 * HEAT_SPOT_REACH + 2][TERMS_MAX];
};

static struct power_sums *power_sums_new(void)
{
    struct power_sums *p = mem_alloc(sizeof *p);
    for (int k = -HEAT_SPOT_REACH; k <= HEAT_SPOT_REACH + 1; k++) {
        uint64_t c[TERMS_MAX + 1];
        choose_all(c, k, TERMS_MAX + 1);
        for (int j = 0; j < TERMS_MAX; j++)
            p->below[k + HEAT_SPOT_REACH][j] = (int64_t)c[j + 1];
    }
    return p;
}

INLINE heat_wide sum_below(const struct power_sums *p, const int64_t *e, int k, int degree)
{
    heat_wide sum = 0;
    for (int j = 0; j <= degree; j++)
        sum += (heat_wide)e[j] * p->below[k + HEAT_SPOT_REACH][j];
    return sum;
}

/* One row of a spot into the blocks of its row; line: the first block of that row. */
INLINE void add_row(heat_wide *line, const struct heat_blocks *b, const struct heat_spot *s,
                    const struct chord *c, int row, enum heat_shape shape, int degree,
                    const struct power_sums *p)
{
    int64_t e[TERMS_MAX];
    if (shape != HEAT_TRIANGULAR && degree)
        take_terms(e, s, c, degree);
    else
        e[0] = llrint(s->weight);
    for (int k = c->first; k <= c->last;) {
        int64_t block = (s->column + k) >> b->shift;
        int past = (int)(((block + 1) << b->shift) - s->column);
        past = past <= c->last ? past : c->last + 1;
        if (block >= b->column0 && block - b->column0 < b->width) {
            heat_wide *sum = &line[block - b->column0];
            if (shape != HEAT_TRIANGULAR)
                *sum += sum_below(p, e, past, degree) - sum_below(p, e, k, degree);
            else
                for (int i = k; i < past; i++)
                    *sum += triangular_at(s, row, i);
        }
        k = past;
    }
}

INLINE void sum_blocks(struct heat_blocks *b, enum heat_shape shape, int degree,
                       const struct heat_spot *spots, uint32_t count)
{
    struct power_sums *p = power_sums_new();
    for (uint32_t i = 0; i < count; i++) {
        const struct heat_spot *s = &spots[i];
        int first, last;
        if (!rows_of(&first, &last, s, (int64_t)b->row0 << b->shift,
                     (int64_t)b->height << b->shift))
            continue;
        for (int row = first; row <= last; row++) {
            struct chord c;
            int64_t block = ((s->row + row) >> b->shift) - b->row0;
            if (chord_at(&c, s, row))
                add_row(b->sum + (size_t)block * (size_t)b->width, b, s, &c, row, shape, degree, p);
        }
    }
    free(p);
}

void heat_lattice_blocks(struct heat_blocks *b, enum heat_shape shape,
                         const struct heat_spot *spots, uint32_t count)
{
    memset(b->sum, 0, (size_t)b->width * (size_t)b->height * sizeof *b->sum);
    switch (shape) {
    case HEAT_QUARTIC: sum_blocks(b, HEAT_QUARTIC, 4, spots, count); break;
    case HEAT_TRIANGULAR: sum_blocks(b, HEAT_TRIANGULAR, 0, spots, count); break;
    case HEAT_UNIFORM: sum_blocks(b, HEAT_UNIFORM, 0, spots, count); break;
    case HEAT_TRIWEIGHT: sum_blocks(b, HEAT_TRIWEIGHT, 6, spots, count); break;
    case HEAT_EPANECHNIKOV: sum_blocks(b, HEAT_EPANECHNIKOV, 2, spots, count); break;
    case HEAT_SHAPES: break;
    }
}
