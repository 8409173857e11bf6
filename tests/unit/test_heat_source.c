/* Which points a heat query takes and what they weigh, against sums made here from the parts; means
 * of samples; incidents; what is left out. */
#include <pthread.h>

#include "tests/unit/atlas_maker.h"
#include "tests/unit/unit.h"

#include "analysis/heat.h"
#include "analysis/heat_weights.h"
#include "gis/crs.h"

static struct atlas *made(void)
{
    static const struct atlas_industry industries[] = {
        {"甲業", 0, 0.25, 1}, {"乙業", 0, 0.1, 2}, {"丙業", 0, (double)NAN, 1}};
    struct atlas *a = maker_atlas(3000, 41);
    maker_holdings(a, 40, 9000, 43);
    a->industry_count = 3;
    a->industries = mem_alloc(sizeof industries);
    memcpy(a->industries, industries, sizeof industries);
    for (uint32_t f = 0; f < a->count; f++)
        a->industry[f] = f % 4 < 3 ? (uint16_t)(f % 4) : ATLAS_NO_INDUSTRY;
    for (uint32_t i = 0; i < a->part_first[9000]; i++)
        a->parts[i].behaviour = (uint8_t)(i % BEHAVIOURS);
    return a;
}

/* The largest kg of the parts of a stock that pass; -1 = none passes. */
static double stock_kg(const struct atlas *a, uint32_t k, const struct heat_query *q)
{
    double most = -1;
    for (int i = 0; i < q->substance_count; i++)
        if (q->substance[i] == a->stocks[k].substance)
            most = -2;
    if (q->substance_count && most > -2)
        return -1;
    most = -1;
    for (uint32_t i = a->part_first[k]; i < a->part_first[k + 1]; i++) {
        const struct atlas_part *p = &a->parts[i];
        bool year = (!q->from || p->year >= q->from) && (!q->to || p->year <= q->to);
        bool way = !q->behaviours || (q->behaviours & (1 << p->behaviour));
        if (year && way)
            most = fmax(most, p->kg);
    }
    return most;
}

/* Of a substance; 1 where none is linked. */
static double class_of(const double *class, uint32_t substance)
{
    return substance == ATLAS_UNLINKED ? 1 : class[substance];
}

static double facility_kg(const struct atlas *a, uint32_t f, const struct heat_query *q,
                          const double *class)
{
    double sum = -1;
    for (uint32_t k = a->stock_first[f]; k < a->stock_first[f + 1]; k++) {
        double kg = stock_kg(a, k, q);
        if (kg >= 0)
            sum = fmax(sum, 0) + kg * (class ? class_of(class, a->stocks[k].substance) : 1);
    }
    return sum;
}

