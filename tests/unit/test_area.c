/* Areas on lattices of pixels, polygons of WKB, sums without rounding. */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/area_wkb.h"
#include "gis/buf.h"
#include "gis/exact_sum.h"

enum { SIDE = 64 };

struct count {
    uint8_t hit[SIDE * SIDE];
    int lines; /* spans that were empty or outside */
};

static void count_span(void *ctx, size_t polygon, int row, int first, int end)
{
    struct count *c = ctx;
    (void)polygon;
    c->lines += first < 0 || end > SIDE || first >= end || row < 0 || row >= SIDE;
    for (int i = first; i < end; i++)
        c->hit[row * SIDE + i]++;
}

static void lay(double x[SIDE], double y[SIDE])
{
    for (int i = 0; i < SIDE; i++) {
        x[i] = i + 0.5;
        y[i] = SIDE - i - 0.5;
    }
}

static double random_unit(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

/* Triangles about a point, with corners on centres of pixels too: each pixel in one of them. */
static void neighbours_share_no_pixel(void **state)
{
    (void)state;
    double x[SIDE], y[SIDE];
    uint64_t seed = 5;
    lay(x, y);
    struct area_lattice l = {SIDE, SIDE, x, y};
    for (int round = 0; round < 200; round++) {
        struct area a = {.x = NULL};
        double px[12], py[12], mx = 20 + 24 * random_unit(&seed), my = 20 + 24 * random_unit(&seed);
        if (round % 2)
            mx = floor(mx) + 0.5, my = floor(my) + 0.5;
        for (int i = 0; i < 12; i++) {
            px[i] = mx + 300 * cos(i * M_PI / 6 + 0.01 * round);
            py[i] = my + 300 * sin(i * M_PI / 6 + 0.01 * round);
        }
        for (int i = 0; i < 12; i++) {
            int k = (i + 1) % 12;
            area_begin_polygon(&a);
            area_begin_ring(&a);
            area_add_vertex(&a, mx, my);
            area_add_vertex(&a, px[i], py[i]);
            area_add_vertex(&a, px[k], py[k]);
        }
        struct count c = {.lines = 0};
        area_spans(&a, &l, count_span, &c);
        assert_int_equal(c.lines, 0);
        for (int i = 0; i < SIDE * SIDE; i++)
            assert_int_equal(c.hit[i], 1);
        area_free(&a);
    }
}

/* Against crossings counted for each centre by itself. */
static void spans_are_the_definition(void **state)
{
    (void)state;
    double x[SIDE], y[SIDE];
    uint64_t seed = 8;
    lay(x, y);
    struct area_lattice l = {SIDE, SIDE, x, y};
    for (int round = 0; round < 50; round++) {
        struct area a = {.x = NULL};
        area_begin_polygon(&a);
        for (int ring = 0; ring < 3; ring++) {
            area_begin_ring(&a);
            for (int i = 0; i < 9; i++) /* crossing itself, some outside the lattice */
                area_add_vertex(&a, 80 * random_unit(&seed) - 8, 80 * random_unit(&seed) - 8);
        }
        struct count c = {.lines = 0};
        area_spans(&a, &l, count_span, &c);
        for (int k = 0; k < SIDE * SIDE; k++) {
            double cx = x[k % SIDE], cy = y[k / SIDE];
            bool in = false;
            for (size_t i = 0; i < 27; i++) {
                size_t n = i % 9 == 8 ? i - 8 : i + 1;
                double x0 = a.x[i], y0 = a.y[i], x1 = a.x[n], y1 = a.y[n];
                if ((y0 <= cy) != (y1 <= cy) && x0 + (cy - y0) * (x1 - x0) / (y1 - y0) <= cx)
                    in = !in;
            }
            assert_int_equal(c.hit[k], in);
        }
        area_free(&a);
    }
}

/* ---- WKB ---- */

static void put(struct buf *b, const void *data, size_t len, bool little)
{
    const char *bytes = data;
    for (size_t i = 0; i < len; i++)
        buf_char(b, bytes[little ? i : len - 1 - i]);
}

static void put_u32(struct buf *b, uint32_t value, bool little)
{
    put(b, &value, 4, little);
}

static void put_head(struct buf *b, uint32_t type, bool little)
{
    buf_char(b, little);
    put_u32(b, type, little);
}

static void put_square(struct buf *b, uint32_t type, int extra, double at, bool little)
{
    static const double corner[5][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}};
    put_head(b, type, little);
    put_u32(b, 1, little);
    put_u32(b, 5, little);
    for (int i = 0; i < 5; i++)
        for (int k = 0; k < 2 + extra; k++) {
            double v = k < 2 ? at + corner[i][k] : 99;
            put(b, &v, 8, little);
        }
}

