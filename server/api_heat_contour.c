/* /api/v1/heat/contours: bands of heat as polygons, GeoJSON or GeoPackage. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/heat_classes.h"
#include "analysis/heat_contour.h"
#include "gis/text.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/heat_out.h"
#include "server/heat_query.h"
#include "server/reply.h"
#include "tiles/gpkg.h"
#include "tiles/legend.h"

#define PIXEL_LEAST 10.0 /* m: below, lines of neighbouring levels could come together in print */
enum { DECIMALS = 9 };

struct wish {
    struct heat_query query;
    double level[HEAT_CONTOUR_LEVELS_MAX];
    int count;
    bool gpkg;
    const char *crs;
};

static bool take_levels(struct wish *w, const char *levels, struct error *err)
{
    const char *text = levels;
    while (text) {
        char part[40];
        size_t len = strcspn(text, ",");
        double v = NAN;
        if (w->count == HEAT_CONTOUR_LEVELS_MAX)
            return error_set(err, ERROR_INPUT, "levels takes at most %d numbers",
                             HEAT_CONTOUR_LEVELS_MAX);
        if (len < sizeof part) {
            memcpy(part, text, len);
            part[len] = '\0';
        }
        if (len >= sizeof part || !text_to_double(&v, part) || v < 0 ||
            (w->count && v <= w->level[w->count - 1]))
            return error_set(err, ERROR_INPUT,
                             "levels is \"%.80s\"; it must be ascending numbers from 0 on, "
                             "separated by commas",
                             levels);
        w->level[w->count++] = v;
        text = text[len] ? text + len + 1 : NULL;
    }
    return true;
}

/* Without levels those of the map, from the first that divides two colours on. */
static bool settle_levels(struct wish *w, const struct request *r, const struct heat_source *s,
                          struct error *err)
{
    if (!w->count) {
        struct heat_classes classes;
        heat_classes_take(&classes, r->snapshot, &w->query);
        for (int i = 1; i < classes.count; i++)
            w->level[w->count++] = classes.min[i];
    }
    if (w->count && !s->mean && w->level[0] <= 0)
        return error_set(err, ERROR_INPUT, "levels of a density are more than 0");
    return true;
}

static bool take_wish(struct wish *w, const struct request *r, struct error *err)
{
    const char *format = request_query(r, "format"), *crs = request_query(r, "crs");
    double pixel = PIXEL_LEAST;
    w->gpkg = format && !strcmp(format, "gpkg");
    w->crs = crs ? crs : "EPSG:4326";
    if (!w->gpkg && strcmp(w->crs, "EPSG:4326") != 0)
        return error_set(err, ERROR_INPUT, "GeoJSON is in EPSG:4326; take format=gpkg for %s",
                         w->crs);
    if (!request_double(&pixel, r, "pixel", 0, 100000, err))
        return false;
    if (pixel < PIXEL_LEAST)
        return error_set(err, ERROR_INPUT, "pixel is at least %g metres for contours", PIXEL_LEAST);
    return take_levels(w, request_query(r, "levels"), err) && heat_query_parse(&w->query, r, err);
}

/* ---- GeoJSON ---- */

static void put_rings(struct json *j, const struct area *a, size_t polygon)
{
    size_t end = polygon + 1 < a->polygons ? a->polygon[polygon + 1] : a->rings;
    json_open(j, NULL, '[');
    for (size_t r = a->polygon[polygon]; r < end; r++) {
        size_t last = r + 1 < a->rings ? a->ring[r + 1] : a->vertices;
        json_open(j, NULL, '[');
        for (size_t i = a->ring[r]; i < last; i++) {
            json_open(j, NULL, '[');
            json_number(j, NULL, a->x[i], DECIMALS);
            json_number(j, NULL, a->y[i], DECIMALS);
            json_close(j, ']');
        }
        json_close(j, ']');
    }
    json_close(j, ']');
}

static double upper_of(const struct heat_contour *c, int band)
{
    return band + 1 < c->count ? c->level[band + 1] : (double)NAN;
}

