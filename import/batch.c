#include "import/batch.h"

#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"
#include "import/preview.h"
#include "import/record.h"
#include "import/undo.h"
#include "sql.h"

enum { VALUE_SHOWN_MAX = 200 /* characters, as the schema says */ };

/* Joins of a whole file stay in memory up to some hundred thousand rows: several times more than
 * requests, of which many run at once, may have. */
#define BEGIN_PUBLISHING "BEGIN; SET LOCAL work_mem = '64MB'"

/* The first characters of a value. */
static void add_value(struct buf *b, const char *text)
{
    size_t len = text ? strlen(text) : 0, at = 0;
    for (int i = 0; i < VALUE_SHOWN_MAX && at < len; i++)
        at += text_utf8_length(text + at, len - at);
    if (text)
        stage_bytes(b, text, at);
    else
        stage_null(b);
}

void batch_note(struct import_run *run, int column, const char *code, const char *reason, bool kept)
{
    struct buf *b = &run->stage.notes;
    const struct reader_header *header = reader_header(run->reader);
    bool known = column >= 0 && column < header->count;
    stage_i64(b, (int64_t)run->row->line);
    stage_text(b, known ? header->columns[column].text : NULL);
    add_value(b, known && column < run->row->count ? run->row->fields[column].text : NULL);
    stage_text(b, code);
    stage_text(b, reason);
    stage_bytes(b, run->raw.data, run->raw.len);
    stage_text(b, kept ? "t" : "f");
    stage_end(b);
    if (!kept)
        run->report->rows_rejected++;
    else if (!strcmp(code, "field_ignored"))
        run->noted_fields++;
    else if (strcmp(code, "geometry_closed") != 0)
        run->noted_places++;
    if (run->strict) { /* read by run.c for its error */
        buf_clear(&run->json);
        buf_text(&run->json, known ? header->columns[column].text : "");
        buf_text(&run->json, known ? ": " : "");
        buf_text(&run->json, reason);
    }
}

/* What of the file's geometry the importer takes. */
static enum import_geometry find_geometry(const struct import_run *run)
{
    static const char *const axes[] = {"lon", "lat", "x", "y"};
    const struct importer *importer = run->importer;
    bool point = false;
    if (!reader_header(run->reader)->geometry)
        return IMPORT_NO_GEOMETRY;
    if (importer->shapes || (importer->family && importer->family->geometry >= RECORD_LINE))
        return IMPORT_SHAPES;
    for (int f = 0; importer->kind.fields[f].name; f++)
        for (size_t a = 0; a < sizeof axes / sizeof *axes; a++)
            if (!strcmp(importer->kind.fields[f].name, axes[a])) {
                point = true;
                if (run->column[f] >= 0)
                    return IMPORT_NO_GEOMETRY; /* columns win: position.c */
            }
    return point ? IMPORT_POINTS : IMPORT_NO_GEOMETRY;
}

void batch_describe(struct import_run *run)
{
    struct buf b = {.max = 1 << 24};
    struct json j = {.out = &b};
    const struct reader_header *header = reader_header(run->reader);
    run->geometry = find_geometry(run);
    json_open(&j, NULL, '{');
    for (int f = 0; run->importer->kind.fields[f].name; f++)
        if (run->column[f] >= 0)
            json_text(&j, run->importer->kind.fields[f].name, header->columns[run->column[f]].text);
    for (int i = 0; i < run->request->map_count; i++)
        if (run->request->maps[i].constant) {
            buf_clear(&run->key);
            buf_format(&run->key, "--set %s", run->request->maps[i].field);
            json_text(&j, buf_string(&run->key), run->request->maps[i].column);
        }
    if (run->request->crs)
        json_text(&j, "--crs", run->request->crs);
    if (*header->encoding)
        json_text(&j, "--encoding", header->encoding);
    if (run->request->sheet)
        json_text(&j, "--sheet", run->request->sheet);
    if (run->geometry)
        json_text(&j, "--geometry", run->geometry == IMPORT_POINTS ? "points" : "shapes");
    json_int(&j, "--reader", BATCH_READER);
    json_open(&j, "--header", '[');
    for (int i = 0; i < header->count; i++)
        json_text(&j, NULL, header->columns[i].text);
    json_close(&j, ']');
    json_close(&j, '}');
    run->columns = mem_copy(buf_string(&b));
    buf_free(&b);
}

static bool find_batch(bool *same, const struct sql *sql, struct import_run *run, struct error *err)
{
    int64_t batch;
    if (!import_count(&batch, run, sql, err,
                      DB_ARGS(db_text(run->request->source), db_text(run->importer->kind.name),
                              db_text(run->sha256), db_text(run->columns))))
        return false;
    *same = batch != 0;
    if (*same)
        run->report->batch = batch;
    return true;
}

bool batch_same_file(bool *same, struct import_run *run, struct error *err)
{
    return find_batch(same, &SQL_import_same_file, run, err);
}

static char *remarks_json(const struct import_report *report)
{
    struct buf b = {.max = 1 << 16};
    struct json j = {.out = &b};
    json_open(&j, NULL, '{');
    for (int i = 0; i < report->remark_count; i++)
        json_int(&j, report->remarks[i].name, (int64_t)report->remarks[i].value);
    json_close(&j, '}');
    char *text = mem_copy(buf_string(&b));
    buf_free(&b);
    return text;
}

