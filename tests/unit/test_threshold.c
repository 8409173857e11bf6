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
    W_UNKNOWN,
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
                                        THRESHOLD_UNDECIDED,
                                        THRESHOLD_UNKNOWN};
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
    threshold_judge(&v, &book, rows, count, INT32_MIN, INT32_MAX, NULL);
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
    judged(ROWS({W_SULFUR, 1, HALF, "30", KG, false, 0, 0},
                {W_SULFUR, 1, HALF, "80", KG, false, 0, 0}),
           WANT({"110"}, "11/10", "110/100 = 11/10 = 1.1", THRESHOLD_REPORT, THRESHOLD_REPORT, 0));
    judged(ROWS({W_SULFUR, 1, HALF, "0.1", T, false, 0, 0}),
           WANT({"100"}, "1", "100/100 = 1", THRESHOLD_REPORT, THRESHOLD_REPORT, 0));
    judged(ROWS({W_SULFUR, 1, HALF, "99,999.9", G, false, 0, 0}),
           WANT({"999999/10000"}, "999999/1000000", NULL, THRESHOLD_BELOW, THRESHOLD_BELOW, 0));
}

static void adds_shares(void **state)
{
    (void)state;
    judged(
        ROWS({W_CS2, 1, HALF, "40", L, false, 0, 0}, {W_PEROXIDE, 1, HALF, "20", KG, false, 0, 0}),
        WANT({"20", "40"}, "6/5", "20/50 + 40/50 = 6/5 = 1.2", THRESHOLD_REPORT, THRESHOLD_REPORT,
             0));
    /* exactly 1: the rule says more than 1 */
    judged(
        ROWS({W_CS2, 1, HALF, "40", L, false, 0, 0}, {W_PEROXIDE, 1, HALF, "10", KG, false, 0, 0}),
        WANT({"10", "40"}, "1", "10/50 + 40/50 = 1", THRESHOLD_BELOW, THRESHOLD_REPORT, 0));
}

/* Ten shares of a tenth that doubles would leave below 1. */
static void reaches_one_exactly(void **state)
{
    (void)state;
    struct threshold_row rows[10];
    for (size_t i = 0; i < 10; i++)
        rows[i] =
            (struct threshold_row){W_SULFUR, 1, HALF, "9.999999999999999999999", KG, false, 0, 0};
    judged(rows, 10,
           WANT({"9999999999999999999999/100000000000000000000"},
                "9999999999999999999999/10000000000000000000000", NULL, THRESHOLD_BELOW,
                THRESHOLD_BELOW, 0));
    for (size_t i = 0; i < 10; i++)
        rows[i].quantity = "5";
    rows[9] = (struct threshold_row){W_CS2, 1, HALF, "27.5", L, false, 0, 0};
    judged(rows, 10, WANT({"45", "55/2"}, "1", NULL, THRESHOLD_BELOW, THRESHOLD_REPORT, 0));
}

/* The largest of the periods, not their sum; periods that overlap hold together, but a year and its
 * half do not add up for the same substance. */
static void takes_the_largest_moment(void **state)
{
    (void)state;
    judged(ROWS({W_METHANOL, 1, HALF, "300", L, false, 0, 0},
                {W_METHANOL, 1, LATER, "200", L, false, 0, 0}),
           WANT({"300"}, "3/4", NULL, THRESHOLD_BELOW, THRESHOLD_BELOW, 0));
    judged(ROWS({W_METHANOL, 1, HALF, "300", L, false, 0, 0},
                {W_METHANOL, 1, 18000, 18364, "250", L, false, 0, 0}),
           WANT({"300"}, "3/4", NULL, THRESHOLD_BELOW, THRESHOLD_BELOW, 0));
    judged(ROWS({W_METHANOL, 1, HALF, "300", L, false, 0, 0},
                {W_ETHANOL, 1, 18180, 18364, "150", L, false, 0, 0}),
           WANT({"450"}, "9/8", NULL, THRESHOLD_REPORT, THRESHOLD_REPORT, 0));
    judged(ROWS({W_METHANOL, 1, HALF, "300", L, false, 0, 0},
                {W_ETHANOL, 1, LATER, "150", L, false, 0, 0}),
           WANT({"300"}, "3/4", NULL, THRESHOLD_BELOW, THRESHOLD_BELOW, 0));
}

