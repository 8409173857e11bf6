#include "import/whole.h"

#include <stdio.h>

#include "sql.h"

bool whole_begin(struct import_run *run, struct error *err)
{
    (void)err;
    run->strict = true;
    return true;
}

static bool check_twice(struct import_run *run, struct error *err)
{
    struct db_result *r = db_run(run->db, SQL_import_whole_twice.text, err, DB_NONE);
    if (!r)
        return false;
    if (db_rows(r))
        error_fill(err, ERROR_INPUT,
                   "%s: lines %lld and %lld are about the same entry and say different things; "
                   "nothing was imported",
                   run->request->name, (long long)db_get_i64(r, 0, 0),
                   (long long)db_get_i64(r, 0, 1));
    bool ok = !db_rows(r);
    db_done(r);
    return ok;
}

static bool count_used(int64_t *used, struct import_run *run, struct error *err)
{
    return import_count(used, run, &SQL_import_whole_used, err,
                        DB_ARGS(db_text(run->importer->kind.name)));
}

static bool check_part(struct import_run *run, int64_t before, struct error *err)
{
    int64_t after, told;
    if (!count_used(&after, run, err) ||
        !import_count(&told, run, &SQL_import_whole_told, err, DB_NONE))
        return false;
    if (told || after * 10 >= before * 9)
        return true;
    return error_set(
        err, ERROR_INPUT,
        "%s: it would leave %lld entries in use, where there are %lld now: a part of a "
        "table does not take the place of a whole one. Import the whole table, or set "
        "use to yes (use it all the same) or to no (keep it and do not use it)",
        run->request->name, (long long)after, (long long)before);
}

bool whole_publish(struct import_run *run, struct error *err)
{
    int64_t before, ended;
    struct db_value kind = db_text(run->importer->kind.name), source = db_i64(run->source);
    if (!check_twice(run, err) || !count_used(&before, run, err) || !record_publish(run, err) ||
        !import_sql(&ended, run, &SQL_import_whole_end, err,
                    DB_ARGS(kind, source, db_i64(run->batch))))
        return false;
    run->report->rows_changed += (uint64_t)ended;
    import_remark(run, "rows of the former table that this one has no more", (uint64_t)ended);
    return check_part(run, before, err) &&
           import_remarks(run, &SQL_import_whole_remarks, err, DB_ARGS(kind, source));
}
