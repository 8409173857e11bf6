/* Radar runs: as bytes and back, compared, and why scores differ: contributions that add up. */
#include "tests/unit/run_maker.h"
#include "tests/unit/unit.h"

#include "analysis/radar_rank.h"
#include "analysis/run_reason.h"
#include "analysis/run_why.h"

struct made { /* a run with what it stands on */
    struct atlas *atlas;
    struct radar *radar;
    struct radar_run *run;
};

static struct made make(struct atlas *a, const struct radar_options *o)
{
    struct made m = {.atlas = a, .radar = radar_build(a, o)};
    m.run = radar_run_new(m.radar);
    return m;
}

static void unmake(struct made *m)
{
    radar_run_free(m->run);
    radar_free(m->radar);
    atlas_free(m->atlas);
}

static void assert_same(double a, double b)
{
    assert_true(isnan(a) ? isnan(b) : a == b);
}

static void assert_facilities_same(const struct radar_run *a, const struct radar_run *b)
{
    assert_int_equal(a->facility_count, b->facility_count);
    assert_int_equal(a->link_count, b->link_count);
    for (uint32_t i = 0; i < a->facility_count; i++) {
        const struct radar_run_facility *f = &a->facilities[i], *g = &b->facilities[i];
        assert_int_equal(f->id, g->id);
        assert_string_equal(f->name, g->name);
        assert_int_equal(f->county, g->county);
        assert_int_equal(f->township, g->township);
        assert_int_equal(f->established, g->established);
        assert_int_equal(f->size, g->size);
        assert_int_equal(f->h, g->h);
        assert_int_equal(f->i, g->i);
        assert_int_equal(f->j, g->j);
        assert_int_equal(f->rank, g->rank);
        assert_int_equal(f->first, g->first);
        assert_same(f->lon, g->lon);
        assert_same(f->lat, g->lat);
        assert_same(f->mean, g->mean);
        assert_same(f->value, g->value);
        assert_same(f->kg, g->kg);
        assert_same(f->area, g->area);
    }
    for (uint32_t i = 0; i < a->link_count; i++)
        assert_int_equal(a->links[i], b->links[i]);
}

static void assert_runs_same(const struct radar_run *a, const struct radar_run *b)
{
    assert_memory_equal(a->options.substance.w, b->options.substance.w, sizeof a->options.facility);
    assert_memory_equal(a->options.facility.w, b->options.facility.w, sizeof a->options.facility);
    assert_memory_equal(a->options.facility_order, b->options.facility_order, RADAR_AXES);
    assert_memory_equal(a->options.substance_order, b->options.substance_order, RADAR_AXES);
    assert_int_equal(a->options.angle, b->options.angle);
    assert_int_equal(a->options.rescale, b->options.rescale);
    assert_int_equal(a->options.official, b->options.official);
    assert_int_equal(a->options.incidents_from, b->options.incidents_from);
    assert_int_equal(a->options.incidents_to, b->options.incidents_to);
    assert_int_equal(a->year, b->year);
    assert_same(a->y_max, b->y_max);
    assert_int_equal(a->head.scored, b->head.scored);
    for (int i = 0; i < 2 * RADAR_AXES; i++) {
        assert_int_equal(a->limits[i].population, b->limits[i].population);
        assert_int_equal(a->limits[i].by_rank, b->limits[i].by_rank);
        for (int k = 0; k < RADAR_CLASSES; k++)
            assert_same(a->limits[i].cut[k], b->limits[i].cut[k]);
    }
    assert_int_equal(a->county_count, b->county_count);
    assert_int_equal(a->township_count, b->township_count);
    for (uint32_t i = 0; i < a->township_count; i++) {
        assert_string_equal(a->townships[i].code, b->townships[i].code);
        assert_int_equal(a->townships[i].county, b->townships[i].county);
        assert_null(b->townships[i].name_en);
    }
    assert_int_equal(a->substance_count, b->substance_count);
    for (uint32_t i = 0; i < a->substance_count; i++) {
        assert_string_equal(a->substances[i].cas, b->substances[i].cas);
        assert_null(b->substances[i].name_zh);
        assert_int_equal(a->substances[i].official, b->substances[i].official);
        assert_int_equal(a->substances[i].rank, b->substances[i].rank);
        assert_same(a->substances[i].area, b->substances[i].area);
        for (int k = 0; k < RADAR_AXES; k++) {
            assert_same(a->substances[i].raw[k], b->substances[i].raw[k]);
            assert_same(a->substances[i].class[k], b -> substances[i].class[k]);
        }
    }
    assert_facilities_same(a, b);
}