/* Shares are added of what is held at one moment, not of what each item holds at its own. */
static void adds_what_is_held_together(void **state)
{
    (void)state;
    judged(
        ROWS({W_PEROXIDE, 1, HALF, "30", KG, false, 0, 0}, {W_CS2, 1, LATER, "40", L, false, 0, 0}),
        WANT({"30", "40"}, "4/5", "40/50 = 4/5 = 0.8", THRESHOLD_BELOW, THRESHOLD_BELOW, 0));
    judged(ROWS({W_PEROXIDE, 1, HALF, "30", KG, false, 0, 0},
                {W_CS2, 1, 18180, 18364, "40", L, false, 0, 0}),
           WANT({"30", "40"}, "7/5", "30/50 + 40/50 = 7/5 = 1.4", THRESHOLD_REPORT,
                THRESHOLD_REPORT, 0));
}

/* What two places hold is added where their periods overlap, also where these are not equal; the
 * year and the quarter of one place are not. */
static void adds_places_where_they_overlap(void **state)
{
    (void)state;
    judged(ROWS({W_SULFUR, 1, 17897, 18261, "60", KG, false, 1, 0},
                {W_SULFUR, 1, 17956, 18261, "60", KG, false, 2, 0}),
           WANT({"120"}, "6/5", NULL, THRESHOLD_REPORT, THRESHOLD_REPORT, 0));
    judged(ROWS({W_SULFUR, 1, 17897, 18261, "60", KG, false, 1, 0},
                {W_SULFUR, 1, 17956, 18261, "60", KG, false, 1, 0}),
           WANT({"60"}, "3/5", NULL, THRESHOLD_BELOW, THRESHOLD_BELOW, 0));
    judged(ROWS({W_SULFUR, 1, INT32_MIN, INT32_MAX, "60", KG, false, 1, 0},
                {W_SULFUR, 1, HALF, "60", KG, false, 2, 0},
                {W_SULFUR, 1, HALF, "20", KG, false, 1, 0}),
           WANT({"120"}, "6/5", NULL, THRESHOLD_REPORT, THRESHOLD_REPORT, THRESHOLD_UNDATED));
}

/* ---- against a brute force, day by day ---- */

enum { TRIALS = 4000, ROWS_MAX = 9, DAYS = 24, FIRST_DAY = 18000, SOURCES = 3, PLACES = 3 };

