/* hexagon.h - one grid of regular hexagons for each size, by arithmetic: no polygons, no join.
 *
 * The grid lies in EPSG:3826 (TWD97 / TM2 zone 121, metres) and has its origin at 0, 0 whatever is
 * asked for, so that hexagons of one size agree between requests, runs and years. They are pointy:
 * a corner in the north, two sides due north-south; `size` is the distance between those two sides
 * (across flats) in whole metres. The centre of hexagon (q, r) is at
 *     x = size (q + r / 2),  y = size r sqrt(3) / 2.
 * A point belongs to the hexagon with the nearest centre, decided exactly (in integers, positions
 * to the micrometre); a point on a north-south side belongs to the hexagon east of it. No point
 * with a finite number of decimals lies on a slanted side, as sqrt(3) is irrational. */
#ifndef ANALYSIS_HEXAGON_H
#define ANALYSIS_HEXAGON_H

#include <stdbool.h>
#include <stdint.h>

enum { HEXAGON_SIZE_MIN = 500, HEXAGON_SIZE_MAX = 100000 /* metres across flats */ };
enum { HEXAGON_CORNERS = 6 };

struct hexagon {
    int32_t q, r;
};

/* x, y: EPSG:3826, metres, within +-4,000 km. */
struct hexagon hexagon_at(double x, double y, int size);
void hexagon_centre(double *x, double *y, struct hexagon h, int size);
/* Corners counterclockwise from the north-east one. Neighbours share the same bits. */
void hexagon_corners(double x[HEXAGON_CORNERS], double y[HEXAGON_CORNERS], struct hexagon h,
                     int size);
/* Order by row, then from west to east: <0, 0, >0. */
int hexagon_compare(struct hexagon a, struct hexagon b);

#endif
