/* run_maker.h - atlases with counties, townships, substances and stocks, made in memory, for tests
 * of radar runs. */
#ifndef TESTS_RUN_MAKER_H
#define TESTS_RUN_MAKER_H

#include <string.h>

#include "analysis/radar_run.h"
#include "tests/unit/atlas_maker.h"

enum { MAKER_SUBSTANCES = 30, MAKER_COUNTIES = 5, MAKER_TOWNSHIPS = 12 };

static const char *const maker_county_codes[MAKER_COUNTIES] = {"10002", "10004", "63000", "64000",
                                                               "65000"};
static const char *const maker_township_codes[MAKER_TOWNSHIPS] = {
    "10002010", "10002020", "10004010", "10004020", "63000010", "63000020",
    "64000010", "64000020", "64000030", "65000010", "65000020", "65000030"};
static const uint16_t maker_township_county[MAKER_TOWNSHIPS] = {0, 0, 1, 1, 2, 2, 3, 3, 3, 4, 4, 4};
static const char *const maker_cas[MAKER_SUBSTANCES] = {
    "1-00-0", "1-00-1", "1-00-2", "1-00-3", "1-00-4", "1-00-5", "1-00-6", "1-00-7",
    "1-00-8", "1-00-9", "1-01-0", "1-01-1", "1-01-2", "1-01-3", "1-01-4", "1-01-5",
    "1-01-6", "1-01-7", "1-01-8", "1-01-9", "1-02-0", "1-02-1", "1-02-2", "1-02-3",
    "1-02-4", "1-02-5", "1-02-6", "1-02-7", "1-02-8", "1-02-9"};

static inline uint32_t maker_below(uint64_t *seed, uint32_t n)
{
    return (uint32_t)(maker_random(seed) * n);
}

static inline void maker_substances(struct atlas *a, uint64_t *seed)
{
    a->substance_count = MAKER_SUBSTANCES;
    a->substance = mem_zero(MAKER_SUBSTANCES, sizeof *a->substance);
    for (uint32_t i = 0; i < MAKER_SUBSTANCES; i++) {
        struct atlas_substance *s = &a->substance[i];
        *s = (struct atlas_substance){.id = (int32_t)i + 1, .cas = maker_cas[i], .name_en = "X"};
        bool known = maker_random(seed) < 0.8;
        for (int k = 0; k < 3; k++)
            s->nfpa[k] = (int8_t)(known ? (int)maker_below(seed, 5) : -1);
        s->export_value = maker_random(seed) < 0.5 ? 1e6 * maker_random(seed) : (double)NAN;
        for (int k = 0; k < 4; k++)
            s->official[k] = maker_random(seed) < 0.1 ? 1 + maker_below(seed, 10) : (double)NAN;
    }
}

/* One report of each stock in 2020; incidents of some substances in 1970-2010. */
static inline void maker_events(struct atlas *a, uint64_t *seed)
{
    uint32_t n = a->stock_first[a->count];
    free(a->part_first);
    a->part_first = mem_zero(n + 1ul, sizeof *a->part_first);
    a->parts = mem_zero(n + 1ul, sizeof *a->parts);
    a->source_count = 1;
    a->sources = mem_zero(1, sizeof *a->sources);
    a->sources[0] = (struct atlas_source){"one", "One"};
    for (uint32_t k = 0; k < n; k++) {
        a->part_first[k + 1] = k + 1;
        a->parts[k] = (struct atlas_part){.facility = a->stocks[k].facility,
                                          .substance = a->stocks[k].substance,
                                          .year = 2020,
                                          .behaviour = BEHAVIOUR_USE,
                                          .kg = maker_random(seed) * 100};
    }
    a->incident_count = 60;
    a->incidents = mem_zero(60, sizeof *a->incidents);
    for (uint32_t k = 0; k < 60; k++)
        a->incidents[k] = (struct atlas_incident){.id = k + 1,
                                                  .substance = maker_below(seed, 20),
                                                  .day = (int32_t)maker_below(seed, 15000),
                                                  .county = ATLAS_NO_COUNTY};
}