static void weights_are_those_of_the_parts(void **state)
{
    (void)state;
    struct atlas *a = made();
    for (uint32_t f = 0; f < a->count; f += 3) { /* all of some facilities, the first of others */
        uint32_t first = a->stock_first[f], end = f % 2 ? first + 1 : a->stock_first[f + 1];
        for (uint32_t k = first; k < end; k++)
            a->stocks[k].substance = ATLAS_UNLINKED;
    }
    struct radar *radar = radar_build(a, &radar_default_options);
    double class[40];
    for (uint32_t i = 0; i < 40; i++)
        class[i] = radar->substance[i][0];
    for (int n = 0; n < 60; n++) {
        struct heat_query q;
        heat_query_begin(&q);
        static const enum heat_by by[] = {HEAT_COUNT, HEAT_QUANTITY, HEAT_HAZARD, HEAT_RADAR,
                                          HEAT_INTENSITY};
        q.by = by[n % 5];
        for (int i = 0; i < n % 3; i++)
            q.substance[q.substance_count++] = (uint32_t)(5 + 9 * i);
        q.behaviours = n % 7 > 4 ? 1 << BEHAVIOUR_USE | 1 << BEHAVIOUR_STORE : 0;
        q.from = n % 4 == 3 ? 2017 : 0;
        q.to = n % 5 == 4 ? 2017 : 0;
        q.industry = n % 11 == 10 ? 1 : -1;
        bool all = !q.substance_count && !q.behaviours && !q.from && !q.to;
        double largest[3] = {0};
        for (uint32_t f = 0; f < a->count; f++)
            if (a->industry[f] < 3)
                largest[a->industry[f]] =
                    fmax(largest[a->industry[f]], facility_kg(a, f, &q, NULL));
        struct heat_source *s = heat_source_new(a, radar, &q);
        uint32_t at = 0;
        double total = 0;
        for (uint32_t f = 0; f < a->count; f++) {
            double kg = facility_kg(a, f, &q, q.by == HEAT_HAZARD ? class : NULL), want = kg;
            if (q.by == HEAT_COUNT || (q.by == HEAT_RADAR && (all || kg >= 0)))
                want = all || kg >= 0;
            if (q.by == HEAT_RADAR)
                want = want > 0 ? radar->facility_area[f] : 0;
            if (q.by == HEAT_INTENSITY) {
                uint16_t i = a->industry[f];
                want = i < 2 && kg > 0
                           ? a->industries[i].ratio * kg / largest[i] * a->industries[i].factor
                           : 0;
            }
            if (!(want > 0) || (q.industry >= 0 && a->industry[f] != q.industry))
                continue;
            assert_true(at < s->count);
            assert_int_equal(s->who[at], f);
            assert_double_equal(s->weight[at], want, 1e-12 * want);
            total += want;
            at++;
        }
        assert_int_equal(at, s->count);
        assert_true(at > 0);
        assert_double_equal(s->total, total, 1e-12 * total);
        heat_source_free(s);
    }
    radar_free(radar);
    atlas_free(a);
}

static void add_samples(struct atlas *a)
{
    static const struct {
        double lon, lat, value;
        uint8_t unit;
        int32_t year;
    } samples[] = {{120.30, 22.60, 4, SAMPLE_UG_L, 2010},
                   {120.31, 22.60, 0, SAMPLE_UG_L, 2012},
                   {120.305, 22.61, 8, SAMPLE_UG_L, 2012},
                   {120.305, 22.60, 900, SAMPLE_MG_KG, 2012},
                   {121.50, 25.00, 5, SAMPLE_UG_L, 2012}};
    enum { N = sizeof samples / sizeof *samples };
    a->samples = mem_zero(N, sizeof *a->samples);
    a->sample_count = a->sample_drawn = N;
    struct maker_point p[N];
    for (int i = 0; i < N; i++)
        p[i] = (struct maker_point){
            .key = morton_key(tile_world_x(samples[i].lon), tile_world_y(samples[i].lat)),
            .lon = i};
    qsort(p, N, sizeof *p, maker_order);
    for (int k = 0; k < N; k++) {
        int i = (int)p[k].lon;
        a->samples[k] = (struct atlas_sample){.id = i,
                                              .substance = 3,
                                              .day = heat_weights_day(samples[i].year) + 100,
                                              .county = ATLAS_NO_COUNTY,
                                              .unit = samples[i].unit,
                                              .lon = samples[i].lon,
                                              .lat = samples[i].lat,
                                              .key = p[k].key,
                                              .value = samples[i].value,
                                              .drawn = true};
    }
}

