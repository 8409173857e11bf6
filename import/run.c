/* DESIGN. A file goes: SHA-256 → fenced child (reader.h) → importer's row function → COPY into
 * temporary tables, all outside a transaction; then one transaction under one advisory lock
 * compares the temporary tables with what is stored, writes only what differs, the batch and the
 * rejected rows, and commits. What dies before that commit leaves nothing: temporary tables end
 * with the connection. One lock for all kinds, not one a kind: holdings make facilities, substances
 * link holdings and areas check positions, and publishing is short. */
#include "import/run.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "gis/clock.h"
#include "gis/mem.h"
#include "gis/text.h"
#include "import/batch.h"
#include "import/borders.h"
#include "import/known.h"
#include "import/value.h"
#include "sql.h"

enum { TELL_MS = 100, ROWS_BETWEEN_CLOCKS = 64 };

static const struct importer *find_importer(const char *kind, struct error *err)
{
    for (int i = 0; importers[i]; i++)
        if (!strcmp(importers[i]->kind.name, kind))
            return importers[i];
    error_fill(err, ERROR_INPUT, "there is no import of \"%.40s\"; there are ", kind);
    for (int i = 0; importers[i]; i++)
        error_append(err, "%s%s", i ? ", " : "", importers[i]->kind.name);
    return NULL;
}

static bool tell(struct import_run *run, const char *stage, uint64_t offset, struct error *err)
{
    const struct import_request *q = run->request;
    struct import_progress p = {.stage = stage,
                                .rows = run->report->rows_read,
                                .bytes = offset,
                                .bytes_total = run->file_bytes,
                                .rejected = run->report->rows_rejected};
    if (!q->tell || q->tell(q->ctx, &p))
        return true;
    return error_set(err, ERROR_CONFLICT, "the import was cancelled; nothing was imported");
}

/* The numbers as given, in the file's CRS; null for what is no point. */
static void add_point(struct json *j, const struct import_run *run)
{
    const struct reader_row *row = run->row;
    double at[2];
    bool point = row->wkb && place_from_wkb(&at[0], &at[1], row->wkb, row->wkb_len);
    for (int i = row->count; i < reader_header(run->reader)->count; i++)
        json_null(j, NULL);
    for (int i = 0; i < 2; i++)
        if (point && isfinite(at[i])) {
            char text[32];
            snprintf(text, sizeof text, "%.15g", at[i]);
            json_text(j, NULL, text);
        } else {
            json_null(j, NULL);
        }
}

static void build_raw(struct import_run *run)
{
    buf_clear(&run->raw);
    struct json j = {.out = &run->raw};
    json_open(&j, NULL, '[');
    for (int i = 0; i < run->row->count; i++)
        if (run->row->fields[i].text)
            json_text_n(&j, NULL, run->row->fields[i].text, run->row->fields[i].len);
        else
            json_null(&j, NULL);
    if (run->geometry == IMPORT_POINTS)
        add_point(&j, run);
    json_close(&j, ']');
    buf_string(&run->raw);
}

/* One row as the reader gave it. */
static bool take_row(struct import_run *run, bool bad, struct error *err)
{
    run->report->rows_read++;
    build_raw(run);
    if (bad)
        batch_note(run, run->row->column, run->row->code, run->row->reason, false);
    else
        run->importer->row(run);
    if (run->strict && (run->report->rows_rejected || run->noted_fields || run->noted_places))
        return error_set(err, ERROR_INPUT, "%s, line %llu: %.*s; nothing was imported",
                         run->request->name, (unsigned long long)run->row->line, (int)run->json.len,
                         buf_string(&run->json));
    return stage_send(&run->stage, err);
}

static bool read_rows(struct import_run *run, struct error *err)
{
    struct reader_row *row = &run->present;
    int64_t told = clock_ms();
    run->row = row;
    for (;;) {
        enum reader_got got = reader_next(row, run->reader, err);
        if (got == READER_FAILED)
            return false;
        if (got == READER_END)
            break;
        if (got != READER_IDLE && !take_row(run, got == READER_BAD, err))
            return false;
        if (got == READER_IDLE || run->report->rows_read % ROWS_BETWEEN_CLOCKS == 0) {
            int64_t now = clock_ms();
            if (now - told < TELL_MS)
                continue;
            told = now;
            if (!tell(run, "reading", row->offset, err))
                return false;
        }
    }
    run->row = NULL;
    if (!run->report->rows_read)
        return error_set(err, ERROR_INPUT, "the file has a header and no rows");
    return stage_finish(&run->stage, err) && tell(run, "checking", run->file_bytes, err);
}

static int64_t modified(const struct stat *s)
{
    return (int64_t)s->st_mtim.tv_sec * 1000000000 + s->st_mtim.tv_nsec;
}

