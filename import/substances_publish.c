/* DESIGN. Sources tell different things of a substance: one its names, one its NFPA ratings, one
 * its GHS classes, and where two tell the same they may differ. So each row is kept as that
 * source's record (substance_record), and table substance is made of all records that hold: of
 * hazards the higher, of everything else the word of the source that came first. A file replaces
 * only the fields that it has columns for. Nothing that one source says is lost because another
 * said something. */
#include "import/substances.h"

#include <string.h>

#include "import/link.h"
#include "sql.h"

/* The fields that the file has columns for, as an array of the names in substance_record.fields
 * and, for names, of languages. */
static void write_covered(struct buf *out, const struct import_run *run)
{
    buf_char(out, '{');
    for (int i = 0; run->importer->kind.fields[i].name; i++) {
        const char *name = run->importer->kind.fields[i].name;
        if (run->column[i] < 0 || !strcmp(name, "cas"))
            continue;
        buf_text(out, out->len > 1 ? "," : "");
        buf_text(out, strcmp(name, "source") ? name : "citation");
        if (!strcmp(name, "name_zh") || !strcmp(name, "synonyms_zh"))
            buf_text(out, ",zh");
        if (!strcmp(name, "name_en") || !strcmp(name, "synonyms_en"))
            buf_text(out, ",en");
    }
    buf_char(out, '}');
}

static bool plan(struct import_run *run, struct error *err)
{
    struct buf covered = {.max = 4000};
    write_covered(&covered, run);
    const struct db_value source = db_i64(run->source), batch = db_i64(run->batch),
                          fields = db_text(buf_string(&covered));
    bool ok =
        import_sql(NULL, run, &SQL_import_substances_identify, err, DB_NONE) &&
        import_sql(NULL, run, &SQL_import_substances_refuse, err, DB_NONE) &&
        import_sql(NULL, run, &SQL_import_substances_plan, err, DB_ARGS(source, fields)) &&
        import_sql(NULL, run, &SQL_import_substances_fewer, err, DB_ARGS(source, batch, fields));
    buf_free(&covered);
    return ok;
}

static bool merge(struct import_run *run, struct error *err)
{
    const struct db_value source = db_i64(run->source), batch = db_i64(run->batch);
    return import_sql(NULL, run, &SQL_import_substances_records_end, err, DB_ARGS(batch)) &&
           import_sql(NULL, run, &SQL_import_substances_records, err, DB_ARGS(source, batch)) &&
           import_sql(NULL, run, &SQL_import_substances_merge, err, DB_ARGS(batch)) &&
           import_sql(NULL, run, &SQL_import_substances_update, err, DB_NONE) &&
           import_sql(NULL, run, &SQL_import_substances_insert, err, DB_NONE) &&
           import_sql(NULL, run, &SQL_import_substances_names_gone, err, DB_NONE) &&
           import_sql(NULL, run, &SQL_import_substances_names, err, DB_NONE);
}

bool substances_publish(struct import_run *run, struct error *err)
{
    int64_t relinked;
    if (!plan(run, err) || !import_count_rows(run, &SQL_import_substances_counts, err))
        return false;
    if (!run->report->rows_new && !run->report->rows_changed)
        return true;
    if (!merge(run, err) || !link_all_holdings(&relinked, run->batch, run->db, err))
        return false;
    import_remark(run, "stored holdings linked anew", (uint64_t)relinked);
    return import_remarks(run, &SQL_import_substances_remarks, err, DB_NONE);
}
