/* csv.h - CSV as RFC 4180 has it, from a stream: UTF-8, comma or tab, "" inside quotes, line breaks
 * inside quotes, \n or \r\n, a byte order mark allowed. A row that cannot be used is handed over as
 * bad with its reason, and reading goes on with the next line. Memory: at most CSV_ROW_MAX and a
 * bit.
 */
#ifndef IMPORT_CSV_H
#define IMPORT_CSV_H

#include <stddef.h>
#include <stdint.h>

#include "gis/error.h"

enum {
    CSV_COLUMNS_MAX = 4096,
    CSV_FIELD_MAX = 1024 * 1024,    /* bytes */
    CSV_ROW_MAX = 16 * 1024 * 1024, /* bytes */
    CSV_SHOWN_MAX = 1000            /* bytes kept of a row that is too large to keep */
};

struct csv_field {
    const char *text; /* not NUL-terminated; borrowed until the next call */
    size_t len;
};

struct csv_row {
    uint64_t line; /* where it begins; 1 = first */
    int count;
    const struct csv_field *fields;
    /* of bad rows only: */
    const char *code; /* short name of the reason */
    char reason[200]; /* the sentence */
    int column;       /* at fault, from 0; -1 = none */
};

enum csv_got { CSV_ROW, CSV_BAD, CSV_END, CSV_FAILED };

/* Puts up to room bytes at to; *got 0 = the end. */
typedef bool csv_read(void *ctx, size_t *got, char *to, size_t room, struct error *err);

struct csv;
struct csv *csv_open(csv_read *read, void *ctx);
void csv_close(struct csv *c); /* NULL allowed */
/* Before the first row. encoding: what the text was converted from (encoding.h), for the sentence
 * that refuses a row; tab: fields end at tabs. Without this: UTF-8; commas, or tabs where the first
 * line has tabs and no comma. */
void csv_set_text(struct csv *c, const char *encoding, bool tab);
/* From now on a row of another number of fields is bad. */
void csv_set_columns(struct csv *c, int columns);
/* CSV_FAILED: err says why. Blank lines are passed over. */
enum csv_got csv_next(struct csv_row *row, struct csv *c, struct error *err);

#endif
