/* Numbers with their units in one cell; distances as the guidebook prints them. */
#include "tests/unit/unit.h"

#include "import/amount.h"
#include "import/response.h"

static void amounts(void **state)
{
    static const struct {
        const char *text;
        double value;
        const char *unit; /* NULL = refused */
    } table[] = {
        {"1,004平方公尺", 1004, "平方公尺"},
        {"１，００４ 平方公尺", 1004, "平方公尺"},
        {"0.5 KG", 0.5, "kg"},
        {"12", 12, ""},
        {".5g", 0.5, "g"},
        {"1,04平方公尺", 0, NULL},
        {"1.2.3kg", 0, NULL},
        {"-5kg", 0, NULL},
        {"平方公尺", 0, NULL},
        {"", 0, NULL},
        {",", 0, NULL},
        {"1e999", 1, "e999"},
        {"9999999999999999999999999999999999999999999999", 0, NULL},
        {"1一二三四五六七八九十一二三四五六七八九十", 0, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        double value = -1;
        char unit[AMOUNT_UNIT_MAX] = "?";
        bool ok = amount_read(&value, unit, table[i].text);
        if (ok != (table[i].unit != NULL))
            fail_msg("%s: %s", table[i].text, ok ? "accepted" : "refused");
        if (ok &&
            (value < table[i].value || value > table[i].value || strcmp(unit, table[i].unit) != 0))
            fail_msg("%s: %.17g '%s'", table[i].text, value, unit);
    }
}

static void areas(void **state)
{
    (void)state;
    assert_float_equal(amount_area("公頃"), 10000, 0);
    assert_float_equal(amount_area("M2"), 1, 0);
    assert_float_equal(amount_area("坪"), 3.3057851239669422, 1e-12);
    assert_float_equal(amount_area("甲"), 9699.173553719008, 1e-9);
    assert_float_equal(amount_area("打"), 0, 0);
    assert_true(amount_unknown(" 不明 "));
    assert_true(amount_unknown("-無資料-"));
    assert_false(amount_unknown("0"));
}

static void distances(void **state)
{
    static const struct {
        const char *text;
        double unit_m;
        int metres; /* -1 = refused */
        bool at_least;
    } table[] = {
        {"30", 1, 30, false},
        {"0.1", 1000, 100, false},
        {"11+", 1000, 11000, true},
        {"11.0+ km", 1, 11000, true},
        {"11＋公里", 1, 11000, true},
        {"11", 1000, 11000, true},
        {"11.1", 1000, 11100, false},
        {"0", 1000, 0, false},
        {"150 m", 1000, 150, false},
        {"100", 1000, 100000, false},
        {"101", 1000, -1, false},
        {"-1", 1, -1, false},
        {"x", 1, -1, false},
        {"", 1, -1, false},
        {"+", 1, -1, false},
        {"1 mile", 1000, -1, false},
        {"nan", 1, -1, false},
        {"1e5", 1, -1, false},
        {"0.29", 1000, 290, false},
        {"111111111111111111111111111111111111111111111", 1, -1, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        int metres = -2;
        bool at_least = false,
             ok = response_metres(&metres, &at_least, table[i].text, table[i].unit_m);
        if (ok != (table[i].metres >= 0) ||
            (ok && (metres != table[i].metres || at_least != table[i].at_least)))
            fail_msg("%s: %d %d %d", table[i].text, ok, metres, at_least);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts),
        cmocka_unit_test(areas),
        cmocka_unit_test(distances),
    };
    return unit_run("amounts, areas and distances of imports", tests);
}
