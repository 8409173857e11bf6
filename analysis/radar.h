/* radar.h - warning radar scores (警示雷達圖面積): substances Y, facilities K.
 *
 * Each has four axes; an axis is a class 1-10 times its weight (40/30/15/15 % by default), and the
 * score is the area of the polygon that the axes make in their order: (AB + BC + CD + DA)
 * sin(360/4 degrees) / 2. The report's printed tables were computed with sin(90 radians) =
 * 0.8939966636; RADAR_PUBLISHED repeats that. Axes: A hazard, B national quantity, C incidents, D
 * economic weight; G mean Y, H quantity, I size, J age. G is the weighted mean of Y, not a class
 * (0 … 12.375 at default weights); `rescale` brings it to 0 … 10.
 *
 * class10(v) = ceil(10 #{x in P: x <= v} / |P|), P = the positive known values of that factor.
 * Unknown: class 1 and `no_data`; known but not positive (a reported 0 is data): class 1. An
 * official class stands in place of ours where one was imported. I: 10 = SME, 5 = large. J: bands
 * by age in years; a year of foundation still to come is not known. Sources: report figures 4-113
 * to 4-121, see radar_columns.c.
 *
 * What radar_build gives never changes and may be read by any thread. */
#ifndef ANALYSIS_RADAR_H
#define ANALYSIS_RADAR_H

#include "gis/atlas.h"

enum { RADAR_AXES = 4, RADAR_CLASSES = 10 };
enum radar_angle { RADAR_DEGREES, RADAR_PUBLISHED };
enum radar_of { RADAR_SUBSTANCES, RADAR_FACILITIES }; /* whose axes: A B C D or G H I J */

struct radar_weights {
    double w[RADAR_AXES]; /* fractions, sum 1; by axis, whatever the order */
};

struct radar_options {
    struct radar_weights substance, facility;
    uint8_t substance_order[RADAR_AXES],
        facility_order[RADAR_AXES]; /* axis that stands 1st … 4th */
    enum radar_angle angle;
    int32_t incidents_from, incidents_to; /* days since 1970-01-01, both included; INT32_MIN and
                                             INT32_MAX = all */
    bool rescale;                         /* G on 0-10 */
    bool official;                        /* imported official classes override */
};
extern const struct radar_options radar_default_options; /* official, all incidents, A B C D */

struct radar_axis {
    double raw;      /* the factor's raw value (A: NFPA sum, B: kg, C: number, D: thousand TWD;
                        G: mean Y, H: kg, I: 1 SME / 2 large, J: year of foundation); NaN = none */
    double value;    /* class 1-10; for G the mean Y itself, or on 0-10 where rescaled */
    double weighted; /* value x weight */
    bool no_data;
    int future;    /* of J: a year of foundation still to come, which is no data; else 0 */
    bool official; /* value is the imported official class */
};

struct radar_score {
    struct radar_axis axis[RADAR_AXES]; /* A B C D or G H I J, whatever the order */
    double area; /* NaN: no score, e.g. a facility with no linked substance */
};

/* How raw values of an axis became classes. */
struct radar_limits {
    uint32_t population;       /* |P|; of G I J: how many have data */
    bool by_rank;              /* classes by rank, so that cut is filled (A B C D H) */
    double cut[RADAR_CLASSES]; /* cut[k - 1] = least raw value of class k; NaN where |P| = 0 */
};

struct radar_columns; /* radar_columns.h: what does not depend on weights */

struct radar {
    const struct atlas *atlas; /* borrowed; outlives this */
    struct radar_options options;
    struct radar_columns *columns;
    struct radar_limits limits[2 * RADAR_AXES]; /* of A B C D G H I J */
    double (*substance)[RADAR_AXES];            /* values (classes) of A B C D by substance index */
    double *incidents;                          /* raw C by substance index; NaN = none */
    double *substance_area;                     /* Y by substance index */
    double *facility_area;                      /* K by facility index; NaN = no score */
    double *block_max; /* largest K of each 64 drawn facilities; -inf = none */
    double y_max;      /* the largest Y that these options allow */
    int year;          /* the year that ages are counted to */
    size_t bytes;      /* memory of its own */
};

double radar_sine(enum radar_angle angle);
/* Area of four weighted axes that stand in this order. Source: report p. 4-119. */
double radar_area(const double weighted[RADAR_AXES], const uint8_t order[RADAR_AXES],
                  enum radar_angle angle);
/* The largest Y and the largest K that options allow: every class 10. */
double radar_largest_substance(const struct radar_options *options);
double radar_largest(const struct radar_options *options);
/* Whether the weights make every score 0: two axes that stand opposite each other weigh nothing. */
bool radar_all_zero(const struct radar_options *options, enum radar_of of);
/* Companions of the area, which do not depend on the order. The mean of the area over all orders:
 * e2/3 sin(360/4 degrees), e2 = sum of w_i w_j over pairs. The weighted geometric mean of the
 * classes, G taken on 0-10, so that nothing makes up for a low axis. NaN where there is no area. */
double radar_mean_area(const struct radar *r, const struct radar_score *score);
double radar_geometric(const struct radar *r, enum radar_of of, const struct radar_score *score);

/* Scores everything. Columns are made for it, O((facilities + parts + incidents) log); on columns
 * that are there new options cost one pass, O(facilities + stocks + incidents). */
struct radar *radar_build(const struct atlas *a, const struct radar_options *options);
struct radar *radar_build_on(struct radar_columns *columns, const struct radar_options *options);
void radar_free(struct radar *r); /* NULL allowed */
/* One score with its axes: the same number as in the columns. */
void radar_explain_substance(struct radar_score *out, const struct radar *r, uint32_t substance);
void radar_explain_facility(struct radar_score *out, const struct radar *r, uint32_t facility);
/* Largest score of drawn facilities first … end-1, or NaN. */
double radar_range_max(const struct radar *r, uint32_t first, uint32_t end);

/* Names of the eight axes, index as in limits. */
struct radar_axis_name {
    const char *key, *zh, *en, *unit_zh, *unit_en;
};
extern const struct radar_axis_name radar_axis_names[2 * RADAR_AXES];

#endif
