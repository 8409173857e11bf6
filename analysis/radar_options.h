/* radar_options.h - the options of a warning radar as text: the same names and forms in queries,
 * commands and saved runs.
 *
 *   weights=40,30,15,15      four numbers >= 0, scaled to 100 %, in the order of the axes' letters;
 *                            of facilities, or of substances in a list of substances
 *   order=GHIJ               which axis stands 1st … 4th round the radar (ABCD of substances)
 *   substance_weights=  substance_order=    of the substances, in everything about facilities
 *   angle=degrees|published  rescale=0|1  official=1|0
 *   incidents_from=YYYY-MM-DD  incidents_to=YYYY-MM-DD    both included */
#ifndef ANALYSIS_RADAR_OPTIONS_H
#define ANALYSIS_RADAR_OPTIONS_H

#include "analysis/radar.h"
#include "gis/buf.h"

/* The names, ends with NULL. */
extern const char *const radar_option_names[];

/* Sets one option from its text. `of`: what `weights` and `order` mean. */
bool radar_options_set(struct radar_options *o, enum radar_of of, const char *name,
                       const char *value, struct error *err);
/* What only shows when all are set: incidents_from after incidents_to. */
bool radar_options_check(const struct radar_options *o, struct error *err);
/* "weights=50,20,15,15&order=GIHJ": what differs from the defaults, always in the same form and
 * order, so that equal options give equal text; "" = all defaults. Needs no escaping in an address.
 */
void radar_options_text(struct buf *out, const struct radar_options *o, enum radar_of of);
bool radar_options_equal(const struct radar_options *a, const struct radar_options *b);
/* radar_options_text read back (also with names in another order). */
bool radar_options_parse(struct radar_options *o, enum radar_of of, const char *text,
                         struct error *err);

/* "40,30,15,15"; "degrees" or "published"; "GHIJ"; "2009-01-31" to days since 1970-01-01. */
bool radar_parse_weights(struct radar_weights *out, const char *text, struct error *err);
bool radar_parse_angle(enum radar_angle *out, const char *text, struct error *err);
bool radar_parse_order(uint8_t out[RADAR_AXES], enum radar_of of, const char *text,
                       struct error *err);
bool radar_parse_day(int32_t *out, const char *name, const char *text, struct error *err);
/* The four letters of an order, NUL-terminated. */
void radar_order_text(char out[RADAR_AXES + 1], enum radar_of of, const uint8_t order[RADAR_AXES]);

#endif
