/* geotiff.h - a grid of numbers to a Cloud Optimized GeoTIFF. geotiff.c is the one file outside
 * import/ that speaks GDAL, for writing only: it opens no file of anybody's. */
#ifndef TILES_GEOTIFF_H
#define TILES_GEOTIFF_H

#include "gis/buf.h"
#include "gis/error.h"

enum geotiff_pack { GEOTIFF_DEFLATE, GEOTIFF_ZSTD, GEOTIFF_NONE, GEOTIFF_PACKS };
extern const char *const geotiff_pack_names[GEOTIFF_PACKS + 1]; /* ends with NULL */

struct geotiff_item { /* of the file's metadata */
    const char *name, *value;
};

struct geotiff {
    int width, height;
    bool wide;   /* cells are double, else float */
    void *cells; /* from the north-west, row by row; not changed */
    double west, north, pixel_x, pixel_y;
    const char *crs;                  /* "EPSG:3826" */
    const double *nodata;             /* NULL = none */
    const char *band, *unit;          /* of the values */
    const struct geotiff_item *items; /* ends with a NULL name */
    enum geotiff_pack pack;
    int threads; /* 0 = one a core */
};

/* part: 0-1; false = cancel. */
typedef bool geotiff_tell(void *ctx, double part);

/* Writes path, which appears whole or not at all: it is written in a folder of its own beside it
 * and renamed. What stood there is replaced. tell NULL allowed. */
bool geotiff_write(const char *path, const struct geotiff *g, geotiff_tell *tell, void *ctx,
                   struct error *err);
/* The same into memory. */
bool geotiff_make(struct buf *out, const struct geotiff *g, geotiff_tell *tell, void *ctx,
                  struct error *err);
/* Whether path could be written: before long work. */
bool geotiff_check(const char *path, struct error *err);

#endif
