/* import.h - files in: read by a fenced child process, mapped to declared columns, checked row by
 * row, loaded by COPY into a staging table, published in one transaction.
 *
 * Adding an importer is one file import/<kind>.c and one line in importers.c. */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include <stdio.h>

#include "gis/db.h"

/* The source of the product's own tables. */
#define IMPORT_OWN_SOURCE "hazatlas"

struct import_map {
    const char *field;  /* field of the importer */
    const char *column; /* column of the file; a value where constant */
    bool constant;      /* every row has this value */
};

struct import_progress { /* told to the caller about ten times a second */
    const char *stage;   /* "reading", "checking", "publishing" */
    uint64_t rows, bytes, bytes_total, rejected;
};
typedef bool import_tell(void *ctx, const struct import_progress *p); /* false = cancel */

struct import_part {    /* of a file that is several: the .dbf, .shx, .prj, .cpg of a bare .shp */
    const char *ending; /* ".dbf" */
    int fd;
};
enum { IMPORT_PARTS_MAX = 4 };

struct import_request {
    const char *kind;     /* name of an importer */
    int fd;               /* the file, opened by the caller; read from its start */
    const char *name;     /* file name without folder; tells the format by its ending */
    const char *source;   /* short name */
    const char *crs;      /* NULL = what the file or the values say */
    const char *encoding; /* of text; NULL = detected (encoding.h) */
    const char *sheet;    /* sheet or layer; NULL = the first sheet, the largest layer */
    const struct import_map *maps;
    int map_count;
    const struct import_part *parts; /* opened by the caller as fd is */
    int part_count;
    bool dry_run;      /* tells what would happen and changes nothing */
    import_tell *tell; /* NULL allowed */
    void *ctx;
};

struct import_reason {
    char code[40];
    char example[200]; /* the sentence of the first row of this reason */
    uint64_t rows;
};

enum {
    IMPORT_REASONS_MAX = 32,
    IMPORT_REMARKS_MAX = 24,
    IMPORT_PREVIEW_ROWS = 5,
    IMPORT_TAKEN_MAX = 8
};

struct import_taken { /* what was found out of the file, for a person to check */
    char name[24]; /* "encoding", "sheet", "layer", "list", "header", "formulas", "macros", "crs" */
    char value[96]; /* what was taken, e.g. "CP950" */
    char why[200];  /* a short sentence */
};

struct import_report {
    int64_t batch;  /* number of the batch */
    bool same_file; /* batch was this very file and still stands: nothing was done */
    uint64_t rows_read, rows_new, rows_changed, rows_unchanged, rows_repeated, rows_rejected;
    char crs[32];      /* what coordinates were taken as; "" = none */
    char encoding[16]; /* what text was taken as; "" = the format has its own */
    struct import_taken taken[IMPORT_TAKEN_MAX];
    int taken_count;
    struct import_reason reasons[IMPORT_REASONS_MAX];
    int reason_count;
    struct {
        char name[64]; /* e.g. "holdings not linked to a substance" */
        uint64_t value;
    } remarks[IMPORT_REMARKS_MAX];
    int remark_count;
    /* Of a dry run: "field = column, …", and the first rows as they were understood. */
    char columns[2000];
    char understood[16000]; /* the same as JSON, with "--header", the columns of the file; "" = too
                               long */
    char preview[IMPORT_PREVIEW_ROWS][2000];
    char preview_rows[IMPORT_PREVIEW_ROWS][8000]; /* {"line": 2, "fields": {…}}; "" = too long */
    int preview_count;
};

/* db must be idle (no transaction). On failure nothing has changed. */
bool import_run(struct import_report *report, const struct import_request *request, struct db *db,
                struct error *err);
/* What can be refused before the file is there: kind, source, ending of the name, CRS, encoding,
 * mapped fields (check.c). fd is not looked at. */
bool import_check(const struct import_request *request, struct error *err);
bool import_check_source(const char *name, struct error *err);
/* Writes the rejected rows of a batch as the input file's columns plus line, column, value,
 * reason; notes on rows that were kept without a field are among them. */
bool import_write_rejected(FILE *out, int64_t batch, struct db *db, struct error *err);
/* Loads the product's own tables (substances, factors, response tables, thresholds) from data_dir
 * where their SHA-256 differs from what is loaded; *loaded = tables loaded. */
bool import_reference(int *loaded, const char *data_dir, struct db *db, struct error *err);

/* For --help and documentation. */
struct import_field {
    const char *name;
    const char *headers; /* accepted header names, '|' separated, zh and en; name itself is one; the
                            first is the label in Chinese; '#' stands for a digit, as of a
                            year, (*) for anything in brackets, as a unit */
    const char *about;   /* meaning and unit */
    bool required;
};
/* How the values of a field are read. */
enum import_type {
    IMPORT_TEXT,
    IMPORT_NUMBER,
    IMPORT_INTEGER,
    IMPORT_YEAR, /* Gregorian, or of the Republic of China: 民國98年, 98, 108 (date.h) */
    IMPORT_DATE, /* import/date.h */
    IMPORT_TIME, /* of day, to 07:26 */
    IMPORT_CAS,
    IMPORT_WORD, /* one of a list, by any of its names */
    IMPORT_LIST, /* texts separated by 、 , ; | or / */
    IMPORT_YES
};
enum import_role { /* what a field is for, besides being kept */
                   IMPORT_ROLE_NONE,
                   IMPORT_ROLE_NAME,
                   IMPORT_ROLE_NAME_EN,
                   IMPORT_ROLE_ADDRESS, /* its beginning names the county */
                   IMPORT_ROLE_COUNTY,
                   IMPORT_ROLE_LON, /* degrees, EPSG:4326 unless --crs */
                   IMPORT_ROLE_LAT,
                   IMPORT_ROLE_X, /* metres, EPSG:3826 unless --crs */
                   IMPORT_ROLE_Y,
                   IMPORT_ROLE_CRS,   /* coordinate system that a row says */
                   IMPORT_ROLE_APART, /* kept by the family elsewhere than in record.fields */
                   IMPORT_ROLES
};
struct import_rule { /* of one field; all zero = any text */
    enum import_type type;
    enum import_role role;
    bool key;          /* with the other key fields says which thing a row is about */
    const char *words; /* of IMPORT_WORD: "hospital=醫院|急救醫院;shelter=避難所", names in any
                          spelling of one normal form */
    double least, most; /* of numbers; both 0 = no limits */
};
struct import_kind {
    const char *name, *about;
    const char *title_zh, *title_en;
    const struct import_field *fields; /* ends with a NULL name */
    const struct import_rule *rules;   /* one a field, by the same index; NULL = see about */
};
/* Kinds in order; NULL-terminated. */
const struct import_kind *const *import_kinds(void);
/* NULL with err, which lists the kinds. */
const struct import_kind *import_find_kind(const char *name, struct error *err);

#endif
