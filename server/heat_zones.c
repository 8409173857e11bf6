#include "server/heat_zones.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/area_wkb.h"
#include "gis/json.h"
#include "gis/mem.h"
#include "server/json_in.h"
#include "sql.h"

enum { CODE, NAME, NAME_EN, WKB, KM2 };

static struct heat_zones_row *add_zone(struct heat_zones *z, const char *code, const char *name,
                                       const char *name_en, double km2)
{
    z->rows = mem_resize(z->rows, (size_t)z->count + 1, sizeof *z->rows);
    z->rows[z->count] =
        (struct heat_zones_row){mem_copy(code), mem_copy(name), mem_copy(name_en), km2};
    return &z->rows[z->count++];
}

/* The polygons that came since `before` are the last zone's. */
static void claim(struct heat_zones *z, size_t before)
{
    z->zone = mem_resize(z->zone, z->area.polygons + 1, sizeof *z->zone);
    for (size_t i = before; i < z->area.polygons; i++)
        z->zone[i] = z->count - 1;
}

static bool take_rows(struct heat_zones *z, const struct db_result *rows, struct error *err)
{
    for (int i = 0; i < db_rows(rows); i++) {
        size_t len, before = z->area.polygons;
        const char *wkb = db_get_bytes(rows, i, WKB, &len);
        add_zone(z, db_get_text(rows, i, CODE), db_get_text(rows, i, NAME),
                 db_get_text(rows, i, NAME_EN), db_get_f64(rows, i, KM2));
        enum area_verdict v = area_add_wkb(&z->area, wkb, len, NULL, NULL);
        if (v == AREA_TOO_LARGE)
            return error_set(err, ERROR_TOO_LARGE, "the borders have more than %d vertices",
                             AREA_VERTICES_MAX);
        if (v != AREA_TAKEN && v != AREA_NO_POLYGON)
            return error_set(err, ERROR_INTERNAL, "a border cannot be read");
        claim(z, before);
    }
    return true;
}

bool heat_zones_load(struct heat_zones *z, const char *kind, struct db *db, struct error *err)
{
    *z = (struct heat_zones){.count = 0};
    struct db_result *rows = db_query(db, &SQL_heat_zones, err, DB_ARGS(db_text(kind)));
    if (!rows)
        return false;
    bool ok = db_rows(rows) <= HEAT_ZONES_MAX
                  ? take_rows(z, rows, err)
                  : error_set(err, ERROR_TOO_LARGE, "there are more than %d areas of this kind",
                              HEAT_ZONES_MAX);
    db_done(rows);
    return ok;
}

/* ---- GeoJSON ---- */

static bool bad(struct error *err, const char *what)
{
    return error_set(
        err, ERROR_INPUT,
        "%s; the body is GeoJSON in longitude and latitude: a Polygon, a MultiPolygon, "
        "a Feature or a FeatureCollection of them",
        what);
}

static bool take_ring(struct heat_zones *z, const struct json_in_value *ring, struct error *err)
{
    size_t count = json_in_count(ring);
    if (count < 4)
        return bad(err, "a ring has fewer than four places");
    area_begin_ring(&z->area);
    for (size_t i = 0; i < count; i++) {
        const struct json_in_value *place = json_in_at(ring, i);
        double x, y;
        if (!json_in_number(&x, json_in_at(place, 0)) ||
            !json_in_number(&y, json_in_at(place, 1)) || !(fabs(x) <= 180 && fabs(y) <= 85))
            return bad(err, "a place is not [longitude, latitude] within -180 … 180, -85 … 85");
        area_add_vertex(&z->area, x, y);
    }
    const double *xs = z->area.x + z->area.vertices, *ys = z->area.y + z->area.vertices;
    if (xs[-(ptrdiff_t)count] < xs[-1] || xs[-(ptrdiff_t)count] > xs[-1] ||
        ys[-(ptrdiff_t)count] < ys[-1] || ys[-(ptrdiff_t)count] > ys[-1])
        return bad(err, "a ring does not end where it begins");
    return true;
}

static bool take_polygon(struct heat_zones *z, const struct json_in_value *rings, struct error *err)
{
    if (!json_in_count(rings))
        return bad(err, "a polygon has no ring");
    area_begin_polygon(&z->area);
    for (size_t i = 0; i < json_in_count(rings); i++)
        if (!take_ring(z, json_in_at(rings, i), err))
            return false;
    return true;
}

static bool take_geometry(struct heat_zones *z, const struct json_in_value *geometry,
                          const char *name, struct error *err)
{
    const char *type = json_in_text(json_in_get(geometry, "type"));
    const struct json_in_value *all = json_in_get(geometry, "coordinates");
    size_t before = z->area.polygons;
    if (z->count == HEAT_ZONES_SENT_MAX)
        return error_set(err, ERROR_TOO_LARGE, "at most %d polygons in one request",
                         HEAT_ZONES_SENT_MAX);
    add_zone(z, NULL, name, NULL, NAN);
    bool ok = true;
    if (type && !strcmp(type, "Polygon"))
        ok = take_polygon(z, all, err);
    else if (type && !strcmp(type, "MultiPolygon"))
        for (size_t i = 0; i < json_in_count(all) && ok; i++)
            ok = take_polygon(z, json_in_at(all, i), err);
    else
        ok = bad(err, "there is no polygon");
    claim(z, before);
    return ok && (z->area.polygons > before || bad(err, "there is no polygon"));
}

static bool take_feature(struct heat_zones *z, const struct json_in_value *value, struct error *err)
{
    const char *type = json_in_text(json_in_get(value, "type"));
    if (type && !strcmp(type, "Feature"))
        return take_geometry(z, json_in_get(value, "geometry"),
                             json_in_text(json_in_path(value, "properties", "name")), err);
    return take_geometry(z, value, NULL, err);
}

