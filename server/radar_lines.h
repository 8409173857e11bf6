/* radar_lines.h - the arithmetic of one warning radar score as lines that a person follows with a
 * pocket calculator, zh-TW and English. */
#ifndef SERVER_RADAR_LINES_H
#define SERVER_RADAR_LINES_H

#include "analysis/radar.h"
#include "gis/json.h"

enum { RADAR_LINES_SUBSTANCES_MAX = 40 }; /* told one by one; more are counted in one line */

/* Array of {zh, en}. */
void radar_lines_write(struct json *j, const char *key, const struct radar *r, enum radar_of of,
                       uint32_t index);

#endif
