/* heat_contour.h - bands of values as polygons.
 *
 * Band k holds the places from level k up to level k + 1 (the last: and above), the value between
 * the centres of pixels taken as straight along the lines between them. Bands share their borders
 * bit for bit, so there is no gap between them, and every polygon is valid: rings are simple,
 * disjoint and nested. */
#ifndef ANALYSIS_HEAT_CONTOUR_H
#define ANALYSIS_HEAT_CONTOUR_H

#include "analysis/heat_raster.h"
#include "gis/area.h"

enum {
    HEAT_CONTOUR_LEVELS_MAX = 20,
    HEAT_CONTOUR_PIXELS_MAX = 4000000,
    HEAT_CONTOUR_VERTICES_MAX = 2000000 /* of all bands */
};

struct heat_contour {
    int count;
    double level[HEAT_CONTOUR_LEVELS_MAX];
    /* Outer rings to the left (counter-clockwise), each with its holes, closed, in units of the
     * raster. */
    struct area band[HEAT_CONTOUR_LEVELS_MAX];
};

/* level: ascending. NaN is below all of them, and so is what lies outside the raster. */
bool heat_contour_make(struct heat_contour *c, const struct heat_raster *r, const double *level,
                       int count, struct error *err);
void heat_contour_free(struct heat_contour *c);

#endif