static bool move_east(void *ctx, double *x, double *y)
{
    (void)y;
    *x += *(double *)ctx;
    return *x < 1000;
}

static void wkb_of_all_kinds(void **state)
{
    (void)state;
    struct buf b = {.data = NULL};
    struct area a = {.x = NULL};
    double east = 100, bounds[4];
    put_head(&b, 7, true); /* a collection */
    put_u32(&b, 3, true);
    put_square(&b, 3, 0, 10, false);
    put_square(&b, 1003, 1, 20, true); /* Z */
    put_head(&b, 6, true);
    put_u32(&b, 1, true);
    put_square(&b, 0xC0000003U, 2, 30, true); /* Z and M, extended */
    assert_int_equal(area_add_wkb(&a, b.data, b.len, move_east, &east), AREA_TAKEN);
    assert_int_equal(a.polygons, 3);
    assert_int_equal(a.rings, 3);
    assert_int_equal(a.vertices, 15);
    assert_true(area_bounds(bounds, &a));
    assert_true(bounds[0] == 110 && bounds[1] == 10 && bounds[2] == 131 && bounds[3] == 31);
    for (size_t len = 0; len < b.len; len++) { /* cut off anywhere; read no further (ASan) */
        struct area part = {.x = NULL};
        char *copy = len ? memcpy(malloc(len), b.data, len) : NULL;
        assert_int_not_equal(area_add_wkb(&part, copy ? copy : "", len, NULL, NULL), AREA_TAKEN);
        free(copy);
        area_free(&part);
    }
    east = 1000;
    assert_int_equal(area_add_wkb(&a, b.data, b.len, move_east, &east), AREA_NO_PLACE);
    buf_clear(&b);
    put_head(&b, 1, true);
    put_square(&b, 3, 0, 0, true);
    assert_int_equal(area_add_wkb(&a, b.data, b.len, NULL, NULL), AREA_NO_POLYGON);
    buf_clear(&b);
    for (int i = 0; i < 20; i++) {
        put_head(&b, 7, true);
        put_u32(&b, 1, true);
    }
    assert_int_equal(area_add_wkb(&a, b.data, b.len, NULL, NULL), AREA_TOO_LARGE);
    buf_clear(&b);
    put_square(&b, 3, 0, NAN, true);
    assert_int_equal(area_add_wkb(&a, b.data, b.len, NULL, NULL), AREA_BROKEN);
    buf_free(&b);
    area_free(&a);
}

/* ---- sums ---- */

static void sums_have_no_order(void **state)
{
    (void)state;
    struct exact_sum s = {.limb = {0}}, one = {.limb = {0}}, other = {.limb = {0}};
    const double exact[] = {1e18, 1, -1e18, 5e-324, 0.1, -0.1, 1.5e308, -1.5e308, 2.5};
    for (size_t i = 0; i < 9; i++)
        exact_sum_add(&s, exact[i]);
    assert_true(exact_sum_value(&s) == 3.5);
    exact_sum_add(&s, -3.5);
    assert_true(exact_sum_value(&s) == 5e-324);
    exact_sum_add(&s, -2e6);
    assert_true(exact_sum_value(&s) == -2e6);
    static double v[5000];
    uint64_t seed = 3;
    long double about = 0;
    for (int i = 0; i < 5000; i++) {
        v[i] = ldexp(random_unit(&seed) - 0.3, (int)(60 * random_unit(&seed)) - 30);
        about += v[i];
        exact_sum_add(&one, v[i]);
    }
    for (int i = 4999; i >= 0; i--)
        exact_sum_add(&other, v[i]);
    double a = exact_sum_value(&one), b = exact_sum_value(&other);
    assert_memory_equal(&a, &b, sizeof a);
    assert_double_equal(a, (double)about, 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbours_share_no_pixel),
        cmocka_unit_test(spans_are_the_definition),
        cmocka_unit_test(wkb_of_all_kinds),
        cmocka_unit_test(sums_have_no_order),
    };
    return unit_run("area", tests);
}
