/* DESIGN. The tables that come with the product. They are ours, so they are read strictly: a row
 * that is not exactly as declared refuses its table, naming file and line, and what is stored
 * stays. Substances go through the importer of substances under the source "hazatlas"; the others
 * are replaced whole, each in one transaction, when the file's SHA-256 is another than the one
 * noted in reference_table. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gis/mem.h"
#include "gis/text.h"
#include "import/csv.h"
#include "import/gz.h"
#include "import/run.h"
#include "import/value.h"
#include "sql.h"

enum { COLUMNS_MAX = 20 };

enum type {
    SKIP,
    TEXT,
    TEXT_OR_EMPTY,
    TEXT_OR_NULL,
    INT,
    INT_OR_NULL,
    NUMBER,
    DECIMAL_OR_NULL, /* kept as the decimals that are written */
    YES,
    YES_OR_NULL
};

struct table {
    const char *stem;    /* data/<stem>.csv, and its name in reference_table */
    const char *prepare; /* statements before the rows */
    const char *copy;
    const struct sql *check;  /* returns the first bad line; NULL = none */
    const char *fault;        /* what is bad there */
    const struct sql *finish; /* NULL = the rows are where they belong */
    struct {
        const char *name;
        enum type type;
    } columns[COLUMNS_MAX]; /* of the file, in order */
    bool lines;             /* the first column of the COPY is the line */
};

static const struct table tables[] = {
    {.stem = "substance_factors",
     .prepare = "CREATE TEMP TABLE stage_factor (line bigint, cas text, factor text, value float8,"
                " unit text, period text, citation text) ON COMMIT DROP",
     .copy = "COPY stage_factor FROM STDIN",
     .check = &SQL_import_reference_factors_check,
     .fault = "there is no substance of this CAS number",
     .finish = &SQL_import_reference_factors,
     .lines = true,
     .columns = {{"cas", TEXT},
                 {"factor", TEXT},
                 {"value", NUMBER},
                 {"unit", TEXT},
                 {"period", TEXT_OR_EMPTY},
                 {"source", TEXT}}},
    {.stem = "response_distances",
     .prepare = "DELETE FROM response_distance",
     .copy =
         "COPY response_distance (edition, table_no, un, guide, name_en, condition, container,"
         " spill, time_of_day, wind, isolation_m, downwind_m, at_least, note, citation) FROM STDIN",
     .columns = {{"edition", TEXT},
                 {"table", TEXT},
                 {"un", TEXT},
                 {"guide", TEXT},
                 {"name_en", TEXT},
                 {"condition", TEXT_OR_EMPTY},
                 {"container", TEXT_OR_EMPTY},
                 {"spill", TEXT},
                 {"time", TEXT},
                 {"wind", TEXT_OR_EMPTY},
                 {"isolation_m", INT},
                 {"downwind_m", INT},
                 {"at_least", YES},
                 {"largest_of_un", SKIP},
                 {"note", TEXT_OR_EMPTY},
                 {"source", TEXT}}},
    {.stem = "response_guides",
     .prepare = "DELETE FROM response_guide",
     .copy = "COPY response_guide (edition, guide, title_en, title_zh, isolation_liquid_m,"
             " isolation_solid_m, large_spill_downwind_m, fire_isolation_m, fire_evacuation_m,"
             " citation) FROM STDIN",
     .columns = {{"edition", TEXT},
                 {"guide", TEXT},
                 {"title_en", TEXT},
                 {"title_zh", TEXT},
                 {"isolation_liquid_m", INT_OR_NULL},
                 {"isolation_solid_m", INT_OR_NULL},
                 {"large_spill_downwind_m", INT_OR_NULL},
                 {"fire_isolation_m", INT_OR_NULL},
                 {"fire_evacuation_m", INT_OR_NULL},
                 {"source", TEXT}}},
    {.stem = "guide_actions",
     .prepare = "DELETE FROM guide_action",
     .copy = "COPY guide_action (guide, topic, language, text) FROM STDIN",
     .columns = {{"guide", TEXT}, {"topic", TEXT}, {"lang", TEXT}, {"text", TEXT}}},
    {.stem = "thresholds",
     .prepare = "DELETE FROM threshold",
     .copy =
         "COPY threshold (category, category_zh, category_en, item_no, item_zh, item_en, quantity,"
         " unit, water_soluble, note, citation) FROM STDIN",
     .columns = {{"category", TEXT},
                 {"category_zh", TEXT},
                 {"category_en", TEXT},
                 {"item_no", TEXT},
                 {"item_zh", TEXT},
                 {"item_en", TEXT},
                 {"quantity", DECIMAL_OR_NULL},
                 {"unit", TEXT_OR_EMPTY},
                 {"water_soluble", YES_OR_NULL},
                 {"note", TEXT_OR_EMPTY},
                 {"source", TEXT}}},
    {.stem = "radar_age_bands",
     .prepare = "DELETE FROM radar_age_band",
     .copy = "COPY radar_age_band (years, class, citation) FROM STDIN",
     .check = &SQL_import_reference_ages_check,
     .fault = "there are 16 bands at most",
     .columns = {{"years", INT}, {"class", INT}, {"source", TEXT}}},
    {.stem = "rivers",
     .prepare = "DELETE FROM river_extent",
     .copy = "COPY river_extent (river, basin, counties, west, south, east, north, stations,"
             " citation) FROM STDIN",
     .columns = {{"river", TEXT},
                 {"basin", TEXT},
                 {"counties", TEXT},
                 {"west", NUMBER},
                 {"south", NUMBER},
                 {"east", NUMBER},
                 {"north", NUMBER},
                 {"stations", INT},
                 {"source", TEXT}}},
};

