/* Grids of heat against the definition in heat_maker.h: kernels, systems, edges, masks, mass. */
#include "tests/unit/heat_maker.h"

#include "gis/area.h"

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
        cmocka_unit_test(metres_are_exact),     cmocka_unit_test(degrees_are_exact),
        cmocka_unit_test(edges_are_exact),      cmocka_unit_test(nothing_is_marked),
        cmocka_unit_test(mass_is_kept),         cmocka_unit_test(decay_is_exact),
        cmocka_unit_test(mask_goes_by_centres), cmocka_unit_test(limits_and_cancel),
        cmocka_unit_test(no_points_are_zero),
    };
    return unit_run("heat_grid", tests);
}
