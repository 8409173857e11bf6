/* The report's own tables: all 25 substance rows of figure 4-119 to 3 decimals and all 22 facility
 * rows of figure 4-121 within their rounding, with the published angle; the formula as written
 * (sin 90 degrees = 1) gives none of them. */
#include "tests/unit/unit.h"

#include <math.h>

#include "analysis/radar_columns.h"
#include "analysis/radar_options.h"
#include "analysis/radar_rank.h"
#include "tests/unit/atlas_maker.h"

static const uint8_t order[] = {0, 1, 2, 3};

struct substance_row {
    const char *cas;
    double axis[RADAR_AXES], printed;
};
struct facility_row {
    double mean, h, i, j, printed;
};

/* Weighted axes A B C D and the printed area. */
static const struct substance_row substances[] = {
#include "tests/unit/radar_substances.inc"
};
/* Displayed mean area (2 decimals), raw H I J, printed area. */
static const struct facility_row facilities[] = {
#include "tests/unit/radar_facilities.inc"
};

static void substances_as_published(void **state)
{
    (void)state;
    size_t n = sizeof substances / sizeof *substances;
    assert_int_equal(n, 25);
    for (size_t i = 0; i < n; i++) {
        double area = radar_area(substances[i].axis, order, RADAR_PUBLISHED);
        assert_double_equal(area, substances[i].printed, 0.0005);
        double written = radar_area(substances[i].axis, order, RADAR_DEGREES);
        assert_double_equal(written * sin(90), area, 1e-12);
        assert_true(fabs(written - substances[i].printed) > 0.0005);
    }
}

static void facilities_as_published(void **state)
{
    (void)state;
    size_t n = sizeof facilities / sizeof *facilities;
    assert_int_equal(n, 22);
    for (size_t i = 0; i < n; i++) {
        const struct facility_row *f = &facilities[i];
        const double *w = radar_default_options.facility.w;
        double low[] = {(f->mean - 0.005) * w[0], f->h * w[1], f->i * w[2], f->j * w[3]};
        double high[] = {(f->mean + 0.005) * w[0], f->h * w[1], f->i * w[2], f->j * w[3]};
        assert_true(radar_area(low, order, RADAR_PUBLISHED) <= f->printed + 0.005);
        assert_true(radar_area(high, order, RADAR_PUBLISHED) >= f->printed - 0.005);
    }
}

/* The 25 substances of figure 4-119 by their official classes, as an import of them gives. */
static struct atlas *published_atlas(void)
{
    struct atlas *a = maker_atlas(40, 3);
    maker_holdings(a, 25, 60, 5);
    for (uint32_t i = 0; i < 25; i++) {
        const double *weights = radar_default_options.substance.w;
        a->substance[i].cas = substances[i].cas;
        for (int k = 0; k < RADAR_AXES; k++)
            a->substance[i].official[k] = round(substances[i].axis[k] / weights[k]);
    }
    return a;
}

/* Places from 1 of a list of the 25, highest first. */
static void rank(uint32_t place[25], const struct atlas *a, const char *letters)
{
    struct radar_options o = radar_default_options;
    struct error err;
    uint32_t n;
    o.angle = RADAR_PUBLISHED;
    assert_true(radar_parse_order(o.substance_order, RADAR_SUBSTANCES, letters, &err));
    struct radar *r = radar_build(a, &o);
    uint32_t *ranking = radar_ranking(&n, r, RADAR_SUBSTANCES, RADAR_BY_AREA, NULL);
    assert_int_equal(n, 25);
    for (uint32_t k = 0; k < n; k++)
        place[ranking[k]] = k + 1;
    free(ranking);
    radar_free(r);
}

