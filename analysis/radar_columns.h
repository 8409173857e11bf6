/* radar_columns.h - what warning radar scores of one atlas have in common, whatever the weights:
 * raw factors, populations with their class limits, classes of facilities. Made once an atlas;
 * counted references, so that radars of several options share it. Read-only once made. */
#ifndef ANALYSIS_RADAR_COLUMNS_H
#define ANALYSIS_RADAR_COLUMNS_H

#include "analysis/radar.h"
#include "analysis/radar_factors.h"

struct radar_facility_classes {
    uint8_t h, i, j; /* classes 1-10 */
};

struct radar_columns {
    const struct atlas *atlas; /* borrowed; outlives this */
    _Atomic int holders;
    struct radar_limits limits[2 * RADAR_AXES]; /* all but C and G */
    double *raw[RADAR_AXES];                    /* A, B, D by substance index; C is NULL */
    struct radar_national *national;            /* what B rests on, by substance index */
    struct radar_events *events;                /* what C is counted from */
    struct radar_facility_classes *facility;    /* by facility index */
    uint32_t *link_first;                       /* [facilities + 1] */
    uint32_t *link;                             /* its linked substances, by facility */
    int year;                                   /* the year that ages are counted to */
};

struct radar_columns *radar_columns_new(const struct atlas *a);
struct radar_columns *radar_columns_share(struct radar_columns *c);
void radar_columns_release(struct radar_columns *c); /* NULL allowed */

/* Limits of the positive known values of column; class of a value among them (1 where it is not
 * known or not positive). */
void radar_limits_make(struct radar_limits *out, const double *column, uint32_t count);
int radar_class(const struct radar_limits *limits, double raw);
/* A year of foundation as ages are counted from it: 0 where it is after `year`. */
int radar_founded(int founded, int year);
/* Class of a facility by its year of foundation (0 = not known: 1) in a year. */
uint8_t radar_age_class(const struct atlas_ages *ages, int founded, int year);

#endif
