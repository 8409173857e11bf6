/* geojson.h - the member "geometry" of a Feature that is a point (RFC 7946). */
#ifndef SERVER_GEOJSON_H
#define SERVER_GEOJSON_H

#include "gis/json.h"

/* lon, lat: EPSG:4326 degrees, written with 7 places; NaN lon = null. */
void geojson_point(struct json *j, double lon, double lat);

#endif
