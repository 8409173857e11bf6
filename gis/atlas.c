/* DESIGN. Facilities in Morton order make every question about a tile, a cell or a box a question
 * about ranges of an array. Rejected: an R-tree or a grid (pointers, more memory, no exact totals
 * by prefix sums); asking PostGIS a tile (milliseconds in place of microseconds). */
#include "gis/atlas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/crs.h"
#include "gis/zorder.h"

const char *const position_check_names[POSITION_CHECKS] = {
    [POSITION_OK] = "ok",
    [POSITION_COAST] = "coast",
    [POSITION_OTHER_COUNTY] = "other_county",
    [POSITION_OUTSIDE] = "outside",
    [POSITION_MISSING] = "missing",
    [POSITION_UNCHECKED] = "unchecked",
    [POSITION_OTHER_ZONE] = "other_zone",
};

void atlas_free(struct atlas *a)
{
    if (!a)
        return;
    void *owned[] = {
        a->key,        a->lon,        a->lat,         a->id,        a->name,       a->county,
        a->township,   a->industry,   a->company,     a->check,     a->size,       a->established,
        a->substances, a->substance,  a->quantity_kg, a->stocks,    a->by_id,      a->stock_first,
        a->sum_x,      a->sum_y,      a->parts,       a->counties,  a->part_first, a->sum_quantity,
        a->townships,  a->industries, a->sources,     a->incidents, a->printed,    a->by_substance,
        a->stated,     a->samples,    a->names};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        free(owned[i]);
    free(a);
}

void atlas_range(uint32_t *first, uint32_t *end, const struct atlas *a, struct tile tile)
{
    uint64_t from = morton_first(tile), past = from + morton_span(tile.z);
    *first = zorder_lower(a->key, 0, a->drawn, from);
    *end = past ? zorder_lower(a->key, *first, a->drawn, past) : a->drawn;
}

void atlas_substance_range(uint32_t *from, uint32_t *to, const struct atlas *a, uint32_t substance,
                           uint32_t first, uint32_t end)
{
    uint32_t bounds[2] = {first, end};
    uint32_t found[2];
    uint32_t lo = a->substance[substance].first;
    for (int i = 0; i < 2; i++) {
        uint32_t hi = a->substance[substance].end;
        while (lo < hi) {
            uint32_t mid = lo + (hi - lo) / 2;
            if (a->by_substance[mid].facility < bounds[i])
                lo = mid + 1;
            else
                hi = mid;
        }
        found[i] = lo;
    }
    *from = found[0];
    *to = found[1];
}

int64_t atlas_find_facility(const struct atlas *a, int64_t id)
{
    uint32_t lo = 0, hi = a->count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (a->id[a->by_id[mid]] < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < a->count && a->id[a->by_id[lo]] == id ? (int64_t)a->by_id[lo] : -1;
}

int64_t atlas_find_substance(const struct atlas *a, const char *cas)
{
    for (uint32_t i = 0; i < a->substance_count; i++)
        if (!strcmp(a->substance[i].cas, cas))
            return i;
    return -1;
}

int64_t atlas_find_substance_id(const struct atlas *a, int64_t id)
{
    uint32_t lo = 0, hi = a->substance_count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (a->substance[mid].id < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < a->substance_count && a->substance[lo].id == id ? (int64_t)lo : -1;
}

int64_t atlas_find_county(const struct atlas *a, const char *code)
{
    for (uint32_t i = 0; i < a->county_count; i++)
        if (!strcmp(a->counties[i].code, code))
            return i;
    return -1;
}

int64_t atlas_find_township(const struct atlas *a, const char *code)
{
    for (uint32_t i = 0; i < a->township_count; i++)
        if (!strcmp(a->townships[i].code, code))
            return i;
    return -1;
}

int64_t atlas_find_industry(const struct atlas *a, const char *name)
{
    for (uint32_t i = 0; i < a->industry_count; i++)
        if (!strcmp(a->industries[i].name, name))
            return i;
    return -1;
}

/* ---- boxes ---- */

void atlas_box(const struct atlas *a, uint32_t x0, uint32_t y0, uint32_t x1, uint32_t y1,
               atlas_visit_range *visit, void *ctx)
{
    zorder_box(a->key, a->drawn, x0, y0, x1, y1, visit, ctx);
}

struct near {
    const struct atlas *a;
    double lon, lat, radius;
    atlas_visit *visit;
    void *ctx;
    bool stopped;
    uint32_t x0, y0, x1, y1;
};

static void near_range(void *ctx, uint32_t first, uint32_t end)
{
    struct near *n = ctx;
    for (uint32_t i = first; i < end && !n->stopped; i++) {
        uint32_t x, y;
        morton_xy(&x, &y, n->a->key[i]);
        if (x < n->x0 || x > n->x1 || y < n->y0 || y > n->y1)
            continue;
        double distance, azimuth;
        crs_inverse(&distance, &azimuth, n->lon, n->lat, n->a->lon[i], n->a->lat[i]);
        if (distance <= n->radius)
            n->stopped = !n->visit(n->ctx, i, distance);
    }
}

void atlas_near(const struct atlas *a, double lon, double lat, double radius_m, atlas_visit *visit,
                void *ctx)
{
    /* Degrees that surely hold the circle: 1 % more than the smallest metres a degree. */
    double high = radius_m / 110500.0 * 1.01;
    double reach = fmin(89.0, fabs(lat) + high);
    double wide = radius_m / (111300.0 * cos(reach * M_PI / 180.0)) * 1.01;
    struct near n = {.a = a,
                     .lon = lon,
                     .lat = lat,
                     .radius = radius_m,
                     .visit = visit,
                     .ctx = ctx,
                     .x0 = tile_world_x(lon - wide),
                     .x1 = tile_world_x(lon + wide),
                     .y0 = tile_world_y(lat + high),
                     .y1 = tile_world_y(lat - high)};
    atlas_box(a, n.x0, n.y0, n.x1, n.y1, near_range, &n);
}
