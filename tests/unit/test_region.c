/* Sums by region: the percentile, every facility in exactly one region, against plain counting. */
#include "tests/unit/run_maker.h"
#include "tests/unit/unit.h"

#include "analysis/region.h"
#include "gis/crs.h"

static void test_percentile(void **state)
{
    (void)state;
    double v[100];
    for (int i = 0; i < 100; i++)
        v[i] = i + 1;
    assert_true(region_p90(v, 1) == 1);
    assert_true(region_p90(v, 2) == 2);
    assert_true(region_p90(v, 9) == 9); /* ceil(8.1) */
    assert_true(region_p90(v, 10) == 9);
    assert_true(region_p90(v, 11) == 10); /* ceil(9.9) */
    assert_true(region_p90(v, 19) == 18); /* ceil(17.1) */
    assert_true(region_p90(v, 20) == 18);
    assert_true(region_p90(v, 100) == 90);
    /* The definition itself: the smallest value that nine tenths do not pass. */
    for (uint32_t n = 1; n <= 100; n++) {
        uint32_t k = 1;
        while (10 * k < 9 * n)
            k++;
        assert_true(region_p90(v, n) == k);
    }
}

static void test_sums_do_not_know_the_order(void **state)
{
    (void)state;
    enum { N = 1000 };
    static double a[N], b[N], kg[2][N];
    struct region_sum x, y;
    uint64_t seed = 4;
    for (int i = 0; i < N; i++)
        b[N - 1 - i] = kg[1][N - 1 - i] = a[i] = kg[0][i] = maker_random(&seed) * 100;
    region_sum_make(&x, 1200, a, N, kg[0], N);
    region_sum_make(&y, 1200, b, N, kg[1], N);
    assert_true(x.sum == y.sum && x.kg == y.kg && x.mean == y.mean && x.p90 == y.p90);
    assert_int_equal(x.facilities, 1200);
    region_sum_make(&x, 3, a, 0, kg[0], 0);
    assert_true(isnan(x.sum) && isnan(x.mean) && isnan(x.maximum) && isnan(x.p90) && isnan(x.kg));
}

struct made {
    struct atlas *atlas;
    struct radar *radar;
    struct radar_run *run;
};

static struct made make(uint32_t n)
{
    struct made m = {.atlas = maker_whole(n, 17)};
    m.radar = radar_build(m.atlas, &radar_default_options);
    m.run = radar_run_new(m.radar);
    return m;
}

static void unmake(struct made *m)
{
    radar_run_free(m->run);
    radar_free(m->radar);
    atlas_free(m->atlas);
}

/* The sums of the facilities for which wanted() holds, counted one by one. */
static void check_sum(const struct region_sum *s, const struct made *m,
                      bool (*wanted)(const struct made *m, uint32_t i, const void *what),
                      const void *what)
{
    uint32_t n = 0, scored = 0, weighed = 0, not_above = 0;
    double sum = 0, most = 0, kg = 0;
    for (uint32_t i = 0; i < m->atlas->count; i++) {
        if (!wanted(m, i, what))
            continue;
        n++;
        double area = m->radar->facility_area[i];
        if (!isnan(area)) {
            scored++;
            sum += area;
            most = fmax(most, area);
            not_above += area <= s->p90;
        }
        if (!isnan(m->atlas->quantity_kg[i])) {
            weighed++;
            kg += m->atlas->quantity_kg[i];
        }
    }
    assert_int_equal(s->facilities, n);
    assert_int_equal(s->scored, scored);
    assert_int_equal(s->weighed, weighed);
    assert_true(weighed ? fabs(s->kg - kg) < 1e-6 : isnan(s->kg));
    if (!scored) {
        assert_true(isnan(s->sum) && isnan(s->p90));
        return;
    }
    assert_double_equal(s->sum, sum, 1e-6);
    assert_double_equal(s->mean, sum / scored, 1e-9);
    assert_true(s->maximum == most);
    assert_true(10 * not_above >= 9 * scored);
}

static bool in_county(const struct made *m, uint32_t i, const void *what)
{
    return m->atlas->county[i] == *(const uint16_t *)what;
}

static bool in_township(const struct made *m, uint32_t i, const void *what)
{
    return m->atlas->township[i] == *(const uint16_t *)what;
}

static bool anywhere(const struct made *m, uint32_t i, const void *what)
{
    (void)m, (void)i, (void)what;
    return true;
}

