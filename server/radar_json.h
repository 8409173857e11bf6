/* radar_json.h - warning radars as JSON: parameters, factors with their class limits, axes,
 * companions of the score. The same members wherever a radar is told. */
#ifndef SERVER_RADAR_JSON_H
#define SERVER_RADAR_JSON_H

#include "analysis/radar_rank.h"
#include "gis/json.h"

/* Members: weights (%, by axis), order, angle, sin, rescale, official, incidents {from, to}, of
 * facilities substance_weights and substance_order; parameters: all that differs from the defaults,
 * as a query ("" = nothing); and those of radar_json_remarks. */
void radar_json_parameters(struct json *j, const struct radar *r, enum radar_of of);
/* Members all_zero (the weights make every score 0) and remarks [{zh, en}], what the reader must
 * know of these weights. */
void radar_json_remarks(struct json *j, const struct radar_options *o, enum radar_of of);
/* Array of four: key, label, unit, population, and where classes go by rank class_limits: the least
 * raw value of each class 1-10 (null = nothing known); bands of size and age. */
void radar_json_factors(struct json *j, const char *key, const struct radar *r, enum radar_of of);
/* Array of four: key, label, unit, raw (null = no data), class (null for G, which is a mean, not a
 * class), weight, weighted, max, population, no_data, official, explain (one sentence, zh, en). */
void radar_json_axes(struct json *j, const char *key, const struct radar *r,
                     const struct radar_score *score, bool facility);
/* Members mean_area and geometric, which do not depend on the order of the axes. */
void radar_json_companions(struct json *j, const struct radar *r, enum radar_of of,
                           const struct radar_score *score);
/* Member ranks {best, worst} among everything in the atlas, over the three orders of the axes; null
 * where there is no score. */
void radar_json_ranks(struct json *j, const struct radar_ranks *ranks);

#endif
