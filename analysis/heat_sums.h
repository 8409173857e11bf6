/* heat_sums.h - sums of a source's whole numbers over the lattice pixels below each pixel of a
 * tile: what tiles, classes and tests of the lattice are made from. */
#ifndef ANALYSIS_HEAT_SUMS_H
#define ANALYSIS_HEAT_SUMS_H

#include "analysis/heat_lattice.h"
#include "analysis/heat_source.h"

enum { HEAT_SUMS_SIDE = 256, HEAT_SUMS = HEAT_SUMS_SIDE * HEAT_SUMS_SIDE };

/* Which weights: the source's own, or 1 each (what means divide by). */
enum heat_of { HEAT_OF_WEIGHTS, HEAT_OF_ONES };

struct heat_spots {
    struct heat_spot *spot;
    uint32_t count, room;
};

/* The spots, at the zoom of the lattice, whose kernels may reach the box of world units; free
 * spot. */
void heat_spots_gather(struct heat_spots *out, const struct heat_source *s, enum heat_of of,
                       double x0, double y0, double x1, double y1);

/* Sums for a tile at or above the lattice's zoom (tile.z <= s->zoom), row by row from the north; a
 * tile's sum is the sum of those of its four children, exactly. False: all are 0. */
bool heat_sums(heat_wide out[HEAT_SUMS], const struct heat_source *s, enum heat_of of,
               struct tile tile);
/* Density (or weighted sum of K for means) of 1 whole number in a sum over 4^shift pixels. */
double heat_sums_unit(const struct heat_source *s, enum heat_of of, int shift);

/* Tiles of a zoom that together hold every pixel that a kernel may reach; false: no point. */
struct tile_box {
    uint32_t x0, y0, x1, y1; /* both ends included */
};
bool heat_reached_tiles(struct tile_box *out, const struct heat_source *s, uint32_t zoom);

/* The low zooms of a source, made when first asked for and kept with it. */
struct heat_coarse *heat_coarse_new(void);
void heat_coarse_free(struct heat_coarse *coarse);     /* NULL allowed */
size_t heat_coarse_bytes(const struct heat_source *s); /* that they will take, about */

#endif
