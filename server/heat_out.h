/* heat_out.h - what the outputs of heat (files, contours, sums over areas, comparisons) have in
 * common: the raster that a request asks for. */
#ifndef SERVER_HEAT_OUT_H
#define SERVER_HEAT_OUT_H

#include "analysis/heat_raster.h"
#include "server/http.h"
#include "server/route.h"

/* The pixel, where none is told: the radius divided by fine, doubled until all limits are kept. */
struct heat_out_limits {
    int fine, pixels; /* pixels: at most; besides those of heat_raster.h */
    int coarse;       /* pixels that a radius has at least; 0 = any, values are exact anyway */
    bool clip;        /* the box to what the points reach */
};

#define HEAT_OUT_PARAMETERS(pixel_about)                                                           \
    {"bbox",                                                                                       \
     PARAMETER_TEXT,                                                                               \
     0,                                                                                            \
     0,                                                                                            \
     NULL,                                                                                         \
     NULL,                                                                                         \
     "west,south,east,north in units of bbox-crs; all points and their radius by default"},        \
        {"bbox-crs",                                                                               \
         PARAMETER_CHOICE,                                                                         \
         0,                                                                                        \
         0,                                                                                        \
         "EPSG:4326|EPSG:3826|EPSG:3825|EPSG:3857",                                                \
         "EPSG:4326",                                                                              \
         "system of bbox; easting or longitude first"},                                            \
    {                                                                                              \
        "pixel", PARAMETER_NUMBER, 0, 100000, NULL, NULL, pixel_about                              \
    }

/* west, south, east, north in degrees from the parameter, around it where it is in another system;
 * *told = it is there. */
bool heat_out_bbox(double box[4], bool *told, const struct request *r, struct error *err);
/* Lays out a raster in crs over the request's bbox, or over all points of the sources and their
 * radius. */
bool heat_out_lay(struct heat_raster *out, const struct request *r, const char *crs,
                  const struct heat_source *const *sources, int count,
                  const struct heat_out_limits *limits, struct error *err);
/* The cells of one source on a raster laid out before. Free with heat_raster_free.
 * Ends when the client hangs up. */
bool heat_out_fill(struct heat_raster *raster, const struct request *r, const struct heat_source *s,
                   struct error *err);
/* For the tell of rasters and strips: whether the client still is there; its ctx. */
bool heat_out_go_on(void *ctx, double part);
void *heat_out_context(const struct request *r);

#endif
