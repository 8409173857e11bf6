/* reader.h - rows of a file, read by a fenced child process (fence.h) that the parent does not
 * trust. Formats by the ending of the name: format.h. */
#ifndef IMPORT_READER_H
#define IMPORT_READER_H

#include <stddef.h>
#include <stdint.h>

#include "gis/error.h"

struct import_kind;
struct import_map;
struct import_part;

enum { READER_COLUMNS_MAX = 4096, READER_IDLE_MS = 200, READER_NOTES_MAX = 6 };

struct reader_field {
    const char *text; /* NUL-terminated UTF-8; NULL = the file has no value */
    size_t len;
};

/* All borrowed until the next call. */
struct reader_row {
    uint64_t line;   /* where it begins, 1 = first; number of the feature for files without lines */
    uint64_t offset; /* bytes of the file read so far */
    int count;       /* = number of columns, but for bad rows */
    struct reader_field *fields;
    const char *wkb; /* little-endian WKB in the file's CRS, longitude or easting first; or NULL */
    size_t wkb_len;
    const char *code, *reason; /* of bad rows */
    int column;                /* at fault, -1 = none */
};

struct reader_note { /* what was found out, and why: "encoding", "CP950", "not UTF-8, but …" */
    const char *name, *value, *why;
};

struct reader_header {
    uint64_t bytes; /* of the file */
    int count;
    struct reader_field *columns;
    bool geometry;
    const char *crs;      /* "EPSG:4326"; "" = the file does not say */
    const char *encoding; /* of the text, as taken or told; "" = the format has its own */
    const char *note;     /* what was left unread, e.g. other layers; "" = nothing */
    struct reader_note notes[READER_NOTES_MAX];
    int note_count;
};

enum reader_got {
    READER_ROW,
    READER_BAD,
    READER_IDLE, /* nothing for READER_IDLE_MS: tell the user, look for a cancel, call again */
    READER_END,
    READER_FAILED
};

struct reader;

struct reader_how {
    const char *encoding; /* of text and Shapefiles; NULL = detect */
    const char *sheet;    /* name of the sheet or layer; NULL = found out */
    /* What the columns may be called, by which headers, sheets and lists are recognised. */
    const struct import_kind *kind; /* NULL allowed */
    const struct import_map *maps;
    int map_count;
    const struct import_part *parts; /* of a bare .shp */
    int part_count;
    bool lean; /* of a layer with geometry only the columns of maps are wanted, others are NULL */
};

/* fd: a regular file, borrowed. how: NULL = all as detected. Fails where the file is empty or the
 * name's ending is of no known format. The header has come when this returns. */
struct reader *reader_open(int fd, const char *name, const struct reader_how *how,
                           struct error *err);
void reader_close(struct reader *r); /* NULL allowed; ends the child */
const struct reader_header *reader_header(const struct reader *r);
enum reader_got reader_next(struct reader_row *row, struct reader *r, struct error *err);

#endif