/* One value as COPY text; false where it is not of its type. */
static bool add_value(struct buf *b, enum type type, const char *text)
{
    int64_t whole;
    double number;
    int yes;
    bool empty = !*text;
    switch (type) {
    case SKIP: return true;
    case TEXT:
    case TEXT_OR_EMPTY: stage_text(b, text); return !empty || type == TEXT_OR_EMPTY;
    case INT:
    case NUMBER:
    case YES:
        if (empty)
            return false;
        break;
    case TEXT_OR_NULL:
    case INT_OR_NULL:
    case DECIMAL_OR_NULL:
    case YES_OR_NULL:
        if (empty) {
            stage_null(b);
            return true;
        }
        break;
    }
    if (type == TEXT_OR_NULL) {
        stage_text(b, text);
        return true;
    }
    if (type == YES || type == YES_OR_NULL) {
        if (!value_yes(&yes, text))
            return false;
        stage_text(b, yes ? "t" : "f");
        return true;
    }
    if (type == INT || type == INT_OR_NULL) {
        if (!text_to_i64(&whole, text))
            return false;
        stage_i64(b, whole);
        return true;
    }
    if (!text_to_double(&number, text))
        return false;
    if (type == DECIMAL_OR_NULL)
        stage_text(b, text);
    else
        stage_f64(b, number);
    return true;
}

static int count_columns(const struct table *t)
{
    int n = 0;
    while (n < COLUMNS_MAX && t->columns[n].name)
        n++;
    return n;
}

static bool check_header(const struct table *t, const struct csv_row *row, struct error *err)
{
    int n = count_columns(t);
    for (int i = 0; i < n; i++)
        if (row->count != n || row->fields[i].len != strlen(t->columns[i].name) ||
            memcmp(row->fields[i].text, t->columns[i].name, row->fields[i].len))
            return error_set(err, ERROR_INTERNAL,
                             "%s.csv, line 1: column %d should be \"%s\" of %d columns", t->stem,
                             i + 1, t->columns[i].name, n);
    return true;
}

static bool add_row(struct buf *rows, const struct table *t, const struct csv_row *row,
                    struct error *err)
{
    if (t->lines)
        stage_i64(rows, (int64_t)row->line);
    for (int i = 0; i < row->count; i++) {
        char *text = mem_copy_n(row->fields[i].text, row->fields[i].len);
        bool ok = add_value(rows, t->columns[i].type, text);
        if (!ok)
            error_fill(err, ERROR_INTERNAL,
                       "%s.csv, line %llu, %s: \"%.60s\" is not what belongs here", t->stem,
                       (unsigned long long)row->line, t->columns[i].name, text);
        free(text);
        if (!ok)
            return false;
    }
    stage_end(rows);
    return true;
}

static bool take(void *ctx, size_t *got, char *to, size_t room, struct error *err)
{
    return gz_read(got, ctx, to, room, err);
}

