/* Heat tiles: pictures in classes, 16-bit values, and their TileJSON with the legend. */
#include <stdio.h>
#include <string.h>

#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/heat_query.h"
#include "server/tilejson.h"
#include "tiles/layer_heat.h"

/* What a request asks beside the query of heat. */
struct look {
    struct heat_classes own; /* count 0 = those of the query and atlas */
    bool night, values;
};

static bool parse_look(struct look *look, const struct request *r, struct error *err)
{
    const char *classes = request_query(r, "classes"), *theme = request_query(r, "theme");
    const char *encoding = request_query(r, "encoding");
    *look = (struct look){.night = theme && !strcmp(theme, "night"),
                          .values = encoding && !strcmp(encoding, "log16")};
    return !classes || heat_classes_parse(&look->own, classes, err);
}

/* In canonical form, for addresses and keys. */
static void put_look(struct buf *out, char *sign, const struct look *look)
{
    for (int i = 0; i < look->own.count; i++) {
        if (i)
            buf_format(out, ",%.10g", look->own.min[i]);
        else
            buf_format(out, "%cclasses=%.10g", *sign, look->own.min[i]), *sign = '&';
    }
    if (look->night)
        buf_format(out, "%ctheme=night", *sign), *sign = '&';
    if (look->values)
        buf_format(out, "%cencoding=log16", *sign), *sign = '&';
}

static void take_classes(struct heat_classes *out, const struct look *look, const struct request *r,
                         const struct heat_query *q)
{
    if (look->own.count)
        *out = look->own;
    else
        heat_classes_take(out, r->snapshot, q);
}

/* ---- one tile ---- */

struct make {
    const struct request *request;
    const struct heat_query *query;
    const struct look *look;
    struct tile tile;
};

static bool make_tile(struct buf *out, void *ctx, struct error *err)
{
    const struct make *m = ctx;
    struct snapshot *snapshot = m->request->snapshot;
    const struct heat_source *s = heat_source_take(snapshot, m->query);
    bool ok;
    if (m->look->values) {
        ok = layer_heat_values(out, s, m->tile, err);
    } else {
        struct heat_classes classes;
        take_classes(&classes, m->look, m->request, m->query);
        ok = layer_heat_picture(out, s, &classes, m->look->night, m->tile, err);
    }
    heat_source_put(snapshot, s);
    return ok;
}

static bool get_tile(struct reply *reply, const struct request *r, struct error *err)
{
    struct heat_query q;
    struct look look;
    struct make m = {.request = r, .query = &q, .look = &look};
    bool done;
    if (!answer_begin(&done, reply, r, err) || !tilejson_tile(&m.tile, r, 0, err) ||
        !heat_query_parse(&q, r, err) || !parse_look(&look, r, err))
        return false;
    if (done)
        return true;
    struct buf key = {.data = NULL};
    char sign = '&';
    buf_format(&key, "heat/%u/%u/%u?", m.tile.z, m.tile.x, m.tile.y);
    heat_query_key(&key, &q);
    put_look(&key, &sign, &look);
    reply->type = "image/png";
    reply->precompressed_ok = false;
    bool ok = tile_cache_get(&reply->body, r->app->tile_cache, buf_string(&key),
                             r->snapshot->atlas->number, make_tile, &m, err);
    buf_free(&key);
    return ok;
}

/* ---- TileJSON ---- */

static bool get_tilejson(struct reply *reply, const struct request *r, struct error *err)
{
    struct heat_query q;
    struct look look;
    bool done;
    if (!answer_begin(&done, reply, r, err) || !heat_query_parse(&q, r, err) ||
        !parse_look(&look, r, err))
        return false;
    if (done)
        return true;
    const struct heat_source *s = heat_source_take(r->snapshot, &q);
    struct heat_classes classes;
    struct legend_heat legend;
    take_classes(&classes, &look, r, &q);
    legend_heat_fill(&legend, s, &classes, look.night);
    struct buf url = {.data = NULL};
    char sign = '?';
    buf_format(&url, "%s/tiles/heat/{z}/{x}/{y}.png", r->base_url);
    heat_query_put(&url, &sign, s->atlas, &q);
    put_look(&url, &sign, &look);
    struct json j = {.out = &reply->body};
    tilejson_begin(&j, &layer_heat, buf_string(&url));
    json_open(&j, "hazatlas", '{');
    json_int(&j, "atlas", (int64_t)s->atlas->number);
    json_both(&j, "title", layer_heat.title_zh, layer_heat.title_en);
    json_open(&j, "heat", '{');
    heat_query_json(&j, s);
    json_int(&j, "lattice_zoom", s->zoom);
    json_text(&j, "encoding", look.values ? "log16" : "palette");
    json_text(&j, "decode", look.values ? "raw 0: none; else 2^((raw - 32768) / 800)" : NULL);
    json_close(&j, '}');
    legend_json(&j, "legend", &legend.legend, false);
    json_close(&j, '}');
    json_close(&j, '}');
    buf_free(&url);
    heat_source_put(r->snapshot, s);
    return true;
}

static const struct parameter parameters[] = {
    HEAT_PARAMETERS,
    {"classes", PARAMETER_TEXT, 0, 0, NULL, NULL,
     "limits between colours, 2 to 9 ascending numbers, values below the first have none; "
     "quantiles of the query by default"},
    {"theme", PARAMETER_CHOICE, 0, 0, "day|night", "day", "night: dark = few"},
    {"encoding", PARAMETER_CHOICE, 0, 0, "palette|log16", "palette",
     "log16: 16-bit grey, 0 = none, else 2^((raw - 32768) / 800)"},
    {"v", PARAMETER_TEXT, 0, 0, NULL, NULL, "any text, ignored: for clients that cache by address"},
    {.name = NULL}};

const struct route heat_tile_routes[] = {
    {.method = "GET",
     .pattern = "/tiles/heat/{z}/{x}/{y}.png",
     .fast = true,
     .slow = heat_query_slow,
     .handler = get_tile,
     .parameters = parameters,
     .answer = "image/png",
     .tag = "tiles",
     .summary = "Heat (exact kernels, radius on the ground) in the classes of /tiles/heat.json, "
                "or as 16-bit values"},
    {.method = "GET",
     .pattern = "/tiles/heat.json",
     .fast = true,
     .slow = heat_query_slow,
     .handler = get_tilejson,
     .parameters = parameters,
     .answer = "application/json",
     .tag = "tiles",
     .summary = "TileJSON 3.0 of the heat map of a query, with its unit and legend"},
    {.pattern = NULL}};