static void official_classes_give_the_published_list(void **state)
{
    (void)state;
    struct atlas *a = published_atlas();
    struct radar_options o = radar_default_options;
    o.angle = RADAR_PUBLISHED;
    struct radar *r = radar_build(a, &o);
    uint32_t place[25];
    for (uint32_t i = 0; i < 25; i++) {
        assert_double_equal(r->substance_area[i], substances[i].printed, 0.0005);
        struct radar_score s;
        radar_explain_substance(&s, r, i);
        assert_true(s.area == r->substance_area[i] && s.axis[0].official && !s.axis[1].no_data);
    }
    rank(place, a, "ABCD"); /* ties: 硫化氫 = 乙炔, 甲苯 = 汽油 = 醋酸 by hazard, then CAS number */
    for (uint32_t i = 0; i < 25; i++)
        assert_int_equal(substances[place[i] - 1].printed * 1000, substances[i].printed * 1000);
    assert_int_equal(place[8], 10);  /* 7783-06-4 after 74-86-2 */
    assert_int_equal(place[9], 9);   /* 74-86-2 */
    assert_int_equal(place[17], 18); /* 108-88-3 < 64-19-7 < 8006-61-9 */
    assert_int_equal(place[19], 19);
    assert_int_equal(place[18], 20);
    o.official = false; /* then our own classes, of made-up ratings */
    struct radar *ours = radar_build(a, &o);
    assert_true(fabs(ours->substance_area[0] - r->substance_area[0]) > 0.01);
    radar_free(ours);
    radar_free(r);
    atlas_free(a);
}

/* algorithms of the report: the order of the axes alone moves 甲醛 from 5 to 18 and 丙烯醇 from 22
 * to 16 of the 25; the mean over all orders does not move. */
static void the_order_of_the_axes_moves_ranks(void **state)
{
    (void)state;
    static const uint8_t orders[][RADAR_AXES] = {{0, 1, 2, 3}, {0, 2, 1, 3}, {0, 1, 3, 2}};
    struct atlas *a = published_atlas();
    uint32_t as_printed[25], acbd[25], abdc[25];
    rank(as_printed, a, "ABCD");
    rank(acbd, a, "ACBD");
    rank(abdc, a, "ABDC");
    assert_int_equal(as_printed[4], 5);
    assert_int_equal(acbd[4], 17); /* it shares 17 and 18 with 一氧化碳: 6.93 both */
    assert_int_equal(acbd[6], 18);
    assert_int_equal(as_printed[21], 22);
    assert_int_equal(abdc[21], 16);

    struct radar *r = radar_build(a, &radar_default_options);
    struct radar_ranks *ranks = radar_rank_intervals(r, RADAR_SUBSTANCES);
    for (uint32_t i = 0; i < 25; i++) {
        uint32_t best = 25, worst = 0;
        for (int o = 0; o < 3; o++) {
            uint32_t above = 0, equal = 0;
            double own = radar_area(substances[i].axis, orders[o], RADAR_DEGREES);
            for (uint32_t k = 0; k < 25; k++) {
                double other = radar_area(substances[k].axis, orders[o], RADAR_DEGREES);
                above += other > own + 1e-6;
                equal += fabs(other - own) <= 1e-6; /* with itself */
            }
            best = above + 1 < best ? above + 1 : best;
            worst = above + equal > worst ? above + equal : worst;
        }
        assert_int_equal(ranks[i].best, best); /* equal areas share their places */
        assert_int_equal(ranks[i].worst, worst);
    }
    assert_int_equal(ranks[4].worst, 18);
    assert_int_equal(ranks[21].best, 16);
    free(ranks);

    for (uint32_t i = 0; i < 25; i++) {
        struct radar_score s;
        radar_explain_substance(&s, r, i);
        double sum = 0;
        for (int o = 0; o < 3; o++)
            sum += radar_area(substances[i].axis, orders[o], RADAR_DEGREES);
        assert_double_equal(radar_mean_area(r, &s), sum / 3, 1e-9);
        double log_mean = 0;
        for (int k = 0; k < RADAR_AXES; k++)
            log_mean += radar_default_options.substance.w[k] * log(s.axis[k].value);
        assert_double_equal(radar_geometric(r, RADAR_SUBSTANCES, &s), exp(log_mean), 1e-9);
    }
    radar_free(r);
    atlas_free(a);
}