static uint32_t draw(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static struct threshold_row random_row(uint32_t *seed)
{
    static const char *const amounts[] = {"0", "5", "10", "20", "25", "30", "40", "60"};
    static const uint32_t of[] = {W_SULFUR, W_PEROXIDE, W_METHANOL, W_ETHANOL};
    struct threshold_row r = {.what = of[draw(seed, 4)],
                              .source = 1 + draw(seed, SOURCES - 1),
                              .from = INT32_MIN,
                              .to = INT32_MAX,
                              .quantity = amounts[draw(seed, 8)],
                              .place = draw(seed, PLACES)};
    r.unit = r.what == W_METHANOL || r.what == W_ETHANOL ? L : KG;
    if (draw(seed, 8))
        r.from = FIRST_DAY + (int32_t)draw(seed, DAYS);
    if (draw(seed, 8))
        r.to = (r.from == INT32_MIN ? FIRST_DAY : r.from) + (int32_t)draw(seed, 9);
    return r;
}

/* Of one source, substance and place on a day: rows of equal periods added, the largest such sum.
 */
static int cell_on(const struct threshold_row *rows, size_t n, const struct threshold_row *like,
                   int32_t day)
{
    int best = 0;
    for (size_t i = 0; i < n; i++) {
        int sum = 0;
        for (size_t k = 0; k < n; k++)
            if (rows[k].what == like->what && rows[k].source == like->source &&
                rows[k].place == like->place && rows[k].from == rows[i].from &&
                rows[k].to == rows[i].to && rows[k].from <= day && rows[k].to >= day)
                sum += (int)strtol(rows[k].quantity, NULL, 10);
        best = sum > best ? sum : best;
    }
    return best;
}

/* Of a rule: substances and places of a source added, the largest source. */
static int rule_on(const struct threshold_row *rows, size_t n, int32_t rule, int32_t day)
{
    int best = 0;
    for (uint32_t source = 0; source < SOURCES; source++) {
        int sum = 0;
        for (uint32_t what = 0; what < WHATS; what++)
            for (uint32_t place = 0; whats[what].rule == rule && place < PLACES; place++)
                sum += cell_on(
                    rows, n,
                    &(struct threshold_row){.what = what, .source = source, .place = place}, day);
        best = sum > best ? sum : best;
    }
    return best;
}

struct brute {
    int amount[RULES], sum /* in 400ths */;
    bool reports[2];
    int32_t first[2];
};

/* Days before and behind all that are dated stand for those without end. */
static void brute_force(struct brute *out, const struct threshold_row *rows, size_t n, int32_t from,
                        int32_t to)
{
    static const int of[RULES] = {100, 50, 50, 400, 0};
    *out = (struct brute){.first = {INT32_MIN, INT32_MIN}};
    for (int32_t day = from; day <= to; day++) {
        int sum = 0;
        bool reached = false;
        for (int rule = 0; rule < GAS_RULE; rule++) {
            int amount = rule_on(rows, n, rule, day);
            out->amount[rule] = amount > out->amount[rule] ? amount : out->amount[rule];
            sum += amount * (400 / of[rule]);
            reached |= amount >= of[rule];
        }
        out->sum = sum > out->sum ? sum : out->sum;
        for (int c = 0; c < 2; c++)
            if (!out->reports[c] && (reached || sum > 400 || (c && sum == 400))) {
                out->reports[c] = true;
                out->first[c] = day;
            }
    }
}

static void check_trial(const struct threshold_row *rows, size_t n, int32_t from, int32_t to)
{
    struct threshold_verdict v;
    struct brute b;
    bool all = from == INT32_MIN;
    int32_t before = FIRST_DAY - 1, behind = FIRST_DAY + 2 * DAYS;
    threshold_judge(&v, &book, rows, n, from, to, NULL);
    brute_force(&b, rows, n, all ? before : from, all ? behind : to);
    for (uint32_t i = 0; i < v.count; i++) {
        struct decimal wanted = decimal_whole((uint32_t)b.amount[v.parts[i].rule]);
        assert_true(v.parts[i].has_amount);
        assert_int_equal(decimal_compare(&v.parts[i].amount, &wanted), 0);
    }
    struct decimal sum = decimal_whole((uint32_t)b.sum), of = decimal_whole(400);
    assert_true(decimal_divide(&sum, &sum, &of));
    assert_int_equal(decimal_compare(&v.sum, &sum), 0);
    for (int c = 0; c < 2; c++) {
        assert_int_equal(threshold_answer(&v, c) == THRESHOLD_REPORT, b.reports[c]);
        assert_int_equal(v.first[c], all && b.first[c] == before ? INT32_MIN : b.first[c]);
    }
    threshold_verdict_free(&v);
}

static void agrees_with_every_day(void **state)
{
    (void)state;
    uint32_t seed = 20190301;
    for (int trial = 0; trial < TRIALS; trial++) {
        struct threshold_row rows[ROWS_MAX];
        size_t n = 1 + draw(&seed, ROWS_MAX);
        for (size_t i = 0; i < n; i++)
            rows[i] = random_row(&seed);
        check_trial(rows, n, INT32_MIN, INT32_MAX);
        int32_t from = FIRST_DAY + (int32_t)draw(&seed, DAYS);
        check_trial(rows, n, from, from + (int32_t)draw(&seed, DAYS));
    }
}

static void does_not_add_sources(void **state)
{
    (void)state;
    judged(ROWS({W_SULFUR, 1, HALF, "60", KG, false, 0, 0},
                {W_SULFUR, 2, HALF, "70", KG, false, 0, 0}),
           WANT({"70"}, "7/10", NULL, THRESHOLD_BELOW, THRESHOLD_BELOW, 0));
}

static void converts_units(void **state)
{
    (void)state;
    judged(ROWS({W_METHANOL, 1, HALF, "316.8", KG, false, 0, 0}),
           WANT({"400"}, "1", NULL, THRESHOLD_REPORT, THRESHOLD_REPORT, 0));
    judged(ROWS({W_METHANOL, 1, HALF, "100", KG, false, 0, 0}),
           WANT({"12500/99"}, "125/396", "(12500/99)/400 = 125/396 ≈ 0.315657", THRESHOLD_BELOW,
                THRESHOLD_BELOW, 0));
    judged(ROWS({W_ETHER, 1, HALF, "1", KG, false, 0, 0}),
           WANT({NULL}, "0", "", THRESHOLD_OPEN, THRESHOLD_OPEN, THRESHOLD_NO_DENSITY));
    judged(ROWS({W_ETHER, 1, HALF, "1", KG, false, 0, 0}, {W_CS2, 1, HALF, "50", L, false, 0, 0}),
           WANT({"50"}, "1", NULL, THRESHOLD_REPORT, THRESHOLD_REPORT, THRESHOLD_NO_DENSITY));
    judged(ROWS({W_SULFUR, 1, HALF, "3", BOTTLE, false, 0, 0}),
           WANT({NULL}, "0", "", THRESHOLD_OPEN, THRESHOLD_OPEN, THRESHOLD_UNIT));
    judged(ROWS({W_SULFUR, 1, HALF, "0", BOTTLE, false, 0, 0}),
           WANT({"0"}, "0", NULL, THRESHOLD_BELOW, THRESHOLD_BELOW, 0));
}

static void names_what_is_left_out(void **state)
{
    (void)state;
    judged(ROWS({W_SULFUR, 1, HALF, "about 3", KG, false, 0, 0}),
           WANT({NULL}, "0", "", THRESHOLD_OPEN, THRESHOLD_OPEN, THRESHOLD_UNREADABLE));
    judged(ROWS({W_SULFUR, 1, HALF, "300", KG, true, 0, 0}),
           WANT({NULL}, "0", "", THRESHOLD_OPEN, THRESHOLD_OPEN, THRESHOLD_MIXTURE));
    judged(ROWS({W_HYDROGEN, 1, HALF, "300", KG, false, 0, 0}),
           WANT({NULL}, "0", "", THRESHOLD_OPEN, THRESHOLD_OPEN, THRESHOLD_NO_QUANTITY));
    judged(ROWS({W_SEVERAL, 1, HALF, "300", KG, false, 0, 0}),
           WANT({NULL}, "0", "", THRESHOLD_OPEN, THRESHOLD_OPEN, THRESHOLD_SEVERAL));
    judged(ROWS({W_UNKNOWN, 1, HALF, "300", KG, false, 0, 0},
                {W_OTHER, 1, HALF, "3", KG, false, 0, 0}),
           WANT({NULL}, "0", "", THRESHOLD_OPEN, THRESHOLD_OPEN, THRESHOLD_UNKNOWN_NAME));
    judged(ROWS({W_OTHER, 1, HALF, "300", KG, false, 0, 0}),
           WANT({NULL}, "0", "", THRESHOLD_NONE, THRESHOLD_NONE, 0));
    judged(ROWS({W_SULFUR, 1, INT32_MIN, INT32_MAX, "30", KG, false, 0, 0},
                {W_SULFUR, 1, HALF, "20", KG, false, 0, 0}),
           WANT({"30"}, "3/10", NULL, THRESHOLD_BELOW, THRESHOLD_BELOW, THRESHOLD_UNDATED));
}

static void marks_what_counted(void **state)
{
    (void)state;
    struct threshold_row rows[] = {{W_METHANOL, 1, HALF, "300", L, false, 0, 0},
                                   {W_METHANOL, 1, 18000, 18364, "250", L, false, 0, 0},
                                   {W_ETHANOL, 1, 18180, 18364, "150", L, false, 0, 0},
                                   {W_METHANOL, 2, HALF, "9", L, false, 0, 0},
                                   {W_METHANOL, 1, HALF, "10", L, false, 0, 0},
                                   {W_SULFUR, 2, HALF, "9", KG, false, 0, 0},
                                   {W_OTHER, 2, HALF, "9", KG, false, 0, 0}};
    uint8_t counted[7] = {0}, wanted[7] = {1, 0, 1, 0, 1, 1, 0};
    struct threshold_verdict v;
    threshold_judge(&v, &book, rows, 7, INT32_MIN, INT32_MAX, counted);
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
        cmocka_unit_test(adds_what_is_held_together),
        cmocka_unit_test(adds_places_where_they_overlap),
        cmocka_unit_test(agrees_with_every_day),
        cmocka_unit_test(does_not_add_sources),
        cmocka_unit_test(converts_units),
        cmocka_unit_test(names_what_is_left_out),
        cmocka_unit_test(marks_what_counted),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("threshold", tests, set_up, NULL);
}
