#include "import/merge.h"

#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "import/facilities.h"
#include "sql.h"

bool merge_begin(struct import_run *run, struct error *err)
{
    return db_exec(run->db, SQL_merge_stage.text, err);
}

bool merge_apply(struct import_run *run, struct error *err)
{
    struct db_value batch = db_i64(run->batch);
    if (!import_sql(NULL, run, &SQL_merge_order, err, DB_NONE) ||
        !db_exec(run->db, "ANALYZE stage_merge", err) ||
        !import_sql(NULL, run, &SQL_merge_same, err, DB_ARGS(batch)) ||
        !import_sql(NULL, run, &SQL_merge_records, err, DB_NONE) ||
        !import_sql(NULL, run, &SQL_merge_holdings, err, DB_NONE) ||
        !import_sql(NULL, run, &SQL_merge_names, err, DB_NONE))
        return false;
    /* After the names were kept, before the numbers are the winner's: a number in place of a name
     * is known by the facility's own numbers. */
    return import_sql(NULL, run, &SQL_merge_fill, err, DB_ARGS(batch)) &&
           import_sql(NULL, run, &SQL_merge_numbers, err, DB_NONE) &&
           import_sql(NULL, run, &SQL_merge_delete, err, DB_NONE);
}

bool merge_two(int64_t one, int64_t other, const char *rule, double confidence,
               struct import_run *run, struct error *err)
{
    if (!merge_begin(run, err) ||
        !import_sql(NULL, run, &SQL_merge_pair, err,
                    DB_ARGS(db_i64(one), db_i64(other), db_text(rule), db_f64(confidence))))
        return false;
    struct db_result *r = db_run(run->db, SQL_merge_conflict.text, err, DB_NONE);
    if (!r)
        return false;
    bool ok = !db_rows(r) || error_set(err, ERROR_CONFLICT,
                                       "the source %s lists both, as two facilities: they cannot "
                                       "be made one while it does",
                                       db_get_text(r, 0, 0));
    db_done(r);
    return ok && merge_apply(run, err);
}

/* Normal forms are made in C (gis/text.h). */
static bool write_search_key(int64_t facility, struct import_run *run, struct error *err)
{
    struct db_result *r = db_run(run->db, SQL_part_search.text, err, DB_ARGS(db_i64(facility)));
    if (!r)
        return false;
    struct buf key = {.max = 1 << 20}, names = {.max = 1 << 20};
    bool found = db_rows(r) == 1;
    if (found) {
        facility_search_key(&key, db_get_text(r, 0, 0), db_get_text(r, 0, 1), NULL, NULL, NULL,
                            db_get_text(r, 0, 2));
        facility_search_key(&names, db_get_text(r, 0, 4), NULL, NULL, NULL, NULL, NULL);
        for (const char *at = db_get_text(r, 0, 3); at && *at;) { /* numbers, blank between */
            size_t len = strcspn(at, " ");
            char *number = mem_copy_n(at, len);
            struct buf one = {.max = 1 << 10};
            facility_search_key(&one, number, NULL, NULL, NULL, NULL, NULL);
            buf_char(&key, ' ');
            buf_text(&key, buf_string(&one));
            buf_free(&one);
            free(number);
            at += len + (at[len] == ' ');
        }
        if (names.len) {
            buf_char(&key, ' ');
            buf_add(&key, names.data, names.len);
        }
    }
    db_done(r);
    bool ok = !found || import_sql(NULL, run, &SQL_part_search_update, err,
                                   DB_ARGS(db_i64(facility), db_text(buf_string(&key))));
    buf_free(&key);
    buf_free(&names);
    return ok;
}

/* What a facility says of itself, from what its sources say now. */
static bool rebuild(int64_t facility, struct import_run *run, struct error *err)
{
    int64_t rebuilt;
    if (!import_sql(&rebuilt, run, &SQL_part_rebuild, err,
                    DB_ARGS(db_i64(facility), db_i64(run->batch))))
        return false;
    return !rebuilt ||
           (write_search_key(facility, run, err) && facilities_recheck_one(facility, run, err));
}

static bool move(int64_t apart, const struct merge_part *p, struct import_run *run,
                 struct error *err)
{
    struct db_value from = db_i64(p->facility), to = db_i64(apart), key = db_text(p->key);
    return db_exec(run->db, SQL_part_keys.text, err) &&
           import_sql(NULL, run, &SQL_part_keys_fill, err, DB_ARGS(key)) &&
           import_sql(NULL, run, &SQL_part_records, err, DB_ARGS(from, to, key)) &&
           import_sql(NULL, run, &SQL_part_holdings, err, DB_ARGS(from, to, key)) &&
           import_sql(NULL, run, &SQL_part_numbers, err, DB_ARGS(to, key)) &&
           import_sql(NULL, run, &SQL_part_names, err, DB_ARGS(to, key)) &&
           import_sql(NULL, run, &SQL_part_numbers_gone, err, DB_ARGS(from, to, key)) &&
           import_sql(NULL, run, &SQL_part_names_gone, err, DB_ARGS(from, to, key)) &&
           import_sql(NULL, run, &SQL_part_restore, err, DB_ARGS(from, key, db_i64(run->batch))) &&
           import_sql(NULL, run, &SQL_part_same, err, DB_ARGS(key));
}

bool merge_part(const struct merge_part *part, struct import_run *run, struct error *err)
{
    int64_t apart;
    return import_count(&apart, run, &SQL_part_facility, err,
                        DB_ARGS(db_text(part->key), db_text(part->name), db_i64(run->source),
                                db_i64(run->batch))) &&
           move(apart, part, run, err) && rebuild(part->facility, run, err) &&
           rebuild(apart, run, err);
}
