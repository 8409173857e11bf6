/* exact_sum.h - sums of doubles without rounding, so that their order does not matter: a
 * fixed-point number as long as all exponents (R. M. Neal, "Fast exact summation using small and
 * large superaccumulators", 2015). */
#ifndef GIS_EXACT_SUM_H
#define GIS_EXACT_SUM_H

#include <stdint.h>

enum { EXACT_SUM_LIMBS = 67 }; /* of 32 bits, from 2^-1074 on */

struct exact_sum {
    int64_t limb[EXACT_SUM_LIMBS]; /* all 0 to begin with */
};

/* value is finite; at most 2^30 of them. */
void exact_sum_add(struct exact_sum *s, double value);
double exact_sum_value(const struct exact_sum *s);

#endif
