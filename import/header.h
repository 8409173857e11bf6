/* header.h - finds the header of a table among the first rows of a sheet: titles may stand above
 * it, and it may go over two or three rows with group cells (座標 over X and Y). */
#ifndef IMPORT_HEADER_H
#define IMPORT_HEADER_H

#include "gis/buf.h"
#include "import/import.h"

enum {
    HEADER_SEARCHED = 20, /* rows */
    HEADER_ROWS_MAX = 3
};

struct header_row {
    int count;
    const char *const *cells; /* UTF-8, trimmed; NULL or "" = empty */
};

struct header_found {
    int first, rows; /* the header is rows [first, first + rows) */
    int known;       /* fields that it gives; 0 = not recognised, and the first row is taken */
    bool whole;      /* all fields that are needed are among them */
};

/* kind NULL: the first row that is not empty. Columns told by maps count as known. */
void header_find(struct header_found *found, const struct header_row *rows, int count,
                 const struct import_kind *kind, const struct import_map *maps, int map_count);
/* The name of a column: its cells from top to bottom, "座標 › X"; a group cell counts for the empty
 * ones on its right that have something below. out is cleared. */
void header_name(struct buf *out, const struct header_row *rows, const struct header_found *found,
                 int column);
/* True for the only text of a row that is a note on the table: 備註…, 資料來源…, ※… */
bool header_is_note(const char *text);

#endif
