/* Heat against independent exact sums: geodesic distances of PROJ in place of our scaled Web
 * Mercator, every point in place of the near ones. */
#include "tests/unit/atlas_maker.h"
#include "tests/unit/unit.h"

#include "analysis/heat.h"
#include "gis/crs.h"

static const struct heat_query by_count = {.by = HEAT_COUNT, .substance = -1};

/* The definition, straight from analysis/heat.h. */
static double exact(const struct atlas *a, double lon, double lat, bool quantity)
{
    double sum = 0;
    for (uint32_t i = 0; i < a->drawn; i++) {
        double d, azimuth, w = quantity ? a->quantity_kg[i] : 1;
        crs_inverse(&d, &azimuth, lon, lat, a->lon[i], a->lat[i]);
        double u = 1 - d * d / (HEAT_RADIUS_M * HEAT_RADIUS_M);
        if (u > 0 && w > 0)
            sum += w * u * u;
    }
    return sum * 3e6 / (M_PI * HEAT_RADIUS_M * HEAT_RADIUS_M);
}

static void values_are_exact(void **state)
{
    (void)state;
    struct atlas *a = maker_atlas(20000, 7);
    uint64_t seed = 99;
    double peak = 0.153; /* of one facility, per km2 */
    for (int i = 0; i < 200; i++) {
        double lon = 120.3 + 0.2 * maker_random(&seed), lat = 22.55 + 0.2 * maker_random(&seed);
        uint32_t contributors;
        double want = exact(a, lon, lat, false);
        double got = heat_value(a, &by_count, lon, lat, &contributors);
        assert_double_equal(got, want, 2e-4 * want + 1e-5 * peak);
        struct heat_query q = {.by = HEAT_QUANTITY, .substance = -1};
        want = exact(a, lon, lat, true);
        assert_double_equal(heat_value(a, &q, lon, lat, &contributors), want, 2e-4 * want + 1e-3);
    }
    atlas_free(a);
}

/* Pixel centre of a tile in degrees. */
static void pixel(double *lon, double *lat, struct tile t, int i, int j)
{
    double unit = 4294967296.0 / (double)(1u << t.z) / HEAT_TILE;
    *lon = tile_lon(((double)t.x * HEAT_TILE + i + 0.5) * unit);
    *lat = tile_lat(((double)t.y * HEAT_TILE + j + 0.5) * unit);
}

static struct tile tile_at(double lon, double lat, uint32_t z)
{
    return (struct tile){z, (uint32_t)((uint64_t)tile_world_x(lon) >> (32 - z)),
                         (uint32_t)((uint64_t)tile_world_y(lat) >> (32 - z))};
}

static void tiles_agree_with_values(void **state)
{
    (void)state;
    static float out[HEAT_TILE * HEAT_TILE];
    struct atlas *a = maker_atlas(20000, 7);
    for (uint32_t z = 9; z <= 18; z++) {
        struct tile t = tile_at(120.4, 22.65, z);
        assert_true(heat_tile(out, a, &by_count, t));
        double worst = 0, most = 0;
        for (int k = 0; k < 400; k++) {
            int i = k * 37 % HEAT_TILE, j = k * 101 % HEAT_TILE;
            double lon, lat;
            uint32_t contributors;
            pixel(&lon, &lat, t, i, j);
            double want = heat_value(a, &by_count, lon, lat, &contributors);
            most = fmax(most, want);
            worst = fmax(worst, fabs((double)out[j * HEAT_TILE + i] - want));
        }
        /* Evaluated up to zoom 11; above it the 70 m lattice is interpolated. */
        assert_true(most > 1);
        assert_true(worst < (z <= 11 ? 2e-5 : 1e-3) * most);
    }
    atlas_free(a);
}

static void low_zooms_keep_the_mass(void **state)
{
    (void)state;
    static float out[HEAT_TILE * HEAT_TILE];
    struct atlas *a = maker_atlas(5000, 3);
    for (uint32_t z = 0; z <= 8; z += 2) {
        double mass = 0; /* of all tiles that the island touches */
        struct tile nw = tile_at(119.5, 25.7, z), se = tile_at(122.3, 21.5, z);
        for (uint32_t y = nw.y; y <= se.y; y++)
            for (uint32_t x = nw.x; x <= se.x; x++) {
                struct tile t = {z, x, y};
                if (!heat_tile(out, a, &by_count, t))
                    continue;
                for (int j = 0; j < HEAT_TILE; j++) {
                    double lon, lat, east, north;
                    pixel(&lon, &lat, t, 0, j);
                    tile_ground_scale(&east, &north, lat);
                    double side =
                        2 * M_PI * TILE_EARTH_RADIUS / (double)(1u << z) / HEAT_TILE / 1000;
                    for (int i = 0; i < HEAT_TILE; i++)
                        mass += (double)out[j * HEAT_TILE + i] * side * east * side * north;
                }
            }
        /* A pixel of zoom 0 spans a degree, over which the scale changes by a percent. */
        assert_double_equal(mass, 5000, z < 4 ? 50 : 10);
    }
    atlas_free(a);
}

static void neighbours_have_no_seam(void **state)
{
    (void)state;
    static float west[HEAT_TILE * HEAT_TILE], both[HEAT_TILE * HEAT_TILE];
    struct atlas *a = maker_atlas(20000, 11);
    uint64_t seed = 5;
    for (int k = 0; k < 50; k++) {
        uint32_t z = 9 + (uint32_t)k % 8;
        struct tile t =
            tile_at(120 + 1.5 * maker_random(&seed), 22.3 + 2.5 * maker_random(&seed), z);
        struct tile east = {z, t.x + 1, t.y};
        heat_tile(west, a, &by_count, t);
        heat_tile(both, a, &by_count, east);
        /* The step across the edge is no larger than the steps beside it allow: the kernel is C1.
         */
        for (int j = 0; j < HEAT_TILE; j++) {
            const float *l = west + j * HEAT_TILE + HEAT_TILE - 2, *r = both + j * HEAT_TILE;
            float inner = fabsf(l[1] - l[0]) + fabsf(r[1] - r[0]), across = fabsf(r[0] - l[1]);
            assert_true(across <= inner + 0.05F * (l[1] + r[0]) + 1e-3F);
        }
    }
    atlas_free(a);
}

static void nothing_is_zero(void **state)
{
    (void)state;
    static float out[HEAT_TILE * HEAT_TILE];
    struct atlas *a = maker_atlas(0, 1);
    uint32_t contributors;
    for (uint32_t z = 0; z <= TILE_ZOOM_MAX; z++)
        assert_false(heat_tile(out, a, &by_count, tile_at(120.4, 22.6, z)));
    assert_double_equal(heat_value(a, &by_count, 120.4, 22.6, &contributors), 0, 0);
    assert_int_equal(contributors, 0);
    atlas_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_exact),        cmocka_unit_test(tiles_agree_with_values),
        cmocka_unit_test(low_zooms_keep_the_mass), cmocka_unit_test(neighbours_have_no_seam),
        cmocka_unit_test(nothing_is_zero),
    };
    return unit_run("heat", tests);
}
