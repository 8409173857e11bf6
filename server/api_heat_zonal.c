/* /api/v1/heat/zonal: heat summed over counties, townships, basins or polygons that are sent. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/heat_strips.h"
#include "analysis/heat_zonal.h"
#include "gis/mem.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/heat_out.h"
#include "server/heat_query.h"
#include "server/heat_zones.h"

enum {
    OWN_ACROSS = 200, /* pixels that a small polygon has at least, … */
    OWN_FINE = 5000   /* … but no more of a radius: values hardly change over one */
};

struct sums {
    struct heat_strips strips;
    struct heat_zones zones;
    struct heat_zone *zone, all;
};

static double error_of(const struct heat_zone *z, double integral)
{
    return integral > 0 ? z->doubt / integral : 0;
}

static void put_zone(struct json *j, const struct heat_source *s, const struct heat_zones_row *row,
                     const struct heat_zone *z)
{
    double km2 = isnan(row->km2) ? z->km2 : row->km2;
    json_open(j, NULL, '{');
    json_text(j, "code", row->code);
    json_text(j, "name", row->name);
    json_text(j, "name_en", row->name_en);
    json_exact(j, "area_km2", km2);
    if (s->mean) { /* over where there are samples */
        json_exact(j, "covered_km2", z->km2);
        json_exact(j, "mean", z->km2 > 0 ? z->integral / z->km2 : (double)NAN);
        json_exact(j, "min", z->least);
    } else {
        json_exact(j, "integral", z->integral);
        json_exact(j, "share", s->total > 0 ? z->integral / s->total : (double)NAN);
        json_exact(j, "mean", km2 > 0 ? z->integral / km2 : (double)NAN);
    }
    json_exact(j, "relative_error", error_of(z, z->integral));
    json_exact(j, "max", z->pixels || s->mean || z->integral > 0 ? z->most : 0);
    json_number(j, "max_lon", z->most_x, 7);
    json_number(j, "max_lat", z->most_y, 7);
    json_int(j, "pixels", (int64_t)z->pixels);
    json_close(j, '}');
}

/* Inside and outside add up to the total; a rest within rounding is none. */
static void put_rest(struct json *j, const struct heat_source *s, double inside)
{
    double outside = s->total - inside;
    if (fabs(outside) <= 1e-9 * s->total) {
        inside = s->total;
        outside = 0;
    }
    json_exact(j, "inside", inside);
    json_exact(j, "outside", outside);
}

static void put_all(struct reply *reply, const struct sums *u, const char *by_area)
{
    const struct heat_source *s = u->strips.source[0];
    struct json j = {.out = &reply->body};
    double inside = 0, doubt = 0;
    json_open(&j, NULL, '{');
    json_text(&j, "zones_by", by_area);
    heat_query_json(&j, s);
    json_exact(&j, "pixel_m", u->strips.pixel);
    json_exact(&j, "pixel_deg_x", u->strips.pixel_x);
    json_exact(&j, "pixel_deg_y", u->strips.pixel_y);
    json_open(&j, "zones", '[');
    for (int i = 0; i < u->zones.count; i++) {
        put_zone(&j, s, &u->zones.rows[i], &u->zone[i]);
        inside += u->zone[i].integral;
        doubt += u->zone[i].doubt;
    }
    json_close(&j, ']');
    if (!s->mean) /* the rest lies at sea, or past the border by less than a radius */
        put_rest(&j, s, u->all.km2 > 0 ? u->all.integral : inside);
    json_exact(&j, "relative_error", inside > 0 ? doubt / inside : 0);
    json_int(&j, "atlas", (int64_t)s->atlas->number);
    json_close(&j, '}');
}

static bool add_strip(void *ctx, const struct heat_strip *strip, struct error *err)
{
    struct sums *u = ctx;
    (void)err;
    /* Borders share no pixel; polygons that are sent may. */
    bool sent = u->zones.sent && u->zones.count > 1;
    heat_zonal_add(u->zone, sent ? &u->all : NULL, &strip->raster[0], &strip->mend[0],
                   &u->zones.area, u->zones.zone);
    return true;
}

