/* /api/v1/heat: the value at a place, exact, and which points make it. */
#include <math.h>
#include <stdlib.h>

#include "analysis/heat.h"
#include "gis/json.h"
#include "gis/mem.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/heat_query.h"

enum { LIST_DEFAULT = 20, LIST_MAX = 500 };

struct part {
    uint32_t point;
    double distance, part;
};

struct parts {
    struct part *all;
    size_t count, room;
    double sum;
};

static void take_part(void *ctx, uint32_t point, double distance_m, double part)
{
    struct parts *p = ctx;
    if (p->count == p->room) {
        p->room = p->room ? 2 * p->room : 256;
        p->all = mem_resize(p->all, p->room, sizeof *p->all);
    }
    p->all[p->count++] = (struct part){point, distance_m, part};
    p->sum += part;
}

static int by_part(const void *a, const void *b)
{
    const struct part *p = a, *q = b;
    if (p->part < q->part || p->part > q->part)
        return p->part > q->part ? -1 : 1;
    if (p->distance < q->distance || p->distance > q->distance)
        return p->distance < q->distance ? -1 : 1;
    return (p->point > q->point) - (p->point < q->point);
}

static void put_who(struct json *j, const struct heat_source *s, uint32_t point)
{
    static const char *const kinds[] = {[HEAT_WHO_FACILITY] = "facility",
                                        [HEAT_WHO_INCIDENT] = "incident",
                                        [HEAT_WHO_SAMPLE] = "sample",
                                        [HEAT_WHO_CELL] = "cell"};
    const struct atlas *a = s->atlas;
    uint32_t who = s->who[point];
    json_text(j, "kind", kinds[s->kind]);
    switch (s->kind) {
    case HEAT_WHO_FACILITY:
        json_int(j, "id", a->id[who]);
        json_text(j, "name", a->names + a->name[who]);
        break;
    case HEAT_WHO_INCIDENT: json_int(j, "id", a->incidents[who].id); break;
    case HEAT_WHO_SAMPLE: json_int(j, "id", a->samples[who].id); break;
    case HEAT_WHO_CELL: json_int(j, "id", who); break;
    }
    json_number(j, "lon", s->lon[point], 7);
    json_number(j, "lat", s->lat[point], 7);
}

/* share: of the value; of a mean the part of its weights. */
static void put_parts(struct json *j, const struct heat_source *s, const struct parts *p,
                      int64_t limit)
{
    double shown = 0;
    json_int(j, "contributors", (int64_t)p->count);
    json_open(j, "contributors_listed", '[');
    for (size_t i = 0; i < p->count && (int64_t)i < limit; i++) {
        const struct part *one = &p->all[i];
        json_open(j, NULL, '{');
        put_who(j, s, one->point);
        json_number(j, "distance_m", one->distance, 2);
        json_exact(j, "weight", s->weight[one->point]);
        if (!s->mean)
            json_exact(j, "adds", one->part);
        json_exact(j, "share", p->sum > 0 ? one->part / p->sum : NAN);
        json_close(j, '}');
        shown += one->part;
    }
    json_close(j, ']');
    int64_t rest = (int64_t)p->count - limit;
    json_int(j, "rest", rest > 0 ? rest : 0);
    json_exact(j, "rest_share", p->sum > 0 ? fmax(0, 1 - shown / p->sum) : NAN);
}

static bool get_heat(struct reply *reply, const struct request *r, struct error *err)
{
    double lon = 0, lat = 0;
    int64_t limit = LIST_DEFAULT;
    bool done;
    struct heat_query q;
    if (!answer_begin(&done, reply, r, err))
        return false;
    if (!request_query(r, "lon") || !request_query(r, "lat"))
        return error_set(err, ERROR_INPUT, "lon and lat are wanted, in degrees (EPSG:4326)");
    if (!request_double(&lon, r, "lon", -180, 180, err) ||
        !request_double(&lat, r, "lat", -85, 85, err) ||
        !request_int(&limit, r, "limit", 0, LIST_MAX, err) || !heat_query_parse(&q, r, err))
        return false;
    if (done)
        return true;
    const struct heat_source *s = heat_source_take(r->snapshot, &q);
    struct parts parts = {.count = 0};
    heat_near(s, lon, lat, take_part, &parts);
    if (parts.count)
        qsort(parts.all, parts.count, sizeof *parts.all, by_part);
    struct json j = {.out = &reply->body};
    json_open(&j, NULL, '{');
    json_number(&j, "lon", lon, 7);
    json_number(&j, "lat", lat, 7);
    json_exact(&j, "value", heat_value(s, lon, lat, NULL));
    heat_query_json(&j, s);
    put_parts(&j, s, &parts, limit);
    json_int(&j, "atlas", (int64_t)s->atlas->number);
    json_close(&j, '}');
    free(parts.all);
    heat_source_put(r->snapshot, s);
    return true;
}

static const struct parameter parameters[] = {
    {"lon", PARAMETER_NUMBER, -180, 180, NULL, NULL, "longitude, degrees, EPSG:4326; wanted"},
    {"lat", PARAMETER_NUMBER, -85, 85, NULL, NULL, "latitude, degrees, EPSG:4326; wanted"},
    {"limit", PARAMETER_INTEGER, 0, LIST_MAX, NULL, "20",
     "contributors listed, the largest part first"},
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
     .summary =
         "Heat at a place: exact truncated kernel, radius on the ground, per km²; which points "
         "make it, with their shares"},
    {.pattern = NULL}};
