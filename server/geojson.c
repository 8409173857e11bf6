#include "server/geojson.h"

#include <math.h>

void geojson_point(struct json *j, double lon, double lat)
{
    if (isnan(lon)) {
        json_null(j, "geometry");
        return;
    }
    json_open(j, "geometry", '{');
    json_text(j, "type", "Point");
    json_open(j, "coordinates", '[');
    json_number(j, NULL, lon, 7);
    json_number(j, NULL, lat, 7);
    json_close(j, ']');
    json_close(j, '}');
}
