/* Options of a radar as text: read strictly, written so that the very same scores come back. */
#include "tests/unit/unit.h"

#include "analysis/radar_options.h"
#include "tests/unit/atlas_maker.h"

static void weights_are_parsed_strictly(void **state)
{
    (void)state;
    struct radar_weights w;
    struct error err;
    assert_true(radar_parse_weights(&w, "40,30,15,15", &err));
    assert_memory_equal(&w, &radar_default_options.facility, sizeof w);
    assert_true(radar_parse_weights(&w, "1,1,1,1", &err));
    assert_double_equal(w.w[3], 0.25, 1e-12);
    assert_true(radar_parse_weights(&w, "0.4,0.3,0.15,0.15", &err));
    assert_double_equal(w.w[0], 0.4, 1e-12);
    const char *bad[] = {"",         "1",       "1,2,3",       "1,2,3,4,5",
                         "1,2,3,",   "a,b,c,d", "nan,1,1,1",   "inf,1,1,1",
                         "-1,1,1,1", "0,0,0,0", "1e999,1,1,1", "1, 1,1,1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(radar_parse_weights(&w, bad[i], &err));
}

static void others_too(void **state)
{
    (void)state;
    struct error err;
    static const struct {
        const char *name, *good, *bad[6];
    } cases[] = {
        {"order", "GIHJ", {"", "GHI", "GHIJ ", "GGHI", "ABCD", "GHIJK"}},
        {"substance_order", "DCBA", {"", "ABC", "abcd", "GHIJ", "ABBD", "A,B,C,D"}},
        {"angle", "published", {"", "Degrees", "rad", "90", "0", "1"}},
        {"rescale", "1", {"", "2", "yes", "01", "-1", "1 "}},
        {"official", "0", {"", "2", "no", "00", "+0", "0 "}},
        {"incidents_from",
         "2009-02-28",
         {"", "2009-02-29", "2009-2-28", "2009/02/28", "20090228", "2009-13-01"}},
        {"incidents_to",
         "2012-02-29",
         {"", "2012-02-30", "2012-00-01", "2012-01-00", "+012-01-01", "2012-01-1x"}},
        {"weight", NULL, {"", "1,1,1,1", "0", "", "", ""}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct radar_options o = radar_default_options;
        for (size_t k = 0; k < 6; k++) {
            assert_false(
                radar_options_set(&o, RADAR_FACILITIES, cases[i].name, cases[i].bad[k], &err));
            assert_non_null(strstr(err.text, cases[i].name));
        }
        o = radar_default_options;
        if (!cases[i].good)
            continue;
        assert_true(radar_options_set(&o, RADAR_FACILITIES, cases[i].name, cases[i].good, &err));
        assert_false(radar_options_equal(&o, &radar_default_options));
    }
    int32_t day;
    assert_true(radar_parse_day(&day, "x", "1970-01-01", &err) && day == 0);
    assert_true(radar_parse_day(&day, "x", "2000-03-01", &err) && day == 11017);
    assert_true(radar_parse_day(&day, "x", "1969-12-31", &err) && day == -1);
    struct radar_options o;
    assert_false(radar_options_parse(&o, RADAR_FACILITIES,
                                     "incidents_to=2009-01-01&incidents_from=2009-01-02", &err));
}

static void text_comes_back(void **state)
{
    (void)state;
    struct error err;
    uint64_t seed = 5;
    static const enum radar_of both[] = {RADAR_FACILITIES, RADAR_SUBSTANCES};
    for (int i = 0; i < 2000; i++) {
        enum radar_of of = both[i % 2];
        struct radar_options o = radar_default_options, back;
        char text[128];
        for (int k = 0; k < 2; k++) {
            snprintf(text, sizeof text, "%.*f,%g,%g,%.17g", i % 7, 99 * maker_random(&seed) + 0.5,
                     floor(50 * maker_random(&seed)), i % 3 ? 7.0 : 1e-7,
                     1000 * maker_random(&seed));
            assert_true(radar_parse_weights(
                k && of == RADAR_FACILITIES ? &o.facility : &o.substance, text, &err));
        }
        if (i % 3 == 0)
            assert_true(radar_parse_order(o.substance_order, RADAR_SUBSTANCES, "BDCA", &err));
        if (i % 4 == 0 && of == RADAR_FACILITIES)
            assert_true(radar_parse_order(o.facility_order, RADAR_FACILITIES, "GJIH", &err));
        o.angle = i % 5 ? RADAR_DEGREES : RADAR_PUBLISHED;
        o.rescale = i % 6 == 0;
        o.official = i % 7 != 0;
        o.incidents_from = i % 8 ? INT32_MIN : (int32_t)(20000 * maker_random(&seed)) - 5000;
        o.incidents_to = i % 9 ? INT32_MAX : 16000 + i;
        struct buf b = {.data = NULL}, again = {.data = NULL};
        radar_options_text(&b, &o, of);
        assert_true(radar_options_parse(&back, of, buf_string(&b), &err));
        assert_true(radar_options_equal(&o, &back)); /* bit for bit */
        radar_options_text(&again, &back, of);
        assert_string_equal(buf_string(&again), buf_string(&b));
        assert_null(strpbrk(b.data, " +%\"<>"));
        buf_free(&b);
        buf_free(&again);
    }
    struct buf b = {.data = NULL};
    struct radar_options o = radar_default_options;
    radar_options_text(&b, &o, RADAR_FACILITIES);
    assert_int_equal(b.len, 0);
    assert_true(radar_options_parse(&o, RADAR_FACILITIES, "", &err));
    assert_true(radar_options_equal(&o, &radar_default_options));
    assert_true(radar_options_parse(&o, RADAR_FACILITIES,
                                    "official=0&order=GIHJ&weights=1,1,1,1&incidents_to=2012-01-31",
                                    &err));
    radar_options_text(&b, &o, RADAR_FACILITIES);
    assert_string_equal(buf_string(&b),
                        "weights=25,25,25,25&order=GIHJ&official=0&incidents_to=2012-01-31");
    static const char *const bad[] = {"weights",         "=1",        "&",
                                      "angle=degrees&&", "nothing=1", "angle=degrees&x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(radar_options_parse(&o, RADAR_FACILITIES, bad[i], &err));
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_are_parsed_strictly),
        cmocka_unit_test(others_too),
        cmocka_unit_test(text_comes_back),
    };
    return unit_run("radar options", tests);
}
