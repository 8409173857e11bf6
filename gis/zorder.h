/* zorder.h - questions about arrays of Morton keys in ascending order (see tile.h): the points of a
 * box are few contiguous ranges. */
#ifndef GIS_ZORDER_H
#define GIS_ZORDER_H

#include <stdint.h>

/* First of lo … hi-1 whose key is >= key; hi if there is none. */
uint32_t zorder_lower(const uint64_t *keys, uint32_t lo, uint32_t hi, uint64_t key);

/* Calls visit(ctx, first, end) for ranges that together hold every key in the box of world
 * coordinates x0 … x1, y0 … y1 (both ends included), in Z-order; a range may hold others near the
 * box as well. Cost: O(edge of the box in cells x log count). */
typedef void zorder_visit(void *ctx, uint32_t first, uint32_t end);
void zorder_box(const uint64_t *keys, uint32_t count, uint32_t x0, uint32_t y0, uint32_t x1,
                uint32_t y1, zorder_visit *visit, void *ctx);

#endif
