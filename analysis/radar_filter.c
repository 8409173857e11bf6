#include "analysis/radar_filter.h"

#include <math.h>

const struct radar_filter radar_filter_none = {-1, -1, -1, -1, -HUGE_VAL};

bool radar_filter_equal(const struct radar_filter *a, const struct radar_filter *b)
{
    return a->county == b->county && a->township == b->township && a->industry == b->industry &&
           a->substance == b->substance && !(a->min_score < b->min_score) &&
           !(a->min_score > b->min_score);
}

bool radar_filter_is_none(const struct radar_filter *f)
{
    return radar_filter_equal(f, &radar_filter_none);
}

static bool holds(const struct atlas *a, uint32_t facility, int64_t substance)
{
    for (uint32_t k = a->stock_first[facility]; k < a->stock_first[facility + 1]; k++)
        if (a->stocks[k].substance == substance)
            return true;
    return false;
}

bool radar_filter_passes(const struct radar_filter *f, const struct radar *r, uint32_t i)
{
    const struct atlas *a = r->atlas;
    return (f->county < 0 || a->county[i] == f->county) &&
           (f->township < 0 || a->township[i] == f->township) &&
           (f->industry < 0 || a->industry[i] == f->industry) &&
           (isinf(f->min_score) || r->facility_area[i] >= f->min_score) &&
           (f->substance < 0 || holds(a, i, f->substance));
}
