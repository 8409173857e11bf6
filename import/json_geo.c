#include <string.h>

#include "import/json_scan.h"
#include "import/read_json.h"
#include "import/text_in.h"

static bool is_geo_type(const char *type)
{
    static const char *const types[] = {
        "FeatureCollection", "Feature",    "Topology",        "Point",        "LineString",
        "Polygon",           "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (!strcmp(type, types[i]))
            return true;
    return false;
}

/* The "type" of the object whose bracket was taken. */
static bool has_geo_type(struct json_scan *j)
{
    while (json_scan_next(j, NULL) == JSON_KEY) {
        bool type = !strcmp(json_scan_text(j, NULL), "type");
        enum json_token token = json_scan_next(j, NULL);
        if (type && token == JSON_TEXT && is_geo_type(json_scan_text(j, NULL)))
            return true;
        if (!json_scan_value(NULL, j, token, NULL))
            return false;
    }
    return false;
}

bool read_json_is_geo(bool *geo, int input, const struct read_json_how *how, struct error *err)
{
    struct text_in in;
    if (!text_in_open(&in, input, how->gzip, how->kit, how->encoding, err)) {
        text_in_close(&in);
        return false;
    }
    struct json_scan *j = json_scan_open(text_in_read, &in);
    enum json_token token = json_scan_next(j, NULL);
    *geo = token == JSON_OBJECT ? has_geo_type(j) : token != JSON_ARRAY && !how->lines;
    json_scan_close(j);
    text_in_close(&in);
    return true;
}
