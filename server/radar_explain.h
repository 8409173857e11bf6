/* radar_explain.h - one warning radar score as numbers that another program recomputes it from:
 * every number is the very double that was computed with. */
#ifndef SERVER_RADAR_EXPLAIN_H
#define SERVER_RADAR_EXPLAIN_H

#include "analysis/radar_rank.h"
#include "gis/json.h"

/* Members of an open object: score, axes, mean_area, geometric, ranks, rank, ranked (how many have
 * a score); of a facility substances, substance_axes, mean_scale, quantity (kg and the sums that it
 * is made of), year and age_bands, of a substance national (its sums) and incidents (how they
 * count). Order, angle and sine are those of radar_json_parameters. */
void radar_explain_write(struct json *j, const struct radar *r, enum radar_of of, uint32_t index,
                         const struct radar_ranks *ranks);

#endif