static bool read_table(struct buf *rows, int *count, const struct table *t, int fd,
                       struct error *err)
{
    struct gz *gz = gz_open(fd, false);
    struct csv *csv = csv_open(take, gz);
    struct csv_row row;
    enum csv_got got;
    bool ok = true, header = true;
    *count = 0;
    while (ok && (got = csv_next(&row, csv, err)) != CSV_END) {
        if (got == CSV_FAILED) {
            ok = false;
        } else if (got == CSV_BAD) {
            ok = error_set(err, ERROR_INTERNAL, "%s.csv, line %llu: %s", t->stem,
                           (unsigned long long)row.line, row.reason);
        } else if (header) {
            ok = check_header(t, &row, err);
            csv_set_columns(csv, row.count);
            header = false;
        } else {
            ok = add_row(rows, t, &row, err);
            ++*count;
        }
    }
    if (ok && !*count)
        ok = error_set(err, ERROR_INTERNAL, "%s.csv has no rows", t->stem);
    csv_close(csv);
    gz_close(gz);
    return ok;
}

static bool replace(const struct table *t, struct buf *rows, struct db *db, struct error *err)
{
    if (!db_exec(db, t->prepare, err) || !stage_copy(db, t->copy, rows, err))
        return error_append(err, " (%s.csv: %.200s)", t->stem, db_message(db)), false;
    if (!t->check)
        return true;
    struct db_result *r = db_run(db, t->check->text, err, DB_NONE);
    if (!r)
        return false;
    int64_t line = db_rows(r) ? db_get_i64(r, 0, 0) : 0;
    db_done(r);
    if (line)
        return error_set(err, ERROR_INTERNAL, "%s.csv, line %lld: %s", t->stem, (long long)line,
                         t->fault);
    return !t->finish || db_exec(db, t->finish->text, err) ||
           (error_append(err, " (%s.csv: %.200s)", t->stem, db_message(db)), false);
}

static bool note_table(const char *stem, const char *sha256, int rows, struct db *db,
                       struct error *err)
{
    struct db_result *r = db_run(db, SQL_import_reference_note.text, err,
                                 DB_ARGS(db_text(stem), db_text(sha256), db_i64(rows)));
    db_done(r);
    return r != NULL;
}

/* *stored = the SHA-256 noted for the table is this one. */
static bool is_stored(bool *stored, const char *stem, const char *sha256, struct db *db,
                      struct error *err)
{
    struct db_result *r =
        db_run(db, SQL_import_reference_stored.text, err, DB_ARGS(db_text(stem), db_text(sha256)));
    if (!r)
        return false;
    *stored = db_rows(r) > 0;
    db_done(r);
    return true;
}

static bool load_table(const struct table *t, int fd, const char *sha256, struct db *db,
                       struct error *err)
{
    struct buf rows = {.max = 64 << 20};
    int count;
    bool ok = read_table(&rows, &count, t, fd, err);
    if (ok && db_exec(db, "BEGIN", err)) {
        ok = db_exec(db, SQL_import_lock.text, err) && replace(t, &rows, db, err) &&
             note_table(t->stem, sha256, count, db, err);
        ok = db_exec(db, ok ? "COMMIT" : "ROLLBACK", ok ? err : NULL) && ok;
    } else {
        ok = false;
    }
    buf_free(&rows);
    return ok;
}

static bool load_substances(int fd, const char *sha256, struct db *db, struct error *err)
{
    struct import_report report;
    struct import_request request = {
        .kind = "substances", .fd = fd, .name = "substances.csv", .source = IMPORT_OWN_SOURCE};
    return import_run_strict(&report, &request, db, err) &&
           note_table("substances", sha256, (int)report.rows_read, db, err);
}

/* t NULL = substances. */
static bool load(int *loaded, const char *data_dir, const struct table *t, struct db *db,
                 struct error *err)
{
    const char *stem = t ? t->stem : "substances";
    char *path = mem_format("%s/%s.csv", data_dir, stem);
    char sha256[SHA256_HEX];
    bool stored = false;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    free(path);
    if (fd < 0)
        return error_set(err, ERROR_SYSTEM, "the product's table %s.csv cannot be opened: %s", stem,
                         strerrordesc_np(errno));
    bool ok = sha256_file(sha256, fd, err) && is_stored(&stored, stem, sha256, db, err);
    if (ok && !stored) {
        ok = t ? load_table(t, fd, sha256, db, err) : load_substances(fd, sha256, db, err);
        *loaded += ok;
    }
    close(fd);
    return ok;
}

bool import_reference(int *loaded, const char *data_dir, struct db *db, struct error *err)
{
    *loaded = 0;
    bool ok = load(loaded, data_dir, NULL, db, err);
    for (size_t i = 0; ok && i < sizeof tables / sizeof *tables; i++)
        ok = load(loaded, data_dir, &tables[i], db, err);
    return ok;
}
