/* /api/v1/heat: the value at a place, exact. */
#include "analysis/heat.h"
#include "gis/json.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/heat_query.h"

static bool get_heat(struct reply *reply, const struct request *r, struct error *err)
{
    double lon = 0, lat = 0;
    bool done;
    struct heat_query q;
    if (!answer_begin(&done, reply, r, err))
        return false;
    if (!request_query(r, "lon") || !request_query(r, "lat"))
        return error_set(err, ERROR_INPUT, "lon and lat are wanted, in degrees (EPSG:4326)");
    if (!request_double(&lon, r, "lon", -180, 180, err) ||
        !request_double(&lat, r, "lat", -85, 85, err) || !heat_query_parse(&q, r, err))
        return false;
    if (done)
        return true;
    const struct heat_source *s = heat_source_take(r->snapshot, &q);
    uint32_t contributors;
    double value = heat_value(s, lon, lat, &contributors);
    struct json j = {.out = &reply->body};
    json_open(&j, NULL, '{');
    json_number(&j, "lon", lon, 7);
    json_number(&j, "lat", lat, 7);
    json_number(&j, "value", value, 9);
    heat_query_json(&j, s);
    json_int(&j, "contributors", contributors);
    json_int(&j, "atlas", (int64_t)s->atlas->number);
    json_close(&j, '}');
    heat_source_put(r->snapshot, s);
    return true;
}

static const struct parameter parameters[] = {
    {"lon", PARAMETER_NUMBER, -180, 180, NULL, NULL, "longitude, degrees, EPSG:4326; wanted"},
    {"lat", PARAMETER_NUMBER, -85, 85, NULL, NULL, "latitude, degrees, EPSG:4326; wanted"},
    HEAT_PARAMETERS,
    {.name = NULL}};

const struct route heat_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/heat",
     .handler = get_heat,
     .fast = true,
     .slow = heat_query_slow,
     .parameters = parameters,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "Heat at a place: exact truncated kernel, radius on the ground, per km²"},
    {.pattern = NULL}};
