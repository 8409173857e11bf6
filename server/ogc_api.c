/* /ogc/api: OpenAPI 3.0 of the OGC resources, written from the tables of collections. */
#include <stdio.h>
#include <string.h>

#include "server/ogc.h"
#include "server/reply.h"

static void ref(struct json *j, const char *key, const char *what, const char *name)
{
    char path[96];
    snprintf(path, sizeof path, "#/components/%s/%s", what, name);
    json_open(j, key, '{');
    json_text(j, "$ref", path);
    json_close(j, '}');
}

static void content(struct json *j, const char *type)
{
    json_open(j, type, '{');
    json_open(j, "schema", '{');
    json_text(j, "type", strcmp(type, OGC_HTML) ? "object" : "string");
    json_close(j, '}');
    json_close(j, '}');
}

static void responses(struct json *j, const char *type, bool may_be_missing)
{
    json_open(j, "responses", '{');
    json_open(j, "200", '{');
    json_text(j, "description", "The document");
    json_open(j, "content", '{');
    content(j, type);
    content(j, OGC_HTML);
    json_close(j, '}');
    json_close(j, '}');
    ref(j, "400", "responses", "Invalid");
    if (may_be_missing)
        ref(j, "404", "responses", "NotFound");
    ref(j, "500", "responses", "ServerError");
    json_close(j, '}');
}

static void operation_begin(struct json *j, const char *path, const char *id, const char *summary)
{
    json_open(j, path, '{');
    json_open(j, "get", '{');
    json_open(j, "tags", '[');
    json_text(j, NULL, "ogc");
    json_close(j, ']');
    json_text(j, "operationId", id);
    json_text(j, "summary", summary);
    json_text(j, "description", summary);
    json_open(j, "parameters", '[');
    ref(j, NULL, "parameters", "f");
}

static void operation_end(struct json *j, const char *type, bool may_be_missing)
{
    json_close(j, ']');
    responses(j, type, may_be_missing);
    json_close(j, '}');
    json_close(j, '}');
}

static void plain(struct json *j, const char *path, const char *id, const char *summary,
                  const char *type)
{
    operation_begin(j, path, id, summary);
    operation_end(j, type, false);
}

static void property_parameter(struct json *j, const struct ogc_property *p)
{
    json_open(j, NULL, '{');
    json_text(j, "name", p->name);
    json_text(j, "in", "query");
    json_text(j, "description", p->title);
    json_bool(j, "required", false);
    json_text(j, "style", "form");
    json_bool(j, "explode", false);
    json_open(j, "schema", '{');
    json_text(j, "type", p->type);
    json_close(j, '}');
    json_close(j, '}');
}

static void collection_paths(struct json *j, const struct ogc_collection *c)
{
    char path[96], id[64];
    snprintf(path, sizeof path, "/collections/%s", c->id);
    snprintf(id, sizeof id, "describe_%s", c->id);
    plain(j, path, id, c->description, "application/json");

    static const char *const schemas[] = {"queryables", "schema"};
    for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++) {
        snprintf(path, sizeof path, "/collections/%s/%s", c->id, schemas[i]);
        snprintf(id, sizeof id, "%s_%s", schemas[i], c->id);
        plain(j, path, id, "JSON Schema of the properties", "application/schema+json");
    }
    snprintf(path, sizeof path, "/collections/%s/items", c->id);
    snprintf(id, sizeof id, "get_%s", c->id);
    operation_begin(j, path, id, c->description);
    ref(j, NULL, "parameters", "limit");
    ref(j, NULL, "parameters", "bbox");
    ref(j, NULL, "parameters", "datetime");
    ref(j, NULL, "parameters", "after");
    struct ogc_property p;
    for (int i = 0; ogc_property_at(&p, c, i); i++)
        if (p.queryable)
            property_parameter(j, &p);
    operation_end(j, OGC_GEOJSON, false);

    snprintf(path, sizeof path, "/collections/%s/items/{featureId}", c->id);
    snprintf(id, sizeof id, "get_one_of_%s", c->id);
    operation_begin(j, path, id, "One feature");
    ref(j, NULL, "parameters", "featureId");
    operation_end(j, OGC_GEOJSON, true);
}

static void parameter_begin(struct json *j, const char *name, const char *in, const char *about)
{
    json_open(j, name, '{');
    json_text(j, "name", name);
    json_text(j, "in", in);
    json_text(j, "description", about);
    json_bool(j, "required", !strcmp(in, "path"));
    if (!strcmp(in, "query")) {
        json_text(j, "style", "form");
        json_bool(j, "explode", false);
    }
    json_open(j, "schema", '{');
}

static void parameter_end(struct json *j)
{
    json_close(j, '}');
    json_close(j, '}');
}

static void text_parameter(struct json *j, const char *name, const char *in, const char *about)
{
    parameter_begin(j, name, in, about);
    json_text(j, "type", "string");
    parameter_end(j);
}

