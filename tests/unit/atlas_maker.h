/* atlas_maker.h - an atlas made in memory from points, for tests that need no database. */
#ifndef TESTS_ATLAS_MAKER_H
#define TESTS_ATLAS_MAKER_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    a->ages = (struct atlas_ages){.count = 4, .band = {{30, 10}, {20, 8}, {10, 6}, {0, 4}}};
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

/* Gives the atlas `substances` substances (CAS "1-00-0", "2-00-0" …; every fifth without NFPA
 * ratings) and `stocks` stocks spread over the facilities, each of one to three parts; sizes, years
 * of foundation, counties and townships. Once, on an atlas of maker_atlas. */
static inline void maker_holdings(struct atlas *a, uint32_t substances, uint32_t stocks,
                                  uint64_t seed)
{
    static const struct atlas_source source = {"maker", "Maker"};
    a->sources = mem_zero(1, sizeof *a->sources);
    *a->sources = source;
    a->source_count = 1;
    a->substance_count = substances;
    a->substance = mem_zero(substances, sizeof *a->substance);
    char(*cas)[16] = mem_zero(substances, sizeof *cas); /* owned by names */
    for (uint32_t i = 0; i < substances; i++) {
        struct atlas_substance *s = &a->substance[i];
        snprintf(cas[i], sizeof cas[i], "%u-00-0", i + 1);
        *s = (struct atlas_substance){.id = (int32_t)i + 1,
                                      .cas = cas[i],
                                      .export_value =
                                          i % 3 ? maker_random(&seed) * 1e6 : (double)NAN};
        for (int k = 0; k < 4; k++)
            s->official[k] = (double)NAN;
        for (int k = 0; k < 3; k++)
            s->nfpa[k] = i % 5 ? (int8_t)(5 * maker_random(&seed)) : -1;
    }
    free(a->names);
    a->names = mem_zero(substances, sizeof *cas + 16);
    memcpy(a->names, "某廠", sizeof "某廠");
    for (uint32_t i = 0; i < substances; i++)
        a->substance[i].cas = memcpy(a->names + 16 + 16ul * i, cas[i], 16);
    free(cas);

    free(a->part_first);
    a->stocks = mem_zero(stocks, sizeof *a->stocks);
    a->part_first = mem_zero(stocks + 1ul, sizeof *a->part_first);
    a->parts = mem_zero(3ul * stocks, sizeof *a->parts);
    uint32_t part = 0;
    for (uint32_t f = 0, k = 0; f < a->count; f++) {
        uint32_t end = (uint32_t)((uint64_t)stocks * (f + 1) / a->count);
        a->size[f] = (uint8_t)(3 * maker_random(&seed));
        a->established[f] = f % 4 ? (int16_t)(1950 + 70 * maker_random(&seed)) : 0;
        a->quantity_kg[f] = k < end ? 0 : (double)NAN;
        for (uint32_t n = 0; k < end; k++, n++) {
            double kg = exp(20 * maker_random(&seed) - 4);
            uint32_t substance = n ? (a->stocks[k - 1].substance + 1) % substances
                                   : (uint32_t)(substances * maker_random(&seed));
            a->stocks[k] = (struct atlas_stock){f, substance, kg};
            a->quantity_kg[f] += kg;
            a->part_first[k] = part;
            for (uint32_t i = 0; i <= k % 3; i++)
                a->parts[part++] = (struct atlas_part){.facility = f,
                                                       .substance = substance,
                                                       .year = (int16_t)(2018 - i),
                                                       .behaviour = BEHAVIOUR_USE,
                                                       .kg = kg / (i + 1)};
        }
        a->stock_first[f + 1] = end;
    }
    a->part_first[stocks] = part;
    for (uint32_t f = 0; f < a->count; f++) {
        a->sum_quantity[f + 1] =
            a->sum_quantity[f] + (isnan(a->quantity_kg[f]) ? 0 : a->quantity_kg[f]);
        a->substances[f] = (uint16_t)(a->stock_first[f + 1] - a->stock_first[f]);
    }
    uint32_t *at = mem_zero(substances + 1ul, sizeof *at);
    for (uint32_t k = 0; k < stocks; k++)
        at[a->stocks[k].substance + 1]++;
    for (uint32_t i = 0; i < substances; i++) {
        at[i + 1] += at[i];
        a->substance[i].first = a->substance[i].end = at[i];
    }
    a->by_substance = mem_zero(stocks, sizeof *a->by_substance);
    for (uint32_t k = 0; k < stocks; k++)
        a->by_substance[a->substance[a->stocks[k].substance].end++] = a->stocks[k];
    free(at);
}

#endif
