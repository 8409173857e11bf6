#include "tiles/site_tile.h"

#include "tiles/layer.h"

struct work {
    struct mvt mvt;
    const struct atlas *a;
    const struct site_tile *sites;
    struct tile tile;
};

static uint32_t at(const struct work *w, uint32_t entry)
{
    return w->sites->index_of(w->sites->ctx, entry);
}

/* The first entry whose facility is not before this one. */
static uint32_t first_from(const struct work *w, uint32_t index)
{
    uint32_t lo = 0, hi = w->sites->count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (at(w, mid) < index)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static uint32_t in_tile(uint32_t world, uint32_t tile, uint32_t z)
{
    uint32_t offset = world - (z ? tile << (32 - z) : 0);
    return offset >> (32 - z - 12); /* z <= 20, so the shift is never negative */
}

static void feature(struct work *w, uint32_t first, uint32_t end, uint32_t facilities,
                    uint64_t sum_x, uint64_t sum_y)
{
    uint32_t among = facilities ? facilities : 1;
    uint64_t id = facilities == 1 ? (uint64_t)w->a->id[at(w, first)] : 0;
    mvt_point(&w->mvt, id, in_tile((uint32_t)(sum_x / among), w->tile.x, w->tile.z),
              in_tile((uint32_t)(sum_y / among), w->tile.y, w->tile.z));
    w->sites->put(&w->mvt, w->sites->ctx, first, end, facilities);
    mvt_point_end(&w->mvt);
}

/* Key just past the tile's cell that holds key. The last cell of the world gives 0. */
static uint64_t past_cell(const struct work *w, uint64_t key)
{
    uint32_t shift = 64 - 2 * (w->tile.z + LAYER_CELL_BITS);
    return ((key >> shift) + 1) << shift;
}

/* Features of the entries first … end-1: one a facility, or one a cell. */
static void features(struct work *w, uint32_t first, uint32_t end, bool cells)
{
    while (first < end) {
        uint64_t past = cells ? past_cell(w, w->a->key[at(w, first)]) : 0, sum_x = 0, sum_y = 0;
        uint32_t next = first, facilities = 0, last = UINT32_MAX;
        for (; next < end; next++) {
            uint32_t x, y, index = at(w, next);
            if (cells ? past && w->a->key[index] >= past : facilities && index != last)
                break;
            if (index == last)
                continue;
            morton_xy(&x, &y, w->a->key[index]);
            sum_x += x;
            sum_y += y;
            facilities++;
            last = index;
        }
        feature(w, first, next, facilities, sum_x, sum_y);
        first = next;
    }
}

void site_tile_render(struct buf *out, const struct atlas *a, struct tile tile,
                      const struct site_tile *sites)
{
    struct work w = {.a = a, .sites = sites, .tile = tile};
    uint32_t first, end, facilities = 0;
    atlas_range(&first, &end, a, tile);
    mvt_begin(&w.mvt, sites->layer, sites->keys);
    uint32_t from = first_from(&w, first), to = first_from(&w, end);
    for (uint32_t i = from; i < to; i++)
        facilities += i == from || at(&w, i) != at(&w, i - 1);
    features(&w, from, to, facilities > LAYER_SINGLES_MAX);
    mvt_finish(out, &w.mvt);
}
