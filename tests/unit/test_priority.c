/* The combined priority order: both printed lists of the report (圖 4-100 as printed; of 圖 4-99
 * two rows stand the other way round than the rule says), ties, what is not given, lists apart. */
#include "tests/unit/unit.h"

#include <math.h>

#include "analysis/priority.h"

#define NONE ((double)NAN)

/* 友●●●公司 … 益●●●有限公司, in the printed order. */
static const struct priority_company fig_4_100[] = {
    {0, 112, 0, 1.318, PRIORITY_YELLOW, 1}, {0, 100, 0, 0.527, PRIORITY_GREEN, 2},
    {0, 77, 0, 0.497, PRIORITY_RED, 3},     {0, 48, 0, 0.074, PRIORITY_GREEN, 4},
    {0, 46, 0, 0.055, PRIORITY_YELLOW, 5},  {0, 45, 0, 0.134, PRIORITY_GREEN, 6},
    {0, 42, 0, 0.024, PRIORITY_YELLOW, 7},  {0, 41, 0, 0.017, PRIORITY_GREEN, 8},
    {0, 33, 0, 0.025, PRIORITY_YELLOW, 9},  {0, 32, 0, 0.027, PRIORITY_NA, 10},
    {0, 31, 0, 0.003, PRIORITY_NA, 11},     {0, 30, 0, 0.018, PRIORITY_YELLOW, 12},
    {0, 28, 0, 0.017, PRIORITY_YELLOW, 13}, {0, 28, 0, 0.055, PRIORITY_GREEN, 14},
    {0, 28, 0, 0.023, PRIORITY_GREEN, 15},
};
/* A F B D E C G H, in the printed order. */
static const struct priority_company fig_4_99[] = {
    {0, 7, 5, 0.68, PRIORITY_RED, 1},    {0, 4, 1, 0.06, PRIORITY_RED, 2},
    {0, 4, 0, 0.28, PRIORITY_YELLOW, 3}, {0, 1, 1, 0.11, PRIORITY_YELLOW, 4},
    {0, 1, 1, 0.18, PRIORITY_GREEN, 5},  {0, 0, 4, 0.39, PRIORITY_YELLOW, 6},
    {0, 0, 4, 0.27, PRIORITY_RED, 7},    {0, 0, 4, 0.1, PRIORITY_GREEN, 8},
};

static void as_printed(void **state)
{
    (void)state;
    enum { N = sizeof fig_4_100 / sizeof *fig_4_100 };
    struct priority_company turned[N];
    struct priority_row rows[N];
    for (int i = 0; i < N; i++)
        turned[i] = fig_4_100[N - 1 - i];
    priority_order(rows, turned, N);
    for (uint32_t i = 0; i < N; i++) {
        assert_int_equal(turned[rows[i].company].printed, i + 1);
        assert_int_equal(rows[i].rank, i + 1);
        assert_false(rows[i].differs);
    }
    assert_int_equal(rows[0].decided, PRIORITY_FIRST);
    assert_int_equal(rows[11].decided, PRIORITY_DOMESTIC);
    assert_int_equal(rows[13].decided, PRIORITY_RISK);
    assert_int_equal(rows[14].decided, PRIORITY_CENTRALITY);
}

static void by_the_rule_and_not_as_printed(void **state)
{
    (void)state;
    enum { N = sizeof fig_4_99 / sizeof *fig_4_99 };
    static const uint32_t wanted[N] = {1, 2, 3, 4, 5, 7, 6, 8};
    static const enum priority_key decided[N] = {
        PRIORITY_FIRST, PRIORITY_DOMESTIC, PRIORITY_FOREIGN, PRIORITY_DOMESTIC,
        PRIORITY_RISK,  PRIORITY_DOMESTIC, PRIORITY_RISK,    PRIORITY_RISK};
    struct priority_row rows[N];
    priority_order(rows, fig_4_99, N);
    for (int i = 0; i < N; i++) {
        assert_int_equal(fig_4_99[rows[i].company].printed, wanted[i]);
        assert_int_equal(rows[i].decided, decided[i]);
        assert_int_equal(rows[i].differs, i == 5 || i == 6);
    }
}

static void ties_share_their_rank(void **state)
{
    (void)state;
    static const struct priority_company c[] = {
        {0, 1, 0, 0.5, PRIORITY_NA, 3},    {0, 1, 0, NONE, PRIORITY_NA, 0},
        {0, 1, NONE, 0.5, PRIORITY_NA, 1}, {0, 2, 0, 0, PRIORITY_NA, 0},
        {0, 1, 0, NONE, PRIORITY_NA, 2},
    };
    static const uint32_t company[] = {3, 0, 2, 1, 4}, rank[] = {1, 2, 2, 4, 4},
                          until[] = {1, 3, 3, 5, 5};
    static const bool differs[] = {false, false, true, false, true};
    struct priority_row rows[5];
    priority_order(rows, c, 5);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(rows[i].company, company[i]);
        assert_int_equal(rows[i].rank, rank[i]);
        assert_int_equal(rows[i].rank_until, until[i]);
        assert_int_equal(rows[i].differs, differs[i]);
    }
    assert_int_equal(rows[2].decided, PRIORITY_TIE);
    assert_int_equal(rows[3].decided, PRIORITY_CENTRALITY);
}

static void lists_stand_apart(void **state)
{
    (void)state;
    static const struct priority_company c[] = {
        {1, 9, 0, 0, PRIORITY_NA, 1},
        {0, 1, 0, 0, PRIORITY_NA, 1},
        {1, 10, 0, 0, PRIORITY_NA, 1},
    };
    struct priority_row rows[3];
    priority_order(rows, c, 3);
    assert_int_equal(rows[0].company, 1);
    assert_int_equal(rows[1].company, 2);
    assert_int_equal(rows[1].rank, 1);
    assert_int_equal(rows[1].decided, PRIORITY_FIRST);
    assert_false(rows[1].differs);
    assert_true(rows[2].differs);
    priority_order(rows, c, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_printed),
        cmocka_unit_test(by_the_rule_and_not_as_printed),
        cmocka_unit_test(ties_share_their_rank),
        cmocka_unit_test(lists_stand_apart),
    };
    return unit_run("priority", tests);
}
