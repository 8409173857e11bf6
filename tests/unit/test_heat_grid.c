/* Grids of heat against independent exact sums in long double: every point at every pixel, planar
 * for metres, geodesics of PROJ for degrees. */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/heat_grid.h"
#include "gis/crs.h"
#include "gis/mem.h"

static double random_unit(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

/* The definition. */
static long double kernel(enum heat_shape shape, long double u)
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

static long double constant(enum heat_shape shape, long double h)
{
    static const long double c[] = {3, 3, 1, 4, 2};
    return c[shape] / (acosl(-1) * h * h);
}

struct want {
    long double value;
    bool reached;
    bool doubtful; /* a point lies so near the circle that rounding decides */
};

static struct want exact(const struct heat_grid *g, const struct heat_points *p, int column,
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

static struct heat_points make_points(size_t count, const double box[4], uint64_t seed,
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

static void free_points(struct heat_points *p)
{
    free(p->x);
    free(p->y);
    free(p->weight);
}

static void fill(struct heat_grid *g, const struct heat_points *p)
{
    struct error err = {.kind = ERROR_NONE};
    g->cells = mem_alloc((size_t)g->width * (size_t)g->height * sizeof(double));
    memset(g->cells, 0xff, (size_t)g->width * (size_t)g->height * sizeof(double));
    bool ok = heat_grid_fill(g, p, NULL, NULL, &err);
    if (!ok)
        fail_msg("%s", err.text);
}

/* Every step-th pixel, to `most` of the largest value. */
static void compare(const struct heat_grid *g, const struct heat_points *p, int step, double most)
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

static void metres_are_exact(void **state)
{
    (void)state;
    static const double radii[] = {500, 2500, 7321.7, 20000};
    for (int s = 0; s < HEAT_SHAPES; s++)
        for (size_t r = 0; r < 4; r++)
            for (int wide = 0; wide < 2; wide++) {
                double h = radii[r], box[4] = {200000 - h, 2600000 - h, 230000 + h, 2625000 + h};
                struct heat_points p = make_points(400, box, 17 * r + (size_t)s, wide != 0);
                struct heat_grid g = {.shape = (enum heat_shape)s,
                                      .unit = (enum heat_unit)(r % HEAT_UNITS),
                                      .radius = h,
                                      .west = 200000,
                                      .north = 2625000,
                                      .pixel_x = 130,
                                      .pixel_y = 130,
                                      .width = 231,
                                      .height = 193,
                                      .wide = wide != 0};
                fill(&g, &p);
                compare(&g, &p, 37, wide ? 1e-11 : 1e-7);
                free(g.cells);
                free_points(&p);
            }
}

/* Matsu, the middle, Pingtung and Taiping; the definition is the geodesic's length. */
static void degrees_are_exact(void **state)
{
    (void)state;
    static const double radii[] = {500, 2500, 20000}, lats[] = {26.2, 23.7, 22.0, 10.4};
    for (int s = 0; s < HEAT_SHAPES; s++)
        for (size_t r = 0; r < 3; r++)
            for (size_t l = 0; l < 4; l++) {
                double h = radii[r] / 100000, a = 4 * h;
                double box[4] = {120 - h, lats[l] - h, 120 + a + h, lats[l] + a + h};
                struct heat_points p = make_points(60, box, 5 * r + l, true);
                struct heat_grid g = {.shape = (enum heat_shape)s,
                                      .radius = radii[r],
                                      .degrees = true,
                                      .west = 120,
                                      .north = lats[l] + a,
                                      .pixel_x = a / 61,
                                      .pixel_y = a / 57,
                                      .width = 61,
                                      .height = 57,
                                      .wide = true};
                fill(&g, &p);
                compare(&g, &p, 5, 1e-6);
                free(g.cells);
                free_points(&p);
            }
}

/* On edges and centres of pixels, on the circle itself, outside but within the radius. */
static void edges_are_exact(void **state)
{
    (void)state;
    double x[] = {1000, 1050, 1100, 1050, -2000, 3000, 1050, 9000};
    double y[] = {1000, 1050, 1000, 1050, 1050, -1400, 4050, 9000};
    double weight[] = {1, 2, -3, 2, 5, 7, 11, 13};
    struct heat_points p = {.count = 8, .x = x, .y = y, .weight = weight};
    for (int s = 0; s < HEAT_SHAPES; s++) {
        struct heat_grid g = {.shape = (enum heat_shape)s,
                              .unit = HEAT_UNIT_RAW,
                              .radius = 2500,
                              .north = 2000,
                              .pixel_x = 100,
                              .pixel_y = 100,
                              .width = 21,
                              .height = 20};
        fill(&g, &p);
        compare(&g, &p, 1, 1e-7);
        assert_int_equal(g.points_used, 7);
        free(g.cells);
    }
}

static void threads_change_no_bit(void **state)
{
    (void)state;
    double box[4] = {200000, 2600000, 260000, 2690000};
    struct heat_points p = make_points(5000, box, 3, true);
    struct heat_grid one = {.radius = 2500,
                            .west = 199000,
                            .north = 2691000,
                            .pixel_x = 250,
                            .pixel_y = 250,
                            .width = 250,
                            .height = 370,
                            .threads = 1};
    fill(&one, &p);
    for (int threads = 2; threads < 9; threads += 3) {
        struct heat_grid many = one;
        many.threads = threads;
        fill(&many, &p);
        assert_memory_equal(one.cells, many.cells, sizeof(float) * 250 * 370);
        assert_memory_equal(&one.integral, &many.integral, sizeof one.integral);
        free(many.cells);
    }
    free(one.cells);
    free_points(&p);
}

/* A pixel that a kernel reaches has its value, 0 too; the others have the one for nothing. */
static void nothing_is_marked(void **state)
{
    (void)state;
    double empty = -9999, x[] = {1025, 5025}, y[] = {1025, 1025}, weight[] = {1, 0};
    for (int degrees = 0; degrees < 2; degrees++) {
        double unit = degrees ? 1e-5 : 1;
        double px[2] = {120 * degrees + x[0] * unit, 120 * degrees + x[1] * unit};
        double py[2] = {23 * degrees + y[0] * unit, 23 * degrees + y[1] * unit};
        struct heat_points p = {.count = 2, .x = px, .y = py, .weight = weight};
        struct heat_grid g = {.radius = 500,
                              .degrees = degrees,
                              .west = 120 * degrees,
                              .north = 23 * degrees + 2000 * unit,
                              .pixel_x = 50 * unit,
                              .pixel_y = 50 * unit,
                              .width = 140,
                              .height = 40,
                              .empty = &empty};
        fill(&g, &p);
        compare(&g, &p, 1, 1e-6);
        assert_true(((float *)g.cells)[0] < -9998);
        assert_true(((float *)g.cells)[19 * 140 + 100] == 0); /* at the weight of 0 */
        assert_true(g.least == 0 && g.most > 0);
        free(g.cells);
    }
}

static void mass_is_kept(void **state)
{
    (void)state;
    double box[4] = {200000, 2600000, 220000, 2620000}, degrees[4] = {120, 23, 120.2, 23.2};
    for (int s = 0; s < HEAT_SHAPES; s++)
        for (int d = 0; d < 2; d++) {
            struct heat_points p = make_points(300, d ? degrees : box, 8, true);
            double total = 0;
            for (size_t i = 0; i < p.count; i++)
                total += p.weight[i];
            struct heat_grid g = {.shape = (enum heat_shape)s,
                                  .radius = 2500,
                                  .degrees = d,
                                  .west = d ? 119.9 : 190000,
                                  .north = d ? 23.3 : 2630000,
                                  .pixel_x = d ? 0.0005 : 50,
                                  .pixel_y = d ? 0.0005 : 50,
                                  .width = 800,
                                  .height = 800};
            fill(&g, &p);
            assert_double_equal(g.integral, total, (s == HEAT_UNIFORM ? 1e-3 : 1e-4) * total);
            free(g.cells);
            free_points(&p);
        }
}

static bool refuse(void *ctx, double part)
{
    *(double *)ctx = part;
    return false;
}

static void limits_and_cancel(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    struct heat_grid good = {
        .radius = 2500, .pixel_x = 100, .pixel_y = 100, .width = 9, .height = 9};
    assert_true(heat_grid_check(&good, &err));
    struct heat_grid g = good;
    g.width = g.height = 1 << 15;
    assert_false(heat_grid_check(&g, &err));
    assert_int_equal(err.kind, ERROR_TOO_LARGE);
    assert_non_null(strstr(err.text, "32768 x 32768 pixels; 268 million"));
    g = good;
    g.radius = NAN;
    assert_false(heat_grid_check(&g, &err));
    g.radius = 100001;
    assert_false(heat_grid_check(&g, &err));
    g = good;
    g.pixel_x = 0;
    assert_false(heat_grid_check(&g, &err));
    g.pixel_x = g.pixel_y = 0.1; /* 25,000 pixels a radius */
    assert_false(heat_grid_check(&g, &err));
    /* Work enough for the first look at the clock. */
    double box[4] = {0, 0, 40000, 40000}, part = -1;
    struct heat_points p = make_points(40000, box, 1, false);
    g = (struct heat_grid){.radius = 20000,
                           .north = 40000,
                           .pixel_x = 20,
                           .pixel_y = 20,
                           .width = 2000,
                           .height = 2000};
    g.cells = mem_alloc(sizeof(float) * 2000 * 2000);
    assert_false(heat_grid_fill(&g, &p, refuse, &part, &err));
    assert_non_null(strstr(err.text, "cancelled"));
    assert_true(part >= 0 && part < 1);
    free(g.cells);
    free_points(&p);
}

static void no_points_are_zero(void **state)
{
    (void)state;
    struct heat_points none = {.count = 0};
    struct heat_grid g = {
        .radius = 2500, .pixel_x = 100, .pixel_y = 100, .width = 30, .height = 20};
    fill(&g, &none);
    for (int i = 0; i < 600; i++)
        assert_true(((float *)g.cells)[i] == 0);
    assert_true(g.integral == 0 && g.least == 0 && g.most == 0);
    free(g.cells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(metres_are_exact),  cmocka_unit_test(degrees_are_exact),
        cmocka_unit_test(edges_are_exact),   cmocka_unit_test(threads_change_no_bit),
        cmocka_unit_test(nothing_is_marked), cmocka_unit_test(mass_is_kept),
        cmocka_unit_test(limits_and_cancel), cmocka_unit_test(no_points_are_zero),
    };
    return unit_run("heat_grid", tests);
}
