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

/* How tiles deeper than the lattice come about, and how far one point's part may be off, as a part
 * of its kernel's peak: quartic and triweight h^2 / 8 (|f_xx| + |f_yy|) in the centre, the others
 * at the bend or step of their edge (triangular also in the centre), for the smallest radius that a
 * lattice has, 25 pixels; measured the same. */
static void put_deeper(struct json *j, const struct heat_source *s)
{
    static const double error[HEAT_SHAPES] = {[HEAT_QUARTIC] = 0.0016,
                                              [HEAT_TRIWEIGHT] = 0.0024,
                                              [HEAT_EPANECHNIKOV] = 0.02,
                                              [HEAT_TRIANGULAR] = 0.026,
                                              [HEAT_UNIFORM] = 1};
    json_open(j, "deeper_tiles", '{');
    json_int(j, "from_zoom", s->zoom + 1);
    json_text(j, "method", "bilinear");
    json_number(j, "error_of_peak", error[s->query.shape], 3);
    json_both(
        j, "note",
        "比 lattice_zoom 更深的圖磚由該層的精確值雙線性內插。每一點的誤差佔其核函數峰值的比例："
        "四次不超過 0.16%，三權 0.24%，Epanechnikov 2%、三角 2.6%（邊緣；三角亦在中心），"
        "均勻核函數在邊緣一個像素內可達全高。精確值請用 /api/v1/heat 或 heat.tif。",
        "Tiles deeper than lattice_zoom are interpolated bilinearly between the exact values of "
        "that "
        "zoom. Each point's part is off by at most 0.16 % of its kernel's peak (quartic), 0.24 % "
        "(triweight), 2 % (epanechnikov) and 2.6 % (triangular; at the edge, triangular also in "
        "the centre); uniform kernels by up to their height within a pixel of the edge. "
        "/api/v1/heat and heat.tif are exact anywhere.");
    json_close(j, '}');
}

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
    put_deeper(&j, s);
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
                "or as 16-bit values; tiles deeper than lattice_zoom are interpolated bilinearly "
                "(quartic: at most 0.16 % of a kernel's peak off; uniform and triangular more at "
                "the edge, see deeper_tiles of /tiles/heat.json)"},
    {.method = "GET",
     .pattern = "/tiles/heat.json",
     .fast = true,
     .slow = heat_query_slow,
     .handler = get_tilejson,
     .parameters = parameters,
     .answer = "application/json",
     .tag = "tiles",
     .summary = "TileJSON 3.0 of the heat map of a query, with its unit, legend, what is left out, "
                "and from which zoom tiles are interpolated, with which error"},
    {.pattern = NULL}};
