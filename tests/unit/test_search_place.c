/* Coordinates typed into the search box. */
#include "tests/unit/unit.h"

#include "server/search_place.h"

static void is_place(const char *text, double lon, double lat, const char *crs)
{
    struct search_place found[SEARCH_PLACES_MAX];
    if (search_place(found, text) < 1)
        fail_msg("\"%s\" is no place", text);
    assert_double_equal(found[0].lon, lon, 2e-6);
    assert_double_equal(found[0].lat, lat, 2e-6);
    assert_string_equal(found[0].crs, crs);
}

static void degrees_in_either_order(void **state)
{
    (void)state;
    is_place("120.3, 22.6", 120.3, 22.6, "EPSG:4326");
    is_place("22.6 120.3", 120.3, 22.6, "EPSG:4326");
    is_place(" 120.3,22.6 ", 120.3, 22.6, "EPSG:4326");
    is_place("22.6°N 120.3°E", 120.3, 22.6, "EPSG:4326");
    is_place("東經 120.3 北緯 22.6", 120.3, 22.6, "EPSG:4326");
    is_place("120.3，22.6", 120.3, 22.6, "EPSG:4326");
}

static void minutes_and_seconds(void **state)
{
    (void)state;
    is_place("22°36'12.5\"N 120°18'0\"E", 120.3, 22.603472, "EPSG:4326");
    is_place("120°18'E 22°36'N", 120.3, 22.6, "EPSG:4326");
    is_place("北緯22度36分0秒 東經120度18分0秒", 120.3, 22.6, "EPSG:4326");
}

static void metres(void **state)
{
    (void)state;
    struct search_place found[SEARCH_PLACES_MAX];
    is_place("250000 2600000", 121.0, 23.503148, "EPSG:3826");
    is_place("0250000 2600000", 121.0, 23.503148, "EPSG:3826");
    is_place("2600000, 250000", 121.0, 23.503148, "EPSG:3826");
    assert_int_equal(search_place(found, "250000 2600000"), 2); /* zone 119 as well */
    assert_string_equal(found[1].crs, "EPSG:3825");
    assert_double_equal(found[1].lon, 119.0, 1e-6);
}

static void names_and_numbers_are_no_places(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "1017",
        "7782-50-5",
        "E5600123",
        "中國石油化學",
        "120.3",
        "2 4",
        "48.85 2.35",
        "120.3, 22.6, 5",
        "120..3 22.6",
        "nan, 22.6",
        "1e2, 22.6",
        "-120.3, 22.6",
        "02 2345 6789 12",
        "120°61'E 22°36'N",
        "N N",
        "120.3E 22.6E",
        "99999999999999999999999999 1",
        "120.3 22.6 OR 1=1",
        "2,4-D",
        "250000 9900000",
        "1 2 3 4 5 6 7",
    };
    struct search_place found[SEARCH_PLACES_MAX];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (search_place(found, texts[i]) != 0)
            fail_msg("\"%s\" became a place", texts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(degrees_in_either_order),
        cmocka_unit_test(minutes_and_seconds),
        cmocka_unit_test(metres),
        cmocka_unit_test(names_and_numbers_are_no_places),
    };
    return unit_run("search place", tests);
}
