/* run.h - one import under way: what an importer (facilities.c …) is, and what it may use. */
#ifndef IMPORT_RUN_H
#define IMPORT_RUN_H

#include "gis/json.h"
#include "import/columns.h"
#include "import/import.h"
#include "import/place.h"
#include "import/reader.h"
#include "import/sha256.h"
#include "import/stage.h"

struct borders;
struct known;
struct import_run;
struct record_family;

struct importer {
    struct import_kind kind;
    const struct sql *stage; /* makes the temporary tables */
    const char *table;       /* the temporary table of its rows, with a column `line` */
    const char *copy; /* COPY … FROM STDIN of its rows; the last column is the whole row, raw */
    /* After the header; may refuse the columns. NULL allowed. */
    bool (*begin)(struct import_run *run, struct error *err);
    /* One row: adds to run->stage.rows, or import_reject. */
    void (*row)(struct import_run *run);
    /* In the publishing transaction: temporary tables to tables, and the report's counts. */
    bool (*publish)(struct import_run *run, struct error *err);
    bool shapes;                        /* its rows are lines or areas; of families: geometry */
    const char *grows;                  /* tables to ANALYZE when rows were added, "a, b" */
    const struct record_family *family; /* of kinds kept in table record (record.h); else NULL */
};
/* NULL-terminated; importers.c. */
extern const struct importer *const importers[];

enum import_geometry {
    IMPORT_NO_GEOMETRY,
    IMPORT_POINTS, /* of the file's own geometry, taken as the rows' positions */
    IMPORT_SHAPES  /* lines and areas */
};

struct import_run {
    const struct importer *importer;
    const struct import_request *request;
    struct import_report *report;
    struct db *db;
    struct reader *reader;
    struct reader_row present;
    struct reader_row *row; /* &present; NULL when no row is at hand */
    int column[COLUMNS_FIELDS_MAX];
    const char *constant[COLUMNS_FIELDS_MAX]; /* values of fields set for every row; or NULL */
    struct stage stage;
    struct place_reader place;
    struct borders *borders; /* for the importer's use; NULL = not loaded */
    struct known *known;     /* for the importer's use; NULL = stage every row */
    bool all;                /* every row is to be staged */
    bool again;              /* set by publish, which then fails: once more with `all` */
    struct buf raw; /* the present row as a JSON array of texts; of IMPORT_POINTS with x, y */
    enum import_geometry geometry;
    struct buf json; /* for the importer's use */
    struct buf key;  /* for the importer's use */
    int64_t batch;
    int64_t source;
    char sha256[SHA256_HEX];
    uint64_t file_bytes;
    int64_t file_modified; /* ns since 1970 */
    int64_t started;       /* s since 1970 */
    bool staged;           /* there are temporary tables */
    bool matching;         /* there are those of match.c */
    bool analysed;         /* batch_statistics is done */
    char *columns;         /* JSON for import_batch.columns */
    char *positions;       /* JSON: the last ids given out before publishing (undo.h) */
    bool strict;           /* any rejected row or ignored field fails the whole */
    uint64_t noted_fields, noted_places; /* notes of rows that are kept */
    uint64_t rings_closed;               /* of borders whose end was not their beginning */
};

/* The present row's text for a field of the kind, trimmed; NULL = no column or empty. */
const char *import_value(struct import_run *run, int field);
/* As import_value, but NULL and a note when it is longer than max bytes. */
const char *import_short(struct import_run *run, int field, size_t max);
/* The present row is not kept: column at fault (field -1 = none), short code, sentence. */
void import_reject(struct import_run *run, int field, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The row is kept without this field. Code "field_ignored", or that of a position not accepted. */
void import_note(struct import_run *run, int field, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Adds the normal form of text to b as COPY text and a tab; NULL = SQL NULL. */
void import_key(struct buf *b, const char *text);

/* Runs a statement; *rows (NULL allowed) = rows it affected or returned. */
bool import_sql(int64_t *rows, struct import_run *run, const struct sql *sql, struct error *err,
                const struct db_value *values, int count);
/* First column of the first row, as a number. */
bool import_count(int64_t *out, struct import_run *run, const struct sql *sql, struct error *err,
                  const struct db_value *values, int count);
/* A statement that returns one row of rows: new, changed, unchanged, repeated. */
bool import_count_rows(struct import_run *run, const struct sql *sql, struct error *err);
/* Adds a line to the report; nothing where value is 0. */
void import_remark(struct import_run *run, const char *name, uint64_t value);
/* A statement that returns (name, value) rows: a remark each. */
bool import_remarks(struct import_run *run, const struct sql *sql, struct error *err,
                    const struct db_value *values, int count);
/* import_run, refusing the file when any row has a fault. */
bool import_run_strict(struct import_report *report, const struct import_request *request,
                       struct db *db, struct error *err);

#endif
