/* run_compare.h - two radar runs compared: who rose, who fell, is new, has gone
 * (run_reason.h: and why).
 *
 * Facilities are the same by id; what is left over by name within a county, where just one on each
 * side bears it (an import undone and made again gives new ids). Scores that differ by less than
 * 1e-9 are the same. */
#ifndef ANALYSIS_RUN_COMPARE_H
#define ANALYSIS_RUN_COMPARE_H

#include "analysis/radar_run.h"

enum run_change_kind {
    RUN_ROSE,
    RUN_FELL,
    RUN_SAME,     /* the same score, or none both times */
    RUN_NEW,      /* not in the run before */
    RUN_GONE,     /* not in the run after */
    RUN_SCORED,   /* had no score and has one */
    RUN_UNSCORED, /* had one and has none */
    RUN_CHANGES
};
extern const char *const run_change_names[RUN_CHANGES];

struct run_change {
    enum run_change_kind kind;
    int64_t index[2]; /* in facilities (substances) before, after; -1 = not there */
    uint32_t rank[2]; /* 1 = highest; 0 = no score */
    double area[2];   /* NaN = no score */
    bool by_name;     /* the same by name and county, not by id */
};

struct run_compare {
    const struct radar_run *run[2];
    struct run_change *facilities, *substances; /* risen first, largest difference first; then
                                                   fallen ones; then by kind, highest score first */
    uint32_t facility_count, substance_count;
    uint32_t counts[RUN_CHANGES], substance_counts[RUN_CHANGES];
};

/* Borrows both runs. county: code, NULL = all; a facility belongs to that of the later run. */
struct run_compare *run_compare_new(const struct radar_run *before, const struct radar_run *after,
                                    const char *county);
void run_compare_free(struct run_compare *c); /* NULL allowed */

#endif
