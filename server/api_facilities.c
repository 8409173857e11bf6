/* /api/v1/facilities: lists from the atlas (near a place, by substance, county, score, position
 * check). The database only adds the registration numbers of one page. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/crs.h"
#include "gis/mem.h"
#include "gis/text.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/link.h"
#include "server/radar_json.h"
#include "server/radar_query.h"
#include "server/reply.h"
#include "sql.h"

enum { LIMIT_DEFAULT = 50, RADIUS_DEFAULT_M = 2500, RADIUS_MAX_M = 50000 };

struct listed {
    uint32_t index;
    int64_t id;
    double distance_m; /* from `near`; NaN without */
};

struct query {
    const struct atlas *atlas;
    struct radar_options options;
    const struct radar *radar; /* of these; to be put back */
    bool near;
    double lon, lat, radius_m;
    struct radar_filter filter;
    bool nothing;     /* of a substance that nobody holds */
    int check;        /* -1 = all */
    double after_m;   /* key of the last row of the page before: distance … */
    int64_t after_id; /* … and id; 0 = first page */
    int64_t limit;
    struct listed *rows;
    uint32_t count, room;
    uint64_t matched;
};

/* "120.3,22.6" */
static bool read_near(struct query *q, const char *text, struct error *err)
{
    char lon[32], lat[32];
    const char *comma = strchr(text, ',');
    size_t len = comma ? (size_t)(comma - text) : 0;
    if (comma && len < sizeof lon && strlen(comma + 1) < sizeof lat) {
        memcpy(lon, text, len);
        lon[len] = '\0';
        text_copy(lat, sizeof lat, comma + 1);
        if (text_to_double(&q->lon, lon) && text_to_double(&q->lat, lat) && fabs(q->lon) <= 180 &&
            fabs(q->lat) <= 90) {
            q->near = true;
            return true;
        }
    }
    return error_set(err, ERROR_INPUT, "near is \"%.60s\"; it must be LON,LAT in degrees", text);
}

/* "17" or, with near, "17@1234.567". */
static bool read_after(struct query *q, const char *text, struct error *err)
{
    char id[24];
    size_t len = strcspn(text, "@");
    bool ok = len < sizeof id && q->near == (text[len] == '@');
    if (ok) {
        memcpy(id, text, len);
        id[len] = '\0';
        ok = text_to_i64(&q->after_id, id) && q->after_id > 0 &&
             (!q->near || (text_to_double(&q->after_m, text + len + 1) && q->after_m >= 0));
    }
    return ok || error_set(err, ERROR_INPUT, "after is \"%.40s\"; take it from `next`", text);
}

static bool read_filters(struct query *q, const struct request *r, struct error *err)
{
    const char *check = request_query(r, "position_check"), *cas = request_query(r, "cas");
    if (!radar_query_where(&q->filter, r, err))
        return false;
    if (cas && !text_cas_valid(cas))
        return error_set(err, ERROR_INPUT, "cas is \"%.40s\"; that is not a CAS number", cas);
    q->nothing = cas && (q->filter.substance = atlas_find_substance(q->atlas, cas)) < 0;
    for (int i = 0; check && i < POSITION_CHECKS; i++)
        if (!strcmp(check, position_check_names[i]))
            q->check = i;
    return request_double(&q->filter.min_score, r, "min_score", 0, 1e6, err);
}

static bool read_query(struct query *q, const struct request *r, struct error *err)
{
    const char *near = request_query(r, "near"), *after = request_query(r, "after");
    *q = (struct query){.atlas = r->snapshot->atlas,
                        .radius_m = RADIUS_DEFAULT_M,
                        .check = -1,
                        .limit = LIMIT_DEFAULT};
    if (near && !read_near(q, near, err))
        return false;
    if (!near && request_query(r, "radius"))
        return error_set(err, ERROR_INPUT, "radius is of use only with near=LON,LAT");
    return read_filters(q, r, err) && radar_query_options(&q->options, RADAR_FACILITIES, r, err) &&
           request_double(&q->radius_m, r, "radius", 1, RADIUS_MAX_M, err) &&
           request_int(&q->limit, r, "limit", 1, HTTP_LIST_MAX, err) &&
           (!after || read_after(q, after, err));
}

static bool wanted(const struct query *q, uint32_t i)
{
    return !q->nothing && (q->check < 0 || q->atlas->check[i] == q->check) &&
           radar_filter_passes(&q->filter, q->radar, i);
}

/* Distances are compared as `next` writes them, in whole millimetres. */
static double millimetres(double metres)
{
    return floor(metres * 1000.0 + 0.5);
}

static bool visit(void *ctx, uint32_t i, double distance_m)
{
    struct query *q = ctx;
    if (!wanted(q, i))
        return true;
    q->matched++;
    int64_t id = q->atlas->id[i];
    if (q->after_id && q->near) {
        double here = millimetres(distance_m), last = millimetres(q->after_m);
        if (here < last || (here <= last && id <= q->after_id))
            return true;
    }
    if (q->after_id && !q->near && id <= q->after_id)
        return true;
    if (q->count == q->room) {
        q->room = q->room ? 2 * q->room : 256;
        q->rows = mem_resize(q->rows, q->room, sizeof *q->rows);
    }
    q->rows[q->count++] = (struct listed){.index = i, .id = id, .distance_m = distance_m};
    return true;
}