static void test_bytes_and_back(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (uint32_t n = 0; n < 700; n = 3 * n + 1) {
        struct radar_options o = maker_options(&seed);
        o.incidents_from = -5000;
        struct made m = make(maker_whole(n, n + 1), &o);
        struct buf bytes = {.data = NULL};
        struct error err = {.text = ""};
        radar_run_pack(&bytes, m.run);
        struct radar_run *back = radar_run_unpack(bytes.data, bytes.len, &err);
        assert_non_null(back);
        assert_runs_same(m.run, back);
        radar_run_free(back);
        buf_free(&bytes);
        unmake(&m);
    }
}

/* Cut off, longer, or with a byte changed: an error or a run, never anything worse. */
static void test_damaged_bytes(void **state)
{
    (void)state;
    struct made m = make(maker_whole(40, 5), &radar_default_options);
    struct buf bytes = {.data = NULL};
    struct error err = {.text = ""};
    radar_run_pack(&bytes, m.run);
    for (size_t len = 0; len < bytes.len; len++) {
        char *part = mem_alloc(len + 1); /* of its own, so that reading past the end shows */
        memcpy(part, bytes.data, len);
        assert_null(radar_run_unpack(part, len, &err));
        assert_int_equal(err.kind, ERROR_DATABASE);
        free(part);
    }
    for (size_t at = 0; at < bytes.len; at++) {
        char old = bytes.data[at];
        bytes.data[at] = (char)(old ^ 0x55);
        radar_run_free(radar_run_unpack(bytes.data, bytes.len, &err));
        bytes.data[at] = old;
    }
    buf_char(&bytes, 'x');
    assert_null(radar_run_unpack(bytes.data, bytes.len, &err));
    buf_free(&bytes);
    unmake(&m);
}

/* ---- comparison ---- */

static double sum_of(const double *by)
{
    return by[RUN_OWN] + by[RUN_OTHERS] + by[RUN_TIME] + by[RUN_PARAMETERS];
}

static void check_adds_up(const struct run_reason *w, const struct run_change *change)
{
    double axes[RUN_CAUSES] = {0};
    assert_double_equal(w->difference, change->area[1] - change->area[0], 1e-9);
    assert_double_equal(sum_of(w->by), w->difference, 1e-9);
    for (int i = 0; i < RADAR_AXES; i++) {
        for (int c = 0; c < RUN_CAUSES; c++)
            axes[c] += w->axis[i].by[c];
        assert_double_equal(w->axis[i].by[RUN_PARAMETERS], 0, 0);
        /* What did not move an axis by itself contributes nothing by it. */
        for (int c = 0; c < RUN_PARAMETERS; c++)
            if (!(w->axis[i].moved >> c & 1))
                assert_double_equal(w->axis[i].by[c], 0, 1e-11);
    }
    for (int c = 0; c < RUN_PARAMETERS; c++)
        assert_double_equal(axes[c], w->by[c], 1e-9);
}

static void compare_all(const struct radar_run *before, const struct radar_run *after)
{
    struct run_compare *c = run_compare_new(before, after, NULL);
    struct run_compare *back = run_compare_new(after, before, NULL);
    struct run_reasons *why = run_reasons_new(c), *yhw = run_reasons_new(back);
    struct run_reason one, other;
    double difference = 0, by[RUN_CAUSES];
    uint32_t counted = 0;
    for (uint32_t i = 0; i < c->facility_count; i++) {
        struct run_change *change = &c->facilities[i];
        run_reason_facility(&one, why, change);
        assert_int_equal(one.scored, !isnan(change->area[0]) && !isnan(change->area[1]));
        if (!one.scored)
            continue;
        check_adds_up(&one, change);
        difference += change->area[1] - change->area[0];
        struct run_change turned = {.index = {change->index[1], change->index[0]},
                                    .area = {change->area[1], change->area[0]}};
        run_reason_facility(&other, yhw, &turned);
        for (int k = 0; k < RUN_CAUSES; k++)
            assert_double_equal(one.by[k], -other.by[k], 1e-9);
    }
    for (uint32_t i = 0; i < c->substance_count; i++) {
        run_reason_substance(&one, why, &c->substances[i]);
        if (one.scored)
            check_adds_up(&one, &c->substances[i]);
    }
    for (int k = 0; k < RUN_CHANGES; k++)
        counted += c->counts[k];
    assert_int_equal(counted, c->facility_count);
    assert_double_equal(run_reasons_sum(by, why), difference, 1e-6);
    assert_double_equal(sum_of(by), difference, 1e-6);
    run_reasons_free(why);
    run_reasons_free(yhw);
    run_compare_free(c);
    run_compare_free(back);
}