static inline void maker_areas(struct atlas *a)
{
    a->county_count = MAKER_COUNTIES;
    a->counties = mem_zero(MAKER_COUNTIES, sizeof *a->counties);
    for (uint32_t i = 0; i < MAKER_COUNTIES; i++)
        a->counties[i] = (struct atlas_county){.code = maker_county_codes[i], .name = "縣"};
    a->township_count = MAKER_TOWNSHIPS;
    a->townships = mem_zero(MAKER_TOWNSHIPS, sizeof *a->townships);
    for (uint32_t i = 0; i < MAKER_TOWNSHIPS; i++)
        a->townships[i] = (struct atlas_township){
            .code = maker_township_codes[i], .name = "鎮", .county = maker_township_county[i]};
}

/* n facilities with ids 1 … n, the first nine tenths drawn; a third without substances. */
static inline struct atlas *maker_whole(uint32_t n, uint64_t seed)
{
    struct atlas *a = maker_atlas(n, 7); /* the same places for every seed */
    maker_substances(a, &seed);
    maker_areas(a);
    a->drawn = n - n / 10;
    a->stocks = mem_zero(n * 8ul, sizeof *a->stocks);
    free(a->stock_first);
    a->stock_first = mem_zero(n + 1ul, sizeof *a->stock_first);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t held = maker_random(&seed) < 0.67 ? 1 + maker_below(&seed, 7) : 0;
        uint32_t next = maker_below(&seed, 3), at = a->stock_first[i];
        for (uint32_t k = 0; k < held && next < MAKER_SUBSTANCES; k++) {
            a->stocks[at++] = (struct atlas_stock){i, next, 1};
            next += 1 + maker_below(&seed, 6);
        }
        a->stock_first[i + 1] = at;
        a->size[i] = (uint8_t)maker_below(&seed, 3);
        a->established[i] =
            (int16_t)(maker_random(&seed) < 0.7 ? 1970 + maker_below(&seed, 56) : 0);
        a->quantity_kg[i] = maker_random(&seed) < 0.6 ? 1000 * maker_random(&seed) : (double)NAN;
        uint32_t t = maker_below(&seed, MAKER_TOWNSHIPS + 1);
        a->township[i] = t < MAKER_TOWNSHIPS ? (uint16_t)t : ATLAS_NO_TOWNSHIP;
        a->county[i] = t < MAKER_TOWNSHIPS ? maker_township_county[t] : ATLAS_NO_COUNTY;
    }
    maker_events(a, &seed);
    return a;
}

static inline struct radar_options maker_options(uint64_t *seed)
{
    struct radar_options o = radar_default_options;
    double sum[2] = {0, 0};
    for (int i = 0; i < RADAR_AXES; i++) {
        sum[0] += o.substance.w[i] = 0.05 + maker_random(seed);
        sum[1] += o.facility.w[i] = 0.05 + maker_random(seed);
    }
    for (int i = 0; i < RADAR_AXES; i++) {
        o.substance.w[i] /= sum[0];
        o.facility.w[i] /= sum[1];
    }
    static const uint8_t orders[3][RADAR_AXES] = {{0, 1, 2, 3}, {0, 2, 1, 3}, {3, 1, 0, 2}};
    memcpy(o.substance_order, orders[maker_below(seed, 3)], RADAR_AXES);
    memcpy(o.facility_order, orders[maker_below(seed, 3)], RADAR_AXES);
    o.angle = maker_random(seed) < 0.5 ? RADAR_DEGREES : RADAR_PUBLISHED;
    o.rescale = maker_random(seed) < 0.5;
    o.official = maker_random(seed) < 0.5;
    o.incidents_from = maker_random(seed) < 0.5 ? 7000 : INT32_MIN;
    return o;
}

#endif
