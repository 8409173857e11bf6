#include "analysis/heat.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/heat_sums.h"
#include "gis/mem.h"
#include "gis/zorder.h"

/* Of a lone sample's K: below this a mean would be rounding only. */
#define HEAT_LEAST_PART 1e-6

/* ---- at a place ---- */

struct place {
    const struct heat_source *s;
    double x, y; /* world units */
    heat_visit *visit;
    void *ctx;
};

static void visit_range(void *ctx, uint32_t first, uint32_t end)
{
    const struct place *p = ctx;
    const struct heat_source *s = p->s;
    for (uint32_t i = first; i < end; i++) {
        struct heat_spot spot;
        heat_spot_set(&spot, s->key[i], s->lat[i], s->query.radius, HEAT_WORLD_ZOOM);
        double u2 = heat_spot_distance2(&spot, p->x - (double)spot.column - spot.fx,
                                        p->y - (double)spot.row - spot.fy);
        if (u2 <= 1)
            p->visit(p->ctx, i, sqrt(u2) * s->query.radius,
                     heat_kernel(s->query.shape, u2) * s->peak * (s->mean ? 1 : s->weight[i]));
    }
}

static uint32_t clamp_world(double v)
{
    return v <= 0 ? 0 : v >= 4294967295.0 ? UINT32_MAX : (uint32_t)v;
}

void heat_near(const struct heat_source *s, double lon, double lat, heat_visit *visit, void *ctx)
{
    struct place p = {.s = s, .visit = visit, .ctx = ctx};
    tile_world(&p.x, &p.y, lon, lat);
    double reach = heat_lattice_reach(p.y, s->query.radius);
    zorder_box(s->key, s->count, clamp_world(p.x - reach), clamp_world(p.y - reach),
               clamp_world(p.x + reach), clamp_world(p.y + reach), visit_range, &p);
}

struct total {
    const struct heat_source *s;
    double sum, parts;
    uint32_t count;
};

static void add_part(void *ctx, uint32_t point, double distance_m, double part)
{
    struct total *t = ctx;
    (void)distance_m;
    t->sum += t->s->mean ? part * t->s->weight[point] : part;
    t->parts += part;
    t->count++;
}

double heat_value(const struct heat_source *s, double lon, double lat, uint32_t *contributors)
{
    struct total t = {.s = s};
    heat_near(s, lon, lat, add_part, &t);
    if (contributors)
        *contributors = t.count;
    return s->mean ? t.sum / t.parts : t.sum;
}

/* ---- tiles ---- */

/* What a tile's sums are worth: density, or mean; of means NaN where there is nothing. */
static float value_of(const struct heat_source *s, double sum, double ones)
{
    if (!s->mean)
        return sum > 0 ? (float)sum : 0;
    return ones > HEAT_LEAST_PART ? (float)fmax(0, sum / ones) : (float)NAN;
}

static bool tile_of_sums(float *out, const struct heat_source *s, struct tile t)
{
    int shift = s->zoom - (int)t.z;
    double unit = heat_sums_unit(s, HEAT_OF_WEIGHTS, shift);
    double one = s->mean ? heat_sums_unit(s, HEAT_OF_ONES, shift) : 0;
    heat_wide *sums = mem_alloc(HEAT_SUMS * sizeof *sums), *ones = NULL;
    bool any = heat_sums(sums, s, HEAT_OF_WEIGHTS, t);
    if (any && s->mean) {
        ones = mem_alloc(HEAT_SUMS * sizeof *ones);
        heat_sums(ones, s, HEAT_OF_ONES, t);
    }
    for (int i = 0; any && i < HEAT_SUMS; i++)
        out[i] = value_of(s, (double)sums[i] * unit, ones ? (double)ones[i] * one : 0);
    free(ones);
    free(sums);
    return any;
}

/* The lattice under a tile of a higher zoom, and one pixel more on each side. */
struct patch {
    struct heat_window window;
    double left, top, step; /* of the tile in lattice pixels; of a tile's pixel */
};

static bool patch_sum(struct patch *p, const struct heat_source *s, enum heat_of of, struct tile t)
{
    double unit = (double)((uint64_t)1 << (HEAT_WORLD_ZOOM - s->zoom));
    p->step = 1 / (double)(1u << ((int)t.z - s->zoom));
    p->left = t.x * HEAT_TILE * p->step;
    p->top = t.y * HEAT_TILE * p->step;
    struct heat_window *w = &p->window;
    *w = (struct heat_window){.column0 = (int32_t)floor(p->left) - 1,
                              .row0 = (int32_t)floor(p->top) - 1,
                              .width = (int)ceil(HEAT_TILE * p->step) + 3};
    w->height = w->width;
    w->sum = mem_alloc((size_t)w->width * (size_t)w->height * sizeof *w->sum);
    struct heat_spots spots = {.spot = NULL};
    heat_spots_gather(&spots, s, of, w->column0 * unit, w->row0 * unit,
                      (w->column0 + w->width) * unit, (w->row0 + w->height) * unit);
    heat_lattice_sum(w, s->query.shape, spots.spot, spots.count);
    free(spots.spot);
    return spots.count > 0;
}

/* Bilinear between the centres of lattice pixels. */
static double patch_at(const struct patch *p, int i, int j)
{
    const struct heat_window *w = &p->window;
    double u = p->left + (i + 0.5) * p->step - 0.5 - w->column0;
    double v = p->top + (j + 0.5) * p->step - 0.5 - w->row0;
    int column = (int)u, row = (int)v;
    const int64_t *at = w->sum + row * w->width + column;
    double fx = u - column, fy = v - row;
    double north = (1 - fx) * (double)at[0] + fx * (double)at[1];
    double south = (1 - fx) * (double)at[w->width] + fx * (double)at[w->width + 1];
    return (1 - fy) * north + fy * south;
}

static bool tile_between(float *out, const struct heat_source *s, struct tile t)
{
    struct patch sums, ones = {.step = 0};
    double unit = heat_sums_unit(s, HEAT_OF_WEIGHTS, 0);
    double one = s->mean ? heat_sums_unit(s, HEAT_OF_ONES, 0) : 0;
    bool any = patch_sum(&sums, s, HEAT_OF_WEIGHTS, t);
    if (any && s->mean)
        patch_sum(&ones, s, HEAT_OF_ONES, t);
    for (int j = 0; any && j < HEAT_TILE; j++)
        for (int i = 0; i < HEAT_TILE; i++)
            out[j * HEAT_TILE + i] = value_of(s, patch_at(&sums, i, j) * unit,
                                              s->mean ? patch_at(&ones, i, j) * one : 0);
    free(sums.window.sum);
    free(ones.window.sum);
    return any;
}

bool heat_tile(float out[HEAT_TILE * HEAT_TILE], const struct heat_source *s, struct tile t)
{
    bool any = (int)t.z <= s->zoom ? tile_of_sums(out, s, t) : tile_between(out, s, t);
    for (int i = 0; !any && i < HEAT_TILE * HEAT_TILE; i++)
        out[i] = s->mean ? (float)NAN : 0;
    return any;
}
