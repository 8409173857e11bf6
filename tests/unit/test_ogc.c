/* Parameters of OGC API Features. */
#include "tests/unit/unit.h"

#include <math.h>

#include "server/json_in.h"
#include "server/link.h"
#include "server/ogc.h"

static void bbox(void **state)
{
    (void)state;
    struct ogc_query q = {0};
    struct error err = {0};
    assert_true(ogc_read_bbox(&q, "120.1,22.5,120.5,22.9", &err));
    assert_int_equal(q.boxes, 1);
    assert_double_equal(q.east[0], 120.5, 0);
    assert_true(isnan(q.west[1]));
    assert_true(ogc_read_bbox(&q, "120.1,22.5,-5,120.5,22.9,100", &err));
    assert_double_equal(q.north, 22.9, 0);
    assert_true(ogc_read_bbox(&q, "170,-20,-170,20", &err)); /* across the antimeridian */
    assert_int_equal(q.boxes, 2);
    assert_double_equal(q.east[0], 180, 0);
    assert_double_equal(q.west[1], -180, 0);
    assert_double_equal(q.east[1], -170, 0);
    static const char *const bad[] = {
        "",         "1,2,3",         "1,2,3,4,5",     "1,2,3,4,5,6,7", "a,b,c,d",     "1,2,3,nan",
        "1,2,3,4,", "120,30,121,20", "120,22,121,91", "1,2,3,1e999",   "181,0,182,1", "1,2,9,3,4,5",
        "1, 2,3,4"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (ogc_read_bbox(&q, bad[i], &err))
            fail_msg("bbox %s was taken", bad[i]);
}

static void datetime(void **state)
{
    (void)state;
    static const char *const good[] = {
        "2026-11-21",    "2026-11-21T03:00:00Z", "2026-11-21T03:00:00.5+08:00",     "../2026-01-01",
        "2026-01-01/..", "2026-01-01/",          "2025-01-01/2026-01-01T00:00:00Z", "../.."};
    static const char *const bad[] = {"",
                                      "now",
                                      "2026-13-01",
                                      "2026-01-32",
                                      "2026-1-1",
                                      "..",
                                      "2026-11-21T03:00:00",
                                      "2026-01-01/2025-01-01",
                                      "2026-11-21T25:00:00Z",
                                      "2026-01-01/2026-01-02/..",
                                      "2026-11-21T03:00:00.Z"};
    struct error err = {0};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!ogc_check_datetime(good[i], &err))
            fail_msg("%s: %s", good[i], err.text);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (ogc_check_datetime(bad[i], &err))
            fail_msg("datetime %s was taken", bad[i]);
}

static void links(void **state)
{
    (void)state;
    struct request r = {.base_url = "http://h:1",
                        .path = "/ogc/a b",
                        .query_count = 2,
                        .query = {{"name", "台&<\"="}, {"after", "7"}}};
    struct buf out = {0};
    link_request(&out, &r, "after", "9-10");
    assert_string_equal(buf_string(&out),
                        "http://h:1/ogc/a%20b?name=%E5%8F%B0%26%3C%22%3D&after=9-10");
    buf_clear(&out);
    link_request(&out, &r, NULL, NULL);
    assert_string_equal(buf_string(&out),
                        "http://h:1/ogc/a%20b?name=%E5%8F%B0%26%3C%22%3D&after=7");
    buf_free(&out);
}

static void collections(void **state)
{
    (void)state;
    struct error err = {0};
    assert_non_null(ogc_find("facilities", &err));
    assert_null(ogc_find("plants", &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
}

static void json_is_read_strictly(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",         "{",   "{\"a\":NaN}", "{\"a\":1e999}", "01", "{\"a\":1,\"a\":2}",
        "\"\xff\"", "{}x", "[1,]"};
    struct error err = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (json_in_parse(bad[i], strlen(bad[i]), &err))
            fail_msg("%s was taken", bad[i]);
    const char *text = "{\"a\":1.5,\"b\":[\"x\",null],\"c\":true}";
    struct json_in *d = json_in_parse(text, strlen(text), &err);
    const struct json_in_value *o = json_in_root(d);
    double number = 0;
    int64_t whole = 0;
    bool flag = false;
    assert_true(json_in_number(&number, json_in_get(o, "a")));
    assert_double_equal(number, 1.5, 0);
    assert_false(json_in_integer(&whole, json_in_get(o, "a")));
    assert_true(json_in_bool(&flag, json_in_get(o, "c")) && flag);
    assert_int_equal(json_in_count(json_in_get(o, "b")), 2);
    assert_string_equal(json_in_text(json_in_at(json_in_get(o, "b"), 0)), "x");
    assert_true(json_in_is_null(json_in_at(json_in_get(o, "b"), 1)));
    assert_null(json_in_text(json_in_path(o, "no", "such")));
    assert_false(json_in_only(o, (const char *const[]){"a", "b", NULL}, &err));
    assert_true(json_in_only(o, (const char *const[]){"a", "b", "c", NULL}, &err));
    json_in_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bbox),
        cmocka_unit_test(datetime),
        cmocka_unit_test(links),
        cmocka_unit_test(collections),
        cmocka_unit_test(json_is_read_strictly),
    };
    return unit_run("ogc", tests);
}
