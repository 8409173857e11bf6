/* heat_compare.h - two rasters of heat beside each other: do they say the same places?
 *
 * Compared are the pixels where both have a value and at least one is not 0 (outside of both
 * radii nothing agrees with nothing). overlap: Schoener's D = 1 - sum |p - q| / 2 with p, q the
 * values over their own sums there, weighted by the pixels' area (Schoener 1968; Warren, Glor &
 * Turelli 2008): 0 = apart, 1 = the same but for a factor. A mean has no value where no sample is
 * near, so of a map beside it a part may lie where nothing is compared: overlap_whole is over the
 * sums of all that each map has, wherever the other has a value or not. pearson: of the values;
 * spearman: of their ranks, ties at their mean rank. */
#ifndef ANALYSIS_HEAT_COMPARE_H
#define ANALYSIS_HEAT_COMPARE_H

#include "analysis/heat_raster.h"

enum { HEAT_COMPARE_PIXELS_MAX = 4000000 /* compared */ };

struct heat_extreme {
    double value, x, y; /* centre of the pixel; NaN = there is none */
};

struct heat_compared {
    uint64_t pixels;                         /* compared */
    double km2;                              /* of these */
    double both_km2, only_a_km2, only_b_km2; /* where a and b, a alone, b alone are more than 0 */
    double sum_a, sum_b;                     /* values x km2 over the compared pixels */
    double whole_a, whole_b;                 /* over all pixels where a, where b has a value */
    double overlap, overlap_whole;           /* NaN = not to be said */
    double pearson, spearman;                /* NaN = not to be said */
    struct heat_extreme more_a, more_b;      /* where a - b is largest, least */
};

/* Compared from rasters that share no pixel (strips), two of one layout at a time: begin zeroed,
 * add each, end. False: more than HEAT_COMPARE_PIXELS_MAX. */
struct heat_pairs {
    struct heat_compared so_far;
    double *a, *b, *km2; /* of each compared pixel */
    size_t room;
};
bool heat_pairs_add(struct heat_pairs *p, const struct heat_raster *a, const struct heat_raster *b,
                    struct error *err);
void heat_pairs_end(struct heat_compared *out, struct heat_pairs *p); /* frees */
/* Of n pairs; pairs with a NaN are left out. NaN where fewer than 3 are left or one never changes.
 */
double heat_compare_pearson(const double *a, const double *b, size_t n);
double heat_compare_spearman(const double *a, const double *b, size_t n);

enum heat_compare_value { HEAT_COMPARE_DIFFERENCE, HEAT_COMPARE_RATIO, HEAT_COMPARE_SHARES };
/* a's cells become a - b, a / b (NaN where b is 0), or p - q: the difference of the values over
 * their own sums, per km2, that is of what part of each lies there. NaN where one has none. */
void heat_compare_cells(struct heat_raster *a, const struct heat_raster *b,
                        enum heat_compare_value value);

#endif
