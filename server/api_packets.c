/* /api/v1/packets: an incident in, its response packet out; then as JSON, GeoJSON and a page. */
#include <math.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "analysis/packet.h"
#include "gis/text.h"
#include "server/api.h"
#include "server/json_in.h"
#include "server/packet_page.h"
#include "server/reply.h"

enum { PACKET_BODY_MAX = 16 * 1024 }; /* bytes of a POST */

static bool read_number(double *out, const struct json_in_value *o, const char *key, double least,
                        double most, struct error *err)
{
    const struct json_in_value *v = json_in_get(o, key);
    double value;
    if (json_in_is_null(v))
        return true;
    if (!json_in_number(&value, v) || !(value >= least && value <= most))
        return error_set(err, ERROR_INPUT, "%s must be a number from %g to %g", key, least, most);
    *out = value;
    return true;
}

static bool read_text(char *out, size_t size, const struct json_in_value *o, const char *key,
                      size_t characters, struct error *err)
{
    const struct json_in_value *v = json_in_get(o, key);
    const char *text = json_in_text(v);
    size_t count = 0;
    if (json_in_is_null(v))
        return true;
    for (const char *c = text; c && *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            return error_set(err, ERROR_INPUT, "%s must not hold control characters", key);
        count += ((unsigned char)*c & 0xC0) != 0x80;
    }
    if (!text || count > characters || strlen(text) >= size)
        return error_set(err, ERROR_INPUT, "%s must be text of at most %zu characters", key,
                         characters);
    memcpy(out, text, strlen(text) + 1);
    return true;
}

/* One of names; *out keeps its value when the member is absent. */
static bool read_choice(unsigned *out, const struct json_in_value *o, const char *key,
                        const char *const *names, unsigned count, struct error *err)
{
    const struct json_in_value *v = json_in_get(o, key);
    const char *text = json_in_text(v);
    if (json_in_is_null(v))
        return true;
    for (unsigned i = 0; text && i < count; i++)
        if (!strcmp(names[i], text)) {
            *out = i;
            return true;
        }
    return error_set(err, ERROR_INPUT, "%s must be \"%s\" or \"%s\"", key, names[0], names[1]);
}

static bool read_place(struct packet_question *q, const struct json_in_value *o, struct error *err)
{
    const struct json_in_value *facility = json_in_get(o, "facility_id");
    bool lon = !json_in_is_null(json_in_get(o, "lon")),
         lat = !json_in_is_null(json_in_get(o, "lat"));
    if (!json_in_is_null(facility) &&
        (!json_in_integer(&q->facility_id, facility) || q->facility_id <= 0))
        return error_set(err, ERROR_INPUT, "facility_id must be a whole number above 0");
    if (lon != lat)
        return error_set(err, ERROR_INPUT, "lon and lat belong together");
    if (!q->facility_id && !lon)
        return error_set(err, ERROR_INPUT, "give facility_id, or lon and lat of the incident");
    q->has_place = lon;
    return read_number(&q->lon, o, "lon", -180, 180, err) &&
           read_number(&q->lat, o, "lat", -90, 90, err);
}

static bool read_substance(struct packet_question *q, const struct json_in_value *o,
                           struct error *err)
{
    if (!read_text(q->substance, sizeof q->substance, o, "substance", 12, err) ||
        !read_text(q->container, sizeof q->container, o, "container", 60, err))
        return false;
    if (*q->substance && !text_cas_valid(q->substance))
        return error_set(err, ERROR_INPUT,
                         "substance must be a CAS number with its check digit, e.g. 7782-50-5");
    if (*q->container && !*q->substance)
        return error_set(err, ERROR_INPUT, "container is of use only with a substance");
    return true;
}

static bool read_question(struct packet_question *q, const struct json_in_value *o,
                          struct error *err)
{
    static const char *const known[] = {"facility_id",   "lon",      "lat",       "substance",
                                        "spill",         "time",     "note",      "wind_from_deg",
                                        "wind_speed_ms", "on_water", "container", NULL};
    unsigned spill = SPILL_LARGE, time_of_day = TIME_UNKNOWN;
    bool on_water;
    *q = (struct packet_question){
        .wind_from_deg = (double)NAN, .wind_speed_ms = (double)NAN, .on_water = -1};
    if (!json_in_is_object(o))
        return error_set(err, ERROR_INPUT, "the body must be a JSON object");
    if (!json_in_only(o, known, err) || !read_place(q, o, err) || !read_substance(q, o, err) ||
        !read_choice(&spill, o, "spill", isolation_spill_names, 2, err) ||
        !read_choice(&time_of_day, o, "time", isolation_time_names, 2, err) ||
        !read_number(&q->wind_from_deg, o, "wind_from_deg", 0, 360, err) ||
        !read_number(&q->wind_speed_ms, o, "wind_speed_ms", 0, 75, err) ||
        !read_text(q->note, sizeof q->note, o, "note", PACKET_NOTE_MAX, err))
        return false;
    q->spill = (enum isolation_spill)spill;
    q->time = (enum isolation_time)time_of_day;
    if (!json_in_is_null(json_in_get(o, "on_water"))) {
        if (!json_in_bool(&on_water, json_in_get(o, "on_water")))
            return error_set(err, ERROR_INPUT, "on_water must be true or false");
        q->on_water = on_water;
    }
    return true;
}

