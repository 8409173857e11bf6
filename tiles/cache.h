/* cache.h - finished tiles by name and atlas number, bounded in bytes, least recently used out
 * first. When several threads want the same missing tile one makes it and the others wait. */
#ifndef TILES_CACHE_H
#define TILES_CACHE_H

#include <stdint.h>

#include "gis/buf.h"
#include "gis/error.h"

struct tile_cache;

struct tile_cache *tile_cache_new(size_t bytes_max);
void tile_cache_free(struct tile_cache *c); /* NULL allowed */

/* Fills out with the tile named `key` of atlas `number`, calling make(out, ctx, err) if it is not
 * there. A newer number empties the cache of older ones. */
typedef bool tile_make(struct buf *out, void *ctx, struct error *err);
bool tile_cache_get(struct buf *out, struct tile_cache *c, const char *key, uint64_t number,
                    tile_make *make, void *ctx, struct error *err);

struct tile_cache_figures {
    uint64_t tiles, bytes, hits, misses; /* bytes held; hits and misses since the start */
};
struct tile_cache_figures tile_cache_figures(struct tile_cache *c);

#endif
