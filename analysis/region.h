/* region.h - warning radar scores summed up by county, township or hexagon, of now or of a saved
 * run.
 *
 * Every facility counts in exactly one row: that of its region, or `nowhere` (no county, no
 * township, not drawn). Sums are made in ascending order of the values, so they depend on the
 * values alone and are the same bits for any order of facilities.
 *
 * The 90th percentile is the nearest rank: the smallest score that at least nine tenths of the
 * scored facilities do not pass, ascending[ceil(0.9 n) - 1]; so it is the score of a facility.
 * (Type 1 of Hyndman & Fan 1996; spreadsheets' PERCENTILE interpolates, which is type 7.) */
#ifndef ANALYSIS_REGION_H
#define ANALYSIS_REGION_H

#include "analysis/hexagon.h"
#include "analysis/radar_run.h"

enum region_by { REGION_COUNTY, REGION_TOWNSHIP, REGION_HEXAGON, REGION_BYS };
extern const char *const region_by_names[REGION_BYS];

enum { REGION_ROWS_MAX = 20000, REGION_CODE_SIZE = 40 };

struct region_sum {
    uint32_t facilities, scored;    /* scored: those with a score K; the others have none known */
    uint32_t weighed;               /* those with a quantity known */
    double sum, mean, maximum, p90; /* of K; NaN where none is scored */
    double kg;                      /* sum of known quantities; NaN where none is known */
};

struct region {
    char code[REGION_CODE_SIZE]; /* of hexagons "h5000:q:r" */
    const char *name, *name_en;  /* borrowed from the run; NULL = none */
    const char *county;          /* code of a township's county, borrowed; NULL = none … */
    const char *county_name, *county_name_en; /* … and its names */
    struct hexagon hexagon;                   /* by hexagon */
    struct region_sum sum;
};

struct region_query {
    enum region_by by;
    int size;           /* of hexagons, metres across flats */
    const char *county; /* only facilities of this county (code); NULL = all */
};

struct region_table {
    struct region_query query;
    struct region *rows; /* counties and townships: all of them, by code; hexagons: those with
                            facilities, by row from south to north, then from west */
    uint32_t count;
    struct region_sum all, nowhere; /* nowhere is part of all */
};

/* Fails where hexagons would be more than REGION_ROWS_MAX. */
struct region_table *region_summarise(const struct radar_run *run, const struct region_query *q,
                                      struct error *err);
void region_table_free(struct region_table *t); /* NULL allowed */
/* The row of the same region; NULL = there is none. */
const struct region *region_find(const struct region_table *t, const struct region *like);

/* Adds the rows that `other` has and t has not, with nothing in them. Its run must outlive t. */
void region_table_cover(struct region_table *t, const struct region_table *other);

/* One summary; sorts both arrays. */
void region_sum_make(struct region_sum *out, uint32_t facilities, double *areas, uint32_t scored,
                     double *kgs, uint32_t weighed);
/* Nearest rank; n > 0. */
double region_p90(const double *ascending, uint32_t n);

#endif
