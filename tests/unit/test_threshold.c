/* The judge of regulated quantities on rows made by hand: places, periods, sources, units, what is
 * left out, and the sum of shares at exactly 1. */
#include <stdlib.h>

#include "tests/unit/unit.h"

#include "analysis/threshold.h"

enum { SULFUR, PEROXIDE, SPECIAL, ALCOHOL, GAS_RULE, RULES };
enum {
    W_SULFUR,
    W_PEROXIDE,
    W_CS2,
    W_ETHER,
    W_METHANOL,
    W_ETHANOL,
    W_HYDROGEN,
    W_OTHER,
    W_SEVERAL,
    WHATS
};
enum { KG, L, T, BOTTLE, G, UNITS };

static struct threshold_rule rules[RULES];
static struct threshold_what whats[WHATS];
static struct threshold_unit units[UNITS];
static const struct threshold_book book = {rules, whats, units, RULES, WHATS, UNITS};

static struct decimal read(const char *text)
{
    struct decimal d;
    assert_true(decimal_read(&d, text));
    return d;
}

static int set_up(void **state)
{
    (void)state;
    static const char *const quantity[RULES] = {"100", "50", "50", "400", NULL};
    static const enum unit_kind kind[RULES] = {UNIT_MASS, UNIT_MASS, UNIT_VOLUME, UNIT_VOLUME,
                                               UNIT_OTHER};
    static const int32_t rule[WHATS] = {SULFUR,
                                        PEROXIDE,
                                        SPECIAL,
                                        SPECIAL,
                                        ALCOHOL,
                                        ALCOHOL,
                                        GAS_RULE,
                                        THRESHOLD_NOT_LISTED,
                                        THRESHOLD_UNDECIDED};
    static const char *const unit[UNITS] = {"kg", "公升", "公噸", "瓶", "公克"};
    for (int i = 0; i < RULES; i++) {
        rules[i] = (struct threshold_rule){
            .category = "1", .item_no = "1", .item_zh = "x", .kind = kind[i]};
        rules[i].has_quantity = quantity[i];
        rules[i].quantity = quantity[i] ? read(quantity[i]) : decimal_whole(0);
    }
    for (int i = 0; i < WHATS; i++)
        whats[i] = (struct threshold_what){.rule = rule[i]};
    whats[W_METHANOL].has_density = whats[W_CS2].has_density = true;
    whats[W_METHANOL].density = read("0.792");
    whats[W_CS2].density = read("1.25");
    for (int i = 0; i < UNITS; i++)
        units[i] = threshold_unit_of(unit[i]);
    return 0;
}

struct wanted {
    const char *amount[4], *sum, *arithmetic;
    enum threshold_answer gt, ge;
    unsigned flags;
};

static void judged(const struct threshold_row *rows, size_t count, const struct wanted *w)
{
    struct threshold_verdict v;
    struct buf b = {.max = 4096};
    threshold_judge(&v, &book, rows, count, NULL);
    for (uint32_t i = 0; i < 4 && w->amount[i]; i++) {
        assert_true(i < v.count);
        buf_clear(&b);
        decimal_write_fraction(&b, &v.parts[i].amount);
        assert_string_equal(buf_string(&b), w->amount[i]);
    }
    buf_clear(&b);
    decimal_write_fraction(&b, &v.sum);
    assert_string_equal(buf_string(&b), w->sum);
    if (w->arithmetic) {
        buf_clear(&b);
        threshold_write_arithmetic(&b, &v, &book);
        assert_string_equal(buf_string(&b), w->arithmetic);
    }
    assert_int_equal(threshold_answer(&v, THRESHOLD_GT), w->gt);
    assert_int_equal(threshold_answer(&v, THRESHOLD_GE), w->ge);
    assert_int_equal(v.flags, w->flags);
    threshold_verdict_free(&v);
    buf_free(&b);
}

#define HALF 18000, 18180
#define LATER 18181, 18364
#define ROWS(...)                                                                                  \
    (struct threshold_row[]){__VA_ARGS__},                                                         \
        sizeof((struct threshold_row[]){__VA_ARGS__}) / sizeof(struct threshold_row)
#define WANT(...)                                                                                  \
    &(struct wanted)                                                                               \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

