/* Moments and days as text. */
#include "tests/unit/unit.h"

#include "gis/buf.h"
#include "gis/clock.h"
#include "gis/json.h"

static void moments_are_rfc_3339(void **state)
{
    char text[CLOCK_TEXT_MAX];
    (void)state;
    clock_text(text, 0);
    assert_string_equal(text, "1970-01-01T00:00:00Z");
    clock_text(text, 1772287500);
    assert_string_equal(text, "2026-02-28T14:05:00Z");
    clock_text(text, -1);
    assert_string_equal(text, "1969-12-31T23:59:59Z");
    clock_text(text, INT64_MAX);
    assert_string_equal(text, "");
}

static void open_days_are_nothing(void **state)
{
    char text[CLOCK_TEXT_MAX];
    (void)state;
    clock_day_text(text, 11016);
    assert_string_equal(text, "2000-02-29");
    clock_day_text(text, -1);
    assert_string_equal(text, "1969-12-31");
    clock_day_text(text, INT32_MAX - 1);
    assert_string_equal(text, "5881580-07-10");
    clock_day_text(text, INT32_MIN);
    assert_string_equal(text, "");
    clock_day_text(text, INT32_MAX);
    assert_string_equal(text, "");
}

static void json_has_null_for_them(void **state)
{
    struct buf out = {.max = 1000};
    struct json j = {.out = &out};
    (void)state;
    json_open(&j, NULL, '{');
    json_day(&j, "day", 11016);
    json_day(&j, "open", INT32_MAX);
    json_time(&j, "time", 60);
    json_time(&j, "none", INT64_MAX);
    json_raw(&j, "raw", NULL);
    json_parts(&j, "parts", "a||b|", '|');
    json_close(&j, '}');
    assert_string_equal(buf_string(&out), "{\"day\":\"2000-02-29\",\"open\":null,\"time\":"
                                          "\"1970-01-01T00:01:00Z\",\"none\":null,\"raw\":null,"
                                          "\"parts\":[\"a\",\"b\"]}");
    buf_free(&out);
}

static void intervals_go_on(void **state)
{
    int64_t before = clock_ms();
    (void)state;
    assert_true(before >= 0 && clock_ms() >= before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_rfc_3339),
        cmocka_unit_test(open_days_are_nothing),
        cmocka_unit_test(json_has_null_for_them),
        cmocka_unit_test(intervals_go_on),
    };
    return unit_run("clock", tests);
}
