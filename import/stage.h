/* stage.h - rows on their way into temporary tables by COPY: one table for rows, one (stage_note)
 * for what is wrong with rows. One connection does one COPY at a time, so notes wait in memory up
 * to STAGE_NOTES_MAX and then go in between. */
#ifndef IMPORT_STAGE_H
#define IMPORT_STAGE_H

#include "gis/buf.h"
#include "gis/db.h"

enum {
    STAGE_ROWS_MAX = 1 << 18, /* bytes kept before they are sent */
    STAGE_NOTES_MAX = 4 << 20,
    STAGE_HASH_BYTES = 16
};

struct stage {
    struct db *db;
    const char *copy; /* COPY … FROM STDIN of the rows' table */
    bool copying;
    struct buf rows, notes;
};

/* One value and a tab, in COPY's text format; stage_end makes the row of them. */
void stage_text(struct buf *b, const char *text); /* NULL = SQL NULL */
void stage_bytes(struct buf *b, const char *text, size_t len);
void stage_hex(struct buf *b, const void *data, size_t len); /* as digits, without \x */
void stage_hash(struct buf *b, const struct buf *of); /* bytea: first STAGE_HASH_BYTES of SHA-256 */
void stage_i64(struct buf *b, int64_t value);
void stage_f64(struct buf *b, double value); /* not finite = SQL NULL */
void stage_null(struct buf *b);
void stage_end(struct buf *b);

void stage_open(struct stage *s, struct db *db, const char *copy);
/* After each row: sends what is full. */
bool stage_send(struct stage *s, struct error *err);
/* Sends everything and ends the COPY. */
bool stage_finish(struct stage *s, struct error *err);
/* Frees; gives up a COPY that is still open. */
void stage_close(struct stage *s);

/* Rows for another table, in one COPY. */
bool stage_copy(struct db *db, const char *copy, struct buf *rows, struct error *err);

#endif
