/* /api/v1/radar/…: ranked lists of warning radar scores, with any weights. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/radar.h"
#include "gis/json.h"
#include "gis/mem.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/radar_json.h"

struct ranked {
    double area;
    uint32_t index;
    int64_t tie; /* smaller first */
};

/* Highest area first; no score last; ties by hazard or id. */
static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    bool nx = isnan(x->area), ny = isnan(y->area);
    if (nx != ny)
        return nx ? 1 : -1;
    if (!nx && x->area > y->area)
        return -1;
    if (!nx && x->area < y->area)
        return 1;
    return x->tie < y->tie ? -1 : x->tie > y->tie;
}

struct list {
    struct radar *own; /* made for this request, or NULL */
    const struct radar *radar;
    struct ranked *rows;
    uint32_t count;
    int64_t limit, after;
};

/* The radar that the request's weights and angle ask for; both lists share the parameters. */
static bool begin(struct list *l, const struct request *r, bool facilities, bool done,
                  struct error *err)
{
    const char *weights = request_query(r, "weights"), *angle_text = request_query(r, "angle");
    struct radar_weights w = radar_default_weights;
    enum radar_angle angle = RADAR_DEGREES;
    *l = (struct list){.limit = 50};
    if ((weights && !radar_parse_weights(&w, weights, err)) ||
        (angle_text && !radar_parse_angle(&angle, angle_text, err)) ||
        !request_int(&l->limit, r, "limit", 1, HTTP_LIST_MAX, err) ||
        !request_int(&l->after, r, "after", 0, UINT32_MAX, err))
        return false;
    l->radar = r->snapshot->radar;
    if (!done && (weights || angle == RADAR_PUBLISHED))
        l->radar = l->own = radar_build(r->snapshot->atlas, facilities ? radar_default_weights : w,
                                        facilities ? w : radar_default_weights, angle);
    return true;
}

static void finish(struct list *l)
{
    radar_free(l->own);
    free(l->rows);
}

static void put_head(struct json *j, const struct list *l, const struct request *r, bool facilities)
{
    const struct radar *radar = l->radar;
    const double *w = facilities ? radar->facility_weights.w : radar->substance_weights.w;
    json_open(j, NULL, '{');
    json_open(j, "weights", '[');
    for (int i = 0; i < RADAR_AXES; i++)
        json_number(j, NULL, w[i] * 100, 6);
    json_close(j, ']');
    json_text(j, "angle", radar->angle == RADAR_PUBLISHED ? "published" : "degrees");
    json_number(j, "sin", radar_sine(radar->angle), 10);
    json_int(j, "atlas", (int64_t)r->snapshot->atlas->number);
    json_open(j, "factors", '[');
    for (int i = 0; i < RADAR_AXES; i++) {
        const struct radar_axis_name *n = &radar_axis_names[i + (facilities ? RADAR_AXES : 0)];
        json_open(j, NULL, '{');
        json_text(j, "key", n->key);
        json_both(j, "label", n->zh, n->en);
        json_both(j, "unit", n->unit_zh, n->unit_en);
        json_int(j, "population", radar->population[i + (facilities ? RADAR_AXES : 0)]);
        json_close(j, '}');
    }
    json_close(j, ']');
}

/* "matched", "limit" and the address of the next page. */
static void put_tail(struct json *j, const struct list *l, const struct request *r)
{
    json_int(j, "matched", l->count);
    json_int(j, "limit", l->limit);
    int64_t next = l->after + l->limit;
    if (next < l->count) {
        static const char *const carried[] = {"weights", "angle", "county"};
        struct buf url = {.data = NULL};
        buf_format(&url, "%s%s?limit=%lld&after=%lld", r->base_url, r->path, (long long)l->limit,
                   (long long)next);
        for (size_t i = 0; i < sizeof carried / sizeof *carried; i++) {
            const char *value = request_query(r, carried[i]); /* checked: digits, commas, letters */
            if (value)
                buf_format(&url, "&%s=%s", carried[i], value);
        }
        json_text_n(j, "next", url.data, url.len);
        buf_free(&url);
    } else {
        json_null(j, "next");
    }
    json_close(j, '}');
}

