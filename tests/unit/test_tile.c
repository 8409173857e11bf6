/* Tile arithmetic and Morton order against their definitions. */
#include "tests/unit/atlas_maker.h"
#include "tests/unit/unit.h"

#include "gis/crs.h"
#include "gis/tile.h"

static void known_places(void **state)
{
    (void)state;
    /* Kaohsiung, z 12 (slippy map arithmetic of OpenStreetMap). */
    assert_int_equal(tile_world_x(120.30) >> 20, 3416);
    assert_int_equal(tile_world_y(22.62) >> 20, 1783);
    assert_int_equal(tile_world_x(-180), 0);
    assert_int_equal(tile_world_y(90), 0);
    assert_int_equal(tile_world_x(180), UINT32_MAX);
    assert_int_equal(tile_world_y(-90), UINT32_MAX);
    double bbox[4];
    tile_bounds(bbox, (struct tile){0, 0, 0});
    assert_double_equal(bbox[0], -180, 1e-9);
    assert_double_equal(bbox[3], 85.0511287798, 1e-9);
}

static void there_and_back(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 100000; i++) {
        uint32_t x = (uint32_t)(maker_random(&seed) * 4294967296.0),
                 y = (uint32_t)(maker_random(&seed) * 4294967296.0);
        uint32_t bx, by;
        morton_xy(&bx, &by, morton_key(x, y));
        assert_int_equal(bx, x);
        assert_int_equal(by, y);
        double lon = tile_lon(x + 0.5);
        assert_int_equal(tile_world_x(lon), x);
    }
}

static void valid_tiles(void **state)
{
    (void)state;
    assert_true(tile_valid((struct tile){0, 0, 0}));
    assert_true(tile_valid((struct tile){20, (1u << 20) - 1, 0}));
    assert_false(tile_valid((struct tile){0, 1, 0}));
    assert_false(tile_valid((struct tile){5, 0, 32}));
    assert_false(tile_valid((struct tile){21, 0, 0}));
}

/* Ground scale against geodesics: 1,000 Mercator metres east and north. */
static void ground_scale(void **state)
{
    (void)state;
    for (double lat = 10; lat <= 27; lat += 0.5) {
        double east, north, d, azimuth;
        tile_ground_scale(&east, &north, lat);
        double step = 1000 / TILE_EARTH_RADIUS * 180 / M_PI; /* degrees of longitude */
        crs_inverse(&d, &azimuth, 121, lat, 121 + step, lat);
        assert_double_equal(d, 1000 * east, 0.01);
        double y = tile_world_y(lat) + 0.5,
               units = 1000 / (2 * M_PI * TILE_EARTH_RADIUS) * 4294967296.0;
        crs_inverse(&d, &azimuth, 121, tile_lat(y + units / 2), 121, tile_lat(y - units / 2));
        assert_double_equal(d, 1000 * north, 0.01);
    }
}

static void ranges_hold_the_points_of_a_tile(void **state)
{
    (void)state;
    struct atlas *a = maker_atlas(3000, 42);
    for (uint32_t z = 0; z <= TILE_ZOOM_MAX; z++)
        for (uint32_t k = 0; k < a->drawn; k += 211) {
            uint32_t x, y, first, end, inside = 0;
            morton_xy(&x, &y, a->key[k]);
            struct tile t = {z, (uint32_t)((uint64_t)x >> (32 - z)),
                             (uint32_t)((uint64_t)y >> (32 - z))};
            atlas_range(&first, &end, a, t);
            for (uint32_t i = 0; i < a->drawn; i++) {
                uint32_t px, py;
                morton_xy(&px, &py, a->key[i]);
                bool in = (uint64_t)px >> (32 - z) == t.x && (uint64_t)py >> (32 - z) == t.y;
                inside += in;
                assert_int_equal(in, i >= first && i < end);
            }
            assert_int_equal(inside, end - first);
        }
    atlas_free(a);
}

struct found {
    const struct atlas *a;
    uint32_t count;
    double lon, lat, radius;
};

static bool count_near(void *ctx, uint32_t i, double distance)
{
    struct found *f = ctx;
    double d, azimuth;
    crs_inverse(&d, &azimuth, f->lon, f->lat, f->a->lon[i], f->a->lat[i]);
    assert_double_equal(d, distance, 1e-6);
    assert_true(d <= f->radius);
    f->count++;
    return true;
}

static void near_finds_all(void **state)
{
    (void)state;
    struct atlas *a = maker_atlas(5000, 8);
    uint64_t seed = 2;
    for (int k = 0; k < 60; k++) {
        struct found f = {.a = a,
                          .lon = 120 + 1.8 * maker_random(&seed),
                          .lat = 22 + 3 * maker_random(&seed),
                          .radius = 10 + 30000 * maker_random(&seed)};
        uint32_t want = 0;
        for (uint32_t i = 0; i < a->drawn; i++) {
            double d, azimuth;
            crs_inverse(&d, &azimuth, f.lon, f.lat, a->lon[i], a->lat[i]);
            want += d <= f.radius;
        }
        atlas_near(a, f.lon, f.lat, f.radius, count_near, &f);
        assert_int_equal(f.count, want);
    }
    atlas_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_places),
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(valid_tiles),
        cmocka_unit_test(ground_scale),
        cmocka_unit_test(ranges_hold_the_points_of_a_tile),
        cmocka_unit_test(near_finds_all),
    };
    return unit_run("tile", tests);
}
