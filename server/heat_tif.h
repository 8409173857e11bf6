/* heat_tif.h - a raster of heat as an answer: a Cloud Optimized GeoTIFF with its parameters in its
 * metadata. */
#ifndef SERVER_HEAT_TIF_H
#define SERVER_HEAT_TIF_H

#include "analysis/heat_raster.h"
#include "server/http.h"
#include "tiles/geotiff.h"

enum { HEAT_TIF_ITEMS_MAX = 40 };

struct heat_tif {
    char *name[HEAT_TIF_ITEMS_MAX], *value[HEAT_TIF_ITEMS_MAX]; /* of the metadata; owned */
    int count;
    bool wide; /* double; else float */
    enum geotiff_pack pack;
    const char *band, *unit;
    const double *nodata; /* NULL = none */
};

/* type= and compress= of the request. */
bool heat_tif_parse(struct heat_tif *t, const struct request *r, struct error *err);
#define HEAT_TIF_PARAMETERS                                                                        \
    {"type", PARAMETER_CHOICE, 0, 0, "float32|float64", "float32", "of the values"},               \
    {                                                                                              \
        "compress", PARAMETER_CHOICE, 0, 0, "deflate|zstd|none", "deflate", "of the blocks"        \
    }
#define HEAT_TIF_CRS_PARAMETER                                                                     \
    {                                                                                              \
        "crs", PARAMETER_CHOICE, 0, 0, "EPSG:3826|EPSG:3825|EPSG:4326|EPSG:3857", "EPSG:3826",     \
            "coordinate system of the raster"                                                      \
    }

void heat_tif_add(struct heat_tif *t, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Everything that the values of a source depend on; names begin with prefix ("HEAT_"). */
void heat_tif_add_source(struct heat_tif *t, const char *prefix, const struct heat_source *s);
/* Writes the raster, whose cells are used up. */
bool heat_tif_put(struct reply *reply, struct heat_tif *t, struct heat_raster *raster,
                  struct error *err);
void heat_tif_free(struct heat_tif *t);

#endif
