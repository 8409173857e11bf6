#include "analysis/threshold_site.h"

#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "sql.h"

void threshold_detail_free(struct threshold_detail *d)
{
    if (!d)
        return;
    threshold_verdict_free(&d->verdict);
    threshold_asides_free(&d->asides);
    db_done(d->result);
    db_done(d->elsewhere);
    free(d->counted);
    free(d->units);
    free(d->held);
    free(d->rows);
    free(d->subjects);
    free(d->whats);
    threshold_set_free(d->set);
    free(d);
}

static uint32_t what_of(struct threshold_detail *d, uint32_t *count, int row)
{
    const struct db_result *r = d->result;
    int64_t at =
        db_is_null(r, row, 1) ? -1 : threshold_set_substance(d->set, db_get_i64(r, row, 1));
    if (at >= 0)
        return (uint32_t)at;
    const char *key = db_get_text(r, row, 2), *name = db_get_text(r, row, 3);
    for (uint32_t i = d->set->what_count; i < *count; i++)
        if (!strcmp(d->subjects[i].reported_key, key ? key : ""))
            return i;
    threshold_set_reported(&d->whats[*count], &d->subjects[*count], d->set, key ? key : "",
                           name ? name : "");
    return (*count)++;
}

static bool same_cell(const struct db_result *r, int a, int b, int column)
{
    const char *x = db_get_text(r, a, column), *y = db_get_text(r, b, column);
    return (!x && !y) || (x && y && !strcmp(x, y));
}

/* Rows of one registration and place bear one number: that of the first of them. */
static uint32_t place_of(const struct db_result *r, int row)
{
    int i = 0;
    while (i < row && !(same_cell(r, i, row, 14) && same_cell(r, i, row, 15)))
        i++;
    return (uint32_t)i;
}

static void take_rows(struct threshold_detail *d)
{
    const struct db_result *r = d->result;
    size_t n = d->count = (size_t)db_rows(r), base = d->set->what_count;
    uint32_t whats = (uint32_t)base;
    d->rows = mem_zero(n, sizeof *d->rows);
    d->held = mem_zero(n, sizeof *d->held);
    d->units = mem_zero(n, sizeof *d->units);
    d->counted = mem_zero(n, 1);
    d->whats = mem_zero(base + n, sizeof *d->whats);
    d->subjects = mem_zero(base + n, sizeof *d->subjects);
    memcpy(d->whats, d->set->whats, base * sizeof *d->whats);
    memcpy(d->subjects, d->set->subjects, base * sizeof *d->subjects);
    for (size_t i = 0; i < n; i++) {
        int row = (int)i;
        d->units[i] = threshold_unit_of(db_get_text(r, row, 8));
        d->rows[i] = (struct threshold_row){
            .what = what_of(d, &whats, row),
            .source = (uint32_t)db_get_i64(r, row, 4),
            .from = db_is_null(r, row, 5) ? INT32_MIN : (int32_t)db_get_i64(r, row, 5),
            .to = db_is_null(r, row, 6) ? INT32_MAX : (int32_t)db_get_i64(r, row, 6),
            .quantity = db_get_text(r, row, 7),
            .unit = (uint32_t)i,
            .mixture = db_get_bool(r, row, 9),
            .place = place_of(r, row),
            .aside = (uint32_t)db_get_i64(r, row, 16)};
        d->held[i] = (struct threshold_held){.behaviour = db_get_text(r, row, 10),
                                             .unit = d->units[i].text,
                                             .own_key = db_get_text(r, row, 14),
                                             .place = db_get_text(r, row, 15),
                                             .id = db_get_i64(r, row, 11),
                                             .batch = db_get_i64(r, row, 12),
                                             .line = db_get_i64(r, row, 13)};
    }
    d->book = (struct threshold_book){.rules = d->set->rules,
                                      .whats = d->whats,
                                      .units = d->units,
                                      .rule_count = d->set->rule_count,
                                      .what_count = whats,
                                      .unit_count = (uint32_t)n};
}

static bool load(struct threshold_detail *d, const char *rule_set, int64_t facility, struct db *db,
                 struct error *err)
{
    d->set = threshold_set_load(rule_set, db, err);
    if (!d->set)
        return false;
    d->result = db_query(db, &SQL_threshold_rows_one, err, DB_ARGS(db_i64(facility)));
    if (!d->result)
        return false;
    d->elsewhere = db_query(db, &SQL_threshold_elsewhere, err, DB_ARGS(db_i64(facility)));
    return d->elsewhere && threshold_asides_load(&d->asides, d->set, facility, db, err);
}

struct threshold_detail *threshold_detail_load(const char *rule_set, int64_t facility,
                                               struct db *db, struct error *err)
{
    struct threshold_detail *d = mem_zero(1, sizeof *d);
    bool ok = db_exec(db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err);
    if (ok) {
        struct error end;
        ok = load(d, rule_set, facility, db, err);
        db_exec(db, "ROLLBACK", &end);
    }
    if (!ok) {
        threshold_detail_free(d);
        return NULL;
    }
    take_rows(d);
    threshold_judge(&d->verdict, &d->book, d->rows, d->count, INT32_MIN, INT32_MAX, d->counted);
    threshold_asides_judge(&d->verdict, d->asides.count);
    return d;
}
