/* radar_rank.h - radar scores in order, and how much the order depends on what was chosen: the rank
 * of each under all orders of the axes, and who stays on top when the weights move. */
#ifndef ANALYSIS_RADAR_RANK_H
#define ANALYSIS_RADAR_RANK_H

#include "analysis/radar_filter.h"

enum radar_sort { RADAR_BY_AREA, RADAR_BY_MEAN, RADAR_BY_GEOMETRIC, RADAR_SORTS };
extern const char *const radar_sort_names[RADAR_SORTS]; /* area, mean, geometric */

/* What makes scores of a column equal: the whole numbers that they are of the highest / 1e9, or of
 * 1e-9 where that is 1 and more. Gives the divisor (1 or the highest) for radar_rank_key. */
double radar_rank_scale(const double *column, uint32_t count);
/* 0 = no score, else 1 and more. */
uint64_t radar_rank_key(double score, double scale);

/* The column that is sorted by, by index of substance or facility; NaN = no score. free() it. */
double *radar_column(const struct radar *r, enum radar_of of, enum radar_sort sort);

/* Indexes of substances or facilities that pass the filter (NULL = all; of substances only
 * min_score is looked at), highest first, those without a score last. Scores that differ by less
 * than 1e-9 (of the highest, where that is below 1) are equal; then comes the higher area, then the
 * higher hazard (axis A; of a facility that of its worst substance), then the smaller CAS number in
 * bytes or id. free() it. O(n): three passes of a radix sort for each of the keys. */
uint32_t *radar_ranking(uint32_t *count, const struct radar *r, enum radar_of of,
                        enum radar_sort sort, const struct radar_filter *filter);

/* The best and the worst rank (1 = highest; equal areas share all the places that they take) under
 * the three orders that axes can stand in: ABCD, ACBD, ABDC, or GHIJ, GIHJ, GHJI. 0 = no score. By
 * index; free() it. */
struct radar_ranks {
    uint32_t best, worst;
};
struct radar_ranks *radar_rank_intervals(const struct radar *r, enum radar_of of);

/* How many of the first `top` (by area) stay among them when the weight of one axis is `points`
 * percent points lower or higher (not below 0 nor above 100 %), the others scaled so that the sum
 * stays 100 %. */
struct radar_sensitivity {
    uint32_t top; /* looked at: as asked, or fewer where fewer have a score */
    struct {
        struct radar_weights weights;
        uint32_t stay;
    } variant[RADAR_AXES][2];       /* by axis: lower, higher */
    uint32_t stay_axis[RADAR_AXES]; /* under both variants of the axis */
    uint32_t stay_all;              /* under all eight */
    uint32_t *first;                /* [top] indexes of those looked at, in order */
    bool *stays;                    /* [top] whether under all eight */
};
void radar_sensitivity(struct radar_sensitivity *out, const struct radar *r, enum radar_of of,
                       uint32_t top, double points);
void radar_sensitivity_free(struct radar_sensitivity *s); /* what out holds */

#endif