static void parameters(struct json *j)
{
    json_open(j, "parameters", '{');
    parameter_begin(j, "f", "query", "Format; overrides the header Accept");
    json_text(j, "type", "string");
    json_open(j, "enum", '[');
    json_text(j, NULL, "json");
    json_text(j, NULL, "html");
    json_close(j, ']');
    parameter_end(j);
    parameter_begin(j, "limit", "query", "Features of a page; more is taken as the maximum");
    json_text(j, "type", "integer");
    json_int(j, "minimum", 1);
    json_int(j, "maximum", OGC_LIMIT_MAX);
    json_int(j, "default", OGC_LIMIT_DEFAULT);
    parameter_end(j);
    parameter_begin(j, "bbox", "query",
                    "west,south,east,north in degrees (CRS84), or six numbers with heights; west "
                    "greater than east crosses the antimeridian");
    json_text(j, "type", "array");
    json_int(j, "minItems", 4);
    json_int(j, "maxItems", 6);
    json_open(j, "items", '{');
    json_text(j, "type", "number");
    json_close(j, '}');
    parameter_end(j);
    text_parameter(j, "datetime", "query",
                   "RFC 3339 instant or interval; the features carry no time, so all match");
    text_parameter(j, "after", "query", "Where the page begins; opaque, from the link next");
    text_parameter(j, "featureId", "path", "Identifier of the feature");
    json_close(j, '}');
}

static void problem(struct json *j, const char *name, const char *about)
{
    json_open(j, name, '{');
    json_text(j, "description", about);
    json_open(j, "content", '{');
    json_open(j, "application/problem+json", '{');
    ref(j, "schema", "schemas", "problem");
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, '}');
}

static void components(struct json *j)
{
    static const char *const members[] = {"type", "title", "detail", "instance"};
    json_open(j, "components", '{');
    parameters(j);
    json_open(j, "responses", '{');
    problem(j, "Invalid", "A parameter is unknown or cannot be used");
    problem(j, "NotFound", "There is no such resource");
    problem(j, "ServerError", "The server failed");
    json_close(j, '}');
    json_open(j, "schemas", '{');
    json_open(j, "problem", '{');
    json_text(j, "type", "object");
    json_open(j, "properties", '{');
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        json_open(j, members[i], '{');
        json_text(j, "type", "string");
        json_close(j, '}');
    }
    json_open(j, "status", '{');
    json_text(j, "type", "integer");
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, '}');
}

static void head(struct json *j, const struct request *r)
{
    struct buf base = {0};
    buf_format(&base, "%s/ogc", r->base_url);
    json_text(j, "openapi", "3.0.3");
    json_open(j, "info", '{');
    json_text(j, "title", "HazAtlas OGC API Features");
    json_text(j, "description", "Facilities that handle hazardous chemicals, counties, townships.");
    json_text(j, "version", HAZATLAS_VERSION);
    json_close(j, '}');
    json_open(j, "servers", '[');
    json_open(j, NULL, '{');
    json_text_n(j, "url", base.data, base.len);
    json_close(j, '}');
    json_close(j, ']');
    json_open(j, "security", '[');
    json_close(j, ']');
    json_open(j, "tags", '[');
    json_open(j, NULL, '{');
    json_text(j, "name", "ogc");
    json_text(j, "description", "OGC API Features, Part 1");
    json_close(j, '}');
    json_close(j, ']');
    buf_free(&base);
}

static void page(struct buf *out, const struct request *r)
{
    ogc_page_begin(out, "API definition");
    buf_text(out, "<p>OGC API Features, Part 1: Core. Every list takes limit (1 to 10000), bbox "
                  "(west,south,east,north), datetime, and its queryable properties by name; pages "
                  "follow the link next.</p>\n<ul>\n");
    for (const struct ogc_collection *c = ogc_collections; c->id; c++) {
        char path[96];
        snprintf(path, sizeof path, "/ogc/collections/%s?f=html", c->id);
        buf_text(out, "<li>");
        ogc_page_link(out, r, path, c->title);
        buf_text(out, "</li>\n");
    }
    buf_text(out, "</ul>\n");
    ogc_page_end(out, r);
}

bool ogc_get_api(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    if (!ogc_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    if (ogc_wants_html(r)) {
        page(&reply->body, r);
        return true;
    }
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    head(&j, r);
    json_open(&j, "paths", '{');
    plain(&j, "/", "landing", "Landing page", "application/json");
    plain(&j, "/conformance", "conformance", "Conformance classes", "application/json");
    plain(&j, "/api", "api", "This definition", "application/vnd.oai.openapi+json;version=3.0");
    plain(&j, "/collections", "collections", "Collections", "application/json");
    for (const struct ogc_collection *c = ogc_collections; c->id; c++)
        collection_paths(&j, c);
    json_close(&j, '}');
    components(&j);
    json_close(&j, '}');
    reply->type = "application/vnd.oai.openapi+json;version=3.0";
    return true;
}
