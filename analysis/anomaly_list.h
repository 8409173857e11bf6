/* anomaly_list.h - quantities out of the ordinary, over all facilities: every value of every series
 * against those before it, and the whitelist; made once for an atlas and a scale, kept with the
 * snapshot. */
#ifndef ANALYSIS_ANOMALY_LIST_H
#define ANALYSIS_ANOMALY_LIST_H

#include "analysis/anomaly.h"
#include "analysis/anomaly_series.h"
#include "analysis/snapshot.h"

enum anomaly_method { ANOMALY_MEAN, ANOMALY_MEDIAN, ANOMALY_EITHER, ANOMALY_BOTH, ANOMALY_METHODS };
extern const char *const anomaly_method_names[ANOMALY_METHODS]; /* "mean" … */

struct anomaly_hit {
    uint32_t series, at; /* value `at` of the series */
    uint32_t index;      /* of the facility in the atlas; UINT32_MAX = not in it */
    int32_t allowed;     /* row of data.allowed; -1 = on no whitelist */
    bool latest;         /* of its series */
    struct anomaly judged;
};

struct anomaly_list {
    bool ok; /* false: err says why, nothing else is set */
    struct error err;
    struct anomaly_data *data;
    struct db_result *allowed; /* anomaly_allowed.sql */
    struct anomaly_hit *hits;  /* either opinion; by series and value */
    uint32_t
        *shown; /* hits by the mean, of drawn facilities, on no whitelist; in the atlas' order */
    uint32_t hit_count, shown_count, judged, too_short; /* values that were judged, that were not */
};

/* NULL with err where the database fails. Put it back. */
const struct anomaly_list *anomaly_list_take(const struct snapshot *s, enum anomaly_scale scale,
                                             struct db *db, struct error *err);
void anomaly_list_put(const struct snapshot *s, const struct anomaly_list *l);

/* Whether the method calls it out of the ordinary, and by how much. */
bool anomaly_hit_by(const struct anomaly_hit *h, enum anomaly_method method);
double anomaly_hit_excess(const struct anomaly_hit *h, enum anomaly_method method);
enum anomaly_kind anomaly_hit_kind(const struct anomaly_hit *h, enum anomaly_method method);

#endif
