/* Raw factors that are counted from many rows: the national quantity, incidents of a period. */
#include "tests/unit/atlas_maker.h"
#include "tests/unit/unit.h"

#include "analysis/radar_columns.h"
#include "analysis/radar_factors.h"
#include "gis/text.h"

/* Report figure 4-111: ethylbenzene as the systems state it, tonnes; the largest represents it. */
static void ethylbenzene(void **state)
{
    (void)state;
    struct atlas_stated stated[] = {
        {0, "化學品報備與許可平台", BEHAVIOUR_OTHER, 2018, 6847083.066},
        {0, "工廠危險物品申報系統", BEHAVIOUR_USE, 2018, 609878323},
        {0, "土壤及地下水污染整治費", BEHAVIOUR_MANUFACTURE, 2018, 513596840},
        {0, "固定空氣污染源管理資訊系統", BEHAVIOUR_USE, 2018, 2099681150},
        {0, "毒性化學物質許可管理系統", BEHAVIOUR_USE, 2018, 4599711407},
        {0, "毒性化學物質許可管理系統", BEHAVIOUR_STORE, 2018, 49346800.81},
        {0, "毒性化學物質許可管理系統", BEHAVIOUR_MANUFACTURE, 2018, 4572580181},
        {0, "事業廢棄物申報", BEHAVIOUR_DISCARD, 2018, 9e9}, /* not of these behaviours */
        {1, "年平均", BEHAVIOUR_OTHER, 2018, 5},
    };
    struct atlas *a = maker_atlas(4, 1);
    maker_holdings(a, 3, 4, 1);
    a->stated = stated;
    a->stated_count = sizeof stated / sizeof *stated;
    struct radar_national *n = radar_national_new(a);
    assert_double_equal(n[0].kg, 4599711407, 0);
    assert_true(n[0].stated && n[0].behaviour == BEHAVIOUR_USE && n[0].year == 2018);
    assert_string_equal(n[0].system, "毒性化學物質許可管理系統");
    assert_true(!n[1].stated); /* that one is of none of the behaviours */
    free(n);
    a->stated = NULL;
    atlas_free(a);
}

/* Sums of what facilities report, against a table that holds them all. */
static void sums_of_reports(void **state)
{
    (void)state;
    enum { SUBSTANCES = 40, SOURCES = 3, YEARS = 4 };
    static double sum[SUBSTANCES][SOURCES][BEHAVIOURS][YEARS];
    static bool seen[SUBSTANCES][SOURCES][BEHAVIOURS][YEARS];
    static const struct atlas_source sources[] = {{"a", "甲"}, {"b", "乙"}, {"c", "丙"}};
    memset(sum, 0, sizeof sum);
    struct atlas *a = maker_atlas(3000, 2);
    maker_holdings(a, SUBSTANCES, 9000, 3);
    free(a->sources);
    a->sources = mem_zero(SOURCES, sizeof *a->sources);
    memcpy(a->sources, sources, sizeof sources);
    uint64_t seed = 4;
    uint32_t parts = a->part_first[a->stock_first[a->count]];
    for (uint32_t i = 0; i < parts; i++) {
        struct atlas_part *p = &a->parts[i];
        p->source = (uint16_t)(SOURCES * maker_random(&seed));
        p->behaviour = (uint8_t)(BEHAVIOURS * maker_random(&seed));
        uint32_t year = (uint32_t)(YEARS * maker_random(&seed));
        p->year = (int16_t)(year ? 2014 + year : 0);
        if (i % 11 == 0)
            p->kg = (double)NAN;
        if (i % 13 == 0)
            p->substance = ATLAS_UNLINKED;
        if (p->substance == ATLAS_UNLINKED || isnan(p->kg))
            continue;
        sum[p->substance][p->source][p->behaviour][year] += p->kg;
        seen[p->substance][p->source][p->behaviour][year] = true;
    }
    struct radar_national *n = radar_national_new(a);
    for (uint32_t s = 0; s < SUBSTANCES; s++) {
        double most = -1;
        for (uint32_t i = 0; i < SOURCES; i++)
            for (uint32_t y = 0; y < YEARS; y++) {
                const double *b = NULL;
                static const int counted[] = {BEHAVIOUR_MANUFACTURE, BEHAVIOUR_USE,
                                              BEHAVIOUR_STORE};
                for (int k = 0; k < 3; k++) {
                    b = &sum[s][i][counted[k]][y];
                    if (seen[s][i][counted[k]][y] && *b > most)
                        most = *b;
                }
            }
        assert_double_equal(n[s].kg, most, 1e-9 * most);
        const char *const titles[] = {"甲", "乙", "丙"};
        bool found = false;
        for (uint32_t i = 0; i < SOURCES; i++)
            for (uint32_t y = 0; y < YEARS; y++)
                found |= !strcmp(titles[i], n[s].system) && n[s].year == (y ? 2014 + (int)y : 0) &&
                         fabs(sum[s][i][n[s].behaviour][y] - most) <= 1e-9 * most;
        assert_true(found); /* it names the sum that won */
    }
    free(n);
    atlas_free(a);
}

static int32_t on(int year, int month, int day)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int y = year - 1;
    return (y * 365 + y / 4 - y / 100 + y / 400) - 719162 + before[month - 1] +
           (month > 2 && (year % 4 == 0 && (year % 100 || year % 400 == 0))) + day - 1;
}

