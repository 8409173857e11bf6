/* radar_lines.h - the arithmetic of one warning radar score as lines that a person follows with a
 * pocket calculator, zh-TW and English. */
#ifndef SERVER_RADAR_LINES_H
#define SERVER_RADAR_LINES_H

#include "analysis/radar.h"
#include "gis/json.h"

enum { RADAR_LINES_SUBSTANCES_MAX = 40 }; /* told one by one; more are counted in one line */

/* What the size of a facility follows from; the atlas holds only the result. */
struct radar_lines_size {
    double capital_twd, employees; /* of its operator; NaN = not known */
};

/* Array of {zh, en}. size: of facilities; NULL = not told. */
void radar_lines_write(struct json *j, const char *key, const struct radar *r, enum radar_of of,
                       uint32_t index, const struct radar_lines_size *size);

#endif
