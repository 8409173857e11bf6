/* Comparisons, sums over areas and rasters of heat, against sums made one by one. */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/heat_compare.h"
#include "analysis/heat_strips.h"
#include "analysis/heat_zonal.h"
#include "gis/crs.h"
#include "gis/mem.h"

static double random_unit(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

static struct heat_raster make(double *cells, int width, int height)
{
    struct heat_raster r = {.crs = "EPSG:3826", .cells = cells};
    r.grid = (struct heat_grid){.pixel_x = 1000, .pixel_y = 1000, .width = width, .height = height};
    r.grid.west = 200000;
    r.grid.north = 2600000;
    return r;
}

/* Ranks by counting, ties at the mean; Pearson by the definition. */
static double spearman_by_hand(const double *a, const double *b, size_t n)
{
    double ra[100], rb[100], ma = 0, mb = 0, sa = 0, sb = 0, sab = 0;
    for (size_t i = 0; i < n; i++) {
        ra[i] = rb[i] = 0;
        for (size_t k = 0; k < n; k++) {
            ra[i] += a[k] < a[i] ? 1 : a[k] > a[i] ? 0 : 0.5;
            rb[i] += b[k] < b[i] ? 1 : b[k] > b[i] ? 0 : 0.5;
        }
        ma += ra[i] / (double)n;
        mb += rb[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        sa += (ra[i] - ma) * (ra[i] - ma);
        sb += (rb[i] - mb) * (rb[i] - mb);
        sab += (ra[i] - ma) * (rb[i] - mb);
    }
    return sab / sqrt(sa * sb);
}

static void correlations(void **state)
{
    (void)state;
    uint64_t seed = 4;
    static const double up[] = {1, 2, 3, 10}, down[] = {9, 8, 2, 1}, flat[] = {5, 5, 5, 5};
    static const double holes[] = {1, NAN, 3, 10}, line[] = {3, 5, 7, 21};
    assert_double_equal(heat_compare_spearman(up, down, 4), -1, 1e-12);
    assert_double_equal(heat_compare_pearson(up, line, 4), 1, 1e-12);
    assert_true(isnan(heat_compare_pearson(up, flat, 4)));
    assert_true(isnan(heat_compare_spearman(up, down, 2)));
    assert_double_equal(heat_compare_spearman(holes, up, 4), 1, 1e-12);
    for (int round = 0; round < 20; round++) {
        double a[100], b[100];
        for (int i = 0; i < 100; i++) {
            a[i] = floor(20 * random_unit(&seed));
            b[i] = floor(8 * random_unit(&seed)) + a[i] / (1 + round);
        }
        assert_double_equal(heat_compare_spearman(a, b, 100), spearman_by_hand(a, b, 100), 1e-12);
    }
}

/* a: 1 1 2 0 NaN; b: 2 0 2 0 3, pixels of 1 km2. */
static void a_row_by_hand(void **state)
{
    (void)state;
    double a[] = {1, 1, 2, 0, NAN}, b[] = {2, 0, 2, 0, 3};
    struct heat_raster ra = make(a, 5, 1), rb = make(b, 5, 1);
    struct heat_compared c;
    struct heat_pairs pairs = {.a = NULL};
    struct error err;
    assert_true(heat_pairs_add(&pairs, &ra, &rb, &err));
    heat_pairs_end(&c, &pairs);
    assert_int_equal(c.pixels, 3);
    assert_true(c.both_km2 == 2 && c.only_a_km2 == 1 && c.only_b_km2 == 0);
    assert_true(c.sum_a == 4 && c.sum_b == 4);
    assert_double_equal(c.overlap, 0.25 + 0 + 0.5, 1e-12); /* sum of the smaller parts */
    assert_true(c.whole_a == 4 && c.whole_b == 7);         /* b has more where a has no value */
    assert_double_equal(c.overlap_whole, 1.0 / 4 + 0 + 2.0 / 7, 1e-12);
    assert_true(c.more_a.value == 1 && c.more_a.x == 201500);
    assert_true(c.more_b.value == -1 && c.more_b.x == 200500 && c.more_b.y == 2599500);
    double copy[5];
    memcpy(copy, a, sizeof a);
    struct heat_raster rc = make(copy, 5, 1);
    heat_compare_cells(&rc, &rb, HEAT_COMPARE_RATIO);
    assert_true(copy[0] == 0.5 && isnan(copy[1]) && copy[2] == 1 && isnan(copy[3]));
    memcpy(copy, a, sizeof a);
    heat_compare_cells(&rc, &rb, HEAT_COMPARE_SHARES);
    assert_true(copy[0] == -0.25 && copy[1] == 0.25 && copy[2] == 0 && isnan(copy[4]));
    heat_compare_cells(&ra, &rb, HEAT_COMPARE_DIFFERENCE);
    assert_true(a[0] == -1 && a[1] == 1 && a[3] == 0 && isnan(a[4]));
}

/* Shares are of all pixels, however many: a stands in the north, b in the south. */
static void shares_of_many(void **state)
{
    (void)state;
    enum { SIDE = 2100 };
    size_t count = (size_t)SIDE * SIDE;
    double *a = mem_alloc(count * sizeof *a), *b = mem_alloc(count * sizeof *b), all[2] = {0, 0};
    assert_true(count > HEAT_COMPARE_PIXELS_MAX);
    for (size_t i = 0; i < count; i++) {
        a[i] = i < count / 2 ? 3 : 1;
        b[i] = i < count / 2 ? 1 : 9;
    }
    struct heat_raster ra = make(a, SIDE, SIDE), rb = make(b, SIDE, SIDE);
    heat_compare_cells(&ra, &rb, HEAT_COMPARE_SHARES);
    for (size_t i = 0; i < count; i++)
        all[i >= count / 2] += a[i];
    assert_double_equal(all[0], 3.0 / 4 - 1.0 / 10, 1e-9);
    assert_double_equal(all[1], 1.0 / 4 - 9.0 / 10, 1e-9);
    free(a);
    free(b);
}

static void zones_by_hand(void **state)
{
    (void)state;
    double cells[] = {1, 2, 3, 4, 5, NAN, 7, 8, 9};
    struct heat_raster r = make(cells, 3, 3);
    struct area area = {.x = NULL};
    static const double x[2][2] = {{200000, 202000}, {202000, 209000}};
    const int zone[] = {1, 0};
    struct heat_zone sums[3];
    for (int p = 0; p < 2; p++) { /* the two western columns; the eastern one and beyond */
        area_begin_polygon(&area);
        area_begin_ring(&area);
        area_add_vertex(&area, x[p][0], 2500000);
        area_add_vertex(&area, x[p][1], 2500000);
        area_add_vertex(&area, x[p][1], 2700000);
        area_add_vertex(&area, x[p][0], 2700000);
    }
    heat_zonal_sum(sums, 3, &r, &area, zone);
    assert_int_equal(sums[1].pixels, 6);
    assert_double_equal(sums[1].km2, 6, 1e-12);
    assert_double_equal(sums[1].integral, 27, 1e-12);
    assert_true(sums[1].most == 8 && sums[1].least == 1 && sums[1].most_x == 201500);
    assert_double_equal(sums[0].integral, 12, 1e-12);
    assert_true(sums[0].pixels == 2 && sums[0].most_y == 2597500);
    assert_true(sums[2].pixels == 0 && isnan(sums[2].most));
    area_free(&area);
}

/* Of a pixel that a border goes through, each side takes its part; also where no centre is inside.
 */
static void borders_part_pixels(void **state)
{
    (void)state;
    double cells[] = {1, 2, 3, 4, 5, NAN, 7, 8, 9};
    struct heat_raster r = make(cells, 3, 3);
    struct area area = {.x = NULL};
    static const double x[4] = {200000, 200400, 201400, 209000};
    const int zone[] = {0, 1, 2};
    struct heat_zone sums[3], all;
    for (int p = 0; p < 3; p++) {
        area_begin_polygon(&area);
        area_begin_ring(&area);
        area_add_vertex(&area, x[p], 2500000);
        area_add_vertex(&area, x[p + 1], 2500000);
        area_add_vertex(&area, x[p + 1], 2700000);
        area_add_vertex(&area, x[p], 2700000);
    }
    static const struct heat_raster none = {.cells = NULL};
    heat_zonal_begin(sums, 3);
    heat_zonal_begin(&all, 1);
    heat_zonal_add(sums, &all, &r, &none, &area, zone);
    assert_int_equal(sums[0].pixels, 0);
    assert_double_equal(sums[0].km2, 1.2, 1e-12);
    assert_double_equal(sums[0].integral, 0.4 * 12, 1e-12);
    assert_double_equal(sums[1].integral, 0.6 * 12 + 0.4 * 15, 1e-12);
    assert_double_equal(sums[0].integral + sums[1].integral + sums[2].integral, 39, 1e-12);
    assert_double_equal(all.integral, 39, 1e-12);
    /* Of a strip of two parts each side may be off by half a part, and by the slope. */
    assert_true(sums[0].doubt > 0.5 * sums[0].integral && sums[0].doubt < sums[0].integral);
    area_free(&area);
}

/* ---- how far a sum may be off ---- */

enum { FIELD = 40 }; /* km and pixels */

/* A field that falls to nothing in one corner, x^2 y^2 in km, as means of pixels, so that only
 * borders are in doubt. */
static void make_field(double *cells)
{
    for (int row = 0; row < FIELD; row++)
        for (int column = 0; column < FIELD; column++) {
            double x = column + 0.5, y = FIELD - row - 0.5;
            cells[row * FIELD + column] = (x * x + 1.0 / 12) * (y * y + 1.0 / 12);
        }
}

static void add_corner(struct area *a, double x, double y)
{
    area_add_vertex(a, 200000 + 1000 * x, 2600000 - 1000 * FIELD + 1000 * y);
}

static double thirds(double from, double to)
{
    return (to * to * to - from * from * from) / 3;
}

/* Of rectangles anywhere, sides along the pixels: no sum is further off than it says, and some come
 * near, so that it says no more than it must. */
static void doubt_holds_along_pixels(void **state)
{
    (void)state;
    static double cells[FIELD * FIELD];
    static const int zone[] = {0};
    struct heat_raster r = make(cells, FIELD, FIELD);
    uint64_t seed = 21;
    double most = 0;
    make_field(cells);
    for (int n = 0; n < 2000; n++) {
        double w = 1 + 30 * random_unit(&seed), s = 1 + 30 * random_unit(&seed);
        double e = w + 0.3 + 7 * random_unit(&seed), north = s + 0.3 + 7 * random_unit(&seed);
        double want = thirds(w, e) * thirds(s, north);
        struct area area = {.x = NULL};
        struct heat_zone sum;
        area_begin_polygon(&area);
        area_begin_ring(&area);
        add_corner(&area, w, s);
        add_corner(&area, e, s);
        add_corner(&area, e, north);
        add_corner(&area, w, north);
        heat_zonal_sum(&sum, 1, &r, &area, zone);
        most = fmax(most, fabs(sum.integral - want) / sum.doubt);
        area_free(&area);
    }
    if (!(most <= 1 && most > 0.5))
        fail_msg("the worst is %g of what was said", most);
}

/* Of round ones, sides of which err both ways, it still says little: half a part of a pixel and
 * what the value changes, along the border. */
static void doubt_of_round_areas_is_small(void **state)
{
    (void)state;
    static double cells[FIELD * FIELD];
    static const int zone[] = {0};
    struct heat_raster r = make(cells, FIELD, FIELD);
    struct area area = {.x = NULL};
    struct heat_zone sum, halves = {.doubt = 0}, half;
    for (int i = 0; i < FIELD * FIELD; i++)
        cells[i] = 1;
    area_begin_polygon(&area);
    area_begin_ring(&area);
    for (int i = 0; i < 720; i++)
        add_corner(&area, 20.03 + 15 * cos(i * M_PI / 360), 20.02 + 15 * sin(i * M_PI / 360));
    heat_zonal_sum(&sum, 1, &r, &area, zone);
    assert_double_equal(sum.integral, M_PI * 15 * 15, sum.doubt);
    assert_double_equal(sum.doubt, 8 * 15 * 0.1, 0.05 * 8 * 15 * 0.1); /* a circle's sides: 8 r */
    /* Cut into two rasters, the cut is no border. */
    heat_zonal_begin(&halves, 1);
    for (int k = 0; k < 2; k++) {
        static const struct heat_raster none = {.cells = NULL};
        struct heat_raster part = make(cells, FIELD, FIELD / 2);
        part.grid.north -= k * FIELD / 2 * 1000.0;
        heat_zonal_begin(&half, 1);
        heat_zonal_add(&half, NULL, &part, &none, &area, zone);
        halves.doubt += half.doubt;
        halves.integral += half.integral;
    }
    assert_double_equal(halves.integral, sum.integral, 1e-9);
    assert_double_equal(halves.doubt, sum.doubt, 1e-9);
    area_free(&area);
}

/* Facilities of a source on rasters of each system, against geodesics. */
static bool move(void *ctx, double *x, double *y, double lon, double lat)
{
    return crs_from_lonlat(ctx, x, y, lon, lat);
}

static double exact(const struct heat_source *s, double lon, double lat)
{
    double sum = 0, ones = 0, h = s->query.radius;
    for (uint32_t i = 0; i < s->count; i++) {
        double d;
        crs_inverse(&d, NULL, lon, lat, s->lon[i], s->lat[i]);
        if (d > h)
            continue;
        double k = (1 - d * d / (h * h)) * (1 - d * d / (h * h));
        sum += s->weight[i] * k;
        ones += k;
    }
    return s->mean ? sum / ones : sum * 3e6 / (M_PI * h * h);
}

static void rasters_are_exact(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    static const double lats[] = {26.15, 23.5, 22.0};
    static const double radii[] = {500, 2500, 20000};
    uint64_t seed = 6;
    double lon[40], lat[40], weight[40];
    for (int round = 0; round < 9 * 3 * 2; round++) {
        double h = radii[round % 3], side = 3 * h / 100000, south = lats[round / 3 % 3];
        const char *code = heat_raster_crs[1 + round / 9 % 3]; /* TM2 121 is not its own at Matsu */
        struct heat_source s = {.count = 40, .lon = lon, .lat = lat, .weight = weight};
        s.query.radius = h;
        s.mean = round >= 27;
        for (int i = 0; i < 40; i++) {
            lon[i] = 119.6 + side * random_unit(&seed);
            lat[i] = south + side * random_unit(&seed);
            weight[i] = 10 * random_unit(&seed);
        }
        struct crs *crs = crs_open(code, &err);
        double box[4], x, y, most = 0, worst = 0;
        assert_non_null(crs);
        assert_true(crs_from_lonlat(crs, &box[0], &box[1], 119.6, south));
        assert_true(crs_from_lonlat(crs, &box[2], &box[3], 119.6 + side, south + side));
        struct heat_raster r;
        assert_true(heat_raster_lay(&r, code, box, h / 8, &err));
        assert_true(heat_raster_fill(&r, &s, move, crs, &err));
        for (int i = 0; i < r.grid.width * r.grid.height; i += 7) {
            double got = r.cells[i], want;
            assert_true(crs_to_lonlat(crs, &x, &y, heat_raster_x(&r, i % r.grid.width),
                                      heat_raster_y(&r, i / r.grid.width)));
            want = exact(&s, x, y);
            if (isnan(want) || (s.mean && isnan(got))) /* on the very edge */
                continue;
            most = fmax(most, want);
            worst = fmax(worst, fabs(got - want));
        }
        /* TM2's plane is 1e-4 from the ground; means divide small sums at the edge. */
        double part = strcmp(code, "EPSG:3825") == 0 ? 5e-4 : 3e-5;
        if (!(worst < (s.mean ? 200 : 1) * part * most) || !(most > 0))
            fail_msg("%s at %g, radius %g: %g of %g", code, south, h, worst, most);
        heat_raster_free(&r);
        crs_close(crs);
    }
}

static void limits(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    struct heat_raster r;
    double box[4] = {200000, 2500000, 300000, 2600000}, degrees[4] = {120, 23, 121, 24};
    struct heat_source s = {.count = 1000000, .query = {.radius = 20000}};
    assert_true(heat_raster_lay(&r, "EPSG:3826", box, 100, &err));
    assert_int_equal(r.grid.width, 1000);
    assert_false(heat_raster_check(&r, &s, s.count, &err));
    assert_int_equal(err.kind, ERROR_TOO_LARGE);
    assert_non_null(strstr(err.text, "additions"));
    s.count = 100;
    assert_true(heat_raster_check(&r, &s, s.count, &err));
    assert_false(heat_raster_lay(&r, "EPSG:3826", box, 10, &err));
    assert_int_equal(err.kind, ERROR_TOO_LARGE);
    assert_false(heat_raster_lay(&r, "EPSG:4326", degrees, 0.5, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_false(heat_raster_lay(&r, "EPSG:9999", degrees, 100, &err));
}

/* ---- strips ---- */

struct halves {
    struct area area;
    struct heat_zone zone[3];
    int of[3];
};

static bool add_halves(void *ctx, const struct heat_strip *strip, struct error *err)
{
    struct halves *h = ctx;
    (void)err;
    heat_zonal_add(h->zone, NULL, &strip->raster[0], &strip->mend[0], &h->area, h->of);
    return true;
}

static void add_box(struct area *a, double west, double east)
{
    area_begin_polygon(a);
    area_begin_ring(a);
    area_add_vertex(a, west, -60);
    area_add_vertex(a, east, -60);
    area_add_vertex(a, east, 80);
    area_add_vertex(a, west, 80);
}

/* All the world, and two halves of it: what is inside is the total weight, whatever the kernel, the
 * radius, the pixel, and one point that outweighs all others. */
static void inside_and_outside_add_up(void **state)
{
    (void)state;
    static const double radii[] = {100, 500, 2500};
    uint64_t seed = 11;
    double lon[200], lat[200], weight[200], total = 0;
    for (int i = 0; i < 200; i++) {
        lon[i] = 118.2 + 0.8 * random_unit(&seed);
        lat[i] = 25.4 + 0.8 * random_unit(&seed);
        total += weight[i] = i == 77 ? 1e6 : random_unit(&seed);
    }
    for (int round = 0; round < HEAT_SHAPES * 3 * 2; round++) {
        struct error err = {.kind = ERROR_NONE};
        struct halves h = {.of = {0, 1, 2}};
        struct heat_source s = {
            .count = 200, .lon = lon, .lat = lat, .weight = weight, .total = total};
        s.query.shape = (enum heat_shape)(round % HEAT_SHAPES);
        s.query.radius = radii[round / HEAT_SHAPES % 3];
        struct heat_strips strips = {
            .source = {&s}, .count = 1, .box = {-180, -85, 180, 85}, .mends = true};
        double middle = lon[77] + 0.0002; /* through the heavy point's kernel */
        add_box(&h.area, 100, 140);
        add_box(&h.area, 100, middle);
        add_box(&h.area, middle, 140);
        heat_zonal_begin(h.zone, 3);
        double coarsest = s.query.radius / HEAT_STRIPS_FINE_LEAST;
        assert_true(heat_strips_lay(&strips, round < 15 ? coarsest : 0, &err));
        assert_true(strips.pixel <= coarsest);
        assert_true(heat_strips_walk(&strips, add_halves, &h, &err));
        double tolerance = s.query.shape == HEAT_UNIFORM ? 1e-5 : 2e-6;
        assert_double_equal(h.zone[0].integral / total, 1, tolerance);
        assert_double_equal((h.zone[1].integral + h.zone[2].integral) / total, 1, tolerance);
        assert_true(h.zone[1].integral > 0.3 * total && h.zone[2].integral > 0.1 * total);
        assert_true(heat_strips_error(&strips, 0) < 0.06);
        area_free(&h.area);
    }
}

/* A kernel adds to no more pixels than there are. */
static void small_boxes_may_have_fine_pixels(void **state)
{
    (void)state;
    enum { POINTS = 2000 };
    static double lon[POINTS], lat[POINTS], weight[POINTS];
    struct error err = {.kind = ERROR_NONE};
    struct heat_source s = {.count = POINTS, .lon = lon, .lat = lat, .weight = weight};
    for (int i = 0; i < POINTS; i++) {
        lon[i] = 121;
        lat[i] = 23;
        weight[i] = 1;
    }
    s.query.radius = 2500;
    struct heat_strips strips = {
        .source = {&s}, .count = 1, .box = {121, 23, 121.001, 23.001}, .mends = true};
    assert_true(heat_strips_lay(&strips, 1, &err));
    struct heat_strips wide = {
        .source = {&s}, .count = 1, .box = {120, 22, 122, 24}, .mends = true};
    assert_false(heat_strips_lay(&wide, 1, &err));
}

static void pixels_are_never_too_coarse(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    double lon[2] = {118, 122}, lat[2] = {22, 26}, weight[2] = {1, 1};
    struct heat_source s = {.count = 2, .lon = lon, .lat = lat, .weight = weight, .total = 2};
    s.query.radius = 100;
    struct heat_strips strips = {.source = {&s}, .count = 1, .box = {-180, -85, 180, 85}};
    assert_true(heat_strips_lay(&strips, 20, &err));
    assert_false(heat_strips_lay(&strips, 20.1, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.text, "at most the radius / 5"));
    s.query.radius = 20000;
    strips.mends = true;
    assert_false(heat_strips_lay(&strips, 0.5, &err));
    assert_int_equal(err.kind, ERROR_TOO_LARGE);
    assert_non_null(strstr(err.text, "would pass"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(correlations),
        cmocka_unit_test(a_row_by_hand),
        cmocka_unit_test(shares_of_many),
        cmocka_unit_test(zones_by_hand),
        cmocka_unit_test(borders_part_pixels),
        cmocka_unit_test(doubt_holds_along_pixels),
        cmocka_unit_test(doubt_of_round_areas_is_small),
        cmocka_unit_test(inside_and_outside_add_up),
        cmocka_unit_test(small_boxes_may_have_fine_pixels),
        cmocka_unit_test(pixels_are_never_too_coarse),
        cmocka_unit_test(rasters_are_exact),
        cmocka_unit_test(limits),
    };
    return unit_run("heat_compare", tests);
}
