/* wire.h - records between the reading child and its parent, over a pipe. The parent trusts none of
 * them: lengths, counts, UTF-8 and NULs are checked again. */
#ifndef IMPORT_WIRE_H
#define IMPORT_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "gis/buf.h"
#include "gis/error.h"

enum {
    WIRE_RECORD_MAX = 128 * 1024 * 1024, /* bytes; a polygon is the largest */
    WIRE_NOTES_MAX = 6,
    WIRE_HEAD = 5 /* bytes before the payload: kind and its length, u32 */
};

enum wire_kind {
    WIRE_HEADER = 'H', /* text crs, text note, text encoding, u32 geometry, u32 notes, three texts
                        * each, u32 columns, text each */
    WIRE_ROW = 'R',    /* u64 line, u64 offset, u32 fields, text each, bytes wkb */
    WIRE_BAD = 'B',    /* as WIRE_ROW, then text code, text reason, u32 column + 1 */
    WIRE_END = 'E',    /* u64 rows */
    WIRE_ERROR = 'X'   /* u32 error_kind, text */
};

/* What was found out of a file before its rows, and why. */
struct wire_note {
    char name[24];  /* "encoding", "sheet", "layer", "header" */
    char value[96]; /* what was taken */
    char why[160];
};
struct wire_about { /* a header up to its columns */
    const char *crs, *note, *encoding;
    bool geometry;
    struct wire_note notes[WIRE_NOTES_MAX];
    int note_count;
};
/* Dropped where there are WIRE_NOTES_MAX; not UTF-8 becomes "?". */
void wire_note(struct wire_about *about, const char *name, const char *value, const char *why);
void wire_about(struct buf *b, const struct wire_about *about);

/* Child: a record is built in a buf, from what wire_begin returns to wire_end. NULL stays NULL. */
size_t wire_begin(struct buf *b, enum wire_kind kind);
void wire_u32(struct buf *b, uint32_t value);
void wire_u64(struct buf *b, uint64_t value);
void wire_text(struct buf *b, const char *text, size_t len);
void wire_end(struct buf *b, size_t begun);
/* Writes what b holds to fd and clears it; false when nobody reads any more. */
bool wire_flush(struct buf *b, int fd);

/* Parent: the payload of one record. `bad` is set by any read past its end. */
struct wire_in {
    const char *at, *end;
    bool bad;
};
uint32_t wire_get_u32(struct wire_in *in);
uint64_t wire_get_u64(struct wire_in *in);
/* NUL-terminated and borrowed, or NULL with *len 0. */
const char *wire_get_bytes(struct wire_in *in, size_t *len);
/* The same, valid UTF-8 and without NUL inside. */
const char *wire_get_text(struct wire_in *in, size_t *len);

#endif