static void adds_places(void **state)
{
    (void)state;
    judged(ROWS({W_SULFUR, 1, HALF, "30", KG, false}, {W_SULFUR, 1, HALF, "80", KG, false}),
           WANT({"110"}, "11/10", "110/100 = 11/10 = 1.1", THRESHOLD_REPORT, THRESHOLD_REPORT, 0));
    judged(ROWS({W_SULFUR, 1, HALF, "0.1", T, false}),
           WANT({"100"}, "1", "100/100 = 1", THRESHOLD_REPORT, THRESHOLD_REPORT, 0));
    judged(ROWS({W_SULFUR, 1, HALF, "99,999.9", G, false}),
           WANT({"999999/10000"}, "999999/1000000", NULL, THRESHOLD_BELOW, THRESHOLD_BELOW, 0));
}

static void adds_shares(void **state)
{
    (void)state;
    judged(ROWS({W_CS2, 1, HALF, "40", L, false}, {W_PEROXIDE, 1, HALF, "20", KG, false}),
           WANT({"20", "40"}, "6/5", "20/50 + 40/50 = 6/5 = 1.2", THRESHOLD_REPORT,
                THRESHOLD_REPORT, 0));
    /* exactly 1: the rule says more than 1 */
    judged(ROWS({W_CS2, 1, HALF, "40", L, false}, {W_PEROXIDE, 1, HALF, "10", KG, false}),
           WANT({"10", "40"}, "1", "10/50 + 40/50 = 1", THRESHOLD_BELOW, THRESHOLD_REPORT, 0));
}

/* Ten shares of a tenth that doubles would leave below 1. */
static void reaches_one_exactly(void **state)
{
    (void)state;
    struct threshold_row rows[10];
    for (size_t i = 0; i < 10; i++)
        rows[i] = (struct threshold_row){W_SULFUR, 1, HALF, "9.999999999999999999999", KG, false};
    judged(rows, 10,
           WANT({"9999999999999999999999/100000000000000000000"},
                "9999999999999999999999/10000000000000000000000", NULL, THRESHOLD_BELOW,
                THRESHOLD_BELOW, 0));
    for (size_t i = 0; i < 10; i++)
        rows[i].quantity = "5";
    rows[9] = (struct threshold_row){W_CS2, 1, HALF, "27.5", L, false};
    judged(rows, 10, WANT({"45", "55/2"}, "1", NULL, THRESHOLD_BELOW, THRESHOLD_REPORT, 0));
}

/* The largest of the periods, not their sum; periods that overlap hold together, but a year and its
 * half do not add up for the same substance. */
static void takes_the_largest_moment(void **state)
{
    (void)state;
    judged(ROWS({W_METHANOL, 1, HALF, "300", L, false}, {W_METHANOL, 1, LATER, "200", L, false}),
           WANT({"300"}, "3/4", NULL, THRESHOLD_BELOW, THRESHOLD_BELOW, 0));
    judged(ROWS({W_METHANOL, 1, HALF, "300", L, false},
                {W_METHANOL, 1, 18000, 18364, "250", L, false}),
           WANT({"300"}, "3/4", NULL, THRESHOLD_BELOW, THRESHOLD_BELOW, 0));
    judged(
        ROWS({W_METHANOL, 1, HALF, "300", L, false}, {W_ETHANOL, 1, 18180, 18364, "150", L, false}),
        WANT({"450"}, "9/8", NULL, THRESHOLD_REPORT, THRESHOLD_REPORT, 0));
    judged(ROWS({W_METHANOL, 1, HALF, "300", L, false}, {W_ETHANOL, 1, LATER, "150", L, false}),
           WANT({"300"}, "3/4", NULL, THRESHOLD_BELOW, THRESHOLD_BELOW, 0));
}

static void does_not_add_sources(void **state)
{
    (void)state;
    judged(ROWS({W_SULFUR, 1, HALF, "60", KG, false}, {W_SULFUR, 2, HALF, "70", KG, false}),
           WANT({"70"}, "7/10", NULL, THRESHOLD_BELOW, THRESHOLD_BELOW, 0));
}

