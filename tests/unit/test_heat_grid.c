/* Grids of heat against independent exact sums in long double: every point at every pixel, planar
 * for metres, geodesics of PROJ for degrees. */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/heat_grid.h"
#include "gis/area.h"
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
                                      .pixel_x =
                                          128, /* the corner stands at 0.5 and 0.8125 of one */
                                      .pixel_y = 128,
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

static void same_part(const struct heat_grid *all, const struct heat_grid *part, int x, int y)
{
    for (int r = 0; r < part->height; r++)
        assert_memory_equal((double *)all->cells + (size_t)(r + y) * (size_t)all->width + x,
                            (double *)part->cells + (size_t)r * (size_t)part->width,
                            (size_t)part->width * sizeof(double));
}

/* Any part of the lattice, the points in any order, on and off multiples of the pixel, in metres
 * and in degrees: the same bits. */
static void extent_and_order_change_no_bit(void **state)
{
    (void)state;
    double metres[4] = {197000, 2597000, 232000, 2627000}, degrees[4] = {120, 23, 120.4, 23.3};
    for (int d = 0; d < 2; d++)
        for (int loose = 0; loose < 2; loose++) {
            struct heat_points p = make_points(3000, d ? degrees : metres, 11, true);
            double size = d ? 100 / 102000.0 : 100, shift = loose ? 0.3371 : 0;
            double west = (floor((d ? 120 : 197000) / size) + shift) * size;
            double north = (floor((d ? 23.3 : 2627000) / size) + shift) * size;
            struct heat_grid all = {.radius = 2500,
                                    .degrees = d,
                                    .west = west,
                                    .north = north,
                                    .pixel_x = size,
                                    .pixel_y = size,
                                    .width = 350,
                                    .height = 300,
                                    .wide = true};
            fill(&all, &p);
            for (size_t i = 0; i < p.count / 2; i++) { /* the other way round */
                size_t k = p.count - 1 - i;
                double x = p.x[i], y = p.y[i], w = p.weight[i];
                p.x[i] = p.x[k], p.y[i] = p.y[k], p.weight[i] = p.weight[k];
                p.x[k] = x, p.y[k] = y, p.weight[k] = w;
            }
            for (int n = 0; n < 4; n++) {
                struct heat_grid part = all;
                int x = 7 + 61 * n, y = 3 + 53 * n;
                part.west = west + x * size;
                part.north = north - y * size;
                part.width = 101;
                part.height = 97;
                fill(&part, &p);
                same_part(&all, &part, x, y);
                free(part.cells);
            }
            free(all.cells);
            free_points(&p);
        }
}

/* Points that are added and taken away again, at places of their own and at those of others. */
static void taking_away_leaves_no_bit(void **state)
{
    (void)state;
    double box[4] = {200000, 2600000, 220000, 2620000};
    struct heat_points p = make_points(500, box, 4, true), more = {.count = 700};
    struct heat_grid g = {.radius = 3000,
                          .west = 199000,
                          .north = 2621000,
                          .pixel_x = 250,
                          .pixel_y = 250,
                          .width = 88,
                          .height = 88,
                          .wide = true};
    uint64_t seed = 99;
    more.x = mem_zero(700, sizeof(double));
    more.y = mem_zero(700, sizeof(double));
    more.weight = mem_zero(700, sizeof(double));
    for (size_t i = 0; i < 700; i++) {
        size_t k = i < 500 ? i : (i - 500) % 100; /* then 100 that come and go */
        bool own = i >= 500 && k % 2;
        more.x[i] = own ? 200000 + 37.5 * (double)k : p.x[k];
        more.y[i] = own ? 2600000 + 111.25 * (double)k : p.y[k];
        more.weight[i] = i < 500 ? p.weight[i] : 1e9 * (double)(k + 1) / 7;
        if (i >= 600)
            more.weight[i] = -more.weight[i];
    }
    for (size_t i = 699; i > 0; i--) { /* among the others */
        size_t k = (size_t)(random_unit(&seed) * (double)(i + 1));
        double x = more.x[i], y = more.y[i], w = more.weight[i];
        more.x[i] = more.x[k], more.y[i] = more.y[k], more.weight[i] = more.weight[k];
        more.x[k] = x, more.y[k] = y, more.weight[k] = w;
    }
    fill(&g, &p);
    struct heat_grid again = g;
    fill(&again, &more);
    assert_memory_equal(g.cells, again.cells, sizeof(double) * 88 * 88);
    assert_true(g.most > 0);
    free(g.cells);
    free(again.cells);
    free_points(&p);
    free_points(&more);
}

