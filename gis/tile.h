/* tile.h - Web Mercator (EPSG:3857) tile arithmetic and Morton keys.
 *
 * World coordinates: 32 bits a side, x to the east from 180 W, y to the south from 85.0511 N; so
 * one unit is 2 pi a / 2^32 = 9.33 mm at the equator. Tile z/x/y holds the world coordinates whose
 * top z bits are x and y. */
#ifndef GIS_TILE_H
#define GIS_TILE_H

#include <stdbool.h>
#include <stdint.h>

enum { TILE_ZOOM_MAX = 20 };
#define TILE_EARTH_RADIUS 6378137.0    /* metres, WGS 84 / GRS 80 equatorial radius */
#define TILE_GRS80_E2 0.00669438002290 /* first eccentricity squared */

struct tile {
    uint32_t z, x, y;
};

/* lon, lat in degrees (EPSG:4326); latitude is clamped to +-85.0511. */
uint32_t tile_world_x(double lon);
uint32_t tile_world_y(double lat);
void tile_world(double *x, double *y, double lon, double lat); /* with the fraction */
double tile_lon(double world_x); /* degrees; world_x may carry a fraction */
double tile_lat(double world_y);
bool tile_valid(struct tile tile);                  /* z <= TILE_ZOOM_MAX, x and y < 2^z */
void tile_bounds(double bbox[4], struct tile tile); /* west, south, east, north, degrees */

uint64_t morton_key(uint32_t x, uint32_t y);
void morton_xy(uint32_t *x, uint32_t *y, uint64_t key);
/* First key of a tile; its last is first + morton_span(z) - 1 (span 0 = all of 2^64, at z 0). */
uint64_t morton_first(struct tile tile);
uint64_t morton_span(uint32_t z);

/* Metres on the ground for one metre of Web Mercator at a latitude (degrees): east-west
 * N cos(lat) / a, north-south M cos(lat) / a, with N, M the radii of curvature of GRS 80. */
void tile_ground_scale(double *east, double *north, double lat);

#endif
