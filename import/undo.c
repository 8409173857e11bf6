/* DESIGN. A journal of old rows, written by statement triggers, beats a copy of the tables (a small
 * import into a large atlas would cost the whole) and beats row versions everywhere (every query
 * would pay). Inserted rows cost nothing: publishing is under one lock, so what the sequences gave
 * out between its beginning and its end belongs to the batch. The oldest kept state of a row is its
 * state before the batch, so the order of changes inside a batch does not matter. */
#include "import/undo.h"

#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"
#include "sql.h"

enum { LATER_NAMED_MAX = 5 };

bool undo_begin(struct import_run *run, struct error *err)
{
    struct db_result *r =
        db_run(run->db, SQL_import_undo_begin.text, err, DB_ARGS(db_i64(run->batch)));
    if (!r)
        return false;
    free(run->positions);
    run->positions = mem_copy(db_get_text(r, 0, 0));
    db_done(r);
    return true;
}

bool undo_end(struct import_run *run, struct error *err)
{
    return import_sql(NULL, run, &SQL_import_undo_ranges, err,
                      DB_ARGS(db_i64(run->batch), db_text(run->positions))) &&
           import_sql(
               NULL, run, &SQL_import_undo_forget, err,
               DB_ARGS(db_i64(UNDO_KEEP_DAYS), db_i64(UNDO_KEEP_BATCHES), db_i64(UNDO_KEEP_ROWS)));
}

/* The batch is there and can be undone as far as itself is concerned. */
static bool check_batch(struct undo_report *report, int64_t batch, struct db *db, struct error *err)
{
    struct db_result *r = db_run(db, SQL_import_undo_batch.text, err, DB_ARGS(db_i64(batch)));
    if (!r)
        return false;
    bool ok = true;
    if (!db_rows(r)) {
        ok = error_set(err, ERROR_NOT_FOUND, "there is no batch %lld", (long long)batch);
        goto out;
    }
    text_copy(report->kind, sizeof report->kind, db_get_text(r, 0, 0));
    text_copy(report->source, sizeof report->source, db_get_text(r, 0, 1));
    if (db_get_text(r, 0, 2))
        ok = error_set(err, ERROR_CONFLICT, "batch %lld was undone on %s already; nothing was done",
                       (long long)batch, db_get_text(r, 0, 2));
    else if (!strcmp(report->source, IMPORT_OWN_SOURCE))
        ok = error_set(err, ERROR_CONFLICT,
                       "batch %lld is the product's own table of %s; it cannot be undone",
                       (long long)batch, report->kind);
    else if (!db_get_bool(r, 0, 3))
        ok = error_set(err, ERROR_CONFLICT,
                       "batch %lld can no longer be undone: what an import replaced is kept for %d "
                       "days, for the latest %d imports and up to %d rows",
                       (long long)batch, UNDO_KEEP_DAYS, UNDO_KEEP_BATCHES, UNDO_KEEP_ROWS);
out:
    db_done(r);
    return ok;
}

/* No later batch builds on it. */
static bool check_later(int64_t batch, struct db *db, struct error *err)
{
    struct db_result *r = db_run(db, SQL_import_undo_later.text, err, DB_ARGS(db_i64(batch)));
    if (!r)
        return false;
    int n = db_rows(r);
    if (n)
        error_fill(err, ERROR_CONFLICT,
                   "batch %lld cannot be undone before the later %s that build%s on it:",
                   (long long)batch, n == 1 ? "batch" : "batches", n == 1 ? "s" : "");
    for (int i = 0; i < n && i < LATER_NAMED_MAX; i++)
        error_append(err, "%s %lld (%s from %.40s)", i ? "," : "", (long long)db_get_i64(r, i, 0),
                     db_get_text(r, i, 1), db_get_text(r, i, 2));
    if (n > LATER_NAMED_MAX)
        error_append(err, " and %d more", n - LATER_NAMED_MAX);
    if (n)
        error_append(err, "; undo the newest first");
    db_done(r);
    return !n;
}

static bool count(int64_t *out, const struct sql *sql, struct db *db, struct error *err,
                  const struct db_value *values, int values_count)
{
    struct db_result *r = db_run(db, sql->text, err, values, values_count);
    if (!r)
        return false;
    *out = db_get_i64(r, 0, 0);
    db_done(r);
    return true;
}

static bool undo_in(struct undo_report *report, int64_t batch, const char *by, struct db *db,
                    struct error *err)
{
    if (!db_exec(db, SQL_import_undo_lock.text, err))
        return strcmp(db_sqlstate(db), "55P03") != 0
                   ? false
                   : error_set(err, ERROR_BUSY,
                               "an import is being published; nothing was undone, try again");
    return check_batch(report, batch, db, err) && check_later(batch, db, err) &&
           count(&report->removed, &SQL_import_undo_take_out, db, err, DB_ARGS(db_i64(batch))) &&
           count(&report->restored, &SQL_import_undo_put_back, db, err, DB_ARGS(db_i64(batch))) &&
           count(&report->atlas, &SQL_import_undo_done, db, err,
                 DB_ARGS(db_i64(batch), db_text(by)));
}

bool import_undo(struct undo_report *report, int64_t batch, const char *by, struct db *db,
                 struct error *err)
{
    *report = (struct undo_report){.removed = 0};
    if (!db_exec(db, "BEGIN", err))
        return false;
    if (undo_in(report, batch, by, db, err))
        return db_exec(db, "COMMIT", err);
    db_exec(db, "ROLLBACK", NULL);
    return false;
}