static void means_of_samples(void **state)
{
    (void)state;
    static float out[HEAT_TILE * HEAT_TILE];
    struct atlas *a = made();
    add_samples(a);
    struct heat_query q;
    heat_query_begin(&q);
    q.by = HEAT_CONCENTRATION;
    q.substance[q.substance_count++] = 3;
    struct heat_source *s = heat_source_new(a, NULL, &q);
    assert_int_equal(s->query.unit, SAMPLE_UG_L); /* the most frequent */
    assert_int_equal(s->count, 4);
    uint32_t n;
    /* Nadaraya-Watson by hand at a place that three samples reach. */
    double lon = 120.303, lat = 22.603, sum = 0, parts = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        double d, azimuth;
        crs_inverse(&d, &azimuth, lon, lat, s->lon[i], s->lat[i]);
        double v = 1 - d * d / (2500.0 * 2500);
        if (v > 0) {
            sum += v * v * s->weight[i];
            parts += v * v;
        }
    }
    assert_double_equal(heat_value(s, lon, lat, &n), sum / parts, 1e-5);
    assert_int_equal(n, 3);
    assert_double_equal(heat_value(s, 121.5, 25.0, &n), 5, 1e-12);
    assert_true(isnan(heat_value(s, 121.0, 24.0, &n)));
    /* On tiles of every zoom: between the least and the largest, NaN where no sample is. */
    for (uint32_t z = 3; z <= 15; z++) {
        struct tile t = {z, tile_world_x(120.305) >> (32 - z), tile_world_y(22.603) >> (32 - z)};
        assert_true(heat_tile(out, s, t));
        int none = 0, some = 0;
        for (int i = 0; i < HEAT_TILE * HEAT_TILE; i++) {
            none += isnan(out[i]);
            some += out[i] >= 0 && out[i] < 8.01F;
        }
        assert_int_equal(none + some, HEAT_TILE * HEAT_TILE);
        assert_true(some > 0);
    }
    heat_source_free(s);
    q.unit = SAMPLE_MG_KG;
    s = heat_source_new(a, NULL, &q);
    assert_int_equal(s->count, 1);
    assert_double_equal(heat_value(s, 120.30, 22.60, &n), 900, 1e-9);
    heat_source_free(s);
    q.unit = -1;
    q.from = q.to = 2012;
    s = heat_source_new(a, NULL, &q);
    assert_int_equal(s->count, 3);
    heat_source_free(s);
    atlas_free(a);
}

static void days_of_years(void **state)
{
    (void)state;
    assert_int_equal(heat_weights_day(1970), 0);
    assert_int_equal(heat_weights_day(1971), 365);
    assert_int_equal(heat_weights_day(2000), 10957);
    assert_int_equal(heat_weights_day(2026), 20454);
    assert_int_equal(heat_weights_day(1900), -25567);
}

/* Rows 1 and 2 are two substances of one incident, 3 names none, 4 is what the radar counts as 0, 5
 * and 6 lie nowhere and are one. */
static void incidents_count_once(void **state)
{
    (void)state;
    static const int64_t events[] = {0, 1, 1, 3, 4, 5, 5};
    enum { ROWS = sizeof events / sizeof *events, DRAWN = 5 };
    struct atlas *a = made();
    a->incident_count = ROWS;
    a->incident_drawn = DRAWN;
    a->incidents = mem_zero(ROWS, sizeof *a->incidents);
    for (uint32_t i = 0; i < ROWS; i++) {
        struct atlas_incident *e = &a->incidents[i];
        *e = (struct atlas_incident){.id = i,
                                     .event = events[i],
                                     .substance = i == 3 ? ATLAS_UNLINKED : i % 4,
                                     .day = i == 3 ? ATLAS_NO_DAY : heat_weights_day(2015),
                                     .county = ATLAS_NO_COUNTY,
                                     .uncounted = i == 3 || i == 4,
                                     .drawn = i < DRAWN};
        if (!e->drawn)
            continue;
        e->lon = 120.5;
        e->lat = 23.0;
        e->key = morton_key(tile_world_x(120.5), tile_world_y(23.0));
    }
    struct heat_query q;
    heat_query_begin(&q);
    q.by = HEAT_INCIDENTS;
    struct heat_source *s = heat_source_new(a, NULL, &q);
    assert_int_equal(s->count, 4);
    assert_int_equal(s->kind, HEAT_WHO_INCIDENT);
    assert_int_equal(s->left_out.no_position, 1);
    heat_source_free(s);
    q.from = 2015;
    s = heat_source_new(a, NULL, &q);
    assert_int_equal(s->count, 3); /* one has no date */
    heat_source_free(s);
    q.from = 0;
    static const uint32_t counts[] = {2, 1, 1, 0}; /* by substance: rows 0 4, 1 5, 2 6, none */
    for (uint32_t i = 0; i < 4; i++) {
        q.substance[0] = i;
        q.substance_count = 1;
        s = heat_source_new(a, NULL, &q);
        assert_int_equal(s->count, counts[i]);
        assert_int_equal(s->left_out.no_position, i == 1 || i == 2);
        heat_source_free(s);
    }
    q.substance[0] = 1; /* both of rows 1 and 2 */
    q.substance[q.substance_count++] = 2;
    s = heat_source_new(a, NULL, &q);
    assert_int_equal(s->count, 1);
    assert_int_equal(s->left_out.no_position, 1);
    heat_source_free(s);
    atlas_free(a);
}

