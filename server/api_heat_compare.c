/* /api/v1/heat/compare: two heat maps beside each other, as numbers, by area, by sampling site, or
 * as a raster. The report's question "do measured concentrations and use coincide?" is
 * a=by=concentration&cas=… and b=by=quantity&cas=…&behaviour=use. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/heat.h"
#include "analysis/heat_compare.h"
#include "analysis/heat_strips.h"
#include "analysis/heat_zonal.h"
#include "gis/mem.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/heat_out.h"
#include "server/heat_query.h"
#include "server/heat_tif.h"
#include "server/heat_zones.h"
#include "server/reply.h"
#include "tiles/legend.h"

enum { SITES_MAX = 2000 /* listed; all are counted */ };

enum { SITES_LEAST = 3, PIXELS_LEAST = 30 };
#define SHARE_LEAST 0.01    /* of the compared area that both reach */
#define LEFT_OUT_LEAST 5e-4 /* of a map's sum; reads as 0.1 % */

struct pair {
    const struct heat_source *source[2];
    struct heat_raster raster[2]; /* of format=tif */
    struct heat_strips strips;    /* of format=json */
    struct heat_pairs pairs;
    struct heat_compared so;
    struct heat_zones zones;
    struct heat_zone *sums[2]; /* of each zone */
    bool same_unit;
};

static bool same_unit(const struct heat_source *a, const struct heat_source *b)
{
    const char *zh[2], *en[2];
    legend_heat_unit(&zh[0], &en[0], a);
    legend_heat_unit(&zh[1], &en[1], b);
    return !strcmp(en[0], en[1]);
}

static bool take_query(struct heat_query *q, const struct request *r, const char *name,
                       struct error *err)
{
    const char *text = request_query(r, name);
    if (!text)
        return error_set(err, ERROR_INPUT,
                         "a and b are wanted: two heat queries, each escaped as one value, e.g. "
                         "a=by%%3Dconcentration%%26cas%%3D71-43-2");
    if (heat_query_parse_text(q, r->snapshot, text, err))
        return true;
    error_append(err, " (in %s)", name);
    return false;
}

static bool fill_pair(struct pair *p, const struct request *r, const char *crs, struct error *err)
{
    static const struct heat_out_limits limits = {.fine = 10, .pixels = HEAT_COMPARE_PIXELS_MAX};
    if (!heat_out_lay(&p->raster[0], r, crs, p->source, 2, &limits, err))
        return false;
    p->raster[1] = p->raster[0];
    return heat_out_fill(&p->raster[0], r, p->source[0], err) &&
           heat_out_fill(&p->raster[1], r, p->source[1], err);
}

static bool add_strip(void *ctx, const struct heat_strip *strip, struct error *err)
{
    struct pair *p = ctx;
    for (int k = 0; k < 2 && p->sums[k]; k++)
        heat_zonal_add(p->sums[k], NULL, &strip->raster[k], &strip->mend[k], &p->zones.area,
                       p->zones.zone);
    return heat_pairs_add(&p->pairs, &strip->raster[0], &strip->raster[1], err);
}

static bool compare(struct pair *p, const struct request *r, struct error *err)
{
    struct heat_strips *s = &p->strips;
    double pixel = 0;
    bool told;
    *s = (struct heat_strips){.source = {p->source[0], p->source[1]},
                              .count = 2,
                              .box = {-180, -85, 180, 85},
                              .mends = p->sums[0] != NULL,
                              .tell = heat_out_go_on,
                              .tell_ctx = heat_out_context(r)};
    if (!request_double(&pixel, r, "pixel", 1, 100000, err) ||
        !heat_out_bbox(s->box, &told, r, err))
        return false;
    if (!told && !p->source[0]->count && !p->source[1]->count)
        return error_set(err, ERROR_INPUT,
                         "no point passes these filters, so there is no extent: give bbox");
    bool ok = heat_strips_lay(s, pixel, err) && heat_strips_walk(s, add_strip, p, err);
    heat_pairs_end(&p->so, &p->pairs);
    return ok;
}

/* ---- numbers ---- */

static void put_note(struct json *j, const char *zh, const char *en)
{
    json_open(j, NULL, '{');
    json_text(j, "zh", zh);
    json_text(j, "en", en);
    json_close(j, '}');
}

