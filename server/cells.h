/* cells.h - one row written once, to a table (sheet.h) or as the members of a JSON object: CSV,
 * XLSX and the properties of GeoJSON say the same under the same names. */
#ifndef SERVER_CELLS_H
#define SERVER_CELLS_H

#include "gis/json.h"
#include "server/sheet.h"

struct cells {
    struct sheet *sheet; /* or … */
    struct json *json;
    const struct sheet_column *column; /* of the next cell */
};

void cells_text(struct cells *c, const char *text);    /* NULL = not known */
void cells_decimal(struct cells *c, const char *text); /* exact; a text in JSON */
void cells_number(struct cells *c, double value);      /* not finite = not known */
void cells_int(struct cells *c, int64_t value);
void cells_bool(struct cells *c, bool value);
/* Days since 1970-01-01; INT32_MIN and INT32_MAX = open. */
void cells_day(struct cells *c, int32_t day);

#endif