static bool sum_zones(struct reply *reply, const struct request *r, struct sums *u,
                      const char *by_area, struct error *err)
{
    struct heat_strips *strips = &u->strips;
    double pixel = 0, east, north;
    const double *box = strips->box;
    strips->count = 1;
    strips->mends = true;
    strips->tell = heat_out_go_on;
    strips->tell_ctx = heat_out_context(r);
    if (!request_double(&pixel, r, "pixel", 1, 100000, err))
        return false;
    if (!area_bounds(strips->box, &u->zones.area))
        memset(strips->box, 0, sizeof strips->box);
    heat_grid_degree(&east, &north, (box[1] + box[3]) / 2);
    double across = fmax((box[2] - box[0]) * east, (box[3] - box[1]) * north) / OWN_ACROSS;
    if (u->zones.sent && pixel > across * OWN_ACROSS)
        return error_set(err, ERROR_INPUT,
                         "pixel is %g m, but all that was sent is only %.3g m across; take a "
                         "smaller one or leave it out",
                         pixel, across * OWN_ACROSS);
    if (!request_query(r, "pixel") && u->zones.sent &&
        across < strips->source[0]->query.radius / HEAT_STRIPS_FINE)
        pixel = fmax(fmax(1, strips->source[0]->query.radius / OWN_FINE), across);
    u->zone = mem_alloc((size_t)u->zones.count * sizeof *u->zone + 1);
    heat_zonal_begin(u->zone, u->zones.count);
    heat_zonal_begin(&u->all, 1);
    bool ok = heat_strips_lay(strips, pixel, err) && heat_strips_walk(strips, add_strip, u, err);
    if (ok)
        put_all(reply, u, by_area);
    free(u->zone);
    return ok;
}

static bool get_zonal(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    struct heat_query q;
    struct sums u = {.zone = NULL};
    const char *kind = request_query(r, "zones");
    if (!answer_begin(&done, reply, r, err) || !heat_query_parse(&q, r, err))
        return false;
    if (done)
        return true;
    kind = kind ? kind : "county";
    u.strips.source[0] = heat_source_take(r->snapshot, &q);
    bool ok = heat_zones_load(&u.zones, kind, r->db, err) && sum_zones(reply, r, &u, kind, err);
    heat_zones_free(&u.zones);
    heat_source_put(r->snapshot, u.strips.source[0]);
    return ok;
}

static bool post_zonal(struct reply *reply, const struct request *r, struct error *err)
{
    struct heat_query q;
    struct sums u = {.zone = NULL};
    /* The answer depends on the body: no validator. */
    if (!r->snapshot)
        return error_set(err, ERROR_BUSY, "the atlas is still being loaded; try again");
    if (!heat_query_parse(&q, r, err))
        return false;
    u.strips.source[0] = heat_source_take(r->snapshot, &q);
    bool ok = heat_zones_read(&u.zones, r->body, r->body_len, err) &&
              heat_zones_check(&u.zones, r->db, err) && sum_zones(reply, r, &u, "own", err);
    heat_zones_free(&u.zones);
    heat_source_put(r->snapshot, u.strips.source[0]);
    return ok;
}

#define PIXEL(about)                                                                               \
    {                                                                                              \
        "pixel", PARAMETER_NUMBER, 1, 100000, NULL, NULL, about                                    \
    }

static const struct parameter get_parameters[] = {
    {"zones", PARAMETER_CHOICE, 0, 0, HEAT_ZONE_CHOICES, "county", "areas to sum over"},
    PIXEL("raster that is summed, metres, at most the radius / 5; the radius / 10 by default, or "
          "up to the radius / 5 where that would be too many"),
    HEAT_PARAMETERS,
    {.name = NULL}};

static const struct parameter post_parameters[] = {
    PIXEL("raster that is summed, metres, at most the radius / 5; by default the radius / 10, or "
          "less "
          "for a small polygon"),
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
     .body_max = HEAT_ZONES_BODY_MAX,
     .parameters = post_parameters,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "The same over the GeoJSON polygons of the body (at most 100)"},
    {.pattern = NULL}};