static void test_contributions_add_up(void **state)
{
    (void)state;
    uint64_t seed = 21;
    for (uint64_t i = 0; i < 24; i++) {
        struct radar_options o = maker_options(&seed), p = maker_options(&seed);
        struct atlas *later = maker_whole(280 + 2 * (uint32_t)i, i + 100);
        later->built_at += i % 2 ? 9ll * 366 * 86400 : 0;
        struct made a = make(maker_whole(300, i), &o), b = make(later, i % 3 ? &p : &o);
        compare_all(a.run, b.run);
        unmake(&a);
        unmake(&b);
    }
}

/* A later year is seen through the atlas alone. */
static void test_time(void **state)
{
    (void)state;
    struct made a = make(maker_whole(400, 1), &radar_default_options);
    struct atlas *later = maker_whole(400, 1);
    later->built_at += 9ll * 366 * 86400;
    struct made b = make(later, &radar_default_options);
    compare_all(a.run, b.run);
    struct run_compare *c = run_compare_new(a.run, b.run, NULL);
    struct run_reasons *why = run_reasons_new(c);
    struct run_reason one;
    uint32_t risen = 0;
    for (uint32_t i = 0; i < c->facility_count; i++) {
        run_reason_facility(&one, why, &c->facilities[i]);
        if (c->facilities[i].kind == RUN_SAME)
            continue;
        assert_int_equal(c->facilities[i].kind, RUN_ROSE);
        assert_int_equal(one.axis[3].moved, 1u << RUN_TIME);
        assert_double_equal(one.by[RUN_TIME], one.difference, 1e-12);
        risen++;
    }
    assert_true(risen > 50);
    assert_int_equal(c->counts[RUN_FELL] + c->counts[RUN_NEW] + c->counts[RUN_GONE], 0);
    run_reasons_free(why);
    run_compare_free(c);
    unmake(&a);
    unmake(&b);
}

/* Other weights: nothing but the parameters moved. */
static void test_parameters_alone(void **state)
{
    (void)state;
    struct radar_options o = radar_default_options;
    o.facility = (struct radar_weights){{0.1, 0.2, 0.3, 0.4}};
    o.substance = (struct radar_weights){{0.25, 0.25, 0.4, 0.1}};
    o.rescale = true;
    o.angle = RADAR_PUBLISHED;
    struct made a = make(maker_whole(400, 2), &radar_default_options);
    struct made b = make(maker_whole(400, 2), &o);
    struct run_compare *c = run_compare_new(a.run, b.run, NULL);
    struct run_reasons *why = run_reasons_new(c);
    struct run_reason one;
    for (uint32_t i = 0; i < c->facility_count; i++) {
        run_reason_facility(&one, why, &c->facilities[i]);
        if (!one.scored)
            continue;
        assert_double_equal(one.by[RUN_PARAMETERS], one.difference, 1e-12);
        assert_int_equal(one.axis[0].moved, 1u << RUN_PARAMETERS);
        assert_int_equal(one.axis[1].moved, 0);
    }
    run_reasons_free(why);
    run_compare_free(c);
    unmake(&a);
    unmake(&b);
}

/* One facility reports more: it moved by itself; who fell did so because the limits moved. */
static void test_own_and_others(void **state)
{
    (void)state;
    struct atlas *more = maker_whole(400, 4);
    uint32_t who = 0;
    while (!(more->quantity_kg[who] < 300) || more->stock_first[who] == more->stock_first[who + 1])
        who++;
    for (uint32_t i = 0; i < 400; i++) /* half of the others double, too */
        more->quantity_kg[i] *= i == who ? 1000 : i % 2 ? 2 : 1;
    struct made a = make(maker_whole(400, 4), &radar_default_options);
    struct made b = make(more, &radar_default_options);
    struct run_compare *c = run_compare_new(a.run, b.run, NULL);
    struct run_reasons *why = run_reasons_new(c);
    struct run_reason one;
    uint32_t fallen = 0;
    assert_true(c->counts[RUN_ROSE] > 0 && c->counts[RUN_FELL] > 0);
    for (uint32_t i = 0; i < c->facility_count; i++) {
        const struct run_change *change = &c->facilities[i];
        run_reason_facility(&one, why, change);
        if (change->index[0] == (int64_t)who) {
            assert_int_equal(change->kind, RUN_ROSE);
            assert_true(one.axis[1].moved & 1u << RUN_OWN);
            assert_true(one.by[RUN_OWN] > 0);
            assert_true(one.axis[1].value[1] == 10);
        }
        if (change->kind == RUN_FELL) {
            assert_true(one.by[RUN_OTHERS] < 0 && one.by[RUN_OWN] >= 0);
            assert_true(one.axis[1].moved & 1u << RUN_OTHERS);
            fallen++;
        }
        assert_int_equal(one.axis[0].moved, 0);
    }
    assert_int_equal(fallen, c->counts[RUN_FELL]);
    run_reasons_free(why);
    run_compare_free(c);
    unmake(&a);
    unmake(&b);
}

