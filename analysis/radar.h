/* radar.h - warning radar scores (警示雷達圖面積): substances Y, facilities K.
 *
 * Each has four axes; an axis is a class 1-10 times its weight (40/30/15/15 % by default), and the
 * score is the area of the polygon: (AB + BC + CD + DA) sin(360/4 degrees) / 2. The report's
 * printed tables were computed with sin(90 radians) = 0.8939966636; RADAR_PUBLISHED repeats that.
 * Order of the axes: A hazard, B national quantity, C incidents, D economic weight; G mean Y, H
 * quantity, I size, J age. G is the weighted mean of Y (not a class): 0.40 x mean Y at default
 * weights.
 *
 * class10(v) = ceil(10 #{x in P: x <= v} / |P|), P = the positive known values of that factor.
 * Unknown: class 1 and `no_data`; known but not positive (a reported 0 is data): class 1.
 * I: 10 = SME, 5 = large. J: bands by age in years. Sources: report figures 4-113 to 4-121, see
 * radar.c. */
#ifndef ANALYSIS_RADAR_H
#define ANALYSIS_RADAR_H

#include "gis/atlas.h"

enum { RADAR_AXES = 4 };
enum radar_angle { RADAR_DEGREES, RADAR_PUBLISHED };

struct radar_weights {
    double w[RADAR_AXES]; /* fractions, sum 1 */
};

struct radar_axis {
    double raw;      /* the factor's raw value (A: NFPA sum, B: kg, C: number, D: thousand TWD;
                        G: mean Y, H: kg, I: 1 SME / 2 large, J: year of foundation); NaN = no data */
    double value;    /* class 1-10; for G the mean Y itself */
    double weighted; /* value x weight */
    bool no_data;
};

struct radar_score {
    struct radar_axis axis[RADAR_AXES];
    double area; /* NaN: no score, e.g. a facility with no linked substance */
};

struct radar {
    const struct atlas *atlas; /* borrowed; outlives this */
    struct radar_weights substance_weights, facility_weights;
    enum radar_angle angle;
    uint32_t population[2 * RADAR_AXES]; /* |P| of A B C D G H I J; how many have data */
    double *substance_area;              /* by substance index */
    float *facility_area;                /* by facility index; NaN = no score */
    float *block_max;                    /* largest of each 64 drawn facilities; -inf = none */
    double *sorted[2 * RADAR_AXES];      /* the populations, ascending; NULL where no classes */
    int year;                            /* the year that ages are counted to */
};

extern const struct radar_weights radar_default_weights;

/* "40,30,15,15" (four numbers >= 0, scaled to sum 1). */
bool radar_parse_weights(struct radar_weights *out, const char *text, struct error *err);
/* "degrees" or "published". */
bool radar_parse_angle(enum radar_angle *out, const char *text, struct error *err);
double radar_sine(enum radar_angle angle);
/* Area of four weighted axes. Source: report p. 4-119; see radar_sine for the factor. */
double radar_area(const double weighted[RADAR_AXES], enum radar_angle angle);

/* Scores everything; O((facilities + stocks + substances) log). */
struct radar *radar_build(const struct atlas *a, struct radar_weights substance_weights,
                          struct radar_weights facility_weights, enum radar_angle angle);
void radar_free(struct radar *r); /* NULL allowed */
/* One score with its axes. */
void radar_explain_substance(struct radar_score *out, const struct radar *r, uint32_t substance);
void radar_explain_facility(struct radar_score *out, const struct radar *r, uint32_t facility);
/* Largest score of drawn facilities first … end-1, or NaN. */
double radar_range_max(const struct radar *r, uint32_t first, uint32_t end);

/* Names of the eight axes, index as in population. */
struct radar_axis_name {
    const char *key, *zh, *en, *unit_zh, *unit_en;
};
extern const struct radar_axis_name radar_axis_names[2 * RADAR_AXES];

#endif
