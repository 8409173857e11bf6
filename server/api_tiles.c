/* Tiles, their catalogue, TileJSON and the style. */
#include <stdio.h>
#include <string.h>

#include "gis/json.h"
#include "gis/text.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/app.h"
#include "server/radar_json.h"
#include "server/radar_query.h"
#include "server/tilejson.h"
#include "tiles/layer.h"
#include "tiles/style.h"

/* ---- what a request asks of a layer ---- */

struct asked {
    struct layer_query query;
    struct radar_options options; /* of the scores that the layer shows */
};

static bool parse_filters(struct asked *q, const struct request *r, struct error *err)
{
    *q = (struct asked){.query = {.filter = radar_filter_none}};
    return radar_query_filter(&q->query.filter, r, err) &&
           radar_query_options(&q->options, RADAR_FACILITIES, r, err);
}

/* ---- one tile ---- */

struct make {
    const struct layer *layer;
    const struct layer_query *query;
    const struct request *request;
};

static bool make_tile(struct buf *out, void *ctx, struct error *err)
{
    const struct make *m = ctx;
    return m->layer->render(out, m->request->snapshot, m->query, m->request->db, err);
}

static bool send_tile(struct reply *reply, const struct request *r, const struct layer *layer,
                      bool cached, int first, struct error *err)
{
    struct asked q;
    struct tile tile;
    bool done, ok;
    if (!answer_begin(&done, reply, r, err) || !tilejson_tile(&tile, r, first, err) ||
        !parse_filters(&q, r, err))
        return false;
    if (done)
        return true;
    q.query.layer = layer;
    q.query.tile = tile;
    struct make m = {.layer = layer, .query = &q.query, .request = r};
    if (cached) {
        char key[128];
        snprintf(key, sizeof key, "%s/%u/%u/%u?%lld", layer->id, tile.z, tile.x, tile.y,
                 (long long)q.query.filter.substance);
        ok = tile_cache_get(&reply->body, r->app->tile_cache, key, r->snapshot->atlas->number,
                            make_tile, &m, err);
    } else {
        q.query.radar = snapshot_radar(r->snapshot, &q.options);
        ok = make_tile(&reply->body, &m, err);
        snapshot_radar_put(r->snapshot, q.query.radar);
    }
    if (!ok)
        return false;
    bool png = layer->kind == LAYER_RASTER;
    reply->type = png ? "image/png" : "application/vnd.mapbox-vector-tile";
    reply->precompressed_ok = !png;
    if (!reply->body.len)
        reply->status = 204;
    return true;
}

static bool get_facilities(struct reply *reply, const struct request *r, struct error *err)
{
    return send_tile(reply, r, &layer_facilities, false, 0, err);
}

/* Whether the scores that the request asks for are still to be made: not on the HTTP thread. */
static bool scores_are_new(const struct request *r)
{
    struct radar_options options;
    struct error err;
    if (!radar_query_any(r) || !radar_query_options(&options, RADAR_FACILITIES, r, &err))
        return false;
    struct snapshot *s = snapshot_take(r->app->snapshots);
    bool are_new = s && !snapshot_has_radar(s, &options);
    snapshot_release(s);
    return are_new;
}

static bool get_counties(struct reply *reply, const struct request *r, struct error *err)
{
    return send_tile(reply, r, &layer_counties, true, 0, err);
}

static bool get_townships(struct reply *reply, const struct request *r, struct error *err)
{
    return send_tile(reply, r, &layer_townships, true, 0, err);
}

static bool get_records(struct reply *reply, const struct request *r, struct error *err)
{
    const struct layer *layer = layer_find(r->part[0]);
    if (!layer || layer->kind != LAYER_VECTOR || !layer->needs_db)
        return error_set(err, ERROR_NOT_FOUND,
                         "there is no layer of vector tiles \"%.40s\"; see /tiles", r->part[0]);
    return send_tile(reply, r, layer, true, 1, err);
}

/* ---- TileJSON ---- */

static void put_vector_layer(struct json *j, const struct layer *layer, const char *suffix,
                             const struct layer_field *fields)
{
    char id[64];
    snprintf(id, sizeof id, "%s%s", layer->id, suffix);
    json_open(j, NULL, '{');
    json_text(j, "id", id);
    json_text(j, "description", layer->about);
    json_int(j, "minzoom", layer->minzoom);
    json_int(j, "maxzoom", layer->maxzoom);
    json_open(j, "fields", '{');
    for (const struct layer_field *f = fields; f->name; f++)
        json_text(j, f->name, f->type);
    json_close(j, '}');
    json_close(j, '}');
}

