#include "import/facilities.h"

#include <string.h>

#include "import/batch.h"
#include "import/borders.h"
#include "import/bulk.h"
#include "import/known.h"
#include "import/match.h"
#include "sql.h"

/* Statements that would change nothing are not sent: their triggers would raise the atlas number.
 */
static bool publish_operators(struct import_run *run, struct error *err)
{
    int64_t named, changed;
    if (!import_sql(&named, run, &SQL_import_operators_plan, err, DB_NONE))
        return false;
    if (!named)
        return true;
    if (!db_exec(run->db, "ANALYZE stage_operator", err) ||
        !import_count(&changed, run, &SQL_import_operators_changed, err, DB_NONE))
        return false;
    return bulk_insert(NULL, run, &SQL_import_operators_insert, "operator", err, DB_NONE) &&
           (!changed || import_sql(NULL, run, &SQL_import_operators_update, err, DB_NONE));
}

/* One facility under two numbers becomes one. */
static bool unite_numbers(struct import_run *run, struct error *err)
{
    int64_t numbered, upgrades;
    if (!import_count(&numbered, run, &SQL_import_facilities_numbered, err, DB_NONE))
        return false;
    if (!numbered)
        return true;
    if (!import_sql(NULL, run, &SQL_import_facilities_same_number, err, DB_NONE) ||
        !import_count(&upgrades, run, &SQL_import_facilities_upgrade_count, err, DB_NONE))
        return false;
    return !upgrades ||
           import_sql(NULL, run, &SQL_import_facilities_upgrade, err, DB_ARGS(db_i64(run->batch)));
}

struct counts {
    int64_t fresh, joined, changed; /* facilities */
};

/* Rows of the same facility in the file; *repeated = those that say the same. */
static bool find_repeated(int64_t *repeated, struct import_run *run, int64_t planned,
                          struct error *err)
{
    *repeated = 0;
    uint64_t staged = run->report->rows_read - run->report->rows_rejected - known_seen(run->known) -
                      known_again(run->known);
    if ((uint64_t)planned == staged)
        return true; /* one row each */
    return import_sql(NULL, run, &SQL_import_facilities_duplicates, err, DB_NONE) &&
           import_count(repeated, run, &SQL_import_facilities_repeated, err, DB_NONE);
}

/* Fails where rows were left out that have to be compared after all; the import then runs again. */
static bool rest_on_known(struct import_run *run, struct error *err)
{
    bool hold;
    if (!known_hold(&hold, run->known, run->db, err))
        return false;
    run->again = !hold;
    return hold || error_set(err, ERROR_CONFLICT, "the rows of the file contradict each other");
}

static bool plan(struct counts *n, struct import_run *run, struct error *err)
{
    int64_t planned, repeated;
    if (!db_exec(run->db, "ANALYZE stage_facility (line, facility_key, factory_no)", err) ||
        !unite_numbers(run, err) || !match_facilities(run, err) ||
        !import_sql(&planned, run, &SQL_import_facilities_plan, err,
                    DB_ARGS(db_i64(run->source))) ||
        !db_exec(run->db, "ANALYZE stage_plan", err) || !rest_on_known(run, err) ||
        !find_repeated(&repeated, run, planned, err))
        return false;
    struct db_result *r = db_run(run->db, SQL_import_facilities_counts.text, err, DB_NONE);
    if (!r)
        return false;
    struct import_report *report = run->report;
    report->rows_repeated = (uint64_t)repeated + known_again(run->known);
    report->rows_new = (uint64_t)db_get_i64(r, 0, 0);
    report->rows_changed = (uint64_t)db_get_i64(r, 0, 1);
    report->rows_unchanged = (uint64_t)db_get_i64(r, 0, 2) + known_seen(run->known);
    *n = (struct counts){.changed = db_get_i64(r, 0, 1),
                         .joined = db_get_i64(r, 0, 3),
                         .fresh = db_get_i64(r, 0, 4)};
    db_done(r);
    import_remark(run, "facilities known already from another source", (uint64_t)n->joined);
    return true;
}

/* Positions that borders.c did not settle. */
static bool judge_places(struct import_run *run, struct error *err)
{
    bool hold;
    int64_t places;
    if (!borders_hold(&hold, run->borders, run->db, err) ||
        (!hold && !import_sql(NULL, run, &SQL_import_facilities_forget, err, DB_NONE)) ||
        !import_sql(&places, run, &SQL_import_facilities_places, err, DB_NONE))
        return false;
    return !places || (db_exec(run->db, "ANALYZE stage_place", err) &&
                       import_sql(NULL, run, &SQL_import_place_check, err, DB_NONE));
}

static bool write_changes(struct import_run *run, const struct counts *n, struct error *err)
{
    struct db_value source = db_i64(run->source), batch = db_i64(run->batch);
    if (!judge_places(run, err) || !publish_operators(run, err))
        return false;
    if (n->fresh && (!bulk_insert(NULL, run, &SQL_import_facilities_insert, "facility", err,
                                  DB_ARGS(source, batch)) ||
                     !bulk_insert(NULL, run, &SQL_import_facilities_numbers, NULL, err, DB_NONE)))
        return false;
    if ((n->joined || n->changed) &&
        (!import_sql(NULL, run, &SQL_import_facilities_aliases, err, DB_NONE) ||
         !import_sql(NULL, run, &SQL_import_facilities_update, err, DB_ARGS(source, batch)) ||
         !import_sql(NULL, run, &SQL_import_facilities_numbers_more, err, DB_NONE)))
        return false;
    if (n->changed &&
        (!import_sql(NULL, run, &SQL_import_facilities_numbers_gone, err, DB_ARGS(source)) ||
         !import_sql(NULL, run, &SQL_import_facilities_records_end, err, DB_ARGS(batch))))
        return false;
    return bulk_insert(NULL, run, &SQL_import_facilities_records, NULL, err,
                       DB_ARGS(source, batch));
}

bool facilities_publish(struct import_run *run, struct error *err)
{
    struct counts n;
    int64_t zones;
    if (!plan(&n, run, err))
        return false;
    if ((n.fresh || n.joined || n.changed) && !write_changes(run, &n, err))
        return false;
    if (!batch_statistics(run, err) || !match_keep(run, err))
        return false;
    if (!import_sql(&zones, run, &SQL_import_facilities_zone, err, DB_NONE))
        return false;
    run->noted_places += (uint64_t)zones;
    return import_remarks(run, &SQL_import_facilities_remarks, err, DB_NONE);
}
