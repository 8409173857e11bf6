/* The addresses under /ogc. /items is one route a collection, because each knows other properties.
 */
#include <string.h>

#include "server/api.h"
#include "server/ogc.h"

#define FORMAT                                                                                     \
    {                                                                                              \
        "f", PARAMETER_CHOICE, 0, 0, "json|html", NULL, "format; overrides the header Accept"      \
    }
#define PAGE                                                                                       \
    {"limit",                                                                                      \
     PARAMETER_INTEGER,                                                                            \
     0,                                                                                            \
     0,                                                                                            \
     NULL,                                                                                         \
     "100",                                                                                        \
     "features of a page, from 1; above 10000 it is taken as 10000"},                              \
        {"bbox",                                                                                   \
         PARAMETER_TEXT,                                                                           \
         0,                                                                                        \
         0,                                                                                        \
         NULL,                                                                                     \
         NULL,                                                                                     \
         "west,south,east,north in degrees (CRS84), or six numbers with heights; west > east "     \
         "crosses the antimeridian"},                                                              \
        {"datetime",                                                                               \
         PARAMETER_TEXT,                                                                           \
         0,                                                                                        \
         0,                                                                                        \
         NULL,                                                                                     \
         NULL,                                                                                     \
         "RFC 3339 instant or interval; the features carry no time, so all match"},                \
    {                                                                                              \
        "after", PARAMETER_TEXT, 0, 0, NULL, NULL,                                                 \
            "where the page begins; taken from the link next"                                      \
    }

static const struct parameter format_only[] = {FORMAT, {.name = NULL}};
static const struct parameter facility_parameters[] = {
    FORMAT,
    PAGE,
    {"name", PARAMETER_TEXT, 0, 0, NULL, NULL, "only this name"},
    {"ems_no", PARAMETER_TEXT, 0, 0, NULL, NULL, "only this control number"},
    {"county", PARAMETER_TEXT, 0, 0, NULL, NULL, "only in the county of this name"},
    {"county_code", PARAMETER_TEXT, 0, 0, NULL, NULL, "only in the county of this code"},
    {"position_check", PARAMETER_TEXT, 0, 0, NULL, NULL, "only with this result of the check"},
    {.name = NULL}};
static const struct parameter county_parameters[] = {
    FORMAT,
    PAGE,
    {"name", PARAMETER_TEXT, 0, 0, NULL, NULL, "only this name"},
    {"code", PARAMETER_TEXT, 0, 0, NULL, NULL, "only this code"},
    {.name = NULL}};
static const struct parameter township_parameters[] = {
    FORMAT,
    PAGE,
    {"name", PARAMETER_TEXT, 0, 0, NULL, NULL, "only this name"},
    {"code", PARAMETER_TEXT, 0, 0, NULL, NULL, "only this code"},
    {"county_code", PARAMETER_TEXT, 0, 0, NULL, NULL, "only in the county of this code"},
    {.name = NULL}};
static const struct parameter record_parameters[] = {
    FORMAT,
    PAGE,
    {"name", PARAMETER_TEXT, 0, 0, NULL, NULL, "only this name"},
    {"county_code", PARAMETER_TEXT, 0, 0, NULL, NULL, "only in the county of this code"},
    {"position_check", PARAMETER_TEXT, 0, 0, NULL, NULL, "only with this result of the check"},
    {.name = NULL}};

/* The collection is the third segment of /ogc/collections/<id>/items. */
bool ogc_get_items(struct reply *reply, const struct request *r, struct error *err)
{
    char id[32];
    const char *at = r->path + strlen("/ogc/collections/");
    size_t len = strcspn(at, "/");
    bool done;
    if (len >= sizeof id)
        len = sizeof id - 1;
    memcpy(id, at, len);
    id[len] = '\0';
    const struct ogc_collection *c = ogc_find(id, err);
    if (!c || !ogc_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    return c->records     ? ogc_record_items(reply, r, c, err)
           : c->area_kind ? ogc_area_items(reply, r, c, err)
                          : ogc_facility_items(reply, r, c, err);
}

bool ogc_get_item(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    const struct ogc_collection *c = ogc_find(r->part[0], err);
    if (!c || !ogc_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    return c->records     ? ogc_record_item(reply, r, c, r->part[1], err)
           : c->area_kind ? ogc_area_item(reply, r, c, r->part[1], err)
                          : ogc_facility_item(reply, r, c, r->part[1], err);
}

#define OGC(path, function, list, what, media)                                                     \
    {                                                                                              \
        .method = "GET", .pattern = (path), .handler = (function), .parameters = (list),           \
        .summary = (what), .answer = (media), .tag = "ogc"                                         \
    }
#define JSON_HTML "application/json, text/html"
#define GEOJSON_HTML "application/geo+json, text/html"

const struct route ogc_routes[] = {
    OGC("/ogc/", ogc_get_landing, format_only, "Landing page of OGC API Features", JSON_HTML),
    OGC("/ogc", ogc_get_landing, format_only, "The same", JSON_HTML),
    OGC("/ogc/conformance", ogc_get_conformance, format_only, "Conformance classes", JSON_HTML),
    OGC("/ogc/api", ogc_get_api, format_only, "Definition of the OGC API (OpenAPI 3.0)",
        "application/vnd.oai.openapi+json;version=3.0, text/html"),
    OGC("/ogc/collections", ogc_get_collections, format_only, "Collections", JSON_HTML),
    OGC("/ogc/collections/facilities/items", ogc_get_items, facility_parameters, "Facilities",
        GEOJSON_HTML),
    OGC("/ogc/collections/counties/items", ogc_get_items, county_parameters, "Counties",
        GEOJSON_HTML),
    OGC("/ogc/collections/townships/items", ogc_get_items, township_parameters, "Townships",
        GEOJSON_HTML),
    OGC("/ogc/collections/{collection}/items", ogc_get_items, record_parameters,
        "Records of a family: incidents, samples, zones, places …", GEOJSON_HTML),
    OGC("/ogc/collections/{collection}", ogc_get_collection, format_only, "One collection",
        JSON_HTML),
    OGC("/ogc/collections/{collection}/queryables", ogc_get_queryables, format_only,
        "Properties that may be asked for", "application/schema+json"),
    OGC("/ogc/collections/{collection}/schema", ogc_get_schema, format_only,
        "Properties of the features", "application/schema+json"),
    OGC("/ogc/collections/{collection}/items/{id}", ogc_get_item, format_only, "One feature",
        GEOJSON_HTML),
    {.pattern = NULL}};
