/* /api/v1/heat/zonal: heat summed over counties, townships, basins or polygons that are sent. */
#include <math.h>
#include <stdlib.h>

#include "analysis/heat_zonal.h"
#include "gis/mem.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/heat_out.h"
#include "server/heat_query.h"
#include "server/heat_zones.h"

enum { ZONAL_PIXELS_MAX = 4000000, OWN_FINE = 25, OWN_ACROSS = 200 };

static void put_zone(struct json *j, const struct heat_source *s, const struct heat_zones_row *row,
                     const struct heat_zone *z)
{
    double km2 = isnan(row->km2) ? z->km2 : row->km2;
    json_open(j, NULL, '{');
    json_text(j, "code", row->code);
    json_text(j, "name", row->name);
    json_text(j, "name_en", row->name_en);
    json_number(j, "area_km2", km2, 6);
    if (s->mean) { /* over where there are samples */
        json_number(j, "covered_km2", z->km2, 6);
        json_number(j, "mean", z->km2 > 0 ? z->integral / z->km2 : (double)NAN, 9);
        json_number(j, "min", z->least, 9);
    } else {
        json_number(j, "integral", z->integral, 9);
        json_number(j, "share", s->total > 0 ? z->integral / s->total : (double)NAN, 9);
        json_number(j, "mean", km2 > 0 ? z->integral / km2 : (double)NAN, 9);
    }
    json_number(j, "max", z->pixels || s->mean ? z->most : 0, 9);
    json_number(j, "max_lon", z->most_x, 7);
    json_number(j, "max_lat", z->most_y, 7);
    json_int(j, "pixels", (int64_t)z->pixels);
    json_close(j, '}');
}

static void put_all(struct reply *reply, const struct heat_source *s, const char *by_area,
                    const struct heat_zones *zones, const struct heat_zone *sums,
                    const struct heat_raster *raster)
{
    struct json j = {.out = &reply->body};
    double inside = 0;
    json_open(&j, NULL, '{');
    json_text(&j, "zones_by", by_area);
    heat_query_json(&j, s);
    json_number(&j, "pixel_deg_x", raster->grid.pixel_x, 12);
    json_number(&j, "pixel_deg_y", raster->grid.pixel_y, 12);
    json_open(&j, "zones", '[');
    for (int i = 0; i < zones->count; i++) {
        put_zone(&j, s, &zones->rows[i], &sums[i]);
        inside += sums[i].integral;
    }
    json_close(&j, ']');
    if (!s->mean) { /* the rest lies at sea, or past the border by less than a radius */
        json_number(&j, "inside", inside, 9);
        json_number(&j, "outside", s->total - inside, 9);
    }
    json_int(&j, "atlas", (int64_t)s->atlas->number);
    json_close(&j, '}');
}

static bool sum_zones(struct reply *reply, const struct request *r, const struct heat_source *s,
                      const char *by_area, const struct heat_zones *zones,
                      struct heat_raster *raster, struct error *err)
{
    if (!heat_out_fill(raster, r, s, err))
        return false;
    struct heat_zone *sums = mem_alloc((size_t)zones->count * sizeof *sums + 1);
    heat_zonal_sum(sums, zones->count, raster, &zones->area, zones->zone);
    put_all(reply, s, by_area, zones, sums, raster);
    free(sums);
    return true;
}

