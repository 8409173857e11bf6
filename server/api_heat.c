/* /api/v1/heat: the density at a place, exact. */
#include "analysis/heat.h"
#include "gis/json.h"
#include "server/answer.h"
#include "server/api.h"

static bool get_heat(struct reply *reply, const struct request *r, struct error *err)
{
    double lon = 0, lat = 0;
    bool done;
    struct heat_query q = {.by = HEAT_COUNT, .substance = -1};
    const char *cas = request_query(r, "cas"), *by = request_query(r, "by");
    if (!answer_begin(&done, reply, r, err))
        return false;
    if (!request_query(r, "lon") || !request_query(r, "lat"))
        return error_set(err, ERROR_INPUT, "lon and lat are wanted, in degrees (EPSG:4326)");
    if (!request_double(&lon, r, "lon", -180, 180, err) ||
        !request_double(&lat, r, "lat", -85, 85, err) || (by && !heat_parse_by(&q.by, by, err)))
        return false;
    const struct atlas *a = r->snapshot->atlas;
    if (cas && (q.substance = atlas_find_substance(a, cas)) < 0)
        return error_set(err, ERROR_INPUT, "cas: no substance \"%.40s\" is known here", cas);
    if (done)
        return true;
    uint32_t contributors;
    double value = heat_value(a, &q, lon, lat, &contributors);
    struct json j = {.out = &reply->body};
    json_open(&j, NULL, '{');
    json_number(&j, "lon", lon, 7);
    json_number(&j, "lat", lat, 7);
    json_number(&j, "value", value, 9);
    json_text(&j, "unit", q.by == HEAT_COUNT ? "facilities/km²" : "kg/km²");
    json_text(&j, "by", q.by == HEAT_COUNT ? "count" : "quantity");
    json_text(&j, "cas", cas);
    json_text(&j, "kernel", "quartic");
    json_int(&j, "radius_m", (int64_t)HEAT_RADIUS_M);
    json_int(&j, "contributors", contributors);
    json_int(&j, "atlas", (int64_t)a->number);
    json_close(&j, '}');
    return true;
}

static const struct parameter parameters[] = {
    {"lon", PARAMETER_NUMBER, -180, 180, NULL, NULL, "longitude, degrees, EPSG:4326; wanted"},
    {"lat", PARAMETER_NUMBER, -85, 85, NULL, NULL, "latitude, degrees, EPSG:4326; wanted"},
    {"by", PARAMETER_CHOICE, 0, 0, "count|quantity", "count",
     "facilities per km² or kilograms per km²"},
    {"cas", PARAMETER_TEXT, 0, 0, NULL, NULL, "only facilities that hold this substance (CAS)"},
    {.name = NULL}};

const struct route heat_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/heat",
     .handler = get_heat,
     .fast = true,
     .parameters = parameters,
     .answer = "application/json",
     .tag = "analysis",
     .summary =
         "Density at a place: exact truncated quartic kernel, 2,500 m on the ground, per km²"},
    {.pattern = NULL}};
