/* radar_json.h - the axes of a warning radar score as JSON. */
#ifndef SERVER_RADAR_JSON_H
#define SERVER_RADAR_JSON_H

#include "analysis/radar.h"
#include "gis/json.h"

/* Array of four: key, label, unit, raw (null = no data), class (null for G, which is a mean, not a
 * class), weight, weighted, max, no_data, explain (one sentence, zh and en). */
void radar_json_axes(struct json *j, const char *key, const struct radar *r,
                     const struct radar_score *score, bool facility);

#endif
