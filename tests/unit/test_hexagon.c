/* The hexagon grid: against the nearest of all centres, on sides, over the island, shared corners.
 */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/hexagon.h"
#include "tests/unit/atlas_maker.h"

/* Squared distance to a centre in long double: 64 bits of mantissa, so 1e-5 m² at 2,800 km. */
static long double distance2(double x, double y, int q, int r, int size)
{
    long double dx = x - (long double)size * (2 * q + r) / 2;
    long double dy = y - (long double)size * r * sqrtl(3.0L) / 2;
    return dx * dx + dy * dy;
}

static void check_nearest(double x, double y, int size)
{
    struct hexagon h = hexagon_at(x, y, size);
    long double mine = distance2(x, y, h.q, h.r, size);
    for (int dr = -3; dr <= 3; dr++)
        for (int dq = -4; dq <= 4; dq++)
            if (distance2(x, y, h.q + dq, h.r + dr, size) < mine - 1e-4L)
                fail_msg("%.6f %.6f size %d: %d %d is nearer than %d %d", x, y, size, h.q + dq,
                         h.r + dr, h.q, h.r);
}

static void test_nearest_centre(void **state)
{
    (void)state;
    static const int sizes[] = {500, 501, 999, 1000, 2500, 5000, 12345, 100000};
    uint64_t seed = 11;
    for (int i = 0; i < 40000; i++) {
        double x = -200000 + 700000 * maker_random(&seed);
        double y = 1200000 + 1700000 * maker_random(&seed);
        check_nearest(x, y, sizes[i % 8]);
    }
}

static void test_around_the_origin(void **state)
{
    (void)state;
    uint64_t seed = 12;
    for (int i = 0; i < 20000; i++)
        check_nearest(-5000 + 10000 * maker_random(&seed), -5000 + 10000 * maker_random(&seed),
                      1000);
    struct hexagon h = hexagon_at(0, 0, 1000);
    assert_int_equal(h.q, 0);
    assert_int_equal(h.r, 0);
}

/* North-south sides are at whole halves of the size: the point belongs to the east, one unit west
 * of it to the west. */
static void test_on_a_side(void **state)
{
    (void)state;
    for (int r = 2600; r < 2640; r++)
        for (int q = -1290; q < -1280; q++) {
            double x, y;
            hexagon_centre(&x, &y, (struct hexagon){q, r}, 1000);
            for (int step = -250; step <= 250; step += 125) {
                struct hexagon on = hexagon_at(x - 500, y + step, 1000);
                struct hexagon west = hexagon_at(x - 500 - 2e-6, y + step, 1000);
                struct hexagon last = hexagon_at(x + 500 - 2e-6, y + step, 1000);
                assert_int_equal(on.q, q);
                assert_int_equal(on.r, r);
                assert_int_equal(west.q, q - 1);
                assert_int_equal(west.r, r);
                assert_int_equal(last.q, q);
            }
        }
}

/* Points a micrometre or two off a slanted side fall on their own side of it. */
static void test_beside_slanted_sides(void **state)
{
    (void)state;
    static const int neighbour[6][2] = {{0, 1}, {-1, 1}, {0, -1}, {1, -1}, {1, 0}, {-1, 0}};
    uint64_t seed = 13;
    for (int i = 0; i < 5000; i++) {
        struct hexagon h = {(int)(maker_random(&seed) * 200) - 100,
                            2600 + (int)(maker_random(&seed) * 300)};
        double x0, y0, x1, y1, along = (maker_random(&seed) - 0.5) * 0.9 / sqrt(3.0);
        hexagon_centre(&x0, &y0, h, 1000);
        const int *n = neighbour[i % 6];
        hexagon_centre(&x1, &y1, (struct hexagon){h.q + n[0], h.r + n[1]}, 1000);
        double ux = (x1 - x0) / 1000, uy = (y1 - y0) / 1000;
        double mx = (x0 + x1) / 2 - uy * along * 1000, my = (y0 + y1) / 2 + ux * along * 1000;
        struct hexagon in = hexagon_at(mx - 4e-6 * ux, my - 4e-6 * uy, 1000);
        struct hexagon out = hexagon_at(mx + 4e-6 * ux, my + 4e-6 * uy, 1000);
        assert_int_equal(hexagon_compare(in, h), 0);
        assert_int_equal(hexagon_compare(out, (struct hexagon){h.q + n[0], h.r + n[1]}), 0);
    }
}

static void test_corners_are_shared(void **state)
{
    (void)state;
    double ax[6], ay[6], bx[6], by[6], cx[6], cy[6];
    hexagon_corners(ax, ay, (struct hexagon){-1200, 2700}, 5000);
    hexagon_corners(bx, by, (struct hexagon){-1199, 2700}, 5000); /* east of it */
    hexagon_corners(cx, cy, (struct hexagon){-1200, 2701}, 5000); /* north-east of it */
    assert_true(ax[0] == bx[2] && ay[0] == by[2] && ax[0] == cx[4] && ay[0] == cy[4]);
    assert_true(ax[5] == bx[3] && ay[5] == by[3]);
    assert_true(ax[1] == cx[3] && ay[1] == cy[3]);
    assert_true(ax[0] - ax[2] == 5000); /* across flats */
    double area = 0;
    for (int i = 0; i < 6; i++) {
        int j = (i + 1) % 6;
        area += (ax[i] - ax[0]) * (ay[j] - ay[0]) - (ax[j] - ax[0]) * (ay[i] - ay[0]);
    }
    assert_double_equal(area / 2, 25e6 * sqrt(3.0) / 2, 1); /* counterclockwise, size² sqrt(3)/2 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nearest_centre),     cmocka_unit_test(test_around_the_origin),
        cmocka_unit_test(test_on_a_side),          cmocka_unit_test(test_beside_slanted_sides),
        cmocka_unit_test(test_corners_are_shared),
    };
    return unit_run("hexagon", tests);
}