/* What part of a map's sum lies where the other has a value too; the rest is not compared. */
static double compared_share(const struct heat_compared *c, int k)
{
    double whole = k ? c->whole_b : c->whole_a;
    return whole > 0 ? (k ? c->sum_b : c->sum_a) / whole : (double)NAN;
}

static void put_left_out(struct json *j, const struct heat_compared *c, int k)
{
    char zh[400], en[400], one = k ? 'b' : 'a', other = k ? 'a' : 'b';
    double percent = 100 * (1 - compared_share(c, k));
    if (!(percent >= 100 * LEFT_OUT_LEAST))
        return;
    snprintf(zh, sizeof zh,
             "%c 的總和有 %.1f%% 落在 %c 沒有值（附近沒有樣本）之處，未計入 sum、重疊與相關係數；"
             "全部計入時重疊為 %.4g",
             one, percent, other, c->overlap_whole);
    snprintf(
        en, sizeof en,
        "%.1f %% of the sum of %c lies where %c has no value (no sample is near): sum, overlap "
        "and correlations leave it out; with all of it the overlap is %.4g",
        percent, one, other, c->overlap_whole);
    put_note(j, zh, en);
}

/* What a reader must know before he trusts the figures. */
static void put_notes(struct json *j, const struct pair *p)
{
    const struct heat_compared *c = &p->so;
    json_open(j, "notes", '[');
    if (!p->same_unit)
        put_note(
            j, "兩圖單位不同，差值與比值沒有意義，故不列；重疊與相關係數仍可比較",
            "the two maps have different units: their difference and ratio mean nothing and are "
            "not given; overlap and correlations do not depend on units");
    for (int k = 0; k < 2; k++)
        put_left_out(j, c, k);
    if (!(c->both_km2 >= SHARE_LEAST * c->km2) || c->pixels < PIXELS_LEAST)
        put_note(
            j, "兩圖共同範圍很小，重疊與相關係數僅供參考",
            "the two maps have hardly any area in common: overlap and correlations say little");
    for (int k = 0; k < 2; k++)
        if (!(p->source[k]->total > 0) || p->source[k]->count < SITES_LEAST)
            put_note(j,
                     k ? "b 的點少於 3 個或沒有權重，數字不足以下結論"
                       : "a 的點少於 3 個或沒有權重，數字不足以下結論",
                     k ? "b has fewer than 3 points or no weight: too little for a conclusion"
                       : "a has fewer than 3 points or no weight: too little for a conclusion");
    json_close(j, ']');
}

static void put_extreme(struct json *j, const char *key, const struct heat_extreme *e)
{
    json_open(j, key, '{');
    json_exact(j, "value", e->value);
    json_number(j, "lon", e->x, 7);
    json_number(j, "lat", e->y, 7);
    json_close(j, '}');
}

static void put_compared(struct json *j, const struct heat_compared *c, bool same_unit)
{
    static const struct heat_extreme none = {NAN, NAN, NAN};
    json_int(j, "pixels", (int64_t)c->pixels);
    json_exact(j, "area_km2", c->km2);
    json_exact(j, "both_km2", c->both_km2);
    json_exact(j, "only_a_km2", c->only_a_km2);
    json_exact(j, "only_b_km2", c->only_b_km2);
    json_exact(j, "overlap", c->overlap);
    json_exact(j, "overlap_whole", c->overlap_whole);
    json_exact(j, "pearson", c->pearson);
    json_exact(j, "spearman", c->spearman);
    put_extreme(j, "most_above", same_unit ? &c->more_a : &none);
    put_extreme(j, "most_below", same_unit ? &c->more_b : &none);
}

/* ---- by area ---- */

static double worth(const struct heat_source *s, const struct heat_zone *z, double km2)
{
    double over = s->mean ? z->km2 : km2;
    return over > 0 && (z->pixels || !s->mean) ? z->integral / over : (double)NAN;
}

static void put_side(struct json *j, const char *key, const struct heat_source *s,
                     const struct heat_zone *z, double mean)
{
    json_open(j, key, '{');
    json_exact(j, "mean", mean);
    json_exact(j, "max", z->most);
    if (!s->mean) {
        json_exact(j, "integral", z->integral);
        json_exact(j, "share", s->total > 0 ? z->integral / s->total : (double)NAN);
    } else {
        json_exact(j, "covered_km2", z->km2);
    }
    json_close(j, '}');
}