/* Everything between the header and the commit. */
static bool load_and_publish(struct import_run *run, struct error *err)
{
    if (run->importer->begin && !run->importer->begin(run, err))
        return false;
    batch_describe(run);
    if (!batch_same_file(&run->report->same_file, run, err))
        return false;
    if (run->report->same_file && !run->request->dry_run)
        return true;
    run->staged = true;
    if (!db_exec(run->db, SQL_import_stage_note.text, err) ||
        !db_exec(run->db, run->importer->stage->text, err))
        return false;
    stage_open(&run->stage, run->db, run->importer->copy);
    bool ok = read_rows(run, err);
    stage_close(&run->stage);
    if (!ok)
        return false;
    struct stat s;
    if (fstat(run->request->fd, &s) || (uint64_t)s.st_size != run->file_bytes ||
        modified(&s) != run->file_modified)
        return error_set(err, ERROR_CONFLICT,
                         "the file changed while it was read; nothing was imported");
    return tell(run, "publishing", run->file_bytes, err) && batch_publish(run, err);
}

/* A file of several parts is the same file only where all of them are. */
static bool add_parts(struct import_run *run, struct error *err)
{
    struct sha256 s;
    char hex[SHA256_HEX];
    unsigned char digest[SHA256_BYTES];
    if (!run->request->part_count)
        return true;
    sha256_begin(&s);
    sha256_add(&s, run->sha256, strlen(run->sha256));
    for (int i = 0; i < run->request->part_count; i++) {
        const struct import_part *part = &run->request->parts[i];
        if (!sha256_file(hex, part->fd, err))
            return false;
        sha256_add(&s, part->ending, strlen(part->ending));
        sha256_add(&s, hex, strlen(hex));
    }
    sha256_end(digest, &s);
    sha256_hex(run->sha256, digest, SHA256_BYTES);
    return true;
}

static bool open_file(struct import_run *run, struct error *err)
{
    struct stat s;
    const struct import_request *q = run->request;
    if (fstat(q->fd, &s) || !S_ISREG(s.st_mode))
        return error_set(err, ERROR_INPUT, "%.100s is not a regular file", q->name);
    run->file_bytes = (uint64_t)s.st_size;
    run->file_modified = modified(&s);
    if (!sha256_file(run->sha256, q->fd, err) || !add_parts(run, err))
        return false;
    struct reader_how how = {.encoding = q->encoding,
                             .sheet = q->sheet,
                             .kind = &run->importer->kind,
                             .maps = q->maps,
                             .map_count = q->map_count,
                             .parts = q->parts,
                             .part_count = q->part_count};
    run->reader = reader_open(q->fd, q->name, &how, err);
    if (!run->reader || !columns_map(run->column, &run->importer->kind, reader_header(run->reader),
                                     q->maps, q->map_count, err))
        return false;
    for (int i = 0; i < q->map_count; i++)
        for (int f = 0; q->maps[i].constant && run->importer->kind.fields[f].name; f++)
            if (!strcmp(run->importer->kind.fields[f].name, q->maps[i].field))
                run->constant[f] = q->maps[i].column;
    return true;
}

static void add_taken(struct import_report *report, const char *name, const char *value,
                      const char *why)
{
    if (report->taken_count == IMPORT_TAKEN_MAX)
        return;
    struct import_taken *t = &report->taken[report->taken_count++];
    text_copy(t->name, sizeof t->name, name);
    text_copy(t->value, sizeof t->value, value);
    text_copy(t->why, sizeof t->why, why);
}

/* What the file was understood as, and why. */
static void tell_taken(struct import_run *run)
{
    struct import_report *report = run->report;
    const struct reader_header *header = reader_header(run->reader);
    text_copy(report->encoding, sizeof report->encoding, header->encoding);
    for (int i = 0; i < header->note_count; i++)
        add_taken(report, header->notes[i].name, header->notes[i].value, header->notes[i].why);
    text_copy(report->crs, sizeof report->crs, run->place.code);
    if (*run->place.code)
        add_taken(report, "crs", run->place.code,
                  run->request->crs ? "as told"
                  : *run->place.why ? run->place.why
                  : *header->crs    ? "the file says so"
                                    : "the file does not say; this is usual for its format");
}

enum how { HOW_STRICT = 1, HOW_ALL = 2 };

static bool run_import(struct import_report *report, const struct import_request *request,
                       struct db *db, enum how how, struct error *err)
{
    *report = (struct import_report){.batch = 0};
    struct import_run run = {.request = request,
                             .report = report,
                             .db = db,
                             .strict = (how & HOW_STRICT) != 0,
                             .all = (how & HOW_ALL) != 0,
                             .started = time(NULL)};
    run.raw.max = 4 * (size_t)READER_COLUMNS_MAX * 16384;
    run.importer = find_importer(request->kind, err);
    if (!run.importer || !import_check_source(request->source, err))
        return false;
    bool ok = open_file(&run, err) && load_and_publish(&run, err);
    if (ok)
        tell_taken(&run);
    reader_close(run.reader);
    place_close(&run.place);
    borders_free(run.borders);
    known_free(run.known);
    buf_free(&run.raw);
    buf_free(&run.json);
    buf_free(&run.key);
    free(run.columns);
    free(run.positions);
    if (run.staged)
        db_exec(db, "DISCARD TEMP", NULL);
    if (!ok && run.again && !run.all)
        return run_import(report, request, db, how | HOW_ALL, err);
    return ok;
}

