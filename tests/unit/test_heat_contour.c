/* Bands of heat: valid polygons without gaps, checked through GEOS by PostGIS's rules in
 * tests/http/heat_out.t; here the places they hold, on rasters made to be awkward. */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/heat_contour.h"
#include "gis/mem.h"

enum { W = 23, H = 17 };

static double random_unit(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

static struct heat_raster make(double *cells)
{
    struct heat_raster r = {.crs = "EPSG:3826", .cells = cells};
    r.grid.west = 200000;
    r.grid.north = 2600000;
    r.grid.pixel_x = r.grid.pixel_y = 100;
    r.grid.width = W;
    r.grid.height = H;
    return r;
}

struct ring {
    const double *x, *y;
    size_t count; /* the last is the first */
};

static struct ring ring_of(const struct area *a, size_t i)
{
    size_t end = i + 1 < a->rings ? a->ring[i + 1] : a->vertices;
    return (struct ring){a->x + a->ring[i], a->y + a->ring[i], end - a->ring[i]};
}

static double area_of(const struct ring *r)
{
    double twice = 0;
    for (size_t i = 0; i + 1 < r->count; i++)
        twice += (r->x[i] - r->x[0]) * (r->y[i + 1] - r->y[0]) -
                 (r->x[i + 1] - r->x[0]) * (r->y[i] - r->y[0]);
    return twice / 2;
}

static bool in_ring(const struct ring *r, double px, double py)
{
    bool in = false;
    for (size_t i = 0; i + 1 < r->count; i++)
        if ((r->y[i] > py) != (r->y[i + 1] > py) &&
            px < r->x[i] + (py - r->y[i]) * (r->x[i + 1] - r->x[i]) / (r->y[i + 1] - r->y[i]))
            in = !in;
    return in;
}

/* In how many polygons of the band a place lies. */
static int hits(const struct area *a, double px, double py)
{
    int n = 0;
    for (size_t p = 0; p < a->polygons; p++) {
        size_t end = p + 1 < a->polygons ? a->polygon[p + 1] : a->rings;
        bool in = false;
        for (size_t i = a->polygon[p]; i < end; i++) {
            struct ring r = ring_of(a, i);
            in ^= in_ring(&r, px, py);
        }
        n += in;
    }
    return n;
}

static double cross(double ax, double ay, double bx, double by, double cx, double cy)
{
    return (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
}

/* Two lines have a place in common, their ends too. */
static bool meet(const struct ring *p, size_t i, const struct ring *q, size_t k)
{
    double a = cross(p->x[i], p->y[i], p->x[i + 1], p->y[i + 1], q->x[k], q->y[k]);
    double b = cross(p->x[i], p->y[i], p->x[i + 1], p->y[i + 1], q->x[k + 1], q->y[k + 1]);
    double c = cross(q->x[k], q->y[k], q->x[k + 1], q->y[k + 1], p->x[i], p->y[i]);
    double d = cross(q->x[k], q->y[k], q->x[k + 1], q->y[k + 1], p->x[i + 1], p->y[i + 1]);
    return (a > 0) != (b > 0) && (c > 0) != (d > 0);
}

/* Rings are closed, wound as they should be, and no two lines of a band meet but neighbours. */
static void check_band(const struct area *a)
{
    for (size_t p = 0; p < a->polygons; p++) {
        size_t end = p + 1 < a->polygons ? a->polygon[p + 1] : a->rings;
        for (size_t i = a->polygon[p]; i < end; i++) {
            struct ring r = ring_of(a, i);
            assert_true(r.count >= 4);
            assert_true(r.x[0] == r.x[r.count - 1] && r.y[0] == r.y[r.count - 1]);
            assert_true(i == a->polygon[p] ? area_of(&r) > 0 : area_of(&r) < 0);
            if (i > a->polygon[p]) {
                struct ring outer = ring_of(a, a->polygon[p]);
                assert_true(in_ring(&outer, r.x[0], r.y[0]));
            }
        }
    }
    for (size_t i = 0; i < a->rings; i++)
        for (size_t k = i; k < a->rings; k++) {
            struct ring p = ring_of(a, i), q = ring_of(a, k);
            for (size_t m = 0; m + 1 < p.count; m++)
                for (size_t n = i == k ? m + 2 : 0; n + 1 < q.count; n++)
                    if (i != k || m > 0 || n + 2 < q.count)
                        assert_false(meet(&p, m, &q, n));
        }
}

/* Centres of pixels lie in the band of their value, and in no other. */
static void check_places(const struct heat_contour *c, const double *cells)
{
    for (int i = 0; i < W * H; i++)
        for (int k = 0; k < c->count; k++) {
            double x = 200050 + i % W * 100, y = 2599950 - (double)(i / W) * 100;
            bool in = cells[i] >= c->level[k] && !(k + 1 < c->count && cells[i] >= c->level[k + 1]);
            assert_int_equal(hits(&c->band[k], x, y), in);
        }
}

static void check(double *cells, const double *level, int count)
{
    struct error err = {.kind = ERROR_NONE};
    struct heat_raster r = make(cells);
    struct heat_contour c;
    assert_true(heat_contour_make(&c, &r, level, count, &err));
    for (int k = 0; k < count; k++)
        check_band(&c.band[k]);
    check_places(&c, cells);
    heat_contour_free(&c);
}

static void noise_is_valid(void **state)
{
    (void)state;
    static const double level[] = {0.2, 0.4, 0.41, 0.7, 0.95};
    double cells[W * H];
    uint64_t seed = 2;
    for (int round = 0; round < 15; round++) {
        for (int i = 0; i < W * H; i++)
            cells[i] = random_unit(&seed);
        check(cells, level, 5);
    }
}

/* Values that stand on levels, squares with high corners across, cliffs, nothing. */
static void ties_are_valid(void **state)
{
    (void)state;
    static const double level[] = {1, 2, 3};
    static const double cliff[] = {1e-9, 2e-9, 1e9};
    double cells[W * H];
    uint64_t seed = 7;
    for (int round = 0; round < 15; round++) {
        for (int i = 0; i < W * H; i++) {
            cells[i] = floor(5 * random_unit(&seed));
            if (cells[i] > 3.5)
                cells[i] = NAN;
        }
        check(cells, level, 3);
        for (int i = 0; i < W * H; i++)
            cells[i] = random_unit(&seed) < 0.4 ? 0 : 2e9;
        check(cells, cliff, 3);
    }
}

static void flat_ones(void **state)
{
    (void)state;
    static const double level[] = {1};
    struct error err = {.kind = ERROR_NONE};
    struct heat_contour c;
    double cells[W * H];
    for (int i = 0; i < W * H; i++)
        cells[i] = 0;
    struct heat_raster r = make(cells);
    assert_true(heat_contour_make(&c, &r, level, 1, &err));
    assert_int_equal(c.band[0].polygons, 0);
    heat_contour_free(&c);
    for (int i = 0; i < W * H; i++)
        cells[i] = 5;
    assert_true(heat_contour_make(&c, &r, level, 1, &err));
    assert_int_equal(c.band[0].polygons, 1);
    struct ring all = ring_of(&c.band[0], 0);
    assert_true(fabs(area_of(&all) / (W * H * 1e4) - 1) <
                0.2); /* from centre to centre, and more */
    heat_contour_free(&c);
    r.grid.width = r.grid.height = 3000;
    assert_false(heat_contour_make(&c, &r, level, 1, &err));
    assert_int_equal(err.kind, ERROR_TOO_LARGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(noise_is_valid),
        cmocka_unit_test(ties_are_valid),
        cmocka_unit_test(flat_ones),
    };
    return unit_run("heat_contour", tests);
}
