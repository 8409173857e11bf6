/* Ranks against plain sorting, sensitivity against radars made anew, the pass over all facilities
 * against the one that explains a single score. */
#include "tests/unit/atlas_maker.h"
#include "tests/unit/unit.h"

#include "analysis/radar_columns.h"
#include "analysis/radar_options.h"
#include "analysis/radar_rank.h"

enum { FACILITIES = 5000, SUBSTANCES = 60 };

static struct atlas *some_atlas(void)
{
    struct atlas *a = maker_atlas(FACILITIES, 5);
    maker_holdings(a, SUBSTANCES, 9000, 6);
    for (uint32_t i = 0; i < FACILITIES; i++) {
        a->county[i] = (uint16_t)(i % 3);
        a->industry[i] = (uint16_t)(i % 5);
        a->township[i] = (uint16_t)(i % 7);
    }
    return a;
}

static struct radar_options some_options(void)
{
    struct radar_options o;
    struct error err;
    assert_true(radar_options_parse(&o, RADAR_FACILITIES,
                                    "weights=10,50,25,15&order=GIHJ&substance_weights=25,25,40,10&"
                                    "substance_order=BACD&angle=published&rescale=1",
                                    &err));
    return o;
}

static void columns_agree_with_explanations(void **state)
{
    (void)state;
    struct atlas *a = some_atlas();
    struct radar_options o = some_options();
    struct radar *r = radar_build(a, &o);
    struct radar_columns *columns = radar_columns_new(a);
    struct radar *other = radar_build_on(columns, &radar_default_options);
    struct radar *again = radar_build_on(columns, &o);
    radar_columns_release(columns); /* the radars hold it */
    double most = 0;
    uint32_t with = 0;
    for (uint32_t i = 0; i < a->count; i++) {
        struct radar_score s;
        radar_explain_facility(&s, r, i);
        assert_int_equal(isnan(s.area), isnan(r->facility_area[i]));
        if (isnan(s.area))
            continue;
        with++;
        assert_true(s.area == r->facility_area[i] && s.area == again->facility_area[i]);
        /* From the axes as they are told, order G I H J. */
        double w[RADAR_AXES];
        for (int k = 0; k < RADAR_AXES; k++) {
            assert_double_equal(s.axis[k].value * o.facility.w[k], s.axis[k].weighted, 0);
            w[k] = s.axis[k].weighted;
        }
        assert_double_equal((w[0] + w[1]) * (w[2] + w[3]) / 2 * sin(90), s.area, 1e-9);
        most = fmax(most, s.area);
    }
    assert_true(with > FACILITIES / 2);
    assert_int_equal(r->limits[RADAR_AXES].population, with);
    assert_double_equal(radar_range_max(r, 0, a->drawn), most, 0);
    assert_true(fabs(other->facility_area[0] - r->facility_area[0]) > 1e-6);
    radar_free(r);
    radar_free(other);
    radar_free(again);
    atlas_free(a);
}

static const struct radar *compared;
static enum radar_of compared_of;
static const double *compared_column;

static double worst_hazard(const struct radar *r, uint32_t f)
{
    double most = 0;
    for (uint32_t k = r->atlas->stock_first[f]; k < r->atlas->stock_first[f + 1]; k++)
        most = fmax(most, r->substance[r->atlas->stocks[k].substance][0]);
    return most;
}

static int descending(double x, double y)
{
    if (isnan(x) || isnan(y))
        return isnan(x) - isnan(y);
    return x > y + 1e-10 ? -1 : x < y - 1e-10;
}

static int plainly(const void *left, const void *right)
{
    const struct radar *r = compared;
    uint32_t i = *(const uint32_t *)left, k = *(const uint32_t *)right;
    bool facilities = compared_of == RADAR_FACILITIES;
    const double *area = facilities ? r->facility_area : r->substance_area;
    int order = descending(compared_column[i], compared_column[k]);
    order = order ? order : descending(area[i], area[k]);
    if (order)
        return order;
    if (!facilities) {
        order = descending(r->substance[i][0], r->substance[k][0]);
        return order ? order : strcmp(r->atlas->substance[i].cas, r->atlas->substance[k].cas);
    }
    order = descending(worst_hazard(r, i), worst_hazard(r, k));
    return order ? order : (r->atlas->id[i] > r->atlas->id[k] ? 1 : -1);
}

