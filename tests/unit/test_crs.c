/* crs: coordinate systems of Taiwan against published or independently computed values. */
#include "tests/unit/unit.h"

#include <math.h>

#include "gis/crs.h"

static struct crs *open_or_fail(const char *code)
{
    struct error err = {0};
    struct crs *crs = crs_open(code, &err);
    if (!crs)
        fail_msg("%s: %s", code, err.text);
    return crs;
}

/* The island-wide plane formula between TWD97 and TWD67, TM2 zone 121 (A and B of the Academia
 * Sinica note); the seven parameters agree with it within 1.1 m in the middle of the island and
 * within 5 m at its ends. PROJ's "ballpark" would be 850 m off. */
static void twd67_agrees_with_plane_formula(void **state)
{
    (void)state;
    static const double places[][3] = {
        {250000, 2600000, 1.1}, {300000, 2770000, 5}, {170000, 2500000, 5},
        {220000, 2440000, 5},   {330000, 2740000, 5}, {260000, 2545000, 5},
    };
    const double a = 1.549e-5, b = 6.521e-6;
    struct crs *twd97 = open_or_fail("EPSG:3826"), *twd67 = open_or_fail("EPSG:3828");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        double x = places[i][0], y = places[i][1], lon = 0, lat = 0, x67 = 0, y67 = 0;
        assert_true(crs_to_lonlat(twd97, &lon, &lat, x, y));
        assert_true(crs_from_lonlat(twd67, &x67, &y67, lon, lat));
        assert_double_equal(x67, x - 807.8 - a * x - b * y, places[i][2]);
        assert_double_equal(y67, y + 248.6 - a * y - b * x, places[i][2]);
    }
    crs_close(twd97);
    crs_close(twd67);
}

static void round_trip_everywhere(void **state)
{
    (void)state;
    static const double places[][2] = {
        {120.3, 22.6}, {121.5654, 25.033}, {118.32, 24.44}, {119.95, 26.16}, {116.72, 20.7}};
    for (int c = 0; crs_codes[c]; c++) {
        struct crs *crs = open_or_fail(crs_codes[c]);
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            double x = 0, y = 0, lon = 0, lat = 0;
            assert_true(crs_from_lonlat(crs, &x, &y, places[i][0], places[i][1]));
            assert_true(crs_to_lonlat(crs, &lon, &lat, x, y));
            assert_double_equal(lon, places[i][0], 1e-7);
            assert_double_equal(lat, places[i][1], 1e-7); /* 1 cm: the datum shift drops heights */
        }
        crs_close(crs);
    }
}

/* Longitude 121 lies on easting 250000 of zone 121, 119 on 250000 of zone 119; the scale there is
 * 0.9999. Taipei 101: 306,962 / 2,769,666 (TWD97 TM2, as the Ministry's map shows it) within 30 m.
 */
static void known_places(void **state)
{
    (void)state;
    double x = 0, y = 0;
    struct crs *z121 = open_or_fail("EPSG:3826"), *z119 = open_or_fail("EPSG:3825");
    struct crs *web = open_or_fail("EPSG:3857"), *geo = open_or_fail("EPSG:3824");
    assert_true(crs_from_lonlat(z121, &x, &y, 121.0, 23.5));
    assert_double_equal(x, 250000.0, 1e-3);
    assert_double_equal(y, 2599651.349,
                        1e-3); /* 0.9999 x meridian arc of GRS 80 to 23.5 N (Simpson sum) */
    assert_true(crs_from_lonlat(z119, &x, &y, 119.0, 23.5));
    assert_double_equal(x, 250000.0, 1e-3);
    assert_true(crs_from_lonlat(z121, &x, &y, 121.564468, 25.033964));
    assert_double_equal(x, 306962.0, 30.0);
    assert_double_equal(y, 2769666.0, 30.0);
    assert_true(crs_from_lonlat(web, &x, &y, 120.0, 23.5));
    assert_double_equal(x, 13358338.895, 0.01); /* a x pi x 120 / 180 */
    assert_true(crs_to_lonlat(geo, &x, &y, 120.3, 22.6));
    assert_double_equal(x, 120.3, 1e-6); /* longitude first on both sides */
    assert_double_equal(y, 22.6, 1e-6);
    crs_close(z121);
    crs_close(z119);
    crs_close(web);
    crs_close(geo);
}

static void refuses_what_is_no_place(void **state)
{
    (void)state;
    struct error err = {0};
    double lon = 0, lat = 0;
    assert_null(crs_open("EPSG:9999", &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_null(crs_open("+proj=longlat", &err));
    struct crs *crs = open_or_fail("EPSG:3826"), *plain = open_or_fail("EPSG:4326");
    assert_false(crs_to_lonlat(crs, &lon, &lat, 1e308, -1e308));
    assert_false(crs_to_lonlat(crs, &lon, &lat, NAN, 2600000));
    assert_false(crs_from_lonlat(crs, &lon, &lat, 200, 23));
    assert_false(crs_to_lonlat(plain, &lon, &lat, 23.5, 121));    /* swapped axes */
    assert_true(crs_to_lonlat(crs, &lon, &lat, 250000, 2600000)); /* usable after a failure */
    crs_close(crs);
    crs_close(plain);
    crs_close(NULL);
}

/* Flinders Peak to Buninyong, Geoscience Australia's worked example on GRS 80. */
static void geodesic_worked_example(void **state)
{
    (void)state;
    double distance = 0, azimuth = 0, lon = 0, lat = 0;
    const double lat1 = -(37 + 57 / 60.0 + 3.72030 / 3600),
                 lon1 = 144 + 25 / 60.0 + 29.52440 / 3600;
    const double lat2 = -(37 + 39 / 60.0 + 10.15610 / 3600),
                 lon2 = 143 + 55 / 60.0 + 35.38390 / 3600;
    crs_inverse(&distance, &azimuth, lon1, lat1, lon2, lat2);
    assert_double_equal(distance, 54972.271, 0.001);
    assert_double_equal(azimuth, 306 + 52 / 60.0 + 5.37 / 3600, 0.01 / 3600);
    crs_direct(&lon, &lat, lon1, lat1, azimuth, distance);
    assert_double_equal(lon, lon2, 1e-10);
    assert_double_equal(lat, lat2, 1e-10);
}

static void region(void **state)
{
    (void)state;
    assert_true(crs_in_region(121, 24));
    assert_true(crs_in_region(114.36, 10.38)); /* Taiping Island */
    assert_true(crs_in_region(119.95, 26.16)); /* Matsu */
    assert_false(crs_in_region(24, 121));
    assert_false(crs_in_region(NAN, 24));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twd67_agrees_with_plane_formula),
        cmocka_unit_test(round_trip_everywhere),
        cmocka_unit_test(known_places),
        cmocka_unit_test(refuses_what_is_no_place),
        cmocka_unit_test(geodesic_worked_example),
        cmocka_unit_test(region),
    };
    return unit_run("crs", tests);
}