/* The triangular kernel 1 - (1 - a) u; its constant 3 / ((1 + 2a) pi h^2). */
static void decay_is_exact(void **state)
{
    (void)state;
    static const double decays[] = {0, 0.25, 1, 3, -0.5};
    double box[4] = {198000, 2598000, 212000, 2612000};
    struct heat_points p = make_points(80, box, 2, true);
    for (size_t i = 0; i < 5; i++) {
        double a = decays[i], h = 2500;
        struct heat_grid g = {.shape = HEAT_TRIANGULAR,
                              .unit = a < 0 ? HEAT_UNIT_RAW : HEAT_UNIT_KM2,
                              .radius = h,
                              .decay = a,
                              .west = 200000,
                              .north = 2610000,
                              .pixel_x = 125,
                              .pixel_y = 125,
                              .width = 80,
                              .height = 80,
                              .wide = true};
        fill(&g, &p);
        double c = a < 0 ? 1 : 3e6 / ((1 + 2 * a) * M_PI * h * h), most = 0, worst = 0;
        for (int k = 0; k < 6400; k++) {
            double want = 0, x = 200062.5 + k % 80 * 125, y = 2609937.5 - (double)(k / 80) * 125;
            for (size_t n = 0; n < p.count; n++) {
                double d = hypot(x - p.x[n], y - p.y[n]);
                want += d <= h ? c * p.weight[n] * (1 - (1 - a) * d / h) : 0;
            }
            most = fmax(most, fabs(want));
            worst = fmax(worst, fabs(want - ((double *)g.cells)[k]));
        }
        assert_true(worst < 1e-12 * most);
        free(g.cells);
    }
    struct error err = {.kind = ERROR_NONE};
    struct heat_grid g = {.shape = HEAT_TRIANGULAR,
                          .radius = 1,
                          .decay = -1,
                          .pixel_x = 1,
                          .pixel_y = 1,
                          .width = 1,
                          .height = 1};
    assert_false(heat_grid_check(&g, &err));
    assert_non_null(strstr(err.text, "raw values"));
    free_points(&p);
}

/* A square with a hole, its lines through centres of pixels: those on the west and south are in. */
static void mask_goes_by_centres(void **state)
{
    (void)state;
    static const double ring[2][4][2] = {
        {{1050, 1050}, {3050, 1050}, {3050, 3050}, {1050, 3050}},
        {{1550, 1550}, {2050, 1550}, {2050, 2050}, {1550, 2050}},
    };
    double x[] = {2000}, y[] = {2000}, empty = -1;
    struct heat_points p = {.count = 1, .x = x, .y = y};
    struct area mask = {.x = NULL};
    area_begin_polygon(&mask);
    for (int r = 0; r < 2; r++) {
        area_begin_ring(&mask);
        for (int i = 0; i < 4; i++)
            area_add_vertex(&mask, ring[r][i][0], ring[r][i][1]);
    }
    struct heat_grid g = {.radius = 700,
                          .north = 4000,
                          .pixel_x = 100,
                          .pixel_y = 100,
                          .width = 40,
                          .height = 40,
                          .wide = true,
                          .empty = &empty,
                          .mask = &mask,
                          .outside = -7};
    fill(&g, &p);
    int outside = 0;
    for (int k = 0; k < 1600; k++) {
        double cx = 50 + k % 40 * 100, cy = 3950 - (double)(k / 40) * 100;
        bool in = cx >= 1050 && cx < 3050 && cy >= 1050 && cy < 3050 &&
                  !(cx >= 1550 && cx < 2050 && cy >= 1550 && cy < 2050);
        double got = ((double *)g.cells)[k];
        outside += !in;
        if (!in)
            assert_true(got == -7);
        else
            assert_true(hypot(cx - 2000, cy - 2000) > 700 ? got == -1 : got >= 0);
    }
    assert_int_equal(g.masked, outside);
    assert_int_equal(outside, 1600 - 400 + 25);
    free(g.cells);
    area_free(&mask);
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
        cmocka_unit_test(metres_are_exact),
        cmocka_unit_test(degrees_are_exact),
        cmocka_unit_test(edges_are_exact),
        cmocka_unit_test(threads_change_no_bit),
        cmocka_unit_test(nothing_is_marked),
        cmocka_unit_test(mass_is_kept),
        cmocka_unit_test(extent_and_order_change_no_bit),
        cmocka_unit_test(taking_away_leaves_no_bit),
        cmocka_unit_test(decay_is_exact),
        cmocka_unit_test(mask_goes_by_centres),
        cmocka_unit_test(limits_and_cancel),
        cmocka_unit_test(no_points_are_zero),
    };
    return unit_run("heat_grid", tests);
}