bool heat_zones_read(struct heat_zones *z, const char *text, size_t len, struct error *err)
{
    *z = (struct heat_zones){.count = 0, .sent = true};
    struct json_in *document = json_in_parse(text, len, err);
    if (!document)
        return false;
    const struct json_in_value *root = json_in_root(document),
                               *list = json_in_get(root, "features");
    const char *type = json_in_text(json_in_get(root, "type"));
    bool ok = true;
    if (type && !strcmp(type, "FeatureCollection")) {
        ok = json_in_count(list) > 0 || bad(err, "there is no feature");
        for (size_t i = 0; i < json_in_count(list) && ok; i++)
            ok = take_feature(z, json_in_at(list, i), err);
    } else {
        ok = take_feature(z, root, err);
    }
    json_in_free(document);
    return ok;
}

static void put_ring(struct json *j, const struct area *a, size_t ring)
{
    size_t end = ring + 1 < a->rings ? a->ring[ring + 1] : a->vertices;
    json_open(j, NULL, '[');
    for (size_t i = a->ring[ring]; i < end; i++) {
        json_open(j, NULL, '[');
        json_exact(j, NULL, a->x[i]);
        json_exact(j, NULL, a->y[i]);
        json_close(j, ']');
    }
    json_close(j, ']');
}

static void put_zone(struct buf *out, const struct heat_zones *z, int zone)
{
    const struct area *a = &z->area;
    struct json j = {.out = out};
    json_open(&j, NULL, '{');
    json_text(&j, "type", "MultiPolygon");
    json_open(&j, "coordinates", '[');
    for (size_t p = 0; p < a->polygons; p++) {
        size_t end = p + 1 < a->polygons ? a->polygon[p + 1] : a->rings;
        if (z->zone[p] != zone)
            continue;
        json_open(&j, NULL, '[');
        for (size_t ring = a->polygon[p]; ring < end; ring++)
            put_ring(&j, a, ring);
        json_close(&j, ']');
    }
    json_close(&j, ']');
    json_close(&j, '}');
}

/* Area of GRS 80 between the equator and a latitude, km2 a degree of longitude (Snyder 1987, 3-12).
 */
static double belt(double lat)
{
    const double a = 6378.137, e2 = 0.00669438002290, e = sqrt(e2), s = sin(lat * M_PI / 180);
    return a * a * (1 - e2) / 2 *
           (s / (1 - e2 * s * s) + log((1 + e * s) / (1 - e * s)) / (2 * e)) * M_PI / 180;
}

/* Under an edge that is straight in longitude and latitude: Simpson's rule. */
static double under(double x0, double y0, double x1, double y1)
{
    int parts = 1 + (int)fabs(y1 - y0);
    double sum = 0;
    for (int i = 0; i < parts; i++) {
        double low = y0 + (y1 - y0) * i / parts, high = y0 + (y1 - y0) * (i + 1) / parts;
        sum += belt(low) + 4 * belt((low + high) / 2) + belt(high);
    }
    return sum / (6 * parts) * (x1 - x0);
}

static double ring_km2(const struct area *a, size_t ring)
{
    size_t end = ring + 1 < a->rings ? a->ring[ring + 1] : a->vertices;
    double sum = 0;
    for (size_t i = a->ring[ring]; i + 1 < end; i++)
        sum += under(a->x[i], a->y[i], a->x[i + 1], a->y[i + 1]);
    return fabs(sum);
}

/* On the ground; rings of a valid polygon: the first less the others. */
static double zone_km2(const struct heat_zones *z, int zone)
{
    const struct area *a = &z->area;
    double sum = 0;
    for (size_t p = 0; p < a->polygons; p++) {
        size_t end = p + 1 < a->polygons ? a->polygon[p + 1] : a->rings;
        for (size_t ring = a->polygon[p]; z->zone[p] == zone && ring < end; ring++)
            sum += (ring == a->polygon[p] ? 1 : -1) * ring_km2(a, ring);
    }
    return sum;
}

static bool check_zone(struct heat_zones *z, int zone, struct db *db, struct error *err)
{
    enum { VALID, REASON, X, Y };
    struct buf text = {.data = NULL};
    put_zone(&text, z, zone);
    struct db_result *rows =
        db_query(db, &SQL_heat_polygon, err, DB_ARGS(db_text(buf_string(&text))));
    buf_free(&text);
    if (!rows)
        return false;
    bool ok = db_get_bool(rows, 0, VALID);
    const char *name = z->rows[zone].name;
    if (ok)
        z->rows[zone].km2 = zone_km2(z, zone);
    else
        error_fill(
            err, ERROR_INPUT,
            "polygon %d%s%.60s%s is not valid: %s at longitude %.7f, latitude %.7f; rings may "
            "not cross or repeat, holes lie within their ring, parts do not overlap",
            zone + 1, name ? " (" : "", name ? name : "", name ? ")" : "",
            db_get_text(rows, 0, REASON), db_get_f64(rows, 0, X), db_get_f64(rows, 0, Y));
    db_done(rows);
    return ok;
}

bool heat_zones_check(struct heat_zones *z, struct db *db, struct error *err)
{
    for (int i = 0; i < z->count; i++)
        if (!check_zone(z, i, db, err))
            return false;
    return true;
}

void heat_zones_free(struct heat_zones *z)
{
    for (int i = 0; i < z->count; i++) {
        free(z->rows[i].code);
        free(z->rows[i].name);
        free(z->rows[i].name_en);
    }
    free(z->rows);
    free(z->zone);
    area_free(&z->area);
}