bool import_run(struct import_report *report, const struct import_request *request, struct db *db,
                struct error *err)
{
    return run_import(report, request, db, 0, err);
}

bool import_run_strict(struct import_report *report, const struct import_request *request,
                       struct db *db, struct error *err)
{
    return run_import(report, request, db, HOW_STRICT, err);
}

/* ---- what importers use ---- */

const char *import_value(struct import_run *run, int field)
{
    int i = run->column[field];
    if (i < 0)
        return run->constant[field];
    if (!run->row->fields[i].text)
        return NULL;
    /* The text lies in the reader's buffer, which is ours until the next row. */
    union {
        const char *borrowed;
        char *ours;
    } text = {.borrowed = run->row->fields[i].text};
    return value_trim(text.ours);
}

const char *import_short(struct import_run *run, int field, size_t max)
{
    const char *text = import_value(run, field);
    if (!text || strlen(text) <= max)
        return text;
    import_note(run, field, "field_ignored", "longer than %zu bytes, left out", max);
    return NULL;
}

__attribute__((format(printf, 5, 0))) static void note(struct import_run *run, int field,
                                                       const char *code, bool kept,
                                                       const char *format, va_list args)
{
    char whole[1000], reason[400];
    vsnprintf(whole, sizeof whole, format, args);
    text_copy(reason, sizeof reason, whole); /* cut between characters */
    batch_note(run, field < 0 ? -1 : run->column[field], code, reason, kept);
}

void import_reject(struct import_run *run, int field, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    note(run, field, code, false, format, args);
    va_end(args);
}

void import_note(struct import_run *run, int field, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    note(run, field, code, true, format, args);
    va_end(args);
}

void import_key(struct buf *b, const char *text)
{
    if (!text) {
        stage_null(b);
        return;
    }
    struct buf key = {.max = 1 << 24};
    text_name_key(&key, text, strlen(text));
    stage_bytes(b, key.len ? key.data : "", key.len);
    buf_free(&key);
}

bool import_sql(int64_t *rows, struct import_run *run, const struct sql *sql, struct error *err,
                const struct db_value *values, int count)
{
    /* Not prepared: each runs once, and reads tables that are made anew for each import. */
    struct db_result *r = db_run(run->db, sql->text, err, values, count);
    if (!r) {
        error_append(err, " (%s: %.200s)", sql->name, db_message(run->db));
        return false;
    }
    if (rows)
        *rows = db_affected(r);
    db_done(r);
    return true;
}

bool import_count(int64_t *out, struct import_run *run, const struct sql *sql, struct error *err,
                  const struct db_value *values, int count)
{
    struct db_result *r = db_run(run->db, sql->text, err, values, count);
    if (!r) {
        error_append(err, " (%s: %.200s)", sql->name, db_message(run->db));
        return false;
    }
    *out = db_rows(r) ? db_get_i64(r, 0, 0) : 0;
    db_done(r);
    return true;
}

bool import_count_rows(struct import_run *run, const struct sql *sql, struct error *err)
{
    struct import_report *report = run->report;
    struct db_result *r = db_run(run->db, sql->text, err, DB_NONE);
    if (!r)
        return false;
    report->rows_new = (uint64_t)db_get_i64(r, 0, 0);
    report->rows_changed = (uint64_t)db_get_i64(r, 0, 1);
    report->rows_unchanged = (uint64_t)db_get_i64(r, 0, 2);
    report->rows_repeated = (uint64_t)db_get_i64(r, 0, 3);
    db_done(r);
    return true;
}

void import_remark(struct import_run *run, const char *name, uint64_t value)
{
    struct import_report *report = run->report;
    if (!value || report->remark_count == IMPORT_REMARKS_MAX)
        return;
    text_copy(report->remarks[report->remark_count].name, sizeof report->remarks->name, name);
    report->remarks[report->remark_count++].value = value;
}

bool import_remarks(struct import_run *run, const struct sql *sql, struct error *err,
                    const struct db_value *values, int count)
{
    struct db_result *r = db_run(run->db, sql->text, err, values, count);
    if (!r) {
        error_append(err, " (%s: %.200s)", sql->name, db_message(run->db));
        return false;
    }
    for (int i = 0; i < db_rows(r); i++)
        import_remark(run, db_get_text(r, i, 0), (uint64_t)db_get_i64(r, i, 1));
    db_done(r);
    return true;
}
