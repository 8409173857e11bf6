/* gpkg.h - polygons with numbers to a GeoPackage. gpkg.c speaks GDAL for writing only, as geotiff.c
 * does: it opens no file of anybody's. */
#ifndef TILES_GPKG_H
#define TILES_GPKG_H

#include "gis/area.h"
#include "gis/buf.h"
#include "gis/error.h"

struct gpkg_feature {
    const struct area *area; /* each polygon: an outer ring, then its holes; all closed */
    const double *numbers;   /* one a field; not finite = NULL */
};

struct gpkg_item { /* of the layer's metadata */
    const char *name, *value;
};

struct gpkg {
    const char *layer, *description; /* its name, e.g. "heat" */
    int epsg;                        /* of the coordinates: easting or longitude first */
    const char *const *fields;       /* names of numbers; end with NULL */
    const struct gpkg_feature *features;
    int count;
    const struct gpkg_item *items; /* end with a NULL name */
};

/* Appends the file. */
bool gpkg_make(struct buf *out, const struct gpkg *g, struct error *err);

#endif