/* Every facility that the filters take is a point, left out with one reason, or weighs nothing. */
static void what_is_left_out_is_counted(void **state)
{
    (void)state;
    struct atlas *a = made();
    a->drawn -= 100;
    uint32_t parts = a->part_first[9000], nowhere = 0, unknown = 0, no_ratio = 0, taken = 0;
    for (uint32_t k = 0; k < 9000; k += 2) { /* every other stock has no quantity that is known */
        a->stocks[k].quantity_kg = (double)NAN;
        for (uint32_t i = a->part_first[k]; i < a->part_first[k + 1] && i < parts; i++)
            a->parts[i].kg = (double)NAN;
    }
    struct heat_query q;
    heat_query_begin(&q);
    q.by = HEAT_INTENSITY;
    q.substance[q.substance_count++] = 7;
    for (uint32_t f = 0; f < a->count; f++) {
        bool held = false, known = false;
        for (uint32_t k = a->stock_first[f]; k < a->stock_first[f + 1]; k++) {
            held = held || a->stocks[k].substance == 7;
            known = known || (a->stocks[k].substance == 7 && !isnan(a->stocks[k].quantity_kg));
        }
        taken += held;
        nowhere += held && f >= a->drawn;
        unknown += held && f < a->drawn && !known;
        no_ratio += known && f < a->drawn && a->industry[f] > 1;
    }
    struct heat_source *s = heat_source_new(a, NULL, &q);
    assert_true(nowhere > 2 && unknown > 20 && no_ratio > 20);
    assert_int_equal(s->left_out.no_position, nowhere);
    assert_int_equal(s->left_out.no_quantity, unknown);
    assert_int_equal(s->left_out.no_factor, no_ratio);
    assert_int_equal(s->count, taken - nowhere - unknown - no_ratio);
    heat_source_free(s);
    q.by = HEAT_COUNT; /* a facility of unknown quantity counts */
    s = heat_source_new(a, NULL, &q);
    assert_int_equal(s->count, taken - nowhere);
    assert_int_equal(s->left_out.no_position, nowhere);
    assert_int_equal(s->left_out.no_quantity + s->left_out.no_factor, 0);
    heat_source_free(s);

    add_samples(a);
    a->samples[4].drawn = false;
    a->sample_drawn = 4;
    a->samples[0].unit = SAMPLE_UNITS;
    a->samples[1].value = (double)NAN;
    q.by = HEAT_CONCENTRATION;
    q.substance[0] = 3;
    s = heat_source_new(a, NULL, &q);
    assert_int_equal(s->left_out.no_position, s->query.unit == a->samples[4].unit);
    assert_int_equal(s->left_out.no_quantity, 2);
    assert_true(s->count >= 1);
    heat_source_free(s);
    atlas_free(a);
}

