/* DESIGN. Rows come by binary COPY in the order of the table, 64 bytes each are kept and sorted
 * once; series and values are two passes over that. Rows of the same period are added in the order
 * of their size, so that the same rows in any order give the same bits. A million holdings: 1 s
 * here, as much in the database. */
#include "analysis/anomaly_series.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "analysis/decimal.h"
#include "gis/atlas.h"
#include "gis/mem.h"
#include "gis/units.h"
#include "sql.h"

struct point {
    int64_t facility;
    uint32_t what, source, unit_text;
    int32_t from, to, length;
    uint8_t behaviour, unit;
    double quantity;
};

struct load {
    struct anomaly_data *d;
    struct point *points;
    size_t count, cap;
};

enum { POINTS_MAX = 50 * 1000 * 1000 };

void anomaly_data_free(struct anomaly_data *d)
{
    if (!d)
        return;
    db_done(d->substances);
    db_done(d->source_rows);
    reported_free(&d->reported);
    intern_free(&d->units);
    free(d->series);
    free(d->values);
    free(d->whats);
    free(d->sources);
    free(d);
}

static struct tm day_of(int32_t day)
{
    time_t at = (time_t)day * 86400;
    struct tm t = {.tm_isdst = 0};
    gmtime_r(&at, &t);
    return t;
}

int32_t anomaly_period_length(int32_t from, int32_t to)
{
    struct tm first = day_of(from), past = day_of(to + 1);
    if (first.tm_mday != 1 || past.tm_mday != 1)
        return from - to - 1;
    return (past.tm_year - first.tm_year) * 12 + past.tm_mon - first.tm_mon;
}

/* ---- rows ---- */

