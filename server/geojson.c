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

void geojson_open_list(struct json *j, const char *name, int64_t matched, int64_t returned)
{
    json_open(j, NULL, '{');
    json_text(j, "type", "FeatureCollection");
    json_text(j, "name", name);
    json_int(j, "numberMatched", matched);
    json_int(j, "numberReturned", returned);
}

void geojson_open_facility(struct json *j, const struct atlas *a, uint32_t index, int64_t id)
{
    bool drawn = index < a->drawn;
    json_open(j, NULL, '{');
    json_text(j, "type", "Feature");
    if (id)
        json_int(j, "id", id);
    geojson_point(j, drawn ? a->lon[index] : (double)NAN, drawn ? a->lat[index] : (double)NAN);
    json_open(j, "properties", '{');
}
