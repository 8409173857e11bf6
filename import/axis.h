/* axis.h - what the name of a column says of coordinates: which axis, and in which system. */
#ifndef IMPORT_AXIS_H
#define IMPORT_AXIS_H

#include <stdbool.h>

enum axis { AXIS_NONE, AXIS_X, AXIS_Y, AXIS_LON, AXIS_LAT };

/* key: a column's name in its normal form (text_name_key). "twd97_x", "x坐標(twd67)",
 * "二度分帶67x", "tm2橫座標" and the like; a plain "x" too. */
enum axis axis_find(const char *key);
/* True where the name says TWD67, which is taken only where nothing newer stands beside it. */
bool axis_is_twd67(const char *key);
/* The system that the name of an easting or northing says: "EPSG:3826", 3825, 3828, 3827; NULL
 * where it says none. */
const char *axis_crs(const char *key);
/* key: the normal form of what a row says of its system ("twd67", "67", "twd97tm2(119)",
 * "epsg:3828"). NULL where that agrees with `taken`, a code of gis/crs.h, or says nothing; else the
 * code of TM2 that it says, in the zone of `taken` where it names none. WGS 84 and TWD97 agree. */
const char *axis_other_crs(const char *key, const char *taken);

#endif