static void put_zones(struct json *j, const struct pair *p, const char *kind)
{
    size_t count = (size_t)p->zones.count;
    const struct heat_zones_row *rows = p->zones.rows;
    double *means[2];
    for (int k = 0; k < 2; k++) {
        means[k] = mem_alloc(count * sizeof *means[k] + 1);
        for (size_t i = 0; i < count; i++)
            means[k][i] = worth(p->source[k], &p->sums[k][i], rows[i].km2);
    }
    json_text(j, "zones_by", kind);
    json_open(j, "zones", '[');
    for (size_t i = 0; i < count; i++) {
        json_open(j, NULL, '{');
        json_text(j, "code", rows[i].code);
        json_text(j, "name", rows[i].name);
        json_text(j, "name_en", rows[i].name_en);
        json_exact(j, "area_km2", rows[i].km2);
        put_side(j, "a", p->source[0], &p->sums[0][i], means[0][i]);
        put_side(j, "b", p->source[1], &p->sums[1][i], means[1][i]);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_exact(j, "zones_spearman", heat_compare_spearman(means[0], means[1], count));
    free(means[0]);
    free(means[1]);
}

/* ---- by sampling site: what was measured there beside the other map's value there ---- */

static void put_sites(struct json *j, const struct heat_source *a, const struct heat_source *b)
{
    double *measured = mem_alloc(a->count * sizeof *measured + 1);
    double *there = mem_alloc(a->count * sizeof *there + 1);
    size_t count = 0;
    json_open(j, "sites", '[');
    for (uint32_t i = 0, end; i < a->count; i = end, count++) {
        double sum = 0, most = 0;
        for (end = i; end < a->count && a->key[end] == a->key[i]; end++) {
            sum += a->weight[end];
            most = fmax(most, a->weight[end]);
        }
        measured[count] = sum / (end - i);
        there[count] = heat_value(b, a->lon[i], a->lat[i], NULL);
        if (count >= SITES_MAX)
            continue;
        json_open(j, NULL, '{');
        json_number(j, "lon", a->lon[i], 7);
        json_number(j, "lat", a->lat[i], 7);
        json_int(j, "samples", end - i);
        json_exact(j, "measured_mean", measured[count]);
        json_exact(j, "measured_max", most);
        json_exact(j, "b", there[count]);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_int(j, "sites_count", (int64_t)count);
    json_int(j, "sites_left_out", count > SITES_MAX ? (int64_t)count - SITES_MAX : 0);
    json_exact(j, "sites_spearman", heat_compare_spearman(measured, there, count));
    free(measured);
    free(there);
}

static void put_json(struct reply *reply, const struct pair *p, const char *kind)
{
    struct json j = {.out = &reply->body};
    json_open(&j, NULL, '{');
    for (int k = 0; k < 2; k++) {
        json_open(&j, k ? "b" : "a", '{');
        heat_query_json(&j, p->source[k]);
        json_exact(&j, "sum", k ? p->so.sum_b : p->so.sum_a);
        json_exact(&j, "compared_share", compared_share(&p->so, k));
        if (!p->source[k]->mean)
            json_exact(&j, "relative_error", heat_strips_error(&p->strips, k));
        json_close(&j, '}');
    }
    json_exact(&j, "pixel_m", p->strips.pixel);
    json_exact(&j, "pixel_deg_x", p->strips.pixel_x);
    json_exact(&j, "pixel_deg_y", p->strips.pixel_y);
    put_compared(&j, &p->so, p->same_unit);
    put_notes(&j, p);
    if (kind)
        put_zones(&j, p, kind);
    if (p->source[0]->kind == HEAT_WHO_SAMPLE)
        put_sites(&j, p->source[0], p->source[1]);
    json_int(&j, "atlas", (int64_t)p->source[0]->atlas->number);
    json_close(&j, '}');
}

static bool answer_json(struct reply *reply, const struct request *r, struct pair *p,
                        struct error *err)
{
    const char *kind = request_query(r, "zones");
    bool ok = !kind || heat_zones_load(&p->zones, kind, r->db, err);
    for (int k = 0; k < 2 && ok && kind; k++) {
        p->sums[k] = mem_alloc((size_t)p->zones.count * sizeof *p->sums[k] + 1);
        heat_zonal_begin(p->sums[k], p->zones.count);
    }
    ok = ok && compare(p, r, err);
    if (ok)
        put_json(reply, p, kind);
    free(p->sums[0]);
    free(p->sums[1]);
    heat_zones_free(&p->zones);
    return ok;
}

/* ---- raster ---- */

static bool put_tif(struct reply *reply, const struct request *r, struct pair *p, struct error *err)
{
    static const char *const names[] = {[HEAT_COMPARE_DIFFERENCE] = "difference",
                                        [HEAT_COMPARE_RATIO] = "ratio",
                                        [HEAT_COMPARE_SHARES] = "shares"};
    const char *value = request_query(r, "value");
    double none = NAN;
    struct heat_tif tif;
    int which = HEAT_COMPARE_DIFFERENCE;
    while (value && strcmp(names[which], value) != 0 && which < HEAT_COMPARE_SHARES)
        which++;
    bool ok = heat_tif_parse(&tif, r, err);
    heat_compare_cells(&p->raster[0], &p->raster[1], (enum heat_compare_value)which);
    tif.band = names[which];
    tif.unit = "";
    tif.nodata = &none;
    heat_tif_add(&tif, "HEAT_ATLAS", "%s", p->source[0]->atlas->tag);
    heat_tif_add(&tif, "HEAT_COMPARE", "%s", names[which]);
    heat_tif_add_source(&tif, "HEAT_A_", p->source[0]);
    heat_tif_add_source(&tif, "HEAT_B_", p->source[1]);
    ok = ok && heat_tif_put(reply, &tif, &p->raster[0], err);
    heat_tif_free(&tif);
    reply_file(reply, "heat-compare.tif");
    return ok;
}

static bool get_compare(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    struct heat_query a, b;
    struct pair p = {.source = {NULL}};
    const char *format = request_query(r, "format"), *crs = request_query(r, "crs");
    bool tif = format && !strcmp(format, "tif");
    if (!answer_begin(&done, reply, r, err) || !take_query(&a, r, "a", err) ||
        !take_query(&b, r, "b", err))
        return false;
    if (!tif && crs && strcmp(crs, "EPSG:4326") != 0)
        return error_set(err, ERROR_INPUT, "crs belongs to format=tif");
    if (done)
        return true;
    p.source[0] = heat_source_take(r->snapshot, &a);
    p.source[1] = heat_source_take(r->snapshot, &b);
    p.same_unit = same_unit(p.source[0], p.source[1]);
    bool ok = tif ? fill_pair(&p, r, crs ? crs : "EPSG:4326", err) && put_tif(reply, r, &p, err)
                  : answer_json(reply, r, &p, err);
    heat_raster_free(&p.raster[0]);
    heat_raster_free(&p.raster[1]);
    heat_source_put(r->snapshot, p.source[0]);
    heat_source_put(r->snapshot, p.source[1]);
    return ok;
}

static const struct parameter parameters[] = {
    {"a", PARAMETER_TEXT, 0, 0, NULL, NULL,
     "a heat query, escaped as one value: the parameters of /api/v1/heat but for the place; "
     "wanted"},
    {"b", PARAMETER_TEXT, 0, 0, NULL, NULL, "the other one; wanted"},
    HEAT_OUT_PARAMETERS("raster that is compared, metres, at most the smaller radius / 5; the "
                        "smaller radius / 10 by default, or up to / 5 where that would be too "
                        "many"),
    {"zones", PARAMETER_CHOICE, 0, 0, HEAT_ZONE_CHOICES, NULL, "rows for these areas too"},
    {"format", PARAMETER_CHOICE, 0, 0, "json|tif", "json", "of the answer"},
    {"value", PARAMETER_CHOICE, 0, 0, "difference|ratio|shares", "difference",
     "of a raster: a - b, a / b, or the difference of their parts of the whole, per km²"},
    {"crs", PARAMETER_CHOICE, 0, 0, "EPSG:4326|EPSG:3826|EPSG:3825|EPSG:3857", "EPSG:4326",
     "of a raster"},
    HEAT_TIF_PARAMETERS,
    {.name = NULL}};

const struct route heat_compare_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/heat/compare",
     .handler = get_compare,
     .heavy = route_heavy,
     .parameters = parameters,
     .answer = "application/json, image/tiff",
     .tag = "analysis",
     .summary =
         "Two heat maps beside each other: overlap, correlations, difference, ratio; by area "
         "and by sampling site. Compared is where both have a value, which by=concentration has "
         "only near samples: compared_share is the part of each sum that lies there, overlap_whole "
         "the overlap over all of both"},
    {.pattern = NULL}};