static void test_areas(void **state)
{
    (void)state;
    struct made m = make(2000);
    struct error err;
    for (int by = REGION_COUNTY; by <= REGION_TOWNSHIP; by++) {
        struct region_query q = {.by = (enum region_by)by};
        struct region_table *t = region_summarise(m.run, &q, &err);
        uint16_t none = ATLAS_NO_COUNTY;
        assert_int_equal(t->count, by ? MAKER_TOWNSHIPS : MAKER_COUNTIES);
        for (uint16_t i = 0; i < t->count; i++) {
            assert_string_equal(t->rows[i].code,
                                by ? maker_township_codes[i] : maker_county_codes[i]);
            check_sum(&t->rows[i].sum, &m, by ? in_township : in_county, &i);
            assert_ptr_equal(region_find(t, &t->rows[i]), &t->rows[i]);
        }
        check_sum(&t->nowhere, &m, by ? in_township : in_county, &none);
        check_sum(&t->all, &m, anywhere, NULL);
        region_table_free(t);
    }
    struct region_query q = {.by = REGION_TOWNSHIP, .county = "64000"};
    struct region_table *t = region_summarise(m.run, &q, &err);
    uint16_t kaohsiung = 3;
    assert_int_equal(t->count, 3);
    assert_string_equal(t->rows[2].code, "64000030");
    assert_string_equal(t->rows[2].county, "64000");
    check_sum(&t->all, &m, in_county, &kaohsiung);
    assert_int_equal(t->nowhere.facilities, 0);
    region_table_free(t);
    unmake(&m);
}

struct hex_question {
    struct hexagon h;
    int size;
    struct crs *crs;
};

/* By the nearest of all centres around, in long double. */
static bool in_hexagon(const struct made *m, uint32_t i, const void *what)
{
    const struct hex_question *q = what;
    double x, y;
    if (i >= m->atlas->drawn)
        return false;
    crs_from_lonlat(q->crs, &x, &y, m->atlas->lon[i], m->atlas->lat[i]);
    long double best = 1e30L;
    struct hexagon nearest = {0, 0};
    for (int dr = -1; dr <= 1; dr++)
        for (int dq = -1; dq <= 1; dq++) {
            struct hexagon h = {q->h.q + dq, q->h.r + dr};
            long double dx = x - (long double)q->size * (2 * h.q + h.r) / 2;
            long double dy = y - (long double)q->size * h.r * sqrtl(3.0L) / 2;
            if (dx * dx + dy * dy < best) {
                best = dx * dx + dy * dy;
                nearest = h;
            }
        }
    /* One of the middle's six neighbours may be nearest to a point that is far from all of them. */
    return !hexagon_compare(nearest, q->h) && best < (long double)q->size * q->size / 2.99L;
}

static void test_hexagons(void **state)
{
    (void)state;
    struct made m = make(1500);
    struct error err;
    struct region_query q = {.by = REGION_HEXAGON, .size = 20000};
    struct region_table *t = region_summarise(m.run, &q, &err);
    struct hex_question what = {.size = 20000, .crs = crs_open("EPSG:3826", &err)};
    uint32_t facilities = t->nowhere.facilities;
    assert_true(t->count > 20);
    assert_int_equal(t->nowhere.facilities, m.atlas->count - m.atlas->drawn);
    for (uint32_t i = 0; i < t->count; i++) {
        char code[REGION_CODE_SIZE];
        what.h = t->rows[i].hexagon;
        snprintf(code, sizeof code, "h20000:%d:%d", what.h.q, what.h.r);
        assert_string_equal(t->rows[i].code, code);
        check_sum(&t->rows[i].sum, &m, in_hexagon, &what);
        assert_ptr_equal(region_find(t, &t->rows[i]), &t->rows[i]);
        facilities += t->rows[i].sum.facilities;
    }
    assert_int_equal(facilities, m.atlas->count);
    check_sum(&t->all, &m, anywhere, NULL);
    struct region elsewhere = {.hexagon = {0, 0}};
    assert_null(region_find(t, &elsewhere));
    struct region_query one = {.by = REGION_HEXAGON, .size = 20000, .county = "64000"};
    struct region_table *some = region_summarise(m.run, &one, &err);
    uint32_t had = some->count, with_facilities = 0;
    region_table_cover(some, t);
    assert_true(had < t->count);
    assert_int_equal(some->count, t->count);
    for (uint32_t i = 0; i < t->count; i++) {
        assert_string_equal(some->rows[i].code, t->rows[i].code);
        with_facilities += some->rows[i].sum.facilities ? 1 : 0;
    }
    assert_int_equal(with_facilities, had);
    region_table_free(some);
    crs_close(what.crs);
    region_table_free(t);
    unmake(&m);
}

static void test_too_many(void **state)
{
    (void)state;
    struct made m = make(60000);
    struct error err;
    struct region_query q = {.by = REGION_HEXAGON, .size = HEXAGON_SIZE_MIN};
    assert_null(region_summarise(m.run, &q, &err));
    assert_int_equal(err.kind, ERROR_TOO_LARGE);
    unmake(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_percentile), cmocka_unit_test(test_sums_do_not_know_the_order),
        cmocka_unit_test(test_areas),      cmocka_unit_test(test_hexagons),
        cmocka_unit_test(test_too_many),
    };
    return unit_run("region", tests);
}