static void rankings_are_sorted(void **state)
{
    (void)state;
    struct atlas *a = some_atlas();
    struct radar_options o = some_options();
    struct radar *r = radar_build(a, &o);
    struct radar_filter some = radar_filter_none;
    some.county = 1;
    some.industry = 2;
    some.min_score = 1.5;
    struct radar_filter held = radar_filter_none;
    held.substance = 7;
    held.township = 3;
    const struct radar_filter *const filters[] = {NULL, &radar_filter_none, &some, &held};
    for (int of = 0; of < 2; of++)
        for (int sort = 0; sort < RADAR_SORTS; sort++)
            for (size_t f = 0; f < 4; f++) {
                uint32_t n, m = 0, all = of ? a->count : a->substance_count;
                uint32_t *got =
                    radar_ranking(&n, r, (enum radar_of)of, (enum radar_sort)sort, filters[f]);
                double *column = radar_column(r, (enum radar_of)of, (enum radar_sort)sort);
                uint32_t *want = mem_zero(all, sizeof *want);
                for (uint32_t i = 0; i < all; i++) {
                    bool passes = true;
                    if (of && f == 2)
                        passes =
                            a->county[i] == 1 && a->industry[i] == 2 && r->facility_area[i] >= 1.5;
                    if (of && f == 3) {
                        passes = false;
                        for (uint32_t k = a->stock_first[i]; k < a->stock_first[i + 1]; k++)
                            passes |= a->stocks[k].substance == 7 && a->township[i] == 3;
                    }
                    if (!of && f == 2)
                        passes = r->substance_area[i] >= 1.5;
                    if (passes)
                        want[m++] = i;
                }
                compared = r;
                compared_of = (enum radar_of)of;
                compared_column = column;
                qsort(want, m, sizeof *want, plainly);
                assert_int_equal(n, m);
                assert_true(m > 0);
                assert_memory_equal(got, want, m * sizeof *want);
                free(got);
                free(want);
                free(column);
            }
    radar_free(r);
    atlas_free(a);
}

static void intervals_hold_each_order(void **state)
{
    (void)state;
    static const uint8_t orders[][RADAR_AXES] = {{0, 1, 2, 3}, {0, 2, 1, 3}, {0, 1, 3, 2}};
    struct atlas *a = some_atlas();
    struct radar_options o = some_options();
    struct radar *r = radar_build(a, &o);
    struct radar_ranks *ranks = radar_rank_intervals(r, RADAR_FACILITIES);
    struct radar *of_order[3];
    for (int k = 0; k < 3; k++) {
        memcpy(o.facility_order, orders[k], sizeof orders[k]);
        of_order[k] = radar_build(a, &o);
    }
    for (uint32_t i = 0; i < a->count; i += 97) {
        if (isnan(r->facility_area[i])) {
            assert_int_equal(ranks[i].best + ranks[i].worst, 0);
            continue;
        }
        uint32_t best = UINT32_MAX, worst = 0;
        for (int k = 0; k < 3; k++) {
            uint32_t above = 0, equal = 0;
            double own = of_order[k]->facility_area[i];
            for (uint32_t j = 0; j < a->count; j++) {
                above += of_order[k]->facility_area[j] > own + 1e-10;
                equal += fabs(of_order[k]->facility_area[j] - own) <= 1e-10;
            }
            best = above + 1 < best ? above + 1 : best;
            worst = above + equal > worst ? above + equal : worst;
        }
        assert_int_equal(ranks[i].best, best);
        assert_int_equal(ranks[i].worst, worst);
    }
    for (int k = 0; k < 3; k++)
        radar_free(of_order[k]);
    free(ranks);
    radar_free(r);
    atlas_free(a);
}

