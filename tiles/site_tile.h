/* site_tile.h - a vector tile of facilities that an analysis speaks of: single points, or cells of
 * the tile with their number where there are more than LAYER_SINGLES_MAX. Counts of points and
 * cells add up to the facilities of the tile. */
#ifndef TILES_SITE_TILE_H
#define TILES_SITE_TILE_H

#include "gis/atlas.h"
#include "tiles/mvt.h"

struct site_tile {
    const char *layer;
    const char *const *keys; /* as mvt_begin */
    uint32_t count; /* entries, in the order of the atlas; of one facility there may be several */
    const void *ctx;
    /* Index in the atlas of an entry; below drawn. */
    uint32_t (*index_of)(const void *ctx, uint32_t entry);
    /* Puts the values of the entries first … end-1, which are those of one facility (facilities 1)
     * or of a cell with so many. */
    void (*put)(struct mvt *m, const void *ctx, uint32_t first, uint32_t end, uint32_t facilities);
};

void site_tile_render(struct buf *out, const struct atlas *a, struct tile tile,
                      const struct site_tile *sites);

#endif
