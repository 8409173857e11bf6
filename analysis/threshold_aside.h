/* threshold_aside.h - rows of holdings that imports kept aside because something in them could not
 * be read: what a site holds may be more than its holdings say. Which facility a row means, its
 * substance and period are told by the row itself, as far as they can be read. */
#ifndef ANALYSIS_THRESHOLD_ASIDE_H
#define ANALYSIS_THRESHOLD_ASIDE_H

#include "analysis/threshold_set.h"

struct threshold_aside {
    int64_t facility, batch, line;
    int64_t rule; /* index of the rule, or one of threshold.h's THRESHOLD_… below 0 */
    const char *name, *behaviour, *source; /* as the row says; title of the source */
    const char *column, *value, *reason;   /* what is at fault and why; NULL = none */
};

struct threshold_asides { /* those that may count: on site, and not known to be of no item */
    struct threshold_aside *rows; /* by facility, import, line */
    uint32_t count;
    struct db_result *result; /* holds the texts */
};

/* facility 0 = of all. The snapshot that the set was read in is still open. */
bool threshold_asides_load(struct threshold_asides *out, const struct threshold_set *set,
                           int64_t facility, struct db *db, struct error *err);
void threshold_asides_free(struct threshold_asides *a);
/* The verdict on a facility that count such rows are about: a lower bound. */
void threshold_asides_judge(struct threshold_verdict *v, uint32_t count);

#endif