static void sources_are_kept(void **state)
{
    (void)state;
    struct snapshot *snapshot = snapshot_new(made());
    struct heat_query q, other;
    heat_query_begin(&q);
    heat_query_begin(&other);
    const struct heat_source *s = heat_source_take(snapshot, &q);
    assert_ptr_equal(s, heat_source_take(snapshot, &other));
    heat_source_put(snapshot, s);
    other.radar.angle = RADAR_PUBLISHED; /* does not matter unless by = radar */
    assert_ptr_equal(s, heat_source_take(snapshot, &other));
    heat_source_put(snapshot, s);
    static const enum heat_shape shapes[] = {HEAT_UNIFORM, HEAT_TRIWEIGHT};
    for (int i = 0; i < 2; i++) {
        other.shape = shapes[i];
        const struct heat_source *t = heat_source_take(snapshot, &other);
        assert_ptr_not_equal(s, t);
        heat_source_put(snapshot, t);
    }
    q.by = other.by = HEAT_RADAR;
    q.shape = other.shape;
    const struct heat_source *one = heat_source_take(snapshot, &q);
    const struct heat_source *two = heat_source_take(snapshot, &other);
    assert_ptr_not_equal(one, two);
    assert_true(two->total < one->total); /* sin(90 radians) < 1 */
    heat_source_put(snapshot, one);
    heat_source_put(snapshot, two);
    heat_source_put(snapshot, s);
    snapshot_release(snapshot);
}

/* ---- threads ---- */

enum { THREADS = 6, LOOKS = 12 };

static struct tile look_at(int n)
{
    uint32_t z = 5 + (uint32_t)n % LOOKS;
    return (struct tile){z, tile_world_x(120.4) >> (32 - z), tile_world_y(22.65) >> (32 - z)};
}

static uint64_t sum_of_tile(struct snapshot *snapshot, int n)
{
    struct heat_query q;
    heat_query_begin(&q);
    q.by = n % 2 ? HEAT_QUANTITY : HEAT_COUNT;
    q.radius = n % 3 ? 2500 : 9000;
    float *out = mem_alloc(sizeof(float) * HEAT_TILE * HEAT_TILE);
    const struct heat_source *s = heat_source_take(snapshot, &q);
    heat_tile(out, s, look_at(n));
    heat_source_put(snapshot, s);
    uint64_t sum = 0;
    for (int i = 0; i < HEAT_TILE * HEAT_TILE; i++) {
        uint32_t bits;
        memcpy(&bits, &out[i], sizeof bits);
        sum = sum * 6364136223846793005u + bits;
    }
    free(out);
    return sum;
}

struct thread_job {
    struct snapshot *snapshot;
    int first;
    uint64_t sums[LOOKS];
};

static void *run_thread(void *arg)
{
    struct thread_job *job = arg;
    for (int n = 0; n < LOOKS; n++) {
        int look = (n + job->first) % LOOKS;
        job->sums[look] = sum_of_tile(job->snapshot, look);
    }
    return NULL;
}

/* Threads that ask for the same low zooms and the same sources at once get the bits of one alone.
 */
static void threads_agree(void **state)
{
    (void)state;
    static struct thread_job jobs[THREADS];
    struct snapshot *snapshot = snapshot_new(made()), *alone = snapshot_new(made());
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        jobs[i] = (struct thread_job){.snapshot = snapshot, .first = i / 2};
        assert_int_equal(pthread_create(&threads[i], NULL, run_thread, &jobs[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    for (int n = 0; n < LOOKS; n++) {
        uint64_t want = sum_of_tile(alone, n);
        for (int i = 0; i < THREADS; i++)
            assert_true(jobs[i].sums[n] == want);
    }
    snapshot_release(snapshot);
    snapshot_release(alone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_are_those_of_the_parts),
        cmocka_unit_test(means_of_samples),
        cmocka_unit_test(days_of_years),
        cmocka_unit_test(incidents_count_once),
        cmocka_unit_test(what_is_left_out_is_counted),
        cmocka_unit_test(sources_are_kept),
        cmocka_unit_test(threads_agree),
    };
    return unit_run("heat source", tests);
}