static int64_t find_substance(const struct anomaly_data *d, int64_t id)
{
    int lo = 0, hi = db_rows(d->substances);
    while (lo < hi) {
        int mid = lo + (hi - lo) / 2;
        if (db_get_i64(d->substances, mid, 0) < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < db_rows(d->substances) && db_get_i64(d->substances, lo, 0) == id ? lo : -1;
}

static uint32_t reported(struct load *l, const unsigned char *const *f, const int *len)
{
    return (uint32_t)db_rows(l->d->substances) +
           reported_put(&l->d->reported, f[2], len[2], f[3], len[3]);
}

static bool same_bytes(const char *text, const unsigned char *bytes, int len)
{
    return strlen(text) == (size_t)len && !memcmp(text, bytes, (size_t)len);
}

static uint8_t behaviour_of(const unsigned char *bytes, int len)
{
    for (int b = 0; b < BEHAVIOURS; b++)
        if (same_bytes(behaviour_names[b], bytes, len))
            return (uint8_t)b;
    return BEHAVIOUR_OTHER;
}

/* What is not in kilograms: litres, or as many as are reported of a unit that is neither. */
static bool other_quantity(struct point *p, struct load *l, const unsigned char *const *f,
                           const int *len)
{
    char text[DECIMAL_TEXT_MAX + 1];
    struct decimal number;
    double factor;
    if (len[9] <= 0 || len[9] > DECIMAL_TEXT_MAX || len[10] < 0)
        return false;
    memcpy(text, f[9], (size_t)len[9]);
    text[len[9]] = '\0';
    if (!decimal_read(&number, text))
        return false;
    p->unit_text = intern_put(&l->d->units, (const char *)f[10], (size_t)len[10]);
    enum unit_kind kind = units_find(&factor, intern_text(&l->d->units, p->unit_text));
    p->quantity = decimal_to_double(&number) * (kind == UNIT_OTHER ? 1 : factor);
    p->unit = kind == UNIT_MASS ? ANOMALY_KG : kind == UNIT_VOLUME ? ANOMALY_L : ANOMALY_OTHER;
    if (p->unit != ANOMALY_OTHER)
        p->unit_text = 0;
    return true;
}

static bool take_row(void *ctx, const unsigned char *const *f, const int *len, int count,
                     struct error *err)
{
    struct load *l = ctx;
    if (count != 11)
        return error_set(err, ERROR_INTERNAL, "the rows of the series came in another shape");
    if (l->count >= POINTS_MAX)
        return error_set(err, ERROR_TOO_LARGE, "more than %d reported quantities", POINTS_MAX);
    if (l->count == l->cap) {
        l->cap = l->cap ? 2 * l->cap : 4096;
        l->points = mem_resize(l->points, l->cap, sizeof *l->points);
    }
    struct point *p = &l->points[l->count];
    int64_t at = len[1] > 0 ? find_substance(l->d, db_field_int(f[1], len[1])) : -1;
    *p = (struct point){.facility = db_field_int(f[0], len[0]),
                        .what = at >= 0 ? (uint32_t)at : reported(l, f, len),
                        .source = (uint32_t)db_field_int(f[5], len[5]),
                        .from = (int32_t)db_field_int(f[6], len[6]),
                        .to = (int32_t)db_field_int(f[7], len[7]),
                        .behaviour = behaviour_of(f[4], len[4])};
    p->length = anomaly_period_length(p->from, p->to);
    bool known = len[8] > 0;
    if (known)
        p->quantity = db_field_f64(f[8], len[8]);
    if (known || other_quantity(p, l, f, len))
        l->count++;
    else
        l->d->unreadable++;
    return true;
}

/* ---- series ---- */

static int order(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

static int by_series_only(const struct point *x, const struct point *y)
{
    int c = order(x->facility, y->facility);
    c = c ? c : order(x->what, y->what);
    c = c ? c : order(x->behaviour, y->behaviour);
    c = c ? c : order(x->source, y->source);
    c = c ? c : order(x->unit, y->unit);
    c = c ? c : order(x->unit_text, y->unit_text);
    return c ? c : order(x->length, y->length);
}

static int by_series(const void *a, const void *b)
{
    const struct point *x = a, *y = b;
    int c = by_series_only(x, y);
    c = c ? c : order(x->from, y->from);
    c = c ? c : order(x->to, y->to);
    return c ? c : (x->quantity > y->quantity) - (x->quantity < y->quantity);
}

static void add_series(struct anomaly_data *d, const struct point *p)
{
    d->series[d->series_count++] = (struct anomaly_series){.facility = p->facility,
                                                           .what = p->what,
                                                           .source = p->source,
                                                           .behaviour = p->behaviour,
                                                           .unit = p->unit,
                                                           .unit_text = p->unit_text,
                                                           .length = p->length,
                                                           .first = d->value_count};
}

static void make_series(struct load *l)
{
    struct anomaly_data *d = l->d;
    size_t series = 0;
    qsort(l->points, l->count, sizeof *l->points, by_series);
    for (size_t i = 0; i < l->count; i++)
        series += !i || by_series_only(&l->points[i - 1], &l->points[i]) != 0;
    d->series = mem_zero(series, sizeof *d->series);
    d->values = mem_zero(l->count, sizeof *d->values);
    for (size_t i = 0; i < l->count; i++) {
        const struct point *p = &l->points[i], *last = i ? p - 1 : NULL;
        bool fresh = !last || by_series_only(last, p) != 0;
        if (fresh)
            add_series(d, p);
        if (!fresh && last->from == p->from && last->to == p->to) {
            d->values[d->value_count - 1].quantity += p->quantity;
            continue;
        }
        d->values[d->value_count++] = (struct anomaly_value){p->from, p->to, p->quantity};
        d->series[d->series_count - 1].count++;
    }
}

/* ---- texts ---- */

static void name_whats(struct anomaly_data *d)
{
    uint32_t base = (uint32_t)db_rows(d->substances);
    d->what_count = base + d->reported.keys.count;
    d->whats = mem_zero(d->what_count, sizeof *d->whats);
    for (uint32_t i = 0; i < base; i++)
        d->whats[i] = (struct anomaly_what){.substance = db_get_i64(d->substances, (int)i, 0),
                                            .cas = db_get_text(d->substances, (int)i, 1),
                                            .name_zh = db_get_text(d->substances, (int)i, 2),
                                            .name_en = db_get_text(d->substances, (int)i, 3)};
    for (uint32_t i = 0; i < d->reported.keys.count; i++)
        d->whats[base + i] = (struct anomaly_what){.reported_key = reported_key(&d->reported, i),
                                                   .name_zh = reported_name(&d->reported, i)};
}

static bool load_texts(struct anomaly_data *d, struct db *db, struct error *err)
{
    d->substances = db_query(db, &SQL_threshold_substances, err, DB_NONE);
    d->source_rows = d->substances ? db_query(db, &SQL_threshold_sources, err, DB_NONE) : NULL;
    struct db_result *r = d->source_rows ? db_query(db, &SQL_anomaly_left, err, DB_NONE) : NULL;
    if (!r)
        return false;
    d->undated = db_get_i64(r, 0, 0);
    d->mixtures = db_get_i64(r, 0, 1);
    db_done(r);
    d->source_count = (uint32_t)db_rows(d->source_rows);
    d->sources = mem_zero(d->source_count, sizeof *d->sources);
    for (uint32_t i = 0; i < d->source_count; i++)
        d->sources[i] = (struct anomaly_source){db_get_i64(d->source_rows, (int)i, 0),
                                                db_get_text(d->source_rows, (int)i, 1),
                                                db_get_text(d->source_rows, (int)i, 2)};
    r = db_query(db, &SQL_status_revision, err, DB_NONE);
    d->number = r ? db_get_i64(r, 0, 0) : 0;
    db_done(r);
    return r;
}

struct anomaly_data *anomaly_data_load(struct db *db, struct error *err)
{
    struct anomaly_data *d = mem_zero(1, sizeof *d);
    struct load l = {.d = d};
    intern_put(&d->units, "", 0); /* 0 = none */
    bool ok = load_texts(d, db, err) && db_copy_out(db, SQL_anomaly_rows.text, take_row, &l, err);
    if (ok && (reported_overflow(&d->reported) || d->units.texts.overflow))
        ok = error_set(err, ERROR_TOO_LARGE, "the names of the series pass their limit");
    if (ok) {
        make_series(&l);
        name_whats(d);
    } else {
        anomaly_data_free(d);
        d = NULL;
    }
    free(l.points);
    return d;
}