/* New ids for all after an import was made again: paired by name and county where just one bears
 * it. */
static void test_pairs_by_name(void **state)
{
    (void)state;
    static char names[5][8] = {"甲", "乙", "丙", "丙", "丁"};
    struct made a = make(maker_whole(5, 6), &radar_default_options);
    struct made b = make(maker_whole(5, 6), &radar_default_options);
    for (uint32_t i = 0; i < 5; i++) {
        a.run->facilities[i].name = b.run->facilities[i].name = names[i];
        a.run->facilities[i].county = b.run->facilities[i].county = 1;
        b.run->facilities[i].id += i ? 1000 : 0; /* the first one keeps its id */
    }
    b.run->facilities[4].county = 2; /* another county: another facility */
    struct run_compare *c = run_compare_new(a.run, b.run, NULL);
    assert_int_equal(c->facility_count, 1 + 1 + 4 + 2);
    assert_int_equal(c->counts[RUN_GONE], 3);
    assert_int_equal(c->counts[RUN_NEW], 3);
    uint32_t by_name = 0;
    for (uint32_t i = 0; i < c->facility_count; i++)
        if (c->facilities[i].by_name) {
            assert_string_equal(a.run->facilities[c->facilities[i].index[0]].name, "乙");
            assert_string_equal(b.run->facilities[c->facilities[i].index[1]].name, "乙");
            by_name++;
        }
    assert_int_equal(by_name, 1);
    run_compare_free(c);
    c = run_compare_new(a.run, b.run, "63000");
    assert_int_equal(c->facility_count, 1);
    assert_int_equal(c->counts[RUN_NEW], 1);
    run_compare_free(c);
    unmake(&a);
    unmake(&b);
}

/* Ranks are the ranking's own: of those with a score, in its order. */
static void check_ranks(const struct made *m)
{
    uint32_t count, *order = radar_ranking(&count, m->radar, RADAR_FACILITIES, RADAR_BY_AREA, NULL);
    for (uint32_t i = 0; i < count; i++) {
        int64_t k = radar_run_find(m->run, m->atlas->id[order[i]]);
        assert_int_equal(m->run->facilities[k].rank, i < m->run->head.scored ? i + 1 : 0);
        assert_int_equal(isnan(m->run->facilities[k].area), i >= m->run->head.scored);
    }
    free(order);
    order = radar_ranking(&count, m->radar, RADAR_SUBSTANCES, RADAR_BY_AREA, NULL);
    for (uint32_t i = 0; i < count; i++)
        assert_int_equal(m->run->substances[order[i]].rank, i + 1);
    free(order);
}

static void test_order_and_ranks(void **state)
{
    (void)state;
    struct made a = make(maker_whole(500, 8), &radar_default_options);
    struct made b = make(maker_whole(520, 9), &radar_default_options);
    check_ranks(&a);
    check_ranks(&b);
    struct run_compare *c = run_compare_new(a.run, b.run, NULL);
    assert_int_equal(c->counts[RUN_NEW], 20);
    assert_int_equal(c->counts[RUN_GONE], 0);
    for (uint32_t i = 0; i < c->facility_count; i++) {
        const struct run_change *x = &c->facilities[i];
        if (i < c->counts[RUN_ROSE])
            assert_int_equal(x->kind, RUN_ROSE);
        else if (i < c->counts[RUN_ROSE] + c->counts[RUN_FELL])
            assert_int_equal(x->kind, RUN_FELL);
        if (i && x->kind == x[-1].kind && x->kind <= RUN_FELL)
            assert_true(fabs(x->area[1] - x->area[0]) <= fabs(x[-1].area[1] - x[-1].area[0]));
        for (int side = 0; side < 2; side++)
            if (x->index[side] >= 0)
                assert_int_equal(x->rank[side], c->run[side]->facilities[x->index[side]].rank);
    }
    run_compare_free(c);
    unmake(&a);
    unmake(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes_and_back),       cmocka_unit_test(test_damaged_bytes),
        cmocka_unit_test(test_contributions_add_up), cmocka_unit_test(test_time),
        cmocka_unit_test(test_parameters_alone),     cmocka_unit_test(test_own_and_others),
        cmocka_unit_test(test_pairs_by_name),        cmocka_unit_test(test_order_and_ranks),
    };
    return unit_run("radar_run", tests);
}
