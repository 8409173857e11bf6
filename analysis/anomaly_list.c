#include "analysis/anomaly_list.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "sql.h"

const char *const anomaly_method_names[ANOMALY_METHODS] = {"mean", "median", "either", "both"};

bool anomaly_hit_by(const struct anomaly_hit *h, enum anomaly_method method)
{
    bool mean = h->judged.mean.kind != ANOMALY_NONE, median = h->judged.median.kind != ANOMALY_NONE;
    switch (method) {
    case ANOMALY_MEAN: return mean;
    case ANOMALY_MEDIAN: return median;
    case ANOMALY_BOTH: return mean && h->judged.mean.kind == h->judged.median.kind;
    case ANOMALY_EITHER:
    case ANOMALY_METHODS: break;
    }
    return mean || median;
}

double anomaly_hit_excess(const struct anomaly_hit *h, enum anomaly_method method)
{
    if (method == ANOMALY_EITHER)
        return fmax(h->judged.mean.excess, h->judged.median.excess);
    return method == ANOMALY_MEDIAN ? h->judged.median.excess : h->judged.mean.excess;
}

enum anomaly_kind anomaly_hit_kind(const struct anomaly_hit *h, enum anomaly_method method)
{
    bool mean = method != ANOMALY_MEDIAN && h->judged.mean.kind != ANOMALY_NONE;
    return mean ? h->judged.mean.kind : h->judged.median.kind;
}

/* ---- the whitelist ---- */

static bool matches(const struct db_result *r, int row, const struct anomaly_list *l,
                    const struct anomaly_series *s, const struct anomaly_value *v)
{
    const struct anomaly_what *what = &l->data->whats[s->what];
    const char *cas = db_get_text(r, row, 2), *key = db_get_text(r, row, 3);
    const char *behaviour = db_get_text(r, row, 4);
    return (!cas || (what->cas && !strcmp(cas, what->cas))) &&
           (!key || (what->reported_key && !strcmp(key, what->reported_key))) &&
           (!behaviour || !strcmp(behaviour, behaviour_names[s->behaviour])) &&
           (db_is_null(r, row, 5) || db_get_i64(r, row, 5) == s->source) &&
           (db_is_null(r, row, 6) || v->to <= db_get_i64(r, row, 6));
}

static int32_t find_allowed(const struct anomaly_list *l, const struct anomaly_series *s,
                            const struct anomaly_value *v)
{
    const struct db_result *r = l->allowed;
    int lo = 0, hi = db_rows(r);
    while (lo < hi) {
        int mid = lo + (hi - lo) / 2;
        if (db_get_i64(r, mid, 1) < s->facility)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < db_rows(r) && db_get_i64(r, lo, 1) == s->facility; lo++)
        if (matches(r, lo, l, s, v))
            return lo;
    return -1;
}

/* ---- all values ---- */

struct work {
    struct anomaly_list *list;
    const struct atlas *atlas;
    enum anomaly_scale scale;
    size_t cap;
};

static void add_hit(struct work *w, uint32_t series, uint32_t at, const struct anomaly *judged)
{
    struct anomaly_list *l = w->list;
    const struct anomaly_series *s = &l->data->series[series];
    if (l->hit_count == w->cap) {
        w->cap = w->cap ? 2 * w->cap : 256;
        l->hits = mem_resize(l->hits, w->cap, sizeof *l->hits);
    }
    int64_t index = atlas_find_facility(w->atlas, s->facility);
    l->hits[l->hit_count++] =
        (struct anomaly_hit){.series = series,
                             .at = at,
                             .index = index < 0 ? UINT32_MAX : (uint32_t)index,
                             .allowed = find_allowed(l, s, &l->data->values[s->first + at]),
                             .latest = at + 1 == s->count,
                             .judged = *judged};
}

static void judge_series(struct work *w, uint32_t number)
{
    struct anomaly_list *l = w->list;
    const struct anomaly_series *s = &l->data->series[number];
    const struct anomaly_value *values = &l->data->values[s->first];
    for (uint32_t at = 0; at < s->count; at++) {
        double window[ANOMALY_WINDOW];
        int n = at < ANOMALY_WINDOW ? (int)at : ANOMALY_WINDOW;
        struct anomaly judged;
        if (n < ANOMALY_LEAST) {
            l->too_short++;
            continue;
        }
        for (int i = 0; i < n; i++)
            window[i] = values[at - (uint32_t)n + (uint32_t)i].quantity;
        anomaly_judge(&judged, window, n, values[at].quantity, w->scale);
        l->judged++;
        if (judged.mean.kind != ANOMALY_NONE || judged.median.kind != ANOMALY_NONE)
            add_hit(w, number, at, &judged);
    }
}

static int by_index(const void *a, const void *b, void *ctx)
{
    const struct anomaly_hit *hits = ctx;
    uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
    if (hits[i].index != hits[k].index)
        return hits[i].index < hits[k].index ? -1 : 1;
    return i < k ? -1 : i > k;
}

static bool make_list(struct work *w, struct db *db, struct error *err)
{
    struct anomaly_list *l = w->list;
    l->data = anomaly_data_load(db, err);
    l->allowed = l->data ? db_query(db, &SQL_anomaly_allowed, err, DB_NONE) : NULL;
    if (!l->allowed)
        return false;
    for (uint32_t i = 0; i < l->data->series_count; i++)
        judge_series(w, i);
    l->shown = mem_zero(l->hit_count, sizeof *l->shown);
    for (uint32_t i = 0; i < l->hit_count; i++)
        if (l->hits[i].index < w->atlas->drawn && l->hits[i].allowed < 0 &&
            anomaly_hit_by(&l->hits[i], ANOMALY_MEAN))
            l->shown[l->shown_count++] = i;
    qsort_r(l->shown, l->shown_count, sizeof *l->shown, by_index, l->hits);
    return true;
}

struct order {
    const struct atlas *atlas;
    enum anomaly_scale scale;
    struct db *db;
};

static void drop(void *thing)
{
    struct anomaly_list *l = thing;
    anomaly_data_free(l->data);
    db_done(l->allowed);
    free(l->hits);
    free(l->shown);
    free(l);
}

static void *make(void *ctx, size_t *bytes)
{
    const struct order *o = ctx;
    struct anomaly_list *l = mem_zero(1, sizeof *l);
    struct work w = {.list = l, .atlas = o->atlas, .scale = o->scale};
    l->ok = db_exec(o->db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", &l->err);
    if (l->ok) {
        struct error end;
        l->ok = make_list(&w, o->db, &l->err);
        db_exec(o->db, "ROLLBACK", &end);
    }
    *bytes = sizeof *l + w.cap * sizeof *l->hits;
    if (l->data)
        *bytes += l->data->series_count * sizeof *l->data->series +
                  l->data->value_count * sizeof *l->data->values +
                  reported_bytes(&l->data->reported);
    return l;
}

const struct anomaly_list *anomaly_list_take(const struct snapshot *s, enum anomaly_scale scale,
                                             struct db *db, struct error *err)
{
    struct order o = {s->atlas, scale, db};
    const char *key = scale == ANOMALY_LOG ? "anomalies?scale=log" : "anomalies?scale=linear";
    const struct anomaly_list *l = memo_take(s->memo, key, make, drop, &o);
    if (l->ok)
        return l;
    *err = l->err;
    memo_forget(s->memo, l);
    memo_put(s->memo, l);
    return NULL;
}

void anomaly_list_put(const struct snapshot *s, const struct anomaly_list *l)
{
    if (l)
        memo_put(s->memo, l);
}
