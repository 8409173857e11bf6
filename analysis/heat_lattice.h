/* heat_lattice.h - heat as whole numbers on one global lattice.
 *
 * The lattice is the pixels of Web Mercator at a zoom that depends on the radius only, so that the
 * radius is 25 … 50 pixels in Taiwan (2.5 km: zoom 11, 70 m on the ground). Each point gives each
 * pixel one whole number, which depends on the point and the pixel only; sums of them are the same
 * whatever the order, tile, zoom or thread, and taking a point away gives the former bits back.
 * Errors and bounds: heat_spot.c. */
#ifndef ANALYSIS_HEAT_LATTICE_H
#define ANALYSIS_HEAT_LATTICE_H

#include "analysis/heat_spot.h"

__extension__ typedef __int128 heat_wide; /* sums over many pixels */

enum { HEAT_WINDOW_MAX = 2048 };

/* Pixels column0 …, row0 … of the lattice. */
struct heat_window {
    int32_t column0, row0;
    int width, height; /* <= HEAT_WINDOW_MAX */
    int64_t *sum;      /* [height * width] */
};

/* Sets every pixel to the sum of its whole numbers. Spots out of reach give nothing. */
void heat_lattice_sum(struct heat_window *w, enum heat_shape shape, const struct heat_spot *spots,
                      uint32_t count);

/* Blocks of 2^shift x 2^shift pixels: block column0 …, row0 … (in blocks). */
struct heat_blocks {
    int32_t column0, row0;
    int width, height, shift;
    heat_wide *sum; /* [height * width] */
};

/* Sets every block to the sum over its pixels of what heat_lattice_sum says: the same numbers. */
void heat_lattice_blocks(struct heat_blocks *b, enum heat_shape shape,
                         const struct heat_spot *spots, uint32_t count);

#endif
