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
#include "server/radar_query.h"

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
    enum radar_of of;
    struct radar_filter filter;
    const struct radar *radar;
    struct ranked *rows;
    uint32_t count;
    int64_t limit, after;
};

/* The radar that the request asks for; both lists share the parameters. */
static bool begin(struct list *l, const struct request *r, bool facilities, bool done,
                  struct error *err)
{
    struct radar_options options;
    *l = (struct list){.limit = 50,
                       .of = facilities ? RADAR_FACILITIES : RADAR_SUBSTANCES,
                       .filter = radar_filter_none};
    if (!radar_query_options(&options, l->of, r, err) ||
        (facilities && !radar_query_filter(&l->filter, r, err)) ||
        !request_int(&l->limit, r, "limit", 1, HTTP_LIST_MAX, err) ||
        !request_int(&l->after, r, "after", 0, UINT32_MAX, err))
        return false;
    if (!done)
        l->radar = snapshot_radar(r->snapshot, &options);
    return true;
}

static void finish(struct list *l, const struct request *r)
{
    snapshot_radar_put(r->snapshot, l->radar);
    free(l->rows);
}

static void put_head(struct json *j, const struct list *l, const struct request *r, bool facilities)
{
    const struct radar *radar = l->radar;
    const double *w = facilities ? radar->options.facility.w : radar->options.substance.w;
    json_open(j, NULL, '{');
    json_open(j, "weights", '[');
    for (int i = 0; i < RADAR_AXES; i++)
        json_number(j, NULL, w[i] * 100, 6);
    json_close(j, ']');
    json_text(j, "angle", radar->options.angle == RADAR_PUBLISHED ? "published" : "degrees");
    json_number(j, "sin", radar_sine(radar->options.angle), 10);
    json_int(j, "atlas", (int64_t)r->snapshot->atlas->number);
    json_open(j, "factors", '[');
    for (int i = 0; i < RADAR_AXES; i++) {
        const struct radar_axis_name *n = &radar_axis_names[i + (facilities ? RADAR_AXES : 0)];
        json_open(j, NULL, '{');
        json_text(j, "key", n->key);
        json_both(j, "label", n->zh, n->en);
        json_both(j, "unit", n->unit_zh, n->unit_en);
        json_int(j, "population", radar->limits[i + (facilities ? RADAR_AXES : 0)].population);
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
        struct buf url = {.data = NULL};
        char sign = '&';
        buf_format(&url, "%s%s?limit=%lld&after=%lld", r->base_url, r->path, (long long)l->limit,
                   (long long)next);
        radar_query_put(&url, &sign, &l->radar->options, l->of);
        radar_query_put_filter(&url, &sign, r->snapshot->atlas, &l->filter);
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
    finish(&l, r);
    return true;
}

static bool get_facilities(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    struct list l;
    if (!answer_begin(&done, reply, r, err) || !begin(&l, r, true, done, err))
        return false;
    if (done)
        return true;
    const struct atlas *a = r->snapshot->atlas;
    l.rows = mem_zero(a->count, sizeof *l.rows);
    for (uint32_t i = 0; i < a->count; i++)
        if (radar_filter_passes(&l.filter, l.radar, i))
            l.rows[l.count++] = (struct ranked){l.radar->facility_area[i], i, a->id[i]};
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
    finish(&l, r);
    return true;
}

#define LIST_PARAMETERS                                                                            \
    RADAR_PARAMETERS,                                                                              \
        {"limit", PARAMETER_INTEGER, 1, HTTP_LIST_MAX, NULL, "50", "rows of the list"},            \
    {                                                                                              \
        "after", PARAMETER_INTEGER, 0, UINT32_MAX, NULL, "0", "rows to pass over; from `next`"     \
    }

static const struct parameter substance_parameters[] = {LIST_PARAMETERS, {.name = NULL}};
static const struct parameter facility_parameters[] = {
    LIST_PARAMETERS, FACILITY_FILTER_PARAMETERS, {.name = NULL}};

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
