/* heat.h - heat: exact truncated quartic kernel density, 2.5 km on the ground, per km2.
 *
 * value(p) = sum of w 3 / (pi h^2) (1 - d^2 / h^2)^2 over points nearer than h = 2500 m, times 1e6
 * (per km2). d: metres on the ground, from the Web Mercator offset scaled by the radii of curvature
 * of GRS 80 at the point's latitude (error < 0.01 % across the kernel). The value at a place
 * depends on the place and the points only, so tiles are seamless. Sources: see heat.c. */
#ifndef ANALYSIS_HEAT_H
#define ANALYSIS_HEAT_H

#include "gis/atlas.h"

#define HEAT_RADIUS_M 2500.0
enum { HEAT_TILE = 256 };
enum heat_by { HEAT_COUNT, HEAT_QUANTITY, HEAT_BYS };

struct heat_query {
    enum heat_by by;
    int64_t substance; /* index; -1 = all */
};

/* "count" or "quantity". */
bool heat_parse_by(enum heat_by *out, const char *text, struct error *err);
/* Density at a place (facilities per km2, or kg per km2); *contributors = points within 2.5 km. */
double heat_value(const struct atlas *a, const struct heat_query *q, double lon, double lat,
                  uint32_t *contributors);
/* Densities at the pixel centres of a tile, row by row from the north; means over the pixel where a
 * pixel is wider than the kernel resolves (z < 9). Returns false if the whole tile is 0. */
bool heat_tile(float out[HEAT_TILE * HEAT_TILE], const struct atlas *a, const struct heat_query *q,
               struct tile tile);

#endif
