/* /ogc/collections, one collection, its queryables and its schema. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "server/html.h"
#include "server/ogc.h"
#include "server/reply.h"
#include "sql.h"

static const struct ogc_property facility_properties[] = {
    {"id", "integer", "Number in HazAtlas", false},
    {"name", "string", "Name in Chinese", true},
    {"number", "string", "Registration number to show", false},
    {"ems_no", "string", "Control number (管制編號)", true},
    {"address", "string", "Address as reported", false},
    {"county", "string", "County (縣市), name", true},
    {"county_code", "string", "County, code of the Ministry of the Interior", true},
    {"township", "string", "Township (鄉鎮市區), name", false},
    {"industry", "string", "Industry as reported", false},
    {"score", "number", "Warning radar score K at default weights; null = no data", false},
    {"substances", "integer", "Number of substances held", false},
    {"quantity_kg", "number", "Sum of the largest quantities of its substances, kg", false},
    {"position_check", "string", "Result of the check of the position", true},
    {"source", "string", "Source of the latest state", false},
    {"changed_at", "string", "When the state last changed, UTC", false},
    {.name = NULL}};

static const struct ogc_property county_properties[] = {
    {"code", "string", "Code of the Ministry of the Interior", true},
    {"name", "string", "Name in Chinese", true},
    {"name_en", "string", "Name in English", false},
    {.name = NULL}};

static const struct ogc_property township_properties[] = {
    {"code", "string", "Code of the Ministry of the Interior", true},
    {"name", "string", "Name in Chinese", true},
    {"name_en", "string", "Name in English", false},
    {"county_code", "string", "Code of its county", true},
    {"county", "string", "Name of its county", false},
    {.name = NULL}};

#define RECORDS(kind, name, what, shape)                                                           \
    {                                                                                              \
        .id = (kind), .title = (name), .description = (what), .geometry = (shape), .records = true \
    }

const struct ogc_collection ogc_collections[] = {
    {.id = "facilities",
     .title = "廠場 Facilities",
     .description =
         "Facilities that handle hazardous chemicals. Geometry is null where no position "
         "was reported or the reported one was not accepted.",
     .geometry = "geometry-point",
     .properties = facility_properties},
    {.id = "counties",
     .title = "縣市 Counties",
     .description = "County borders.",
     .geometry = "geometry-multipolygon",
     .properties = county_properties,
     .area_kind = "county"},
    {.id = "townships",
     .title = "鄉鎮市區 Townships",
     .description = "Township borders.",
     .geometry = "geometry-multipolygon",
     .properties = township_properties,
     .area_kind = "township"},
    RECORDS("basins", "流域 River basins", "River basins.", "geometry-multipolygon"),
    RECORDS("rivers", "河川 Rivers", "Rivers.", "geometry-multilinestring"),
    RECORDS("zones", "責任區 Responsibility zones",
            "Areas that joint-response organisations answer for.", "geometry-multipolygon"),
    RECORDS("sites", "採樣點 Sampling sites", "Sampling sites in rivers.", "geometry-point"),
    RECORDS("samples", "採樣 Samples",
            "Measured concentrations; below detection the value is null and the limit said.",
            "geometry-point"),
    RECORDS("incidents", "事件 Incidents",
            "Chemical incidents; geometry is null where no position was reported.",
            "geometry-point"),
    RECORDS("places", "應變據點 Places that matter",
            "Hospitals, fire stations, shelters, schools, hydrants, water intakes.",
            "geometry-point"),
    RECORDS("contaminated", "污染場址 Contaminated sites", "Soil and groundwater pollution sites.",
            "geometry-point"),
    RECORDS("stations", "監測站 Monitoring stations", "Air, water and other monitoring stations.",
            "geometry-point"),
    RECORDS("layouts", "配置圖 Layouts",
            "Outlines of layout drawings, and the lines of those that are lines.", "geometry-any"),
    RECORDS("stocks", "校園化學品 Campus stocks", "Chemical stocks of schools.", "geometry-point"),
    {.id = NULL}};

const struct ogc_collection *ogc_find(const char *id, struct error *err)
{
    for (const struct ogc_collection *c = ogc_collections; c->id; c++)
        if (!strcmp(c->id, id))
            return c;
    error_fill(err, ERROR_NOT_FOUND, "there is no collection \"%.40s\"", id);
    return NULL;
}

bool ogc_property_at(struct ogc_property *p, const struct ogc_collection *c, int number)
{
    if (c->records)
        return ogc_record_property(p, c, number);
    *p = c->properties[number];
    return p->name != NULL;
}

static void grow(double box[4], double west, double south, double east, double north)
{
    box[0] = fmin(box[0], west);
    box[1] = fmin(box[1], south);
    box[2] = fmax(box[2], east);
    box[3] = fmax(box[3], north);
}

static void grow_records(double box[4], const struct request *r, const struct ogc_collection *c)
{
    struct db_result *row = db_query(r->db, &SQL_record_extent, NULL, DB_ARGS(db_text(c->id)));
    if (row && db_rows(row) && !db_is_null(row, 0, 0))
        grow(box, db_get_f64(row, 0, 0), db_get_f64(row, 0, 1), db_get_f64(row, 0, 2),
             db_get_f64(row, 0, 3));
    db_done(row);
}

static void write_extent(struct json *j, const struct request *r, const struct ogc_collection *c)
{
    const struct atlas *a = r->snapshot->atlas;
    double box[4] = {180, 90, -180, -90};
    if (c->records)
        grow_records(box, r, c);
    for (uint32_t i = 0; !c->area_kind && !c->records && i < a->drawn; i++)
        grow(box, a->lon[i], a->lat[i], a->lon[i], a->lat[i]);
    for (uint32_t i = 0; c->area_kind && i < a->county_count; i++)
        grow(box, a->counties[i].bbox[0], a->counties[i].bbox[1], a->counties[i].bbox[2],
             a->counties[i].bbox[3]);
    if (!(box[0] <= box[2])) /* nothing yet: the region that is served */
        memcpy(box, (const double[]){114, 10, 123.5, 27}, sizeof box);
    json_open(j, "extent", '{');
    json_open(j, "spatial", '{');
    json_open(j, "bbox", '[');
    json_open(j, NULL, '[');
    for (int i = 0; i < 4; i++)
        json_number(j, NULL, box[i], 7);
    json_close(j, ']');
    json_close(j, ']');
    json_text(j, "crs", OGC_CRS84);
    json_close(j, '}');
    json_close(j, '}');
}

