/* heat_zonal.h - sums of a raster of heat over areas. Of a pixel that a border goes through each
 * area takes the part on its side, to a fifth of the pixel; areas that touch share nothing. */
#ifndef ANALYSIS_HEAT_ZONAL_H
#define ANALYSIS_HEAT_ZONAL_H

#include "analysis/heat_raster.h"
#include "gis/area.h"

struct heat_zone {
    uint64_t pixels;    /* with a value, whose centres lie inside */
    double doubt;       /* of the integral, at most, for borders that go through parts of pixels */
    double km2;         /* with a value, on the ground */
    double integral;    /* of the values over the ground: densities: the weight inside */
    double least, most; /* NaN where there is no pixel */
    double most_x,
        most_y; /* where that is: the centre of the pixel, the north-western one of several */
};

/* Sums from several rasters that share no pixel (strips): begin, then add each. mend (cells NULL =
 * none): is added to the integrals only. all (NULL allowed): what lies in any zone, once. */
void heat_zonal_begin(struct heat_zone *out, int zones);
void heat_zonal_add(struct heat_zone *out, struct heat_zone *all, const struct heat_raster *r,
                    const struct heat_raster *mend, const struct area *a, const int *zone);
/* zone[i]: of which zone (0 … zones-1) polygon i of the area is. Pixels of NaN are left out. */
void heat_zonal_sum(struct heat_zone *out, int zones, const struct heat_raster *r,
                    const struct area *a, const int *zone);

#endif
