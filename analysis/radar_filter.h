/* radar_filter.h - which facilities a list, a tile or a summary is about. */
#ifndef ANALYSIS_RADAR_FILTER_H
#define ANALYSIS_RADAR_FILTER_H

#include "analysis/radar.h"

struct radar_filter {
    int64_t county, township, industry, substance; /* index in the atlas; -1 = any */
    double min_score;                              /* -inf = any, those without a score too */
};
extern const struct radar_filter radar_filter_none;

/* Whether it lets everything pass. */
bool radar_filter_is_none(const struct radar_filter *f);
bool radar_filter_passes(const struct radar_filter *f, const struct radar *r, uint32_t facility);
bool radar_filter_equal(const struct radar_filter *a, const struct radar_filter *b);

#endif