static void write_collection(struct json *j, const struct request *r,
                             const struct ogc_collection *c, bool alone)
{
    char path[128];
    json_open(j, NULL, '{');
    json_text(j, "id", c->id);
    json_text(j, "title", c->title);
    json_text(j, "description", c->description);
    json_text(j, "itemType", "feature");
    write_extent(j, r, c);
    json_open(j, "crs", '[');
    json_text(j, NULL, OGC_CRS84);
    json_close(j, ']');
    json_text(j, "storageCrs", OGC_CRS84);
    json_open(j, "links", '[');
    snprintf(path, sizeof path, "/ogc/collections/%s", c->id);
    if (alone)
        ogc_self_links(j, r, "application/json");
    else
        ogc_link(j, r, "self", "application/json", c->title, path);
    snprintf(path, sizeof path, "/ogc/collections/%s/items?f=json", c->id);
    ogc_link(j, r, "items", OGC_GEOJSON, c->title, path);
    snprintf(path, sizeof path, "/ogc/collections/%s/items?f=html", c->id);
    ogc_link(j, r, "items", OGC_HTML, c->title, path);
    snprintf(path, sizeof path, "/ogc/collections/%s/queryables", c->id);
    ogc_link(j, r, "http://www.opengis.net/def/rel/ogc/1.0/queryables", "application/schema+json",
             "Queryables", path);
    snprintf(path, sizeof path, "/ogc/collections/%s/schema", c->id);
    ogc_link(j, r, "http://www.opengis.net/def/rel/ogc/1.0/schema", "application/schema+json",
             "Schema", path);
    json_close(j, ']');
    json_close(j, '}');
}

