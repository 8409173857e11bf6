/* heat_maker.h - points and grids for tests of heat, and the definition of heat as an independent
 * exact sum in long double: every point at every pixel, planar for metres, geodesics of PROJ for
 * degrees. */
#ifndef TESTS_HEAT_MAKER_H
#define TESTS_HEAT_MAKER_H

#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/heat_grid.h"
#include "gis/crs.h"
#include "gis/mem.h"

static inline double random_unit(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

/* The definition. */
static inline long double kernel(enum heat_shape shape, long double u)
{
    switch (shape) {
    case HEAT_QUARTIC: return (1 - u * u) * (1 - u * u);
    case HEAT_TRIANGULAR: return 1 - u;
    case HEAT_UNIFORM: return 1;
    case HEAT_TRIWEIGHT: return (1 - u * u) * (1 - u * u) * (1 - u * u);
    case HEAT_EPANECHNIKOV: return 1 - u * u;
    case HEAT_SHAPES: break;
    }
    return 0;
}

static inline long double constant(enum heat_shape shape, long double h)
{
    static const long double c[] = {3, 3, 1, 4, 2};
    return c[shape] / (acosl(-1) * h * h);
}

struct want {
    long double value;
    bool reached;
    bool doubtful; /* a point lies so near the circle that rounding decides */
};

static inline struct want exact(const struct heat_grid *g, const struct heat_points *p, int column,
                                int row)
{
    struct want w = {.value = 0};
    double cx = g->west + (column + 0.5) * g->pixel_x, cy = g->north - (row + 0.5) * g->pixel_y;
    for (size_t i = 0; i < p->count; i++) {
        long double d, dx = (long double)p->x[i] - cx, dy = (long double)p->y[i] - cy;
        if (g->degrees) {
            double metres;
            crs_inverse(&metres, NULL, cx, cy, p->x[i], p->y[i]);
            d = metres;
        } else {
            d = sqrtl(dx * dx + dy * dy);
        }
        w.doubtful |= fabsl(d - g->radius) < (g->degrees ? 3e-6L : 1e-13L) * g->radius &&
                      (g->degrees || d * d != (long double)g->radius * g->radius);
        if (d > g->radius)
            continue;
        w.reached = true;
        w.value += (p->weight ? (long double)p->weight[i] : 1) * kernel(g->shape, d / g->radius);
    }
    if (g->unit != HEAT_UNIT_RAW)
        w.value *= constant(g->shape, g->radius) * (g->unit == HEAT_UNIT_KM2 ? 1e6L : 1);
    return w;
}

static inline struct heat_points make_points(size_t count, const double box[4], uint64_t seed,
                                             bool weights)
{
    struct heat_points p = {.count = count};
    p.x = mem_zero(count + 1, sizeof *p.x);
    p.y = mem_zero(count + 1, sizeof *p.y);
    p.weight = weights ? mem_zero(count + 1, sizeof *p.weight) : NULL;
    for (size_t i = 0; i < count; i++) {
        p.x[i] = box[0] + (box[2] - box[0]) * random_unit(&seed);
        p.y[i] = box[1] + (box[3] - box[1]) * random_unit(&seed);
        if (weights) /* some negative, some 0 */
            p.weight[i] = i % 7 ? 20 * random_unit(&seed) - 5 : 0;
    }
    for (size_t i = 9; i < count; i += 10) { /* duplicates */
        p.x[i] = p.x[i - 1];
        p.y[i] = p.y[i - 1];
    }
    return p;
}

static inline void free_points(struct heat_points *p)
{
    free(p->x);
    free(p->y);
    free(p->weight);
}

static inline void fill(struct heat_grid *g, const struct heat_points *p)
{
    struct error err = {.kind = ERROR_NONE};
    g->cells = mem_alloc((size_t)g->width * (size_t)g->height * sizeof(double));
    memset(g->cells, 0xff, (size_t)g->width * (size_t)g->height * sizeof(double));
    bool ok = heat_grid_fill(g, p, NULL, NULL, &err);
    if (!ok)
        fail_msg("%s", err.text);
}

/* Every step-th pixel, to `most` of the largest value. */
static inline void compare(const struct heat_grid *g, const struct heat_points *p, int step,
                           double most)
{
    long double largest = 0, worst = 0;
    int compared = 0;
    for (int k = 0; k < g->width * g->height; k += step) {
        struct want w = exact(g, p, k % g->width, k / g->width);
        double got = g->wide ? ((double *)g->cells)[k] : (double)((float *)g->cells)[k];
        if (g->shape == HEAT_UNIFORM && w.doubtful)
            continue;
        if (!w.reached && !w.doubtful)
            assert_true(got == (g->empty ? *g->empty : 0));
        if (!w.reached)
            continue;
        compared++;
        largest = fmaxl(largest, fabsl(w.value));
        worst = fmaxl(worst, fabsl(w.value - (long double)got));
    }
    assert_true(compared > 10);
    if (worst > (long double)most * largest)
        fail_msg("%s, radius %g: %Lg of the maximum off", heat_shape_names[g->shape], g->radius,
                 worst / largest);
}

#endif
