/* DESIGN. zorder_box walks the quadtree that the order implies: a cell wholly inside the box, or
 * with few points left, is given out as a range; others are split in four by three binary searches.
 * Rejected: an R-tree or a grid beside the keys (pointers, memory, a second thing to keep). */
#include "gis/zorder.h"

#include "gis/tile.h"

enum { LEAF = 32 }; /* so few points are not worth splitting */

uint32_t zorder_lower(const uint64_t *keys, uint32_t lo, uint32_t hi, uint64_t key)
{
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (keys[mid] < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

struct box {
    const uint64_t *keys;
    uint32_t x0, y0, x1, y1;
    zorder_visit *visit;
    void *ctx;
};

static void walk(const struct box *b, uint32_t z, uint32_t x, uint32_t y, uint32_t first,
                 uint32_t end)
{
    if (first == end)
        return;
    uint32_t side = z < 32 ? UINT32_MAX >> z : 0; /* of the cell, less one */
    uint32_t west = z ? x << (32 - z) : 0, north = z ? y << (32 - z) : 0;
    if (west > b->x1 || north > b->y1 || west + side < b->x0 || north + side < b->y0)
        return;
    bool inside = west >= b->x0 && north >= b->y0 && west + side <= b->x1 && north + side <= b->y1;
    if (inside || end - first <= LEAF || z == 32) {
        b->visit(b->ctx, first, end);
        return;
    }
    uint64_t from = z ? morton_key(x, y) << (64 - 2 * z) : 0;
    uint64_t quarter = (uint64_t)1 << (62 - 2 * z);
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t next = i == 3 ? end : zorder_lower(b->keys, first, end, from + (i + 1) * quarter);
        walk(b, z + 1, x << 1 | (i & 1), y << 1 | i >> 1, first, next);
        first = next;
    }
}

void zorder_box(const uint64_t *keys, uint32_t count, uint32_t x0, uint32_t y0, uint32_t x1,
                uint32_t y1, zorder_visit *visit, void *ctx)
{
    struct box b = {
        .keys = keys, .x0 = x0, .y0 = y0, .x1 = x1, .y1 = y1, .visit = visit, .ctx = ctx};
    walk(&b, 0, 0, 0, 0, count);
}