static void collection_page(struct buf *out, const struct request *r,
                            const struct ogc_collection *c)
{
    char path[128];
    buf_text(out, "<h2>");
    html_text(out, c->title);
    buf_text(out, "</h2>\n<p>");
    html_text(out, c->description);
    buf_text(out, "</p>\n<p>");
    snprintf(path, sizeof path, "/ogc/collections/%s/items?f=html", c->id);
    ogc_page_link(out, r, path, "Items");
    buf_text(out, "</p>\n<ul>\n");
    struct ogc_property p;
    for (int i = 0; ogc_property_at(&p, c, i); i++) {
        buf_format(out, "<li><strong>%s</strong> (%s): ", p.name, p.type);
        html_text(out, p.title);
        buf_text(out, "</li>\n");
    }
    buf_text(out, "</ul>\n");
}

bool ogc_get_collections(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    if (!ogc_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    if (ogc_wants_html(r)) {
        ogc_page_begin(&reply->body, "Collections");
        for (const struct ogc_collection *c = ogc_collections; c->id; c++)
            collection_page(&reply->body, r, c);
        ogc_page_end(&reply->body, r);
        return true;
    }
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    json_open(&j, "links", '[');
    ogc_self_links(&j, r, "application/json");
    json_close(&j, ']');
    json_open(&j, "collections", '[');
    for (const struct ogc_collection *c = ogc_collections; c->id; c++)
        write_collection(&j, r, c, false);
    json_close(&j, ']');
    json_close(&j, '}');
    return true;
}

bool ogc_get_collection(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    const struct ogc_collection *c = ogc_find(r->part[0], err);
    if (!c || !ogc_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    if (ogc_wants_html(r)) {
        ogc_page_begin(&reply->body, c->title);
        collection_page(&reply->body, r, c);
        ogc_page_end(&reply->body, r);
        return true;
    }
    struct json j = reply_json(reply);
    write_collection(&j, r, c, true);
    return true;
}

static bool write_schema(struct reply *reply, const struct request *r, bool queryables,
                         struct error *err)
{
    bool done;
    char path[160];
    const struct ogc_collection *c = ogc_find(r->part[0], err);
    if (!c || !ogc_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    reply->type = "application/schema+json";
    struct json j = reply_json(reply);
    struct buf id = {0};
    snprintf(path, sizeof path, "/ogc/collections/%s/%s", c->id,
             queryables ? "queryables" : "schema");
    buf_format(&id, "%s%s", r->base_url, path);
    json_open(&j, NULL, '{');
    json_text(&j, "$schema", "https://json-schema.org/draft/2020-12/schema");
    json_text_n(&j, "$id", id.data, id.len);
    json_text(&j, "type", "object");
    json_text(&j, "title", c->title);
    json_open(&j, "properties", '{');
    struct ogc_property p;
    for (int i = 0; ogc_property_at(&p, c, i); i++) {
        if (queryables && !p.queryable)
            continue;
        json_open(&j, p.name, '{');
        json_text(&j, "type", p.type);
        json_text(&j, "title", p.title);
        json_close(&j, '}');
    }
    if (!queryables) {
        json_open(&j, "geometry", '{');
        json_text(&j, "format", c->geometry);
        json_text(&j, "x-ogc-role", "primary-geometry");
        json_close(&j, '}');
    }
    json_close(&j, '}');
    json_bool(&j, "additionalProperties", false);
    json_close(&j, '}');
    buf_free(&id);
    return true;
}

bool ogc_get_queryables(struct reply *reply, const struct request *r, struct error *err)
{
    return write_schema(reply, r, true, err);
}

bool ogc_get_schema(struct reply *reply, const struct request *r, struct error *err)
{
    return write_schema(reply, r, false, err);
}
