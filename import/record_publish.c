#include "import/record.h"
#include "sql.h"

/* What the family refuses, then lines and areas made whole. */
static bool prepare(struct import_run *run, struct error *err)
{
    const struct record_family *family = run->importer->family;
    bool shapes = family->geometry >= RECORD_LINE;
    if (!db_exec(run->db, "CREATE UNIQUE INDEX ON stage_record (line); ANALYZE stage_record", err))
        return false;
    if (shapes && (!import_sql(NULL, run, &SQL_import_record_repaired, err, DB_NONE) ||
                   !import_sql(NULL, run, &SQL_import_record_shapes, err,
                               DB_ARGS(db_text(family->geometry == RECORD_LINE   ? "1"
                                               : family->geometry == RECORD_AREA ? "2"
                                                                                 : NULL)))))
        return false;
    return (!family->judge ||
            import_sql(NULL, run, family->judge, err, DB_ARGS(db_i64(run->source)))) &&
           import_sql(NULL, run, &SQL_import_record_drop, err, DB_NONE);
}

static bool plan(struct import_run *run, struct error *err)
{
    return import_sql(NULL, run, &SQL_import_record_plan, err,
                      DB_ARGS(db_text(run->importer->kind.name), db_i64(run->source))) &&
           db_exec(run->db, "ANALYZE stage_plan", err) &&
           import_sql(NULL, run, &SQL_import_record_duplicates, err, DB_NONE) &&
           import_count_rows(run, &SQL_import_record_counts, err);
}

static bool write_changes(struct import_run *run, struct error *err)
{
    struct db_value kind = db_text(run->importer->kind.name), source = db_i64(run->source),
                    batch = db_i64(run->batch);
    return import_sql(NULL, run, &SQL_import_record_places, err, DB_NONE) &&
           db_exec(run->db, "ANALYZE stage_place", err) &&
           import_sql(NULL, run, &SQL_import_place_check, err, DB_NONE) &&
           (!run->report->rows_changed ||
            import_sql(NULL, run, &SQL_import_record_end, err, DB_ARGS(batch))) &&
           import_sql(NULL, run, &SQL_import_record_insert, err, DB_ARGS(kind, source, batch));
}

bool record_publish(struct import_run *run, struct error *err)
{
    const struct record_family *family = run->importer->family;
    if (!prepare(run, err) || !plan(run, err))
        return false;
    bool any = run->report->rows_new || run->report->rows_changed;
    if (any && !write_changes(run, err))
        return false;
    if (any && family->after && !family->after(run, err))
        return false;
    import_remark(run, "rings closed (their ends did not meet)", run->rings_closed);
    return import_remarks(run, &SQL_import_record_remarks, err,
                          DB_ARGS(db_text(run->importer->kind.name), db_i64(run->source)));
}

bool record_recheck(int64_t *changed, struct import_run *run, struct error *err)
{
    return db_exec(run->db, SQL_import_recheck_stage.text, err) &&
           import_sql(NULL, run, &SQL_import_record_recheck_places, err, DB_NONE) &&
           db_exec(run->db, "ANALYZE stage_place", err) &&
           import_sql(NULL, run, &SQL_import_place_check, err, DB_NONE) &&
           import_count(changed, run, &SQL_import_record_recheck_count, err, DB_NONE) &&
           (!*changed || import_sql(NULL, run, &SQL_import_record_recheck_update, err, DB_NONE));
}