/* Fine enough for a small polygon: two hundred pixels across, or the radius / 25. */
static bool lay_for(struct heat_raster *raster, const struct request *r,
                    const struct heat_source *s, const struct heat_zones *zones, struct error *err)
{
    double box[4], pixel = 0, east, north;
    area_bounds(box, &zones->area);
    if (!request_double(&pixel, r, "pixel", 0, 100000, err))
        return false;
    heat_grid_degree(&east, &north, (box[1] + box[3]) / 2);
    double across = fmax((box[2] - box[0]) * east, (box[3] - box[1]) * north);
    bool told = request_query(r, "pixel") != NULL;
    if (!told)
        pixel = fmax(1, fmin(s->query.radius / OWN_FINE, across / OWN_ACROSS));
    for (;;) {
        struct error why = {.kind = ERROR_NONE};
        if (heat_raster_lay(raster, "EPSG:4326", box, pixel, &why) &&
            heat_raster_check(raster, s, &why) &&
            ((int64_t)raster->grid.width * raster->grid.height <= ZONAL_PIXELS_MAX ||
             error_set(&why, ERROR_TOO_LARGE,
                       "the polygons would be of %d x %d pixels; %d are the "
                       "most: take a larger pixel",
                       raster->grid.width, raster->grid.height, ZONAL_PIXELS_MAX)))
            return true;
        if (told || why.kind != ERROR_TOO_LARGE) {
            *err = why;
            return false;
        }
        pixel *= 2;
    }
}

static bool get_zonal(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    struct heat_query q;
    static const struct heat_out_limits limits = {.fine = 10, .pixels = ZONAL_PIXELS_MAX};
    struct heat_zones zones = {.count = 0};
    struct heat_raster raster = {.cells = NULL};
    const char *kind = request_query(r, "zones");
    if (!answer_begin(&done, reply, r, err) || !heat_query_parse(&q, r, err))
        return false;
    if (done)
        return true;
    const struct heat_source *s = heat_source_take(r->snapshot, &q);
    kind = kind ? kind : "county";
    bool ok = heat_zones_load(&zones, kind, r->db, err) &&
              (s->count ? heat_out_lay(&raster, r, "EPSG:4326", &s, 1, &limits, err)
                        : lay_for(&raster, r, s, &zones, err)) &&
              sum_zones(reply, r, s, kind, &zones, &raster, err);
    heat_raster_free(&raster);
    heat_zones_free(&zones);
    heat_source_put(r->snapshot, s);
    return ok;
}

static bool post_zonal(struct reply *reply, const struct request *r, struct error *err)
{
    struct heat_query q;
    struct heat_zones zones = {.count = 0};
    struct heat_raster raster = {.cells = NULL};
    /* The answer depends on the body: no validator. */
    if (!r->snapshot)
        return error_set(err, ERROR_BUSY, "the atlas is still being loaded; try again");
    if (!heat_query_parse(&q, r, err))
        return false;
    const struct heat_source *s = heat_source_take(r->snapshot, &q);
    bool ok = heat_zones_read(&zones, r->body, r->body_len, err) &&
              lay_for(&raster, r, s, &zones, err) &&
              sum_zones(reply, r, s, "own", &zones, &raster, err);
    heat_raster_free(&raster);
    heat_zones_free(&zones);
    heat_source_put(r->snapshot, s);
    return ok;
}

#define PIXEL(about)                                                                               \
    {                                                                                              \
        "pixel", PARAMETER_NUMBER, 0, 100000, NULL, NULL, about                                    \
    }

static const struct parameter get_parameters[] = {
    {"zones", PARAMETER_CHOICE, 0, 0, HEAT_ZONE_CHOICES, "county", "areas to sum over"},
    PIXEL("raster that is summed, metres; the radius / 10 by default, or more where that would be "
          "too many"),
    HEAT_PARAMETERS,
    {.name = NULL}};

static const struct parameter post_parameters[] = {
    PIXEL("raster that is summed, metres; by default the radius / 25, or less for a small polygon"),
    HEAT_PARAMETERS,
    {.name = NULL}};

const struct route heat_zonal_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/heat/zonal",
     .handler = get_zonal,
     .heavy = route_heavy,
     .parameters = get_parameters,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "Heat by county, township or basin: weight inside, share, mean and largest value"},
    {.method = "POST",
     .pattern = "/api/v1/heat/zonal",
     .handler = post_zonal,
     .heavy = route_heavy,
     .success = 200,
     .parameters = post_parameters,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "The same over the GeoJSON polygons of the body (at most 100)"},
    {.pattern = NULL}};