static bool media_type_is_json(const char *type)
{
    size_t len = strlen("application/json");
    return type && !strncasecmp(type, "application/json", len) &&
           (!type[len] || type[len] == ';' || type[len] == ' ');
}

static bool post_packet(struct reply *reply, const struct request *r, struct error *err)
{
    struct packet_question q;
    char id[PACKET_ID_SIZE];
    if (!r->snapshot)
        return error_set(err, ERROR_BUSY, "the atlas is still being loaded; try again");
    if (!media_type_is_json(r->content_type))
        return error_set(err, ERROR_UNSUPPORTED, "send the incident as application/json");
    if (r->body_len > PACKET_BODY_MAX)
        return error_set(err, ERROR_TOO_LARGE, "the body is larger than %d bytes", PACKET_BODY_MAX);
    struct json_in *document = json_in_parse(r->body, r->body_len, err);
    bool ok = document && read_question(&q, json_in_root(document), err);
    json_in_free(document);
    if (!ok || !packet_make(&reply->body, id, &q, r->snapshot, (int64_t)time(NULL), r->db, err))
        return false;
    struct buf location = {.max = sizeof reply->location};
    buf_format(&location, "/api/v1/packets/%s.json", id);
    text_copy(reply->location, sizeof reply->location, buf_string(&location));
    buf_free(&location);
    reply->status = 201;
    reply->cache = "no-store";
    return true;
}

/* 16 letters and digits; everything else is not there, without asking the database. */
static bool check_id(struct reply *reply, const struct request *r, const char *what,
                     struct error *err)
{
    const char *id = r->part[0];
    if (strlen(id) != PACKET_ID_SIZE - 1 ||
        strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789") != PACKET_ID_SIZE - 1)
        return error_set(err, ERROR_NOT_FOUND, "there is no such packet");
    struct buf etag = {.max = sizeof reply->etag};
    buf_format(&etag, "p%s-%s-%s", id, what, HAZATLAS_VERSION);
    text_copy(reply->etag, sizeof reply->etag, buf_string(&etag));
    buf_free(&etag);
    return true;
}

static bool get_json(struct reply *reply, const struct request *r, struct error *err)
{
    return check_id(reply, r, "json", err) && packet_load(&reply->body, r->part[0], r->db, err);
}

static bool get_geojson(struct reply *reply, const struct request *r, struct error *err)
{
    reply->type = "application/geo+json";
    return check_id(reply, r, "geojson", err) &&
           packet_load_geojson(&reply->body, r->part[0], r->db, err);
}

static bool get_page(struct reply *reply, const struct request *r, struct error *err)
{
    struct buf json = {0};
    bool ok = check_id(reply, r, "html", err) && packet_load(&json, r->part[0], r->db, err) &&
              packet_page(&reply->body, buf_string(&json), json.len, err);
    buf_free(&json);
    reply->type = "text/html; charset=utf-8";
    return ok;
}

static bool get_css(struct reply *reply, const struct request *r, struct error *err)
{
    (void)r;
    (void)err;
    reply->type = "text/css; charset=utf-8";
    buf_text(&reply->body, packet_page_css);
    reply_etag_body(reply);
    return true;
}

const struct route packet_routes[] = {
    {.method = "POST",
     .pattern = "/api/v1/packets",
     .handler = post_packet,
     .summary = "Makes a response packet for an incident (JSON: facility_id, or lon and lat; "
                "substance, spill, time, wind_from_deg, wind_speed_ms, on_water, container, note)",
     .answer = "application/json",
     .tag = "packets"},
    {.method = "GET",
     .pattern = "/api/v1/packets/{id}.json",
     .handler = get_json,
     .summary = "A packet as it was given out",
     .answer = "application/json",
     .tag = "packets"},
    {.method = "GET",
     .pattern = "/api/v1/packets/{id}.geojson",
     .handler = get_geojson,
     .summary = "A packet as a map layer: incident, zones, facilities inside",
     .answer = "application/geo+json",
     .tag = "packets"},
    {.method = "GET",
     .pattern = "/api/v1/packets/{id}.html",
     .handler = get_page,
     .summary = "A packet as a page for a phone and for print",
     .answer = "text/html",
     .tag = "packets"},
    {.method = "GET",
     .pattern = "/packet.css",
     .handler = get_css,
     .fast = true,
     .summary = "Style sheet of packets and of the pages under /ogc",
     .answer = "text/css",
     .tag = "pages"},
    {.pattern = NULL}};
