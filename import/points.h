/* points.h - all weighted points of a file in memory, for analyses without a database: read by the
 * fenced child (reader.h), every row that cannot be used counted by its reason. */
#ifndef IMPORT_POINTS_H
#define IMPORT_POINTS_H

#include "import/import.h"

enum { POINTS_MAX = 100000000, POINTS_REASONS_MAX = 16, POINTS_NOTES_MAX = 10 };
#define POINTS_WEIGHT_MAX 1e18

struct points_wish {
    const char *x, *y;    /* columns; NULL = the file's own geometry, or else known names */
    const char *weight;   /* column; NULL = 1 each */
    const char *crs;      /* of the file's coordinates; NULL = what file, names or numbers say */
    const char *to;       /* of the points that come out; NULL = the same */
    const char *encoding; /* NULL = detected */
    const char *sheet;    /* sheet or layer; NULL = found out */
    bool anywhere;        /* also outside the region of Taiwan */
    const struct import_part *parts;
    int part_count;
};

struct points {
    size_t count;
    double *x, *y;
    double *weight; /* NULL = 1 each */
    char crs[32];   /* of x and y: easting or longitude, northing or latitude */
    char read_as[32];
    char differs[128]; /* what the file itself says where wish.crs tells another; else "" */
    uint64_t rows_read, rows_left;
    double total; /* of weights, whatever the rows' order */
    struct import_reason reasons[POINTS_REASONS_MAX];
    int reason_count;
    struct import_taken taken[POINTS_NOTES_MAX];
    int taken_count;
};

/* "EPSG:3826", "epsg:3826" or "3826" to the code of gis/crs.h; NULL with err. */
const char *points_crs(const char *code, struct error *err);
/* True where its coordinates are degrees. */
bool points_in_degrees(const char *crs);
/* fd, name: as reader_open. tell NULL allowed. Free with points_free, also after failure. */
bool points_read(struct points *out, int fd, const char *name, const struct points_wish *wish,
                 import_tell *tell, void *ctx, struct error *err);
void points_free(struct points *p);

#endif