static bool take_reasons(struct import_run *run, struct error *err)
{
    struct db_result *r = db_run(run->db, SQL_import_reasons.text, err, DB_NONE);
    struct import_report *report = run->report;
    if (!r)
        return false;
    for (int i = 0; i < db_rows(r) && i < IMPORT_REASONS_MAX; i++) {
        struct import_reason *reason = &report->reasons[report->reason_count++];
        text_copy(reason->code, sizeof reason->code, db_get_text(r, i, 0));
        reason->rows = (uint64_t)db_get_i64(r, i, 1);
        text_copy(reason->example, sizeof reason->example, db_get_text(r, i, 2));
    }
    db_done(r);
    return true;
}

static void add_general_remarks(struct import_run *run)
{
    char names[48], name[64];
    int unused = columns_unused(names, sizeof names, run->column, reader_header(run->reader));
    import_remark(run, "fields ignored, rows kept", run->noted_fields);
    import_remark(run, "positions not accepted, rows kept", run->noted_places);
    text_copy(name, sizeof name, "columns not used: ");
    text_copy(name + strlen(name), sizeof name - strlen(name), names);
    import_remark(run, name, (uint64_t)unused);
    if (*reader_header(run->reader)->note) {
        text_copy(name, sizeof name, "layers not read: ");
        text_copy(name + strlen(name), sizeof name - strlen(name),
                  reader_header(run->reader)->note);
        import_remark(run, name, 1);
    }
}

static bool insert_batch(struct import_run *run, struct error *err)
{
    const struct import_report *r = run->report;
    char *remarks = remarks_json(r);
    bool ok = import_sql(
        NULL, run, &SQL_import_batch_insert, err,
        DB_ARGS(db_i64(run->batch), db_i64(run->source), db_text(run->importer->kind.name),
                db_text(run->request->name), db_i64((int64_t)run->file_bytes), db_text(run->sha256),
                db_text(*run->place.code ? run->place.code : NULL), db_text(run->columns),
                db_i64((int64_t)r->rows_read), db_i64((int64_t)r->rows_new),
                db_i64((int64_t)r->rows_changed), db_i64((int64_t)r->rows_unchanged),
                db_i64((int64_t)r->rows_repeated), db_i64((int64_t)r->rows_rejected),
                db_text(remarks), db_i64(run->started)));
    free(remarks);
    return ok &&
           import_sql(NULL, run, &SQL_import_rejected_insert, err, DB_ARGS(db_i64(run->batch)));
}

static bool publish_in(struct import_run *run, struct error *err)
{
    int64_t rejected;
    /* The wait for the lock may have been for this very file. */
    if (!db_exec(run->db, SQL_import_lock.text, err) ||
        !batch_same_file(&run->report->same_file, run, err))
        return false;
    bool dry = run->request->dry_run;
    if (run->report->same_file && !dry)
        return true;
    if (!import_count(&run->source, run, &SQL_import_source, err,
                      DB_ARGS(db_text(run->request->source))) ||
        !import_count(&run->batch, run, &SQL_import_batch_number, err, DB_NONE) ||
        (!dry && !undo_begin(run, err)) || !run->importer->publish(run, err))
        return false;
    /* Files of one source may take turns (counties, townships): one that brought nothing new and
     * was here before needs no second batch. */
    if (!dry && !run->report->rows_new && !run->report->rows_changed &&
        !find_batch(&run->report->same_file, &SQL_import_earlier_file, run, err))
        return false;
    if (run->report->same_file && !dry)
        return true;
    add_general_remarks(run);
    if (!import_count(&rejected, run, &SQL_import_rejected_count, err, DB_NONE) ||
        !take_reasons(run, err))
        return false;
    run->report->rows_rejected = (uint64_t)rejected;
    if (dry)
        return preview_fill(run, err);
    run->report->batch = run->batch;
    return insert_batch(run, err) && undo_end(run, err);
}

/* Part of the transaction, because afterwards a server may be making an index of the same table,
 * and passed over where it is. */
bool batch_statistics(struct import_run *run, struct error *err)
{
    if (run->analysed || run->request->dry_run ||
        (!run->report->rows_new && !run->report->rows_changed))
        return true;
    run->analysed = true;
    struct buf b = {.max = 1000};
    buf_format(&b, "ANALYZE (SKIP_LOCKED) %s", run->importer->grows);
    bool ok = db_exec(run->db, buf_string(&b), err);
    buf_free(&b);
    return ok;
}

bool batch_publish(struct import_run *run, struct error *err)
{
    if (!db_exec(run->db, BEGIN_PUBLISHING, err))
        return false;
    if (!publish_in(run, err)) {
        db_exec(run->db, "ROLLBACK", NULL);
        return false;
    }
    if (run->report->same_file || run->request->dry_run)
        return db_exec(run->db, "ROLLBACK", err);
    if (!batch_statistics(run, err)) {
        db_exec(run->db, "ROLLBACK", NULL);
        return false;
    }
    if (!db_exec(run->db, "COMMIT", err)) {
        error_append(err, "; run the import again: it goes on from what is stored");
        return false;
    }
    return true;
}
