/* river.h - names of rivers and basins as files write them: 淡水河, 淡水河本流, 淡水河流域,
 * 北港溪(雲). */
#ifndef IMPORT_RIVER_H
#define IMPORT_RIVER_H

#include "gis/buf.h"
#include "gis/json.h"

/* Adds the normal form of text without what says that it is a basin, a main stem or a tributary
 * and without a last bracket: 淡水河 for the first three above, 北港溪 for the last. Two rivers of
 * one name have the same form. */
void river_key(struct buf *out, const char *text);
/* Its member in JSON; nothing where text is NULL or has no such form. */
void river_write_key(struct json *j, const char *name, const char *text);

#endif