static void converts_units(void **state)
{
    (void)state;
    judged(ROWS({W_METHANOL, 1, HALF, "316.8", KG, false}),
           WANT({"400"}, "1", NULL, THRESHOLD_REPORT, THRESHOLD_REPORT, 0));
    judged(ROWS({W_METHANOL, 1, HALF, "100", KG, false}),
           WANT({"12500/99"}, "125/396", "(12500/99)/400 = 125/396 ≈ 0.315657", THRESHOLD_BELOW,
                THRESHOLD_BELOW, 0));
    judged(ROWS({W_ETHER, 1, HALF, "1", KG, false}),
           WANT({NULL}, "0", "", THRESHOLD_OPEN, THRESHOLD_OPEN, THRESHOLD_NO_DENSITY));
    judged(ROWS({W_ETHER, 1, HALF, "1", KG, false}, {W_CS2, 1, HALF, "50", L, false}),
           WANT({"50"}, "1", NULL, THRESHOLD_REPORT, THRESHOLD_REPORT, THRESHOLD_NO_DENSITY));
    judged(ROWS({W_SULFUR, 1, HALF, "3", BOTTLE, false}),
           WANT({NULL}, "0", "", THRESHOLD_OPEN, THRESHOLD_OPEN, THRESHOLD_UNIT));
    judged(ROWS({W_SULFUR, 1, HALF, "0", BOTTLE, false}),
           WANT({"0"}, "0", NULL, THRESHOLD_BELOW, THRESHOLD_BELOW, 0));
}

static void names_what_is_left_out(void **state)
{
    (void)state;
    judged(ROWS({W_SULFUR, 1, HALF, "about 3", KG, false}),
           WANT({NULL}, "0", "", THRESHOLD_OPEN, THRESHOLD_OPEN, THRESHOLD_UNREADABLE));
    judged(ROWS({W_SULFUR, 1, HALF, "300", KG, true}),
           WANT({NULL}, "0", "", THRESHOLD_OPEN, THRESHOLD_OPEN, THRESHOLD_MIXTURE));
    judged(ROWS({W_HYDROGEN, 1, HALF, "300", KG, false}),
           WANT({NULL}, "0", "", THRESHOLD_OPEN, THRESHOLD_OPEN, THRESHOLD_NO_QUANTITY));
    judged(ROWS({W_SEVERAL, 1, HALF, "300", KG, false}),
           WANT({NULL}, "0", "", THRESHOLD_OPEN, THRESHOLD_OPEN, THRESHOLD_SEVERAL));
    judged(ROWS({W_OTHER, 1, HALF, "300", KG, false}),
           WANT({NULL}, "0", "", THRESHOLD_BELOW, THRESHOLD_BELOW, 0));
    judged(ROWS({W_SULFUR, 1, INT32_MIN, INT32_MAX, "30", KG, false},
                {W_SULFUR, 1, HALF, "20", KG, false}),
           WANT({"30"}, "3/10", NULL, THRESHOLD_BELOW, THRESHOLD_BELOW, THRESHOLD_UNDATED));
}

static void marks_what_counted(void **state)
{
    (void)state;
    struct threshold_row rows[] = {{W_METHANOL, 1, HALF, "300", L, false},
                                   {W_METHANOL, 1, 18000, 18364, "250", L, false},
                                   {W_ETHANOL, 1, 18180, 18364, "150", L, false},
                                   {W_METHANOL, 2, HALF, "9", L, false},
                                   {W_METHANOL, 1, HALF, "10", L, false},
                                   {W_SULFUR, 2, HALF, "9", KG, false},
                                   {W_OTHER, 2, HALF, "9", KG, false}};
    uint8_t counted[7] = {0}, wanted[7] = {1, 0, 1, 0, 1, 1, 0};
    struct threshold_verdict v;
    threshold_judge(&v, &book, rows, 7, counted);
    assert_memory_equal(counted, wanted, 7);
    assert_int_equal(v.count, 2);
    assert_int_equal(v.parts[1].rule, ALCOHOL);
    assert_int_equal(v.parts[1].from, 18180);
    assert_int_equal(v.parts[1].to, 18180);
    assert_int_equal(v.not_listed, 1);
    threshold_verdict_free(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adds_places),
        cmocka_unit_test(adds_shares),
        cmocka_unit_test(reaches_one_exactly),
        cmocka_unit_test(takes_the_largest_moment),
        cmocka_unit_test(does_not_add_sources),
        cmocka_unit_test(converts_units),
        cmocka_unit_test(names_what_is_left_out),
        cmocka_unit_test(marks_what_counted),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("threshold", tests, set_up, NULL);
}
