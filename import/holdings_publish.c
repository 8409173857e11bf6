#include "import/holdings.h"

#include <stdio.h>
#include <string.h>

#include "gis/text.h"
#include "import/link.h"
#include "import/match.h"
#include "sql.h"

/* Facilities of the file: known by number, or made. */
static bool publish_facilities(struct import_run *run, struct error *err)
{
    int64_t fresh;
    struct db_value name = db_text(run->request->source);
    if (!import_sql(NULL, run, &SQL_import_match_holdings_apart, err, DB_ARGS(name)) ||
        !import_sql(NULL, run, &SQL_import_holdings_facilities, err, DB_NONE) ||
        !db_exec(run->db, "ANALYZE stage_known", err) ||
        !import_count(&fresh, run, &SQL_import_holdings_facilities_fresh, err, DB_NONE))
        return false;
    import_remark(run, "facilities known only from holdings", (uint64_t)fresh);
    if (fresh && (!import_sql(NULL, run, &SQL_import_holdings_facilities_insert, err,
                              DB_ARGS(db_i64(run->source), db_i64(run->batch))) ||
                  !import_sql(NULL, run, &SQL_import_holdings_facilities_numbers, err, DB_NONE)))
        return false;
    return match_holdings(run, err);
}

/* What the file calls substances, and which they are. */
static bool link_file(struct import_run *run, struct error *err)
{
    struct link_names names = {.count = 0};
    bool ok = db_copy_out(run->db,
                          "COPY (SELECT DISTINCT reported_cas, reported_code, reported_name,"
                          " reported_name_en FROM stage_holding) TO STDOUT (FORMAT binary)",
                          link_take, &names, err) &&
              link_resolve(&names, run->db, err);
    link_names_free(&names);
    return ok;
}

static bool plan(struct import_run *run, struct error *err)
{
    struct import_report *report = run->report;
    int64_t repeated;
    if (!import_sql(NULL, run, &SQL_import_holdings_plan, err, DB_ARGS(db_i64(run->source))) ||
        !db_exec(run->db, "ANALYZE stage_plan", err) ||
        !import_count(&repeated, run, &SQL_import_holdings_repeated, err, DB_NONE) ||
        !import_sql(NULL, run, &SQL_import_holdings_duplicates, err, DB_NONE))
        return false;
    struct db_result *r = db_run(run->db, SQL_import_holdings_counts.text, err, DB_NONE);
    if (!r)
        return false;
    report->rows_repeated = (uint64_t)repeated;
    report->rows_new = (uint64_t)db_get_i64(r, 0, 0);
    report->rows_changed = (uint64_t)db_get_i64(r, 0, 1);
    report->rows_unchanged = (uint64_t)db_get_i64(r, 0, 2);
    db_done(r);
    return true;
}

/* The names that most holdings are not linked for, a remark each. */
static bool remark_unlinked(struct import_run *run, struct error *err)
{
    struct db_result *r = db_run(run->db, SQL_import_holdings_unlinked.text, err, DB_NONE);
    if (!r)
        return false;
    for (int i = 0; i < db_rows(r); i++) {
        char name[64] = "not linked: ";
        text_copy(name + strlen(name), sizeof name - strlen(name), db_get_text(r, i, 0));
        import_remark(run, name, (uint64_t)db_get_i64(r, i, 1));
    }
    db_done(r);
    return true;
}

/* Rows that name several substances: a holding for each. */
static bool publish_parts(struct import_run *run, struct error *err)
{
    int64_t mixed;
    if (!import_count(&mixed, run, &SQL_import_holdings_mixed, err, DB_NONE))
        return false;
    return !mixed || import_sql(NULL, run, &SQL_import_link_parts, err, DB_NONE);
}

static bool put_to_review(struct import_run *run, struct error *err)
{
    int64_t open;
    if (!link_put_to_review(&open, run->batch, run->db, err))
        return false;
    import_remark(run, "names of substances waiting for review", (uint64_t)open);
    return true;
}

bool holdings_publish(struct import_run *run, struct error *err)
{
    const struct import_report *report = run->report;
    struct db_value source = db_i64(run->source), batch = db_i64(run->batch);
    if (!db_exec(run->db, "CREATE UNIQUE INDEX ON stage_holding (line); ANALYZE stage_holding",
                 err) ||
        !publish_facilities(run, err) || !link_file(run, err) || !plan(run, err))
        return false;
    if (report->rows_new &&
        !import_sql(NULL, run, &SQL_import_holdings_insert, err, DB_ARGS(source, batch)))
        return false;
    if (report->rows_changed &&
        (!import_sql(NULL, run, &SQL_import_holdings_parts_gone, err, DB_NONE) ||
         !import_sql(NULL, run, &SQL_import_holdings_update, err, DB_ARGS(batch))))
        return false;
    return import_sql(NULL, run, &SQL_import_holdings_aside, err, DB_NONE) &&
           publish_parts(run, err) && match_holdings_keep(run, err) &&
           import_sql(NULL, run, &SQL_import_holdings_notes, err, DB_NONE) &&
           import_remarks(run, &SQL_import_holdings_remarks, err, DB_NONE) &&
           remark_unlinked(run, err) && put_to_review(run, err);
}
