/* geojson.h - lists of facilities as GeoJSON (RFC 7946). */
#ifndef SERVER_GEOJSON_H
#define SERVER_GEOJSON_H

#include "gis/atlas.h"
#include "gis/json.h"

/* A FeatureCollection up to where its own members follow, then "features". */
void geojson_open_list(struct json *j, const char *name, int64_t matched, int64_t returned);
/* A Feature up to its "properties", which are open; index in the atlas. id 0 = none: there may be
 * several of a facility. */
void geojson_open_facility(struct json *j, const struct atlas *a, uint32_t index, int64_t id);
/* The member "geometry" that is a point. lon, lat: EPSG:4326 degrees, written with 7 places; NaN
 * lon = null. */
void geojson_point(struct json *j, double lon, double lat);

#endif