/* G is the mean of Y of the linked substances, in Y's own units, or on 0-10 where rescaled: the
 * largest Y is 12.375 at default weights. */
static void mean_score_is_no_class(void **state)
{
    (void)state;
    struct atlas *a = published_atlas();
    struct radar_options o = radar_default_options;
    o.angle = RADAR_PUBLISHED;
    struct radar *r = radar_build(a, &o);
    o.rescale = true;
    struct radar *scaled = radar_build(a, &o);
    assert_double_equal(r->y_max, 12.375 * sin(90), 1e-12);
    uint32_t held = 0;
    for (uint32_t f = 0; f < a->count; f++) {
        double sum = 0;
        uint32_t n = a->stock_first[f + 1] - a->stock_first[f];
        for (uint32_t k = a->stock_first[f]; k < a->stock_first[f + 1]; k++)
            sum += substances[a->stocks[k].substance].printed;
        struct radar_score s, t;
        radar_explain_facility(&s, r, f);
        radar_explain_facility(&t, scaled, f);
        assert_int_equal(isnan(s.area), n == 0);
        if (!n)
            continue;
        held++;
        assert_true(s.area == r->facility_area[f] && t.area == scaled->facility_area[f]);
        assert_double_equal(s.axis[0].raw, sum / n, 0.0005);
        assert_double_equal(s.axis[0].weighted, 0.4 * sum / n, 0.0005);
        assert_double_equal(t.axis[0].value, s.axis[0].raw * 10 / (12.375 * sin(90)), 1e-12);
        assert_double_equal(t.axis[0].raw, s.axis[0].raw, 0);
        /* The companion takes G on 0-10 in both. */
        assert_double_equal(radar_geometric(r, RADAR_FACILITIES, &s),
                            radar_geometric(scaled, RADAR_FACILITIES, &t), 1e-12);
        double w[RADAR_AXES];
        for (int k = 0; k < RADAR_AXES; k++)
            w[k] = s.axis[k].weighted;
        assert_double_equal(s.area, (w[0] + w[2]) * (w[1] + w[3]) / 2 * sin(90), 1e-12);
    }
    assert_true(held > 10 && held <= a->count);
    radar_free(r);
    radar_free(scaled);
    atlas_free(a);
}

/* Ten cut values against the rule as it is written, ceil(10 #{x <= v} / |P|). */
static void class_limits_are_the_rule(void **state)
{
    (void)state;
    uint64_t seed = 9;
    for (uint32_t n = 0; n < 60; n++) {
        double values[80], population[80];
        uint32_t p = 0, count = n + n / 3;
        for (uint32_t i = 0; i < count; i++) { /* with ties, zeros, gaps */
            double v = floor(12 * maker_random(&seed)) - 1;
            values[i] = v < 0 ? (double)NAN : v;
            if (v > 0)
                population[p++] = v;
        }
        struct radar_limits l;
        radar_limits_make(&l, values, count);
        assert_int_equal(l.population, p);
        for (double v = 0.5; v < 12; v += 0.5) {
            uint32_t below = 0;
            for (uint32_t i = 0; i < p; i++)
                below += population[i] <= v;
            int want = p ? (int)((10 * below + p - 1) / p) : 1;
            assert_int_equal(radar_class(&l, v), want ? want : 1);
        }
    }
    struct radar_limits one;
    radar_limits_make(&one, (double[]){7}, 1);
    assert_int_equal(radar_class(&one, 7), 10);
    assert_int_equal(radar_class(&one, 6), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(substances_as_published),
        cmocka_unit_test(facilities_as_published),
        cmocka_unit_test(official_classes_give_the_published_list),
        cmocka_unit_test(the_order_of_the_axes_moves_ranks),
        cmocka_unit_test(mean_score_is_no_class),
        cmocka_unit_test(class_limits_are_the_rule),
    };
    return unit_run("radar", tests);
}
