/* heat_lattice.h - heat as whole numbers on one global lattice.
 *
 * The lattice is the pixels of Web Mercator at a zoom that depends on the radius only, so that the
 * radius is 25 … 50 pixels in Taiwan (2.5 km: zoom 11, 70 m on the ground). Each point gives each
 * pixel one whole number, which depends on the point and the pixel only; sums of them are the same
 * whatever the order, tile, zoom or thread, and taking a point away gives the former bits back.
 *
 * Distance from a point to a pixel's centre: Web Mercator offsets times the radii of curvature of
 * GRS 80 at the latitude in the middle of both (Gauss's mid-latitude formula; relative error below
 * 1e-5 at 20 km). Errors and bounds: heat_lattice.c. */
#ifndef ANALYSIS_HEAT_LATTICE_H
#define ANALYSIS_HEAT_LATTICE_H

#include <stdbool.h>
#include <stdint.h>

#include "analysis/heat_rows.h"

__extension__ typedef __int128 heat_wide; /* sums over many pixels */

enum {
    HEAT_ZOOM_MIN = 8, /* of the lattice: radius 20 km … 100 m */
    HEAT_ZOOM_MAX = 16,
    HEAT_WORLD_ZOOM = 24, /* at which a pixel is one world unit of tile.h */
    HEAT_SPOT_REACH = 64, /* pixels: no kernel reaches farther */
    HEAT_WINDOW_MAX = 2048
};

/* A point as the pixels of a zoom see it. */
struct heat_spot {
    int64_t column, row;          /* the pixel that holds it */
    double fx, fy;                /* its place in it, 0 … 1, to the east and south */
    double east, north;           /* radii of the kernel that a pixel is wide and high */
    double east_lean, north_lean; /* relative change of these a pixel southward, mid-latitude */
    double weight;                /* times a power of two; |weight| <= 2^62 */
};

/* Zoom of the lattice for a radius in metres. */
int heat_lattice_zoom(double radius);
/* Everything but the weight. key: Morton key; lat: degrees. */
void heat_spot_set(struct heat_spot *spot, uint64_t key, double lat, double radius, int zoom);
/* (d / h)^2 at dx pixels east and dy pixels south of the spot. */
static inline double heat_spot_distance2(const struct heat_spot *s, double dx, double dy)
{
    double e = s->east * (1 + s->east_lean * dy) * dx, n = s->north * (1 + s->north_lean * dy) * dy;
    return e * e + n * n;
}
/* K at (d / h)^2 <= 1, else 0. */
double heat_kernel(enum heat_shape shape, double u2);
/* 1 / the integral of K over the plane at h = 1. */
double heat_kernel_norm(enum heat_shape shape);
/* World units (tile.h) that surely hold a radius in metres around a world row. */
double heat_lattice_reach(double world_y, double radius);

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