static int by_distance(const void *left, const void *right)
{
    const struct listed *a = left, *b = right;
    double x = millimetres(a->distance_m), y = millimetres(b->distance_m);
    if (x < y || x > y)
        return x < y ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static void collect(struct query *q)
{
    if (q->near) {
        atlas_near(q->atlas, q->lon, q->lat, q->radius_m, visit, q);
        if (q->count)
            qsort(q->rows, q->count, sizeof *q->rows, by_distance);
        return;
    }
    for (uint32_t k = 0; k < q->atlas->count; k++)
        visit(q, q->atlas->by_id[k], (double)NAN);
}

/* Registration numbers of the rows of this page, in order of facility id. */
static struct db_result *load_numbers(const struct query *q, uint32_t shown, struct db *db,
                                      struct error *err)
{
    struct buf ids = {0};
    buf_char(&ids, '{');
    for (uint32_t i = 0; i < shown; i++)
        buf_format(&ids, "%s%lld", i ? "," : "", (long long)q->rows[i].id);
    buf_char(&ids, '}');
    struct db_result *r =
        db_query(db, &SQL_facility_first_numbers, err, DB_ARGS(db_text(buf_string(&ids))));
    buf_free(&ids);
    return r;
}

static const char *number_of(const struct db_result *numbers, int64_t id)
{
    int low = 0, high = db_rows(numbers);
    while (low < high) {
        int middle = low + (high - low) / 2;
        int64_t here = db_get_i64(numbers, middle, 0);
        if (here == id)
            return db_get_text(numbers, middle, 1);
        if (here < id)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void write_row(struct json *j, const struct query *q, const struct listed *row,
                      const char *number)
{
    const struct atlas *a = q->atlas;
    uint32_t i = row->index;
    bool drawn = i < a->drawn;
    json_open(j, NULL, '{');
    json_int(j, "id", row->id);
    json_text(j, "name", a->names + a->name[i]);
    json_text(j, "number", number);
    json_number(j, "lon", drawn ? a->lon[i] : (double)NAN, 7);
    json_number(j, "lat", drawn ? a->lat[i] : (double)NAN, 7);
    if (q->near)
        json_number(j, "distance_m", row->distance_m, 1);
    json_exact(j, "score", q->radar->facility_area[i]);
    json_int(j, "substances", a->substances[i]);
    json_text(j, "county", a->county[i] == ATLAS_NO_COUNTY ? NULL : a->counties[a->county[i]].name);
    json_text(j, "position_check", position_check_names[a->check[i]]);
    json_close(j, '}');
}

static void write_next(struct json *j, const struct query *q, uint32_t shown,
                       const struct request *r)
{
    if (shown == q->count) {
        json_null(j, "next");
        return;
    }
    struct buf after = {0}, url = {0};
    const struct listed *last = &q->rows[shown - 1];
    buf_format(&after, "%lld", (long long)last->id);
    if (q->near)
        buf_format(&after, "@%.3f", last->distance_m);
    link_request(&url, r, "after", buf_string(&after));
    json_text_n(j, "next", url.data, url.len);
    buf_free(&after);
    buf_free(&url);
}

static bool get_facilities(struct reply *reply, const struct request *r, struct error *err)
{
    struct query q;
    bool done;
    if (!answer_begin(&done, reply, r, err) || !read_query(&q, r, err))
        return false;
    if (done)
        return true;
    q.radar = snapshot_radar(r->snapshot, &q.options);
    collect(&q);
    uint32_t shown = q.count < q.limit ? q.count : (uint32_t)q.limit;
    struct db_result *numbers = load_numbers(&q, shown, r->db, err);
    if (numbers) {
        struct json j = reply_json(reply);
        json_open(&j, NULL, '{');
        json_open(&j, "facilities", '[');
        for (uint32_t i = 0; i < shown; i++)
            write_row(&j, &q, &q.rows[i], number_of(numbers, q.rows[i].id));
        json_close(&j, ']');
        json_int(&j, "matched", (int64_t)q.matched);
        json_int(&j, "limit", q.limit);
        write_next(&j, &q, shown, r);
        json_int(&j, "atlas", (int64_t)q.atlas->number);
        radar_json_remarks(&j, &q.options, RADAR_FACILITIES);
        json_close(&j, '}');
    }
    bool ok = numbers != NULL;
    db_done(numbers);
    snapshot_radar_put(r->snapshot, q.radar);
    free(q.rows);
    return ok;
}

static const struct parameter parameters[] = {
    {"near", PARAMETER_TEXT, 0, 0, NULL, NULL,
     "LON,LAT in degrees (EPSG:4326): only drawn facilities around it, nearest first"},
    {"radius", PARAMETER_NUMBER, 1, RADIUS_MAX_M, NULL, "2500", "metres on the ground around near"},
    {"cas", PARAMETER_TEXT, 0, 0, NULL, NULL,
     "only facilities that hold this substance (CAS number)"},
    {"county", PARAMETER_TEXT, 0, 0, NULL, NULL, "only this county (code, see /api/v1/counties)"},
    {"township", PARAMETER_TEXT, 0, 0, NULL, NULL, "only this township (code)"},
    {"industry", PARAMETER_TEXT, 0, 0, NULL, NULL, "only this industry (its name as reported)"},
    {"min_score", PARAMETER_NUMBER, 0, 1e6, NULL, NULL, "only warning radar scores from this up"},
    RADAR_PARAMETERS,
    {"position_check", PARAMETER_CHOICE, 0, 0,
     "ok|coast|other_county|outside|missing|unchecked|other_zone", NULL,
     "only this result of the check"},
    {"limit", PARAMETER_INTEGER, 1, HTTP_LIST_MAX, NULL, "50", "rows of a page"},
    {"after", PARAMETER_TEXT, 0, 0, NULL, NULL, "where the page begins; taken from `next`"},
    {.name = NULL}};

const struct route facilities_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/facilities",
     .handler = get_facilities,
     .parameters = parameters,
     .summary = "Facilities near a place, or by substance, county, township, industry, score or "
                "position check",
     .answer = "application/json",
     .tag = "facilities"},
    {.pattern = NULL}};
