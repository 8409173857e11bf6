#include "tiles/style.h"

#include <stdio.h>

#include "analysis/heat.h"
#include "gis/json.h"
#include "tiles/layer.h"

static void source(struct json *j, const char *base_url, const struct layer *layer)
{
    char url[512];
    snprintf(url, sizeof url, "%s/tiles/%s/{z}/{x}/{y}.%s", base_url, layer->id,
             layer->kind == LAYER_VECTOR ? "mvt" : "png");
    json_open(j, layer->id, '{');
    json_text(j, "type", layer->kind == LAYER_VECTOR ? "vector" : "raster");
    json_open(j, "tiles", '[');
    json_text(j, NULL, url);
    json_close(j, ']');
    if (layer->kind == LAYER_RASTER)
        json_int(j, "tileSize", HEAT_TILE);
    json_int(j, "minzoom", layer->minzoom);
    json_int(j, "maxzoom", layer->maxzoom);
    json_close(j, '}');
}

/* Opens a style layer; the caller adds filter, paint and layout and closes it. */
static void layer_open(struct json *j, const char *id, const char *type, const char *source_id,
                       const char *source_layer)
{
    json_open(j, NULL, '{');
    json_text(j, "id", id);
    json_text(j, "type", type);
    json_text(j, "source", source_id);
    if (source_layer)
        json_text(j, "source-layer", source_layer);
}

static void borders(struct json *j, const struct layer *layer, const char *color, double width)
{
    layer_open(j, layer->id, "line", layer->id, layer->id);
    json_open(j, "paint", '{');
    json_text(j, "line-color", color);
    json_number(j, "line-width", width, 2);
    json_close(j, '}');
    json_close(j, '}');
}

static void circles(struct json *j, const char *id, const char *filter, const char *color,
                    double radius)
{
    layer_open(j, id, "circle", "facilities", "facilities");
    json_raw(j, "filter", filter);
    json_open(j, "paint", '{');
    json_text(j, "circle-color", color);
    json_number(j, "circle-radius", radius, 1);
    json_text(j, "circle-stroke-color", "#333333");
    json_number(j, "circle-stroke-width", 1, 1);
    json_close(j, '}');
    json_close(j, '}');
}

/* Colour and filter of a class by its property; of -1 grey, for what has no value. */
static void class_look(char color[8], char filter[200], const struct legend *l,
                       const char *property, int i)
{
    static const struct legend_class grey = {0, LEGEND_NO_DATA, LEGEND_NO_DATA, LEGEND_NO_DATA};
    const struct legend_class *c = i < 0 ? &grey : &l->classes[i];
    snprintf(color, 8, "#%02x%02x%02x", c->r, c->g, c->b);
    if (i < 0)
        snprintf(filter, 200, "[\"!has\",\"%s\"]", property);
    else if (i + 1 < l->count)
        snprintf(filter, 200, "[\"all\",[\">=\",\"%s\",%g],[\"<\",\"%s\",%g]]", property, c->min,
                 property, c[1].min);
    else
        snprintf(filter, 200, "[\">=\",\"%s\",%g]", property, c->min);
}

static void score_classes(struct json *j, const char *property, const char *prefix, double radius)
{
    for (int i = 0; i < legend_score.count; i++) {
        char id[64], filter[200], color[8];
        snprintf(id, sizeof id, "%s-%d", prefix, i + 1);
        class_look(color, filter, &legend_score, property, i);
        circles(j, id, filter, color, radius);
    }
}

/* Families of records, each drawn by its shape. */
static void records(struct json *j, const struct layer *layer)
{
    bool line = layer->shape != LAYER_POINTS;
    layer_open(j, layer->id, line ? "line" : "circle", layer->id, layer->id);
    json_open(j, "layout", '{');
    json_text(j, "visibility", "none");
    json_close(j, '}');
    json_open(j, "paint", '{');
    if (line) {
        json_text(j, "line-color", layer->shape == LAYER_LINES ? "#1b7f8c" : "#2f5fb3");
        json_number(j, "line-width", 1.5, 1);
    } else {
        json_text(j, "circle-color", "#1b7f8c");
        json_number(j, "circle-radius", 4, 1);
        json_text(j, "circle-stroke-color", "#ffffff");
        json_number(j, "circle-stroke-width", 1, 1);
    }
    json_close(j, '}');
    json_close(j, '}');
}

/* Counties or facilities by their legend, a layer a class; what has no value is grey. */
static void graded(struct json *j, const struct layer *layer)
{
    bool fill = layer->shape == LAYER_AREAS;
    for (int i = layer->no_data ? -1 : 0; i < layer->legend->count; i++) {
        char id[64], filter[200], color[8];
        snprintf(id, sizeof id, i < 0 ? "%s-no-data" : "%s-%d", layer->id, i + 1);
        class_look(color, filter, layer->legend, layer->legend->property, i);
        layer_open(j, id, fill ? "fill" : "circle", layer->id, layer->id);
        json_raw(j, "filter", filter);
        json_raw(j, "layout", "{\"visibility\":\"none\"}");
        json_open(j, "paint", '{');
        json_text(j, fill ? "fill-color" : "circle-color", color);
        if (!fill) {
            json_number(j, "circle-radius", 6, 1);
            json_text(j, "circle-stroke-color", "#333333");
            json_number(j, "circle-stroke-width", 1, 1);
        }
        json_close(j, '}');
        json_close(j, '}');
    }
}

void style_main(struct buf *out, const char *base_url)
{
    struct json j = {.out = out};
    json_open(&j, NULL, '{');
    json_int(&j, "version", 8);
    json_text(&j, "name", "HazAtlas");
    json_raw(&j, "center", "[120.95,23.7]");
    json_int(&j, "zoom", 7);
    json_open(&j, "sources", '{');
    for (const struct layer *const *l = layers; *l; l++)
        if ((*l)->kind == LAYER_VECTOR)
            source(&j, base_url, *l);
    json_close(&j, '}');
    json_open(&j, "layers", '[');
    json_open(&j, NULL, '{');
    json_text(&j, "id", "background");
    json_text(&j, "type", "background");
    json_open(&j, "paint", '{');
    json_text(&j, "background-color", "#eef3f6");
    json_close(&j, '}');
    json_close(&j, '}');
    borders(&j, &layer_townships, "#c3c9cd", 0.5);
    borders(&j, &layer_counties, "#7d868c", 1.2);
    for (const struct layer *const *l = layers; *l; l++)
        if ((*l)->records)
            records(&j, *l);
    graded(&j, &layer_missing);
    records(&j, &layer_doubtful);
    graded(&j, &layer_thresholds);
    graded(&j, &layer_anomalies);
    char grey[8];
    snprintf(grey, sizeof grey, "#%02x%02x%02x", LEGEND_NO_DATA, LEGEND_NO_DATA, LEGEND_NO_DATA);
    circles(&j, "cells-no-data", "[\"all\",[\"has\",\"count\"],[\"!has\",\"max_score\"]]", grey, 8);
    score_classes(&j, "max_score", "cells", 8);
    circles(&j, "facilities-no-data", "[\"all\",[\"has\",\"id\"],[\"!has\",\"score\"]]", grey, 4);
    score_classes(&j, "score", "facilities", 5);
    json_close(&j, ']');
    json_close(&j, '}');
}
