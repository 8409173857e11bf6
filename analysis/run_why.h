/* run_why.h - why a score changed, as contributions that add up to the difference exactly.
 *
 * A score is s (x1 + x3)(x2 + x4) / 2 of weighted axes x = w v, and v of each axis depends on what
 * the thing itself reports (own), on all others (class limits; of G the scores of substances; of J
 * the year that ages are counted to) and on the parameters. With 0 = before, 1 = after and
 * v(t, o, s) = value under parameters t, own data o, surroundings s:
 *
 *   values under parameters t: K(t, v(t,1,1)) - K(t, v(t,0,0)) is, as the product is bilinear, the
 *     sum over axes of s/2 w (v1 - v0) x mean of the other two's sum before and after;
 *   own part of v1 - v0:    ((v(1,0) - v(0,0)) + (v(1,1) - v(0,1))) / 2,
 *   others' part:           ((v(0,1) - v(0,0)) + (v(1,1) - v(1,0))) / 2;
 *   the values' contributions are the means over t = 0 and 1;
 *   parameters: the mean of K(1, v(1,d,d)) - K(0, v(0,d,d)) over d = 0 and 1.
 *
 * Each is the mean over both ways to go from before to after, so no order is preferred, and
 * swapping before and after changes all signs and nothing else. */
#ifndef ANALYSIS_RUN_WHY_H
#define ANALYSIS_RUN_WHY_H

#include "analysis/radar.h"

struct run_terms { /* how values become a score */
    double w[RADAR_AXES];
    uint8_t order[RADAR_AXES];
    enum radar_angle angle;
};

struct run_states {
    struct run_terms terms[2];         /* before, after */
    double value[2][2][2][RADAR_AXES]; /* by parameters, own data, surroundings, axis */
};

struct run_why {
    double own[RADAR_AXES], others[RADAR_AXES]; /* contributions by axis */
    double parameters;
    double difference; /* the sum of all of them */
};

void run_why_make(struct run_why *out, const struct run_states *in);

#endif
