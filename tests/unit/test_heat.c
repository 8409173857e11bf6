/* Heat against independent exact sums in double: geodesic distances of PROJ in place of our scaled
 * Web Mercator, every point in place of the near ones; and tiles against tiles. */
#include "tests/unit/atlas_maker.h"
#include "tests/unit/unit.h"

#include "analysis/heat.h"
#include "gis/crs.h"

enum { PIXELS = HEAT_TILE * HEAT_TILE };

static struct heat_source *source_of(const struct atlas *a, enum heat_by by, enum heat_shape shape,
                                     double radius)
{
    struct heat_query q;
    heat_query_begin(&q);
    q.by = by;
    q.shape = shape;
    q.radius = radius;
    return heat_source_new(a, NULL, &q);
}

/* The definition, straight from analysis/heat.h. */
static double exact(const struct heat_source *s, double lon, double lat)
{
    static const double norm[HEAT_SHAPES] = {3, 3, 1, 4, 2};
    double sum = 0, h = s->query.radius;
    for (uint32_t i = 0; i < s->count; i++) {
        double d, azimuth;
        if (fabs(lat - s->lat[i]) > h / 110000)
            continue;
        crs_inverse(&d, &azimuth, lon, lat, s->lon[i], s->lat[i]);
        double u = d / h, v = 1 - u * u, k[HEAT_SHAPES] = {v * v, 1 - u, 1, v * v * v, v};
        if (u <= 1)
            sum += s->weight[i] * k[s->query.shape];
    }
    return sum * norm[s->query.shape] * 1e6 / (M_PI * h * h);
}

static void values_are_exact(void **state)
{
    (void)state;
    static const double radii[] = {500, 2500, 20000};
    struct atlas *a = maker_atlas(5000, 7);
    uint64_t seed = 99;
    for (int shape = 0; shape < HEAT_SHAPES; shape++)
        for (int r = 0; r < 3; r++) {
            struct heat_source *s = source_of(a, shape % 2 ? HEAT_QUANTITY : HEAT_COUNT,
                                              (enum heat_shape)shape, radii[r]);
            double most = 0, worst = 0;
            for (int i = 0; i < 40; i++) {
                double lon = 120.3 + 0.2 * maker_random(&seed);
                double lat = 22.55 + 0.2 * maker_random(&seed);
                double want = exact(s, lon, lat);
                most = fmax(most, want);
                worst = fmax(worst, fabs(heat_value(s, lon, lat, NULL) - want));
            }
            /* The uniform kernel jumps at the circle: a point within a centimetre counts or not. */
            assert_true(most > 0);
            assert_true(worst < (shape == HEAT_UNIFORM ? 2e-2 : 2e-5) * most);
            heat_source_free(s);
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

/* At the lattice the value itself, above it within the error of the interpolation. */
static void tiles_agree_with_values(void **state)
{
    (void)state;
    static float out[PIXELS];
    static const double radii[] = {500, 1300, 2500, 9000, 20000};
    struct atlas *a = maker_atlas(20000, 7);
    for (int shape = 0; shape < HEAT_SHAPES; shape++)
        for (int r = 0; r < 5; r++) {
            struct heat_source *s = source_of(a, HEAT_COUNT, (enum heat_shape)shape, radii[r]);
            for (uint32_t z = (uint32_t)s->zoom; z <= (uint32_t)s->zoom + 4; z += 2) {
                struct tile t = tile_at(120.4, 22.65, z);
                assert_true(heat_tile(out, s, t));
                double worst = 0, most = 0;
                for (int k = 0; k < 300; k++) {
                    int i = k * 37 % HEAT_TILE, j = k * 101 % HEAT_TILE;
                    double lon, lat;
                    pixel(&lon, &lat, t, i, j);
                    double want = heat_value(s, lon, lat, NULL);
                    most = fmax(most, want);
                    worst = fmax(worst, fabs((double)out[j * HEAT_TILE + i] - want));
                }
                assert_true(most > 0);
                /* Between pixels: kinks and steps of the other kernels count. */
                bool smooth = shape == HEAT_QUARTIC || shape == HEAT_TRIWEIGHT;
                if ((int)z == s->zoom)
                    assert_true(worst < 1e-6 * most);
                else if (shape != HEAT_UNIFORM)
                    assert_true(worst < (smooth ? 3e-3 : 2e-2) * most);
            }
            heat_source_free(s);
        }
    atlas_free(a);
}

static void low_zooms_keep_the_mass(void **state)
{
    (void)state;
    static float out[PIXELS];
    struct atlas *a = maker_atlas(5000, 3);
    struct heat_source *s = source_of(a, HEAT_COUNT, HEAT_QUARTIC, 2500);
    for (uint32_t z = 0; z <= 10; z += 2) {
        double mass = 0; /* of all tiles that the island touches */
        struct tile nw = tile_at(119.5, 25.7, z), se = tile_at(122.3, 21.5, z);
        for (uint32_t y = nw.y; y <= se.y; y++)
            for (uint32_t x = nw.x; x <= se.x; x++) {
                struct tile t = {z, x, y};
                if (!heat_tile(out, s, t))
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
        assert_double_equal(mass, 5000, z < 4 ? 50 : z < 8 ? 10 : 0.5);
    }
    heat_source_free(s);
    atlas_free(a);
}

static void nothing_is_zero(void **state)
{
    (void)state;
    static float out[PIXELS];
    struct atlas *a = maker_atlas(0, 1);
    struct heat_source *s = source_of(a, HEAT_COUNT, HEAT_QUARTIC, 2500);
    uint32_t contributors;
    for (uint32_t z = 0; z <= TILE_ZOOM_MAX; z++) {
        assert_false(heat_tile(out, s, tile_at(120.4, 22.6, z)));
        assert_true(out[0] == 0 && out[PIXELS - 1] == 0);
    }
    assert_double_equal(heat_value(s, 120.4, 22.6, &contributors), 0, 0);
    assert_int_equal(contributors, 0);
    heat_source_free(s);
    atlas_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_exact),
        cmocka_unit_test(tiles_agree_with_values),
        cmocka_unit_test(low_zooms_keep_the_mass),
        cmocka_unit_test(nothing_is_zero),
    };
    return unit_run("heat", tests);
}
