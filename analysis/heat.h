/* heat.h - values of a heat source: at a place, on tiles, and the limits of its colour classes.
 *
 * density(p) = sum of w c / h^2 K(d / h) over the points with d <= h, times 1e6 (per km2), c so
 * that a kernel integrates to 1 over the plane (quartic 3 / pi; Silverman 1986, eq. 4.5). On a
 * lattice the sum of pixels times their area is the weight to 1e-3 (uniform: 1e-2), since pixels
 * are a discrete sum. Means (concentration): sum of w K / sum of K. */
#ifndef ANALYSIS_HEAT_H
#define ANALYSIS_HEAT_H

#include "analysis/heat_source.h"

enum { HEAT_TILE = 256 };

/* Value at a place (degrees, EPSG:4326), per km2 or the mean; 0, of a mean NaN, where no point is
 * within the radius. *contributors (NULL allowed): the points within the radius. */
double heat_value(const struct heat_source *s, double lon, double lat, uint32_t *contributors);

/* The points within the radius of a place, in Z-order: index in the source, distance on the ground
 * in metres, what it adds (densities: share of the value; means: its weight in the mean, K). */
typedef void heat_visit(void *ctx, uint32_t point, double distance_m, double part);
void heat_near(const struct heat_source *s, double lon, double lat, heat_visit *visit, void *ctx);

/* Values at the pixels of a tile, row by row from the north: at the zoom of the lattice the lattice
 * itself, below it exact means over its pixels (of means: the ratio of the sums), above it bilinear
 * between them. 0, of means NaN, where no point is near. False: so is the whole tile. */
bool heat_tile(float out[HEAT_TILE * HEAT_TILE], const struct heat_source *s, struct tile tile);

#endif
