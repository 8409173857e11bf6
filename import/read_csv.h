/* read_csv.h - the child's work for CSV: tokens to wire records. */
#ifndef IMPORT_READ_CSV_H
#define IMPORT_READ_CSV_H

#include "import/encoding.h"

struct import_kind;
struct import_map;

struct read_csv_how {
    const struct encoding_kit *kit;
    const char *encoding;           /* name; NULL = detect */
    bool gzip, tab;                 /* tab: fields end at tabs, as the name says */
    const struct import_kind *kind; /* by which the header is found (header.h); NULL = first line */
    const struct import_map *maps;
    int map_count;
};

/* Returns when all is sent; false with err where the file cannot be read at all. */
bool read_csv(int input, const struct read_csv_how *how, int output, struct error *err);

#endif
