/* columns.h - which column of a file gives which field of an importer. Header names are compared in
 * their normal form (gis/text.h): 臺/台, full width, case and spaces make no difference. */
#ifndef IMPORT_COLUMNS_H
#define IMPORT_COLUMNS_H

#include "import/import.h"
#include "import/reader.h"

/* Headers that begin so are those of our own export of rejected rows: no data, unless a map says
 * so. */
#define COLUMNS_OURS "rejected_"

enum { COLUMNS_FIELDS_MAX = 40 /* fields of one importer */, COLUMNS_CONSTANT = -2 };

/* column[i] = the file's column for field i of the kind, -1 = none, or COLUMNS_CONSTANT.
 * Fails, naming the column and the
 * headers found, on a column that stands twice, two columns for one field, a missing required field
 * and a map to an unknown field or column. A map wins over the header names. */
bool columns_map(int column[COLUMNS_FIELDS_MAX], const struct import_kind *kind,
                 const struct reader_header *header, const struct import_map *maps, int map_count,
                 struct error *err);
bool columns_is_ours(const char *name);
/* The names of columns that no field takes (but for ours), joined by ", " and cut to size; returns
 * how many. */
int columns_unused(char *names, size_t size, const int column[COLUMNS_FIELDS_MAX],
                   const struct reader_header *header);

#endif
