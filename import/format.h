/* format.h - the formats of files, by the endings of their names: one line each in format.c. */
#ifndef IMPORT_FORMAT_H
#define IMPORT_FORMAT_H

#include <stdint.h>

#include "gis/error.h"

struct zip_directory;

struct format {
    const char *ending;
    const char *driver; /* of GDAL, the only one that may open it; NULL = CSV, TSV or plain JSON */
    const char *begins; /* what the file begins with; NULL = no such mark */
    bool gzip, tab;     /* of text; tab: fields end at tabs */
    bool json, lines;   /* may be plain JSON (read_json.h); lines: an object a line */
    bool zip;           /* an archive, to be checked by zip.h first */
    bool drawing;       /* one drawing that knows its place (drawing.h) */
    bool sheets;        /* layers are sheets: the first counts; else the largest layer does */
};

/* By the ending of the name; NULL where it is of no known format. */
const struct format *format_find(const char *name, struct error *err);
/* Fails where the file does not begin as its format does, or is an archive past the limits; of an
 * archive, *zip is its directory, to be forgotten by the caller. */
bool format_check(struct zip_directory *zip, const struct format *f, int fd, uint64_t bytes,
                  struct error *err);
/* The endings, for --help: ".csv .csv.gz …". */
const char *format_endings(void);

#endif