static void incidents_of_a_period(void **state)
{
    (void)state;
    const int32_t all[] = {INT32_MIN, INT32_MAX};
    struct atlas_incident stored[] = {
        {.id = 1, .substance = 0, .day = on(2009, 1, 11), .county = 1},
        {.id = 2, .substance = 0, .day = on(2009, 2, 10), .county = 1},
        {.id = 3, .substance = 0, .day = on(2010, 2, 10), .county = 1},
        {.id = 4,
         .substance = 0,
         .day = on(2010, 2, 10),
         .county = 1,
         .uncounted = true},                                            /* another list's */
        {.id = 5, .substance = 0, .day = on(2010, 2, 10), .county = 2}, /* another */
        {.id = 9, .substance = 0, .day = on(2010, 3, 10), .county = 2, .uncounted = true},
        {.id = 10, .substance = ATLAS_UNLINKED, .day = on(2010, 3, 11), .county = 2},
        {.id = 6, .substance = 1, .day = on(2009, 1, 2), .county = 1},
        {.id = 7, .substance = 1, .day = on(2009, 1, 3), .county = 1},
        {.id = 8, .substance = 1, .day = ATLAS_NO_DAY, .county = 1},
    };
    struct atlas_printed printed[] = {
        {0, on(2009, 1, 1), on(2009, 4, 30), 4},
        {1, on(2009, 1, 1), on(2009, 4, 30), 1},
        {2, on(2009, 1, 1), on(2009, 12, 31), 10}, /* overlap: the year and two of its parts */
        {2, on(2009, 1, 1), on(2009, 4, 30), 4},
        {2, on(2009, 5, 1), on(2009, 12, 31), 7},
        {2, on(2011, 1, 1), on(2011, 12, 31), 2},
        {3, ATLAS_NO_DAY, ATLAS_NO_DAY, 6}, /* of a period that is not understood */
    };
    struct atlas *a = maker_atlas(2, 1);
    maker_holdings(a, 5, 2, 1);
    a->incidents = stored;
    a->incident_count = sizeof stored / sizeof *stored;
    a->printed = printed;
    a->printed_count = sizeof printed / sizeof *printed;
    struct radar_events *e = radar_events_new(a);
    struct radar_incidents n;
    const struct {
        uint32_t substance;
        int32_t from, to;
        double count;
        uint32_t stored;
    } cases[] = {
        {0, all[0], all[1], 6, 4},                    /* 2 more printed than the 2 stored in it */
        {0, on(2009, 1, 1), on(2009, 12, 31), 4, 2},  /* the printed period lies within */
        {0, on(2009, 1, 1), on(2009, 4, 29), 2, 2},   /* it does not: the stored ones alone */
        {0, on(2009, 1, 2), all[1], 4, 4},            /* nor here */
        {0, on(2010, 1, 1), on(2010, 12, 31), 2, 2},  /* two counties on one day */
        {0, on(2012, 1, 1), all[1], 0, 0},            /* none in the period is 0, not unknown */
        {1, all[0], all[1], 3, 3},                    /* more stored than printed */
        {1, all[0], on(2030, 1, 1), 2, 2},            /* a day that is not known lies in none */
        {2, all[0], all[1], 13, 0},                   /* 4 + 7 > 10, and 2011 */
        {2, on(2009, 1, 1), on(2009, 12, 31), 11, 0}, /* */
        {2, on(2009, 5, 1), on(2011, 12, 31), 9, 0},  /* the year does not lie within */
        {3, all[0], all[1], 6, 0},                    /* */
        {3, on(2000, 1, 1), all[1], 0, 0},            /* */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        radar_count_incidents(&n, e, cases[i].substance, cases[i].from, cases[i].to);
        assert_double_equal(n.count, cases[i].count, 0);
        assert_int_equal(n.stored, cases[i].stored);
        assert_double_equal(n.stored + n.printed, n.count, 0);
    }
    radar_count_incidents(&n, e, 4, all[0], all[1]);
    assert_true(isnan(n.count)); /* nothing known at all */
    radar_events_free(e);
    a->incidents = NULL;
    a->printed = NULL;
    atlas_free(a);
}

static void ages_are_data(void **state)
{
    (void)state;
    struct atlas_ages ages = {.count = 2, .band = {{40, 9}, {5, 2}}}, none = {.count = 0};
    assert_int_equal(radar_age_class(&ages, 1986, 2026), 9);
    assert_int_equal(radar_age_class(&ages, 1987, 2026), 2);
    assert_int_equal(radar_age_class(&ages, 2021, 2026), 2);
    assert_int_equal(radar_age_class(&ages, 2022, 2026), 1); /* younger than any band */
    assert_int_equal(radar_age_class(&ages, 0, 2026), 1);    /* not known */
    assert_int_equal(radar_age_class(&none, 1900, 2026), 1);
    assert_int_equal(radar_founded(2026, 2026), 2026);
    assert_int_equal(radar_founded(2027, 2026), 0); /* still to come: not known */
    assert_int_equal(radar_founded(0, 2026), 0);
}

static void sums_of_decimals(void **state)
{
    (void)state;
    double tenth = 0, limit = 112748919.28299999;
    for (int i = 0; i < 10; i++)
        tenth += 0.1;
    assert_true(tenth < 1);
    assert_true(text_round15(tenth) >= 1 && text_round15(tenth) <= 1);
    assert_true(text_round15(limit) > limit && fabs(text_round15(limit) - 112748919.283) <= 0);
    assert_true(isnan(text_round15((double)NAN)));
    assert_double_equal(text_round15(1.0 / 3), 1.0 / 3, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ethylbenzene),          cmocka_unit_test(sums_of_reports),
        cmocka_unit_test(incidents_of_a_period), cmocka_unit_test(ages_are_data),
        cmocka_unit_test(sums_of_decimals),
    };
    return unit_run("radar factors", tests);
}