static void sensitivity_is_that_of_moved_weights(void **state)
{
    (void)state;
    enum { TOP = 100 };
    struct atlas *a = some_atlas();
    struct radar *r = radar_build(a, &radar_default_options);
    struct radar_sensitivity s;
    radar_sensitivity(&s, r, RADAR_FACILITIES, TOP, 5);
    assert_int_equal(s.top, TOP);
    uint32_t n, all = 0, axis_stay[RADAR_AXES] = {0};
    bool(*in)[2][FACILITIES] = mem_zero(RADAR_AXES, sizeof *in);
    for (int axis = 0; axis < RADAR_AXES; axis++)
        for (int up = 0; up < 2; up++) {
            struct radar_options o = radar_default_options;
            double now = o.facility.w[axis], then = now + (up ? 0.05 : -0.05), sum = 0;
            for (int k = 0; k < RADAR_AXES; k++) {
                o.facility.w[k] = k == axis ? then : o.facility.w[k] / (1 - now) * (1 - then);
                assert_double_equal(s.variant[axis][up].weights.w[k], o.facility.w[k], 1e-12);
                sum += s.variant[axis][up].weights.w[k];
            }
            assert_double_equal(sum, 1, 1e-12);
            struct radar *other = radar_build(a, &o);
            uint32_t *ranking = radar_ranking(&n, other, RADAR_FACILITIES, RADAR_BY_AREA, NULL);
            for (uint32_t i = 0; i < TOP; i++)
                in[axis][up][ranking[i]] = true;
            free(ranking);
            radar_free(other);
            uint32_t stay = 0;
            for (uint32_t i = 0; i < TOP; i++)
                stay += in[axis][up][s.first[i]];
            assert_int_equal(s.variant[axis][up].stay, stay);
        }
    uint32_t *ranking = radar_ranking(&n, r, RADAR_FACILITIES, RADAR_BY_AREA, NULL);
    assert_memory_equal(ranking, s.first, TOP * sizeof *ranking);
    for (uint32_t i = 0; i < TOP; i++) {
        bool under_all = true;
        for (int axis = 0; axis < RADAR_AXES; axis++) {
            bool both = in[axis][0][ranking[i]] && in[axis][1][ranking[i]];
            axis_stay[axis] += both;
            under_all &= both;
        }
        all += under_all;
        assert_int_equal(s.stays[i], under_all);
    }
    assert_int_equal(s.stay_all, all);
    assert_true(all > 0 && all < TOP);
    assert_memory_equal(s.stay_axis, axis_stay, sizeof axis_stay);
    free(ranking);
    radar_sensitivity_free(&s);

    /* Of substances; more than there are; an axis at 100 % that can only go down. */
    radar_sensitivity(&s, r, RADAR_SUBSTANCES, 1000, 5);
    assert_int_equal(s.top, SUBSTANCES);
    assert_int_equal(s.stay_all, SUBSTANCES);
    radar_sensitivity_free(&s);
    struct radar_options o = radar_default_options;
    o.substance = (struct radar_weights){{1, 0, 0, 0}};
    struct radar *alone = radar_build(a, &o);
    radar_sensitivity(&s, alone, RADAR_SUBSTANCES, 10, 6);
    assert_double_equal(s.variant[0][0].weights.w[0], 0.94, 1e-12);
    assert_double_equal(s.variant[0][0].weights.w[3], 0.02, 1e-12);
    assert_double_equal(s.variant[0][1].weights.w[0], 1, 0);
    assert_double_equal(s.variant[1][0].weights.w[1], 0, 0);
    radar_sensitivity_free(&s);
    radar_free(alone);
    radar_free(r);
    free(in);
    atlas_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_agree_with_explanations),
        cmocka_unit_test(rankings_are_sorted),
        cmocka_unit_test(intervals_hold_each_order),
        cmocka_unit_test(sensitivity_is_that_of_moved_weights),
    };
    return unit_run("radar ranks", tests);
}
