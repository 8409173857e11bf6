/* DESIGN. Set-wise in temporary tables: rows that may need a link (stage_match) meet the facilities
 * of other sources by hash joins on numbers, company keys, doors (stage_pair); each pair is judged
 * once; rows of certain pairs take the key of the known facility before they are planned, so the
 * rest of the import knows nothing of matching. Normal forms are made in C, in ranges, and those of
 * facilities are kept (facility_match). Rejected: a join by distance over all facilities (a dense
 * industrial park gives thousands of pairs a row), and merging after the rows are written. Cost:
 * one query where only one source has facilities. */
#include "import/match.h"

#include "import/match_forms.h"
#include "import/merge.h"
#include "sql.h"

static bool find_pairs(struct import_run *run, struct error *err)
{
    struct db_value source = db_i64(run->source);
    return import_sql(NULL, run, &SQL_import_match_candidates, err,
                      DB_ARGS(source, db_i64(MATCH_CANDIDATES_MAX))) &&
           import_sql(NULL, run, &SQL_import_match_refused, err, DB_NONE) &&
           db_exec(run->db, "ANALYZE stage_pair", err) &&
           import_sql(NULL, run, &SQL_import_match_compare, err, DB_NONE) &&
           import_sql(NULL, run, &SQL_import_match_judge, err, DB_NONE) &&
           import_sql(NULL, run, &SQL_import_match_choose, err, DB_NONE) &&
           /* what is certain is known only now: without it the planner expects one row */
           db_exec(run->db, "ANALYZE stage_pair", err);
}

/* Certain pairs of two facilities that are both there already become one. */
static bool merge_known(struct import_run *run, struct error *err)
{
    int64_t pairs;
    if (!merge_begin(run, err) || !import_sql(&pairs, run, &SQL_import_match_merge, err, DB_NONE))
        return false;
    return !pairs ||
           (merge_apply(run, err) && import_sql(NULL, run, &SQL_import_match_merged, err, DB_NONE));
}

static bool link_rows(struct import_run *run, struct error *err)
{
    struct db_value batch = db_i64(run->batch);
    int64_t linked;
    if (!merge_known(run, err))
        return false;
    if (!import_sql(&linked, run, &SQL_import_match_same, err, DB_NONE))
        return false;
    return (!linked || import_sql(NULL, run, &SQL_import_match_upgrade, err, DB_ARGS(batch))) &&
           import_sql(NULL, run, &SQL_import_match_take, err, DB_NONE);
}

bool match_facilities(struct import_run *run, struct error *err)
{
    struct db_value source = db_i64(run->source), name = db_text(run->request->source);
    int64_t rows;
    run->matching = false;
    if (!import_count(&rows, run, &SQL_import_match_wanted, err, DB_ARGS(source)))
        return false;
    if (!rows)
        return true;
    if (!db_exec(run->db, SQL_import_match_stage.text, err) ||
        !import_sql(NULL, run, &SQL_import_match_apart, err, DB_ARGS(name)) ||
        !import_sql(NULL, run, &SQL_import_match_known, err, DB_NONE) ||
        !import_sql(NULL, run, &SQL_import_match_take, err, DB_NONE) ||
        !import_sql(&rows, run, &SQL_import_match_rows, err, DB_ARGS(source)))
        return false;
    run->matching = true;
    if (!rows)
        return true;
    return db_exec(run->db, "ANALYZE stage_match", err) && match_forms_facilities(run, err) &&
           match_forms_rows(run, err) && find_pairs(run, err) &&
           import_sql(NULL, run, &SQL_import_match_contrary, err, DB_ARGS(source, name)) &&
           import_sql(NULL, run, &SQL_import_match_sides, err, DB_NONE) && link_rows(run, err);
}

bool match_keep(struct import_run *run, struct error *err)
{
    struct db_value source = db_i64(run->source), batch = db_i64(run->batch);
    int64_t doubtful;
    if (!run->matching)
        return true;
    if (!import_sql(NULL, run, &SQL_import_match_remember, err, DB_ARGS(batch)) ||
        /* Without, the rows just written pass for one, and each is looked for among all. */
        (!run->analysed &&
         !db_exec(run->db,
                  "ANALYZE facility_record (facility_id, source_id, batch_id, ended_batch_id)",
                  err)) ||
        !import_sql(NULL, run, &SQL_import_match_records, err, DB_ARGS(source, batch)) ||
        !import_sql(NULL, run, &SQL_import_match_carry, err, DB_ARGS(batch)) ||
        !import_sql(&doubtful, run, &SQL_import_match_reviews, err,
                    DB_ARGS(batch, db_text(run->request->source), db_i64(MATCH_REVIEWS_MAX))))
        return false;
    import_remark(run, "doubtful matches, on the review list", (uint64_t)doubtful);
    return import_remarks(run, &SQL_import_match_remarks, err,
                          DB_ARGS(db_i64(MATCH_CANDIDATES_MAX), db_i64(MATCH_REVIEWS_MAX)));
}
