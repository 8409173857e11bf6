/* heat_weights.h - which points a heat query takes, and what each weighs; see heat_source.h. */
#ifndef ANALYSIS_HEAT_WEIGHTS_H
#define ANALYSIS_HEAT_WEIGHTS_H

#include "analysis/heat_source.h"

/* Fills kind, count, key, lon, lat, weight, who, left_out of a source whose query and atlas are
 * set; for samples query.unit too. radar as for heat_source_new. */
void heat_weights_fill(struct heat_source *s, const struct radar *radar);

/* Days since 1970-01-01 of the first day of a year. */
int32_t heat_weights_day(int32_t year);

#endif