static bool get_tilejson(struct reply *reply, const struct request *r, struct error *err)
{
    struct asked q;
    const struct layer *layer = layer_find(r->part[0]);
    if (!layer)
        return error_set(err, ERROR_NOT_FOUND, "there is no layer \"%.40s\"; see /tiles",
                         r->part[0]);
    bool done;
    if (!answer_begin(&done, reply, r, err) || !parse_filters(&q, r, err))
        return false;
    if (done)
        return true;
    const struct atlas *a = r->snapshot->atlas;
    struct json j = {.out = &reply->body};
    struct buf url = {.data = NULL};
    buf_format(&url, "%s/tiles/%s/{z}/{x}/{y}.%s", r->base_url, layer->id,
               layer->kind == LAYER_VECTOR ? "mvt" : "png");
    char sign = '?'; /* what the request asks for, in canonical form */
    radar_query_put_filter(&url, &sign, a, &q.query.filter);
    radar_query_put(&url, &sign, &q.options, RADAR_FACILITIES);
    tilejson_begin(&j, layer, buf_string(&url));
    if (layer->kind == LAYER_VECTOR) {
        json_open(&j, "vector_layers", '[');
        put_vector_layer(&j, layer, "", layer->fields);
        if (layer->needs_db)
            put_vector_layer(&j, layer, "_label", layer->fields);
        json_close(&j, ']');
    }
    json_open(&j, "hazatlas", '{');
    json_int(&j, "atlas", (int64_t)a->number);
    json_both(&j, "title", layer->title_zh, layer->title_en);
    if (layer == &layer_facilities) {
        struct legend_scaled legend;
        legend_score_scale(&legend, radar_largest(&q.options));
        legend_json(&j, "legend", &legend.legend, layer->no_data);
        radar_json_remarks(&j, &q.options, RADAR_FACILITIES);
    } else if (layer->legend)
        legend_json(&j, "legend", layer->legend, layer->no_data);
    json_close(&j, '}');
    json_close(&j, '}');
    buf_free(&url);
    return true;
}

static bool get_catalogue(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    if (!answer_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    struct json j = {.out = &reply->body};
    json_open(&j, NULL, '{');
    json_open(&j, "layers", '[');
    for (const struct layer *const *l = layers; *l; l++) {
        char url[512];
        snprintf(url, sizeof url, "%s/tiles/%s.json", r->base_url, (*l)->id);
        json_open(&j, NULL, '{');
        json_text(&j, "id", (*l)->id);
        json_both(&j, "title", (*l)->title_zh, (*l)->title_en);
        json_text(&j, "about", (*l)->about);
        json_text(&j, "type", (*l)->kind == LAYER_VECTOR ? "vector" : "raster");
        json_text(&j, "tilejson", url);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
    return true;
}

static bool get_style(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    if (!answer_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    style_main(&reply->body, r->base_url);
    return true;
}

#define VERSION                                                                                    \
    {                                                                                              \
        "v", PARAMETER_TEXT, 0, 0, NULL, NULL,                                                     \
            "any text, ignored: for clients that cache by address"                                 \
    }

static const struct parameter facility_filters[] = {
    FACILITY_FILTER_PARAMETERS, RADAR_PARAMETERS, VERSION, {.name = NULL}};
static const struct parameter version_only[] = {VERSION, {.name = NULL}};
static const struct parameter all_filters[] = {
    FACILITY_FILTER_PARAMETERS, RADAR_PARAMETERS, VERSION, {.name = NULL}};

#define MVT "application/vnd.mapbox-vector-tile"

const struct route tile_routes[] = {
    {.method = "GET",
     .pattern = "/tiles/facilities/{z}/{x}/{y}.mvt",
     .handler = get_facilities,
     .fast = true,
     .slow = scores_are_new,
     .parameters = facility_filters,
     .answer = MVT,
     .tag = "tiles",
     .summary = "Facilities of a tile (z 0-20): single points with score and quantity_kg, or cells "
                "where it would hold more than 2,000; 204 where empty"},
    {.method = "GET",
     .pattern = "/tiles/counties/{z}/{x}/{y}.mvt",
     .handler = get_counties,
     .parameters = version_only,
     .answer = MVT,
     .tag = "tiles",
     .summary = "County borders"},
    {.method = "GET",
     .pattern = "/tiles/townships/{z}/{x}/{y}.mvt",
     .handler = get_townships,
     .parameters = version_only,
     .answer = MVT,
     .tag = "tiles",
     .summary = "Township borders"},
    {.method = "GET",
     .pattern = "/tiles/{layer}/{z}/{x}/{y}.mvt",
     .handler = get_records,
     .parameters = version_only,
     .answer = MVT,
     .tag = "tiles",
     .summary =
         "Zones, basins, rivers, samples, incidents, places, doubtful and missing positions … (the "
         "layers of /tiles): where "
         "a tile would hold more than 2,000 points they come as cells with their count"},
    {.method = "GET",
     .pattern = "/tiles/{layer}.json",
     .handler = get_tilejson,
     .fast = true,
     .parameters = all_filters,
     .answer = "application/json",
     .tag = "tiles",
     .summary = "TileJSON 3.0 of a layer, with its legend; filters go into the tile addresses"},
    {.method = "GET",
     .pattern = "/tiles",
     .handler = get_catalogue,
     .fast = true,
     .parameters = NULL,
     .answer = "application/json",
     .tag = "tiles",
     .summary = "All layers"},
    {.method = "GET",
     .pattern = "/styles/main.json",
     .handler = get_style,
     .fast = true,
     .parameters = version_only,
     .answer = "application/json",
     .tag = "tiles",
     .summary = "MapLibre style of the map, in the subset that QGIS 3.22 reads"},
    {.pattern = NULL}};
