/* borders.h - the counties and townships in memory: which of them a point is in, exactly as PostGIS
 * says (ST_Intersects on area_part), a hundred times as fast. About 100 bytes a piece and 16 a
 * vertex. */
#ifndef IMPORT_BORDERS_H
#define IMPORT_BORDERS_H

#include <stdbool.h>

#include "gis/db.h"

struct borders;

/* What is stored now. */
struct borders *borders_load(struct db *db, struct error *err);
void borders_free(struct borders *b); /* NULL allowed */
/* Whether the database still holds what was loaded. */
bool borders_hold(bool *hold, const struct borders *b, struct db *db, struct error *err);
/* Whether there is any county. */
bool borders_known(const struct borders *b);
/* Codes of the county and of the township at lon, lat (EPSG:4326, degrees), NULL = none; of several
 * the least. Borrowed from b. A point on a border is in both areas. */
void borders_find(const char **county, const char **township, const struct borders *b, double lon,
                  double lat);
/* Code of the county that a normal form names, or NULL. name NULL allowed. */
const char *borders_county(const struct borders *b, const char *name, size_t len);

#endif
