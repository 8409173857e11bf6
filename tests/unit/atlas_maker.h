/* atlas_maker.h - an atlas made in memory from points, for tests that need no database. */
#ifndef TESTS_ATLAS_MAKER_H
#define TESTS_ATLAS_MAKER_H

#include <math.h>
#include <stdlib.h>

#include "analysis/snapshot.h"
#include "gis/atlas.h"
#include "gis/mem.h"

/* A small random generator with a fixed start: the same points in every run (PCG, O'Neill 2014). */
static inline double maker_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    uint32_t x = (uint32_t)(((*state >> 18) ^ *state) >> 27), turn = (uint32_t)(*state >> 59);
    x = x >> turn | x << ((32 - turn) & 31);
    return x / 4294967296.0;
}

struct maker_point {
    uint64_t key;
    double lon, lat;
};

static int maker_order(const void *a, const void *b)
{
    const struct maker_point *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* n points around Kaohsiung and over the island; ids 1 … n in Z-order; quantity i kg, every seventh
 * unknown; no substances. */
static inline struct atlas *maker_atlas(uint32_t n, uint64_t seed)
{
    struct atlas *a = mem_zero(1, sizeof *a);
    struct maker_point *p = mem_zero(n, sizeof *p);
    for (uint32_t i = 0; i < n; i++) {
        bool dense = maker_random(&seed) < 0.5;
        p[i].lon = dense ? 120.3 + 0.2 * maker_random(&seed) : 120 + 1.8 * maker_random(&seed);
        p[i].lat = dense ? 22.55 + 0.2 * maker_random(&seed) : 22 + 3.2 * maker_random(&seed);
        p[i].key = morton_key(tile_world_x(p[i].lon), tile_world_y(p[i].lat));
    }
    qsort(p, n, sizeof *p, maker_order);
    a->number = 1;
    a->built_at = 1767225600; /* 2026-01-01 */
    a->count = a->drawn = n;
    a->key = mem_zero(n, 8);
    a->lon = mem_zero(n, 8);
    a->lat = mem_zero(n, 8);
    a->id = mem_zero(n, 8);
    a->name = mem_zero(n, 4);
    a->county = mem_zero(n, 2);
    a->township = mem_zero(n, 2);
    a->industry = mem_zero(n, 2);
    a->company = mem_zero(n, 4);
    a->part_first = mem_zero(1, 4);
    a->substances = mem_zero(n, 2);
    a->check = mem_zero(n, 1);
    a->size = mem_zero(n, 1);
    a->established = mem_zero(n, 2);
    a->quantity_kg = mem_zero(n, 8);
    a->stock_first = mem_zero(n + 1, 4);
    a->by_id = mem_zero(n, 4);
    a->sum_quantity = mem_zero(n + 1, 8);
    a->sum_x = mem_zero(n + 1, 8);
    a->sum_y = mem_zero(n + 1, 8);
    a->names = mem_copy("某廠");
    for (uint32_t i = 0; i < n; i++) {
        uint32_t x, y;
        morton_xy(&x, &y, p[i].key);
        a->key[i] = p[i].key;
        a->lon[i] = p[i].lon;
        a->lat[i] = p[i].lat;
        a->id[i] = i + 1;
        a->by_id[i] = i;
        a->county[i] = ATLAS_NO_COUNTY;
        a->township[i] = ATLAS_NO_TOWNSHIP;
        a->industry[i] = ATLAS_NO_INDUSTRY;
        a->company[i] = i;
        a->quantity_kg[i] = i % 7 ? (double)i : (double)NAN;
        a->sum_quantity[i + 1] = a->sum_quantity[i] + (i % 7 ? i : 0);
        a->sum_x[i + 1] = a->sum_x[i] + x;
        a->sum_y[i + 1] = a->sum_y[i] + y;
    }
    free(p);
    return a;
}

#endif
