/* Numbers and reasons as planners read them: separators, no exponents, differences that can be
 * seen. */
#include "tests/unit/unit.h"

#include <math.h>

#include "server/radar_words.h"
#include "server/run_words.h"

static void numbers_are_written_out(void **state)
{
    (void)state;
    static const struct {
        double v;
        const char *text;
    } cases[] = {{0, "0"},
                 {4786912.4, "4,786,912"},
                 {408888000, "408,888,000"},
                 {1e15, "1,000,000,000,000,000"},
                 {999, "999"},
                 {1000, "1,000"},
                 {77.402, "77.402"},
                 {0.0687, "0.0687"},
                 {0.00001, "0.00001"},
                 {-1234567, "-1,234,567"},
                 {123.456789, "123.457"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[RADAR_NUMBER_MAX];
        radar_words_number(text, sizeof text, cases[i].v);
        assert_string_equal(text, cases[i].text);
    }
}

static void pairs_differ_where_they_differ(void **state)
{
    (void)state;
    static const struct {
        double v[2];
        const char *text[2];
    } cases[] = {{{4786910.41, 4786910.44}, {"4,786,910.41", "4,786,910.44"}},
                 {{4786910, 4786911}, {"4,786,910", "4,786,911"}},
                 {{4786910, 4786910}, {"4,786,910", "4,786,910"}},
                 {{77.4020001, 77.4020002}, {"77.4020001", "77.4020002"}},
                 {{999.9999999, 1000}, {"999.9999999", "1,000"}},
                 {{3, 7}, {"3", "7"}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2][RADAR_NUMBER_MAX];
        radar_words_pair(text, cases[i].v);
        assert_string_equal(text[0], cases[i].text[0]);
        assert_string_equal(text[1], cases[i].text[1]);
    }
    char text[2][RADAR_NUMBER_MAX];
    radar_words_pair(text, (double[]){(double)NAN, 5});
    assert_string_equal(text[0], "–");
    assert_string_equal(text[1], "5");
}

static void contributions_are_not_nothing(void **state)
{
    (void)state;
    static const struct {
        double v;
        const char *text;
    } cases[] = {{0.52, "+0.520"}, {-1.2345, "-1.234"}, {-0.00004, "-0.00004"}, {0, "+0.000"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[32];
        radar_words_signed(text, sizeof text, cases[i].v);
        assert_string_equal(text, cases[i].text);
    }
}

static void reasons_say_what_moved(void **state)
{
    (void)state;
    char zh[RUN_WORDS_MAX], en[RUN_WORDS_MAX];
    struct run_axis_reason r = {.raw = {4786910.2, 4786910.4},
                                .value = {2, 3},
                                .by = {[RUN_OWN] = 0.52, [RUN_OTHERS] = -0.1},
                                .moved = 1u << RUN_OWN | 1u << RUN_OTHERS};
    run_reason_words(zh, en, RADAR_FACILITIES, 1, &r);
    assert_string_equal(zh, "H 運作量（公斤）：4,786,910.2 → 4,786,910.4，等級 2 → 3：自身變動 "
                            "+0.520、其他廠場或級距變動 -0.100");
    assert_string_equal(en, "H quantity (kg): 4,786,910.2 → 4,786,910.4, class 2 → 3: its own data "
                            "+0.520, the others or the class limits -0.100");
    r = (struct run_axis_reason){.raw = {1, 2}, .value = {3, 7}, .moved = 1u << RUN_PARAMETERS};
    run_reason_words(zh, en, RADAR_FACILITIES, 2, &r);
    assert_string_equal(zh, "I 規模：中小企業 → 大型企業，等級 3 → 7：參數變動");
    assert_string_equal(en, "I size: SME → large, class 3 → 7: the parameters");
    r = (struct run_axis_reason){.raw = {1988, (double)NAN}, .value = {3, 1}};
    run_reason_words(zh, en, RADAR_FACILITIES, 3, &r);
    assert_string_equal(en, "J age (year founded): 1988 → –, class 3 → 1; not moved");
}

static void official_classes_are_named(void **state)
{
    (void)state;
    static const struct {
        enum run_official change;
        const char *zh, *en;
    } cases[] = {{RUN_OFFICIAL_GIVEN, "新給官方等級", "an official class was given"},
                 {RUN_OFFICIAL_CHANGED, "官方等級變更", "the official class was changed"},
                 {RUN_OFFICIAL_WITHDRAWN, "官方等級撤銷", "the official class was withdrawn"}};
    char zh[RUN_WORDS_MAX], en[RUN_WORDS_MAX], wanted[RUN_WORDS_MAX];
    struct run_axis_reason r = {
        .raw = {5, 5}, .value = {7, 10}, .by = {[RUN_OWN] = 1.935}, .moved = 1u << RUN_OWN};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        r.official_change = cases[i].change;
        run_reason_words(zh, en, RADAR_SUBSTANCES, 0, &r);
        snprintf(wanted, sizeof wanted, "等級 7 → 10（%s）：自身變動 +1.935", cases[i].zh);
        assert_non_null(strstr(zh, wanted));
        snprintf(wanted, sizeof wanted, "class 7 → 10 (%s): its own data +1.935", cases[i].en);
        assert_non_null(strstr(en, wanted));
    }
    r.official_change = RUN_OFFICIAL_NOTHING;
    run_reason_words(zh, en, RADAR_SUBSTANCES, 0, &r);
    assert_null(strstr(zh, "官方"));
    assert_null(strstr(en, "official"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_written_out),
        cmocka_unit_test(pairs_differ_where_they_differ),
        cmocka_unit_test(contributions_are_not_nothing),
        cmocka_unit_test(reasons_say_what_moved),
        cmocka_unit_test(official_classes_are_named),
    };
    return unit_run("run words", tests);
}
