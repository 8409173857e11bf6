/* heat_spot.h - one point of a heat map as a lattice of pixels sees it: where its kernel lies on
 * each row, and which whole numbers it gives to the pixels there.
 *
 * Distance from a point to a pixel's centre: Web Mercator offsets times the radii of curvature of
 * GRS 80 at the latitude in the middle of both (Gauss's mid-latitude formula; relative error below
 * 1e-5 at 20 km). */
#ifndef ANALYSIS_HEAT_SPOT_H
#define ANALYSIS_HEAT_SPOT_H

#include <stdbool.h>
#include <stdint.h>

#include "analysis/heat_rows.h"

enum {
    HEAT_ZOOM_MIN = 8, /* of the lattice: radius 20 km … 100 m */
    HEAT_ZOOM_MAX = 16,
    HEAT_WORLD_ZOOM = 24, /* at which a pixel is one world unit of tile.h */
    HEAT_SPOT_REACH = 64, /* pixels: no kernel reaches farther */
    HEAT_SPOT_ROWS = 2 * HEAT_SPOT_REACH + 8,
    HEAT_SPOT_TERMS = 7
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

/* Rows first … first + count - 1 (counted from the spot's own), a column of the arrays each. On a
 * row the kernel is a polynomial of k, the column counted from the spot's own, on from … to. */
struct heat_chords {
    int first, count;
    double rest[HEAT_SPOT_ROWS], q[HEAT_SPOT_ROWS];   /* 1 - u^2 = rest - q (k + 0.5 - fx)^2 */
    double half[HEAT_SPOT_ROWS];                      /* half of the chord, pixels */
    int32_t from[HEAT_SPOT_ROWS], to[HEAT_SPOT_ROWS]; /* from > to: empty */
    double whole[HEAT_SPOT_TERMS][HEAT_SPOT_ROWS];    /* while e is made */
    uint64_t e[HEAT_SPOT_TERMS][HEAT_SPOT_ROWS];      /* whole multiples of C(k, j), modulo 2^64 */
};

/* Sets first and count to the spot's rows within rows top … top + height - 1; false: none. */
bool heat_chords_rows(struct heat_chords *c, const struct heat_spot *s, int64_t top,
                      int64_t height);
/* Fills rest, q, half, from, to of the rows. */
void heat_chords_find(struct heat_chords *c, const struct heat_spot *s);
/* Fills e, C(k, j) counted from the column `origin` (in columns east of the spot's own). Not for
 * the triangular kernel. */
void heat_chords_terms(struct heat_chords *c, const struct heat_spot *s, enum heat_shape shape,
                       int64_t origin);
/* Terms of a shape: degree + 1; 0 of the triangular one. */
int heat_chords_count(enum heat_shape shape);
/* C(n, 0 … terms-1) modulo 2^64, exact while |n| <= 4096. */
void heat_choose(uint64_t *out, int64_t n, int terms);

#endif
