/* radar_factors.h - raw factors of substances that are counted from many rows of the atlas: the
 * national quantity (B) and the number of incidents of a period (C). */
#ifndef ANALYSIS_RADAR_FACTORS_H
#define ANALYSIS_RADAR_FACTORS_H

#include "gis/atlas.h"

/* The national quantity of a substance: the largest of the sums by source x behaviour x year of
 * what facilities manufacture, use or store, and of what systems state themselves. */
struct radar_national {
    double kg;          /* NaN = none */
    bool stated;        /* by the system, not summed from facilities */
    const char *system; /* name of the source or system; NULL = none */
    uint8_t behaviour;  /* enum behaviour */
    int16_t year;       /* 0 = not known */
};
/* By substance index, [substances]; free() it. O(parts). */
struct radar_national *radar_national_new(const struct atlas *a);

/* Incidents by substance, ready to be counted for any period. */
struct radar_events {
    const struct atlas *atlas;
    uint32_t *first; /* [substances + 1] */
    int32_t *day;    /* of the incidents of each substance, ascending; ATLAS_NO_DAY = not known;
                        those that the radar counts */
    uint32_t *printed_first; /* [substances + 1]: rows of atlas.printed */
};
struct radar_events *radar_events_new(const struct atlas *a);
void radar_events_free(struct radar_events *e); /* NULL allowed */

/* How the incidents of one substance count from day `from` to day `to` (both included). */
struct radar_incidents {
    double count;    /* stored + printed; NaN = neither is known of any time */
    uint32_t stored; /* told one by one; those without a day only where all days are asked for */
    double printed;  /* more that publications count in periods which lie within from … to: the
                        largest surplus over the stored that periods apart from each other make */
};
void radar_count_incidents(struct radar_incidents *out, const struct radar_events *e,
                           uint32_t substance, int32_t from, int32_t to);

#endif
