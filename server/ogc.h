/* ogc.h - OGC API Features, Part 1 (17-069r4), shared by the files ogc_*.c.
 *
 * Coordinates are longitude, latitude (CRS84). Pages are found by key: `next` carries the last key
 * and the count of the first page as one opaque token. */
#ifndef SERVER_OGC_H
#define SERVER_OGC_H

#include "gis/json.h"
#include "server/http.h"
#include "server/route.h"

enum { OGC_LIMIT_DEFAULT = 100, OGC_LIMIT_MAX = 10000 };
#define OGC_GEOJSON "application/geo+json"
#define OGC_HTML "text/html"
#define OGC_CRS84 "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

struct ogc_property {
    const char *name, *type, *title; /* JSON Schema type */
    bool queryable;                  /* may be asked for with name=value */
};
struct ogc_collection {
    const char *id, *title, *description;
    const char *geometry;                  /* JSON Schema format: geometry-point … */
    const struct ogc_property *properties; /* ends with a NULL name */
    const char *area_kind;                 /* kind of table area; NULL = facilities, or: */
    bool records;                          /* of table record, whose kind is the id */
};
extern const struct ogc_collection ogc_collections[]; /* ends with a NULL id */
/* NULL with ERROR_NOT_FOUND. */
const struct ogc_collection *ogc_find(const char *id, struct error *err);

/* What a request for items asks, checked. */
struct ogc_query {
    int64_t limit;
    int boxes; /* 0 = no bbox, 2 = across the antimeridian */
    double west[2], east[2], south, north;
    char after[40];  /* last key of the page before; "" = first page */
    int64_t matched; /* told by the token; -1 = not known yet */
};
extern const struct ogc_query ogc_query_all; /* the first page, wherever it is */
bool ogc_read_query(struct ogc_query *q, const struct request *r, struct error *err);
/* The checks alone, for the tests. */
bool ogc_read_bbox(struct ogc_query *q, const char *text, struct error *err);
bool ogc_check_datetime(const char *text, struct error *err);

/* HTML wanted: f=html, or text/html in Accept before JSON. */
bool ogc_wants_html(const struct request *r);
/* As answer_begin, with the ETag also of the representation. */
bool ogc_begin(bool *done, struct reply *reply, const struct request *r, struct error *err);
/* {"href": base URL + path, "rel", "type", "title"} */
void ogc_link(struct json *j, const struct request *r, const char *rel, const char *type,
              const char *title, const char *path);
/* The links "self" and "alternate" of this very request, JSON and HTML. */
void ogc_self_links(struct json *j, const struct request *r, const char *json_type);
/* The answer as one Feature: an open object, and its end with links. */
struct json ogc_open_item(struct reply *reply);
void ogc_close_item(struct json *j, const struct request *r, const struct ogc_collection *c);
/* The answer as a list: its open "features", and its end with links to the next page and around,
 * timeStamp, numberMatched, numberReturned. */
struct json ogc_open_items(struct reply *reply);
void ogc_close_items(struct json *j, const struct request *r, const struct ogc_collection *c,
                     int64_t matched, int returned, const char *last_key);

/* Pages for people: begun with a title, ended with links of the request's own formats. */
void ogc_page_begin(struct buf *out, const char *title);
void ogc_page_link(struct buf *out, const struct request *r, const char *path, const char *text);
void ogc_page_end(struct buf *out, const struct request *r);

/* Property number (from 0) of a collection of any kind; false = there are no more. */
bool ogc_property_at(struct ogc_property *p, const struct ogc_collection *c, int number);
bool ogc_record_property(struct ogc_property *p, const struct ogc_collection *c, int number);

/* Items of the three kinds of collections. */
bool ogc_facility_items(struct reply *reply, const struct request *r,
                        const struct ogc_collection *c, struct error *err);
bool ogc_facility_item(struct reply *reply, const struct request *r, const struct ogc_collection *c,
                       const char *id, struct error *err);
bool ogc_area_items(struct reply *reply, const struct request *r, const struct ogc_collection *c,
                    struct error *err);
bool ogc_area_item(struct reply *reply, const struct request *r, const struct ogc_collection *c,
                   const char *id, struct error *err);
bool ogc_record_items(struct reply *reply, const struct request *r, const struct ogc_collection *c,
                      struct error *err);
bool ogc_record_item(struct reply *reply, const struct request *r, const struct ogc_collection *c,
                     const char *id, struct error *err);

http_handler ogc_get_landing, ogc_get_conformance, ogc_get_api, ogc_get_collections,
    ogc_get_collection, ogc_get_queryables, ogc_get_schema, ogc_get_items, ogc_get_item;

#endif
