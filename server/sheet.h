/* sheet.h - one table out, as a file that people open in a spreadsheet and programs read.
 *
 * CSV: UTF-8 with byte order mark (so that Excel takes it for UTF-8), RFC 4180, heads are the
 * columns' keys; a text that a spreadsheet would take for a formula gets a ' before it.
 * XLSX: numbers as numbers, days as days, texts as texts (never formulas); bold head that stays in
 * sight, filters, widths; a second sheet "about" with what sheet_about says and every column.
 *
 * Rows go to a temporary file as they come: memory does not grow with the table.
 *
 *     struct sheet *s = sheet_new(format, "廠場", "facilities", columns, err);
 *     if (!s) return false;
 *     sheet_about_atlas(s, atlas);
 *     sheet_about(s, "權重", "weights", "%s", text);
 *     for each row { sheet_int(s, id); sheet_text(s, name); sheet_number(s, v); sheet_row(s); }
 *     return sheet_finish(&reply->body, s, err);
 */
#ifndef SERVER_SHEET_H
#define SERVER_SHEET_H

#include <stdint.h>
#include <stdio.h>

#include "gis/atlas.h"
#include "gis/buf.h"
#include "server/patience.h"

enum sheet_format { SHEET_CSV, SHEET_XLSX };

enum {
    SHEET_COLUMNS_MAX = 64,
    SHEET_ROWS_MAX = 1048000,  /* a spreadsheet holds 1 048 576 */
    SHEET_SERVED_MAX = 100000, /* rows of a file that is made for one request */
    SHEET_CELL_MAX = 32000     /* characters of a text; longer ones end in "…" */
};

struct sheet_column {
    const char *key;     /* head of CSV; small letters and _, stable */
    const char *zh, *en; /* head of XLSX, with the unit */
    int width;           /* of XLSX, in characters; 0 = as wide as its head */
    int decimals;        /* that XLSX shows of the 16 digits it holds; 0 = as many as there are */
    const char *about;   /* what it is, for the second sheet; NULL = the head says it */
};

struct sheet;

/* Columns end with a NULL key and, like the titles, must outlive the sheet. NULL with err: no room
 * for the temporary file. */
struct sheet *sheet_new(enum sheet_format format, const char *title_zh, const char *title_en,
                        const struct sheet_column *columns, struct error *err);
void sheet_free(struct sheet *s); /* NULL allowed; not after a finish, which frees */

/* Who waits for it (borrowed, NULL = always somebody): once it is over, no row is written any more
 * and sheet_finish fails. */
void sheet_patience(struct sheet *s, struct patience *p);

/* The next cell of the row. What is not known is an empty cell. */
void sheet_text(struct sheet *s, const char *text); /* NULL = not known */
void sheet_number(struct sheet *s, double value);   /* all digits; not finite = not known */
void sheet_int(struct sheet *s, int64_t value);
void sheet_decimal(struct sheet *s, const char *text); /* exact: "0.1", all its digits; a text in
                                                          XLSX where a double would lose some */
void sheet_day(struct sheet *s, int32_t day);     /* since 1970-01-01; ATLAS_NO_DAY = not known */
void sheet_time(struct sheet *s, int64_t time_s); /* Unix time, written as UTC */
void sheet_bool(struct sheet *s, bool value);
void sheet_none(struct sheet *s);
/* Ends the row. False: the table is full (SHEET_ROWS_MAX in XLSX), the row is not in it, or nobody
 * waits for it. */
bool sheet_row(struct sheet *s);

/* A line of the sheet "about", e.g. "權重", "weights", "40,30,15,15"; nothing in CSV. Any time. */
void sheet_about(struct sheet *s, const char *zh, const char *en, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Atlas number, its time, this program's version. */
void sheet_about_atlas(struct sheet *s, const struct atlas *a);
/* What the reader must know of the table itself, e.g. that a limit cut it: the last row, in its
 * first cell, of both formats. Call it once, after the last row. */
void sheet_note(struct sheet *s, const char *zh, const char *en);

/* The whole file, appended to out; frees the sheet in any case. */
bool sheet_finish(struct buf *out, struct sheet *s, struct error *err);
/* The same, written into an open file. */
bool sheet_finish_into(FILE *to, struct sheet *s, struct error *err);

/* "csv" or "xlsx" (NULL allowed: false). */
bool sheet_format_named(enum sheet_format *out, const char *name);
const char *sheet_type(enum sheet_format format); /* media type */

#endif
