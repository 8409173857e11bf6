/* run_reason.h - why scores of two compared runs differ: per axis the raw value and class before
 * and after, and contributions by cause that add up to the difference (run_why.h). */
#ifndef ANALYSIS_RUN_REASON_H
#define ANALYSIS_RUN_REASON_H

#include "analysis/run_compare.h"

enum run_cause {
    RUN_OWN,        /* what it reports itself */
    RUN_OTHERS,     /* the others: class limits; scores of its substances */
    RUN_TIME,       /* the year that ages are counted to, and the bands of ages */
    RUN_PARAMETERS, /* weights, order, angle, period of incidents, official classes, scale of G */
    RUN_CAUSES
};
extern const char *const run_cause_names[RUN_CAUSES];

/* What an import of official classes did; nothing where only one of both runs asked for them. */
enum run_official {
    RUN_OFFICIAL_NOTHING,
    RUN_OFFICIAL_GIVEN,
    RUN_OFFICIAL_CHANGED,
    RUN_OFFICIAL_WITHDRAWN
};
extern const char *const run_official_names[]; /* by it; of nothing NULL */

struct run_axis_reason {
    double raw[2], value[2]; /* before, after; value: class, of G the mean or that on 0-10 */
    bool official[2];        /* the class is an imported official one */
    enum run_official official_change; /* of G: of the facility's substances */
    double by[RUN_CAUSES]; /* contributions to the score; of parameters: 0, see run_reason.by */
    unsigned moved;        /* bit c: cause c moved the value by itself */
};

struct run_reason {
    bool scored; /* both times; else only raw and value of the axes are told */
    struct run_axis_reason axis[RADAR_AXES]; /* A B C D or G H I J */
    double by[RUN_CAUSES];                   /* these add up to the difference */
    double difference;
};

struct run_reasons;

/* Borrows c. */
struct run_reasons *run_reasons_new(const struct run_compare *c);
void run_reasons_free(struct run_reasons *r); /* NULL allowed */
void run_reason_facility(struct run_reason *out, const struct run_reasons *r,
                         const struct run_change *change);
void run_reason_substance(struct run_reason *out, const struct run_reasons *r,
                          const struct run_change *change);
/* Over all facilities of the comparison with a score both times; returns the difference. */
double run_reasons_sum(double by[RUN_CAUSES], const struct run_reasons *r);
/* Whether a change of the class of axis A B C D (0-3) counts as the parameters': they differ in
 * what makes that class. */
bool run_reasons_fixed(const struct run_reasons *r, int axis);

#endif