static void put_geojson(struct reply *reply, const struct heat_contour *c,
                        const struct heat_source *s, const struct heat_raster *raster)
{
    struct json j = {.out = &reply->body};
    json_open(&j, NULL, '{');
    json_text(&j, "type", "FeatureCollection");
    json_open(&j, "heat", '{');
    heat_query_json(&j, s);
    json_exact(&j, "pixel_deg", raster->grid.pixel_y);
    json_int(&j, "width", raster->grid.width);
    json_int(&j, "height", raster->grid.height);
    json_int(&j, "atlas", (int64_t)s->atlas->number);
    json_close(&j, '}');
    json_open(&j, "features", '[');
    for (int k = 0; k < c->count; k++) {
        if (!c->band[k].polygons) /* nothing is as high, or all is higher */
            continue;
        json_open(&j, NULL, '{');
        json_text(&j, "type", "Feature");
        json_int(&j, "id", k);
        json_open(&j, "properties", '{');
        json_exact(&j, "lower", c->level[k]);
        json_exact(&j, "upper", upper_of(c, k));
        json_close(&j, '}');
        json_open(&j, "geometry", '{');
        json_text(&j, "type", "MultiPolygon");
        json_open(&j, "coordinates", '[');
        for (size_t p = 0; p < c->band[k].polygons; p++)
            put_rings(&j, &c->band[k], p);
        json_close(&j, ']');
        json_close(&j, '}');
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
    reply->type = "application/geo+json";
}

/* ---- GeoPackage ---- */

static bool put_gpkg(struct reply *reply, const struct heat_contour *c, const struct heat_source *s,
                     const char *crs, struct error *err)
{
    static const char *const fields[] = {"lower", "upper", NULL};
    struct gpkg_feature features[HEAT_CONTOUR_LEVELS_MAX];
    double numbers[HEAT_CONTOUR_LEVELS_MAX][2];
    struct buf query = {.data = NULL};
    char sign = '?', about[200], radius[32];
    const char *zh, *en;
    legend_heat_unit(&zh, &en, s);
    heat_query_put(&query, &sign, s->atlas, &s->query);
    snprintf(radius, sizeof radius, "%.10g", s->query.radius);
    snprintf(about, sizeof about, "Bands of heat, %s (%s)", en, zh);
    int count = 0;
    for (int k = 0; k < c->count; k++) {
        numbers[k][0] = c->level[k];
        numbers[k][1] = upper_of(c, k);
        if (c->band[k].polygons)
            features[count++] = (struct gpkg_feature){&c->band[k], numbers[k]};
    }
    const struct gpkg_item items[] = {
        {"HEAT_BY", heat_by_names[s->query.by]},
        {"HEAT_UNIT", en},
        {"HEAT_RADIUS_M", radius},
        {"HEAT_KERNEL", heat_shape_names[s->query.shape]},
        {"HEAT_QUERY", query.len ? buf_string(&query) : "(the defaults)"},
        {"HEAT_ATLAS", s->atlas->tag},
        {NULL, NULL}};
    struct gpkg g = {.layer = "heat",
                     .description = about,
                     .epsg = (int)strtol(crs + strlen("EPSG:"), NULL, 10),
                     .fields = fields,
                     .features = features,
                     .count = count,
                     .items = items};
    bool ok = gpkg_make(&reply->body, &g, err);
    buf_free(&query);
    reply->type = "application/geopackage+sqlite3";
    reply_file(reply, "heat.gpkg");
    return ok;
}

static bool put_contours(struct reply *reply, const struct request *r, struct wish *w,
                         const struct heat_source *s, struct error *err)
{
    static const struct heat_out_limits limits = {
        .fine = 10, .pixels = HEAT_CONTOUR_PIXELS_MAX, .coarse = 5, .clip = true};
    struct heat_raster raster = {.cells = NULL};
    struct heat_contour c = {.count = 0};
    bool ok = settle_levels(w, r, s, err) &&
              heat_out_lay(&raster, r, w->crs, &s, 1, &limits, err) &&
              heat_out_fill(&raster, r, s, err) &&
              heat_contour_make(&c, &raster, w->level, w->count, err);
    if (ok && w->gpkg)
        ok = put_gpkg(reply, &c, s, w->crs, err);
    else if (ok)
        put_geojson(reply, &c, s, &raster);
    heat_contour_free(&c);
    heat_raster_free(&raster);
    return ok && (!reply->body.overflow ||
                  error_set(err, ERROR_TOO_LARGE,
                            "the bands are larger than an answer may be: take a larger pixel"));
}

static bool get_contours(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    struct wish w = {.count = 0};
    if (!answer_begin(&done, reply, r, err) || !take_wish(&w, r, err))
        return false;
    if (done)
        return true;
    const struct heat_source *s = heat_source_take(r->snapshot, &w.query);
    bool ok = put_contours(reply, r, &w, s, err);
    heat_source_put(r->snapshot, s);
    return ok;
}

static const struct parameter parameters[] = {
    {"levels", PARAMETER_TEXT, 0, 0, NULL, NULL,
     "lower limits of the bands, ascending, at most 20; those between the colours of the map by "
     "default"},
    HEAT_OUT_PARAMETERS("raster that the lines run through: metres, at least 10; the radius / 10 "
                        "by default, or more where that would be too many"),
    {"format", PARAMETER_CHOICE, 0, 0, "geojson|gpkg", "geojson", "of the answer"},
    {"crs", PARAMETER_CHOICE, 0, 0, "EPSG:4326|EPSG:3826|EPSG:3825|EPSG:3857", "EPSG:4326",
     "coordinate system of a GeoPackage"},
    HEAT_PARAMETERS,
    {.name = NULL}};

const struct route heat_contour_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/heat/contours",
     .handler = get_contours,
     .heavy = route_heavy,
     .parameters = parameters,
     .answer = "application/geo+json, application/geopackage+sqlite3",
     .tag = "analysis",
     .summary = "Bands of heat as polygons: valid, without gaps between them"},
    {.pattern = NULL}};