static bool get_substances(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    struct list l;
    if (!answer_begin(&done, reply, r, err) || !begin(&l, r, false, done, err))
        return false;
    if (done)
        return true;
    const struct atlas *a = r->snapshot->atlas;
    l.count = a->substance_count;
    l.rows = mem_zero(l.count, sizeof *l.rows);
    for (uint32_t i = 0; i < l.count; i++) {
        struct radar_score s;
        radar_explain_substance(&s, l.radar, i);
        int hazard = s.axis[0].no_data ? 0 : (int)s.axis[0].raw;
        l.rows[i] = (struct ranked){s.area, i, ((int64_t)(100 - hazard) << 32) + i};
    }
    qsort(l.rows, l.count, sizeof *l.rows, by_rank);
    struct json j = {.out = &reply->body};
    put_head(&j, &l, r, false);
    json_open(&j, "substances", '[');
    for (int64_t k = l.after; k < l.count && k < l.after + l.limit; k++) {
        const struct atlas_substance *s = &a->substance[l.rows[k].index];
        struct radar_score score;
        radar_explain_substance(&score, l.radar, l.rows[k].index);
        json_open(&j, NULL, '{');
        json_int(&j, "rank", k + 1);
        json_text(&j, "cas", s->cas);
        json_text(&j, "name_zh", s->name_zh);
        json_text(&j, "name_en", s->name_en);
        json_number(&j, "area", score.area, 6);
        radar_json_axes(&j, "axes", l.radar, &score, false);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    put_tail(&j, &l, r);
    finish(&l);
    return true;
}

static bool get_facilities(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    struct list l;
    const char *county = request_query(r, "county");
    int64_t only = -1;
    if (!answer_begin(&done, reply, r, err))
        return false;
    const struct atlas *a = r->snapshot->atlas;
    if (county && (only = atlas_find_county(a, county)) < 0)
        return error_set(err, ERROR_INPUT, "county: no county has the code \"%.40s\"", county);
    if (!begin(&l, r, true, done, err))
        return false;
    if (done)
        return true;
    l.rows = mem_zero(a->count, sizeof *l.rows);
    for (uint32_t i = 0; i < a->count; i++)
        if (only < 0 || a->county[i] == only)
            l.rows[l.count++] = (struct ranked){(double)l.radar->facility_area[i], i, a->id[i]};
    qsort(l.rows, l.count, sizeof *l.rows, by_rank);
    struct json j = {.out = &reply->body};
    put_head(&j, &l, r, true);
    json_open(&j, "facilities", '[');
    for (int64_t k = l.after; k < l.count && k < l.after + l.limit; k++) {
        uint32_t i = l.rows[k].index;
        struct radar_score score;
        radar_explain_facility(&score, l.radar, i);
        json_open(&j, NULL, '{');
        json_int(&j, "rank", k + 1);
        json_int(&j, "id", a->id[i]);
        json_text(&j, "name", a->names + a->name[i]);
        json_number(&j, "area", score.area, 6);
        radar_json_axes(&j, "axes", l.radar, &score, true);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    put_tail(&j, &l, r);
    finish(&l);
    return true;
}

#define LIST_PARAMETERS                                                                            \
    {"weights",                                                                                    \
     PARAMETER_TEXT,                                                                               \
     0,                                                                                            \
     0,                                                                                            \
     NULL,                                                                                         \
     "40,30,15,15",                                                                                \
     "four numbers >= 0, scaled to 100 %, in the order of the factors"},                           \
        {"angle",                                                                                  \
         PARAMETER_CHOICE,                                                                         \
         0,                                                                                        \
         0,                                                                                        \
         "degrees|published",                                                                      \
         "degrees",                                                                                \
         "degrees: sin 90° = 1 as the formula is written; published: sin(90 rad) as printed"},     \
        {"limit", PARAMETER_INTEGER, 1, HTTP_LIST_MAX, NULL, "50", "rows of the list"},            \
    {                                                                                              \
        "after", PARAMETER_INTEGER, 0, UINT32_MAX, NULL, "0", "rows to pass over; from `next`"     \
    }

static const struct parameter substance_parameters[] = {LIST_PARAMETERS, {.name = NULL}};
static const struct parameter facility_parameters[] = {
    LIST_PARAMETERS,
    {"county", PARAMETER_TEXT, 0, 0, NULL, NULL, "only this county (code)"},
    {.name = NULL}};

const struct route radar_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/radar/substances",
     .handler = get_substances,
     .parameters = substance_parameters,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "Substances by warning radar score Y: hazard, national quantity, incidents, "
                "economic weight"},
    {.method = "GET",
     .pattern = "/api/v1/radar/facilities",
     .handler = get_facilities,
     .parameters = facility_parameters,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "Facilities by warning radar score K: mean Y, quantity, size, age"},
    {.pattern = NULL}};
