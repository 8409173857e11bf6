/* DESIGN. Scatter by point: for each point near the tile its kernel is added to the pixels it
 * reaches, row by row over the chord (cost n pi rho^2 fused operations; measured elsewhere 24-27 x
 * QGIS's own algorithm at 100 m pixels). Rejected: binning to cells (1.8-4.9 % wrong), box-blur
 * chains (8 %), FFT (noise, whole-island work for one tile), blurring in screen pixels as map
 * libraries do (another radius at each zoom: a picture, not a measurement).
 *
 * Lattices. Pixel centres of zoom z are the lattice of that zoom. Up to HEAT_FINEST the kernel is
 * evaluated at the pixel centres; above it the lattice of HEAT_FINEST (70 m at 23.5 N) is
 * interpolated bilinearly: error <= (pixel / h)^2 = 0.08 % of a kernel's peak. Below HEAT_MEAN,
 * where a pixel is too wide to sample the kernel, pixels are means over the lattice of HEAT_MEAN
 * (280 m), so mass is kept.
 *
 * Kernel. Quartic with the right constant 3 / (pi h^2), integral 1 (Silverman 1986, eq. 4.5; QGIS
 * before 2025 has 116/80 in place of 16/80, qgis/QGIS#60616). Metres: see tile_ground_scale. */
#include "analysis/heat.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/heat_kernel.h"
#include "gis/mem.h"

enum { HEAT_MEAN = 9, HEAT_FINEST = 11 };

/* 3 / (pi h^2) per m2, times 1e6 m2 per km2. */
#define HEAT_PEAK (3e6 / (M_PI * HEAT_RADIUS_M * HEAT_RADIUS_M))
/* Metres of Web Mercator a world unit. */
#define WORLD_METRE (2 * M_PI * TILE_EARTH_RADIUS / 4294967296.0)

bool heat_parse_by(enum heat_by *out, const char *text, struct error *err)
{
    if (!strcmp(text, "count"))
        return *out = HEAT_COUNT, true;
    if (!strcmp(text, "quantity"))
        return *out = HEAT_QUANTITY, true;
    return error_set(err, ERROR_INPUT, "by is \"count\" or \"quantity\", got \"%.40s\"", text);
}

/* ---- the points that count, in Z-order ---- */

typedef void add_point(void *ctx, uint32_t facility, double weight);

struct gather {
    const struct atlas *a;
    const struct heat_query *q;
    add_point *add;
    void *ctx;
};

static void add_range(void *ctx, uint32_t first, uint32_t end)
{
    const struct gather *g = ctx;
    if (g->q->substance < 0) {
        for (uint32_t i = first; i < end; i++) {
            double w = g->q->by == HEAT_COUNT ? 1 : g->a->quantity_kg[i];
            if (w > 0)
                g->add(g->ctx, i, w);
        }
        return;
    }
    uint32_t from, to;
    atlas_substance_range(&from, &to, g->a, (uint32_t)g->q->substance, first, end);
    for (uint32_t k = from; k < to; k++) {
        const struct atlas_stock *s = &g->a->by_substance[k];
        double w = g->q->by == HEAT_COUNT ? 1 : s->quantity_kg;
        if (w > 0)
            g->add(g->ctx, s->facility, w);
    }
}

/* World units that surely hold the kernel's radius at a world row (north and south of it). */
static double reach(double world_y)
{
    double east, north;
    tile_ground_scale(&east, &north, fabs(tile_lat(world_y)) + 0.03);
    return HEAT_RADIUS_M / (north * WORLD_METRE) * 1.001;
}

static uint32_t clamp_world(double v)
{
    return v <= 0 ? 0 : v >= 4294967295.0 ? UINT32_MAX : (uint32_t)v;
}

/* Every point whose kernel may reach the box (world units). */
static void gather_box(struct gather *g, double x0, double y0, double x1, double y1)
{
    double apron = fmax(reach(y0), reach(y1));
    atlas_box(g->a, clamp_world(x0 - apron), clamp_world(y0 - apron), clamp_world(x1 + apron),
              clamp_world(y1 + apron), add_range, g);
}

/* ---- value at a place ---- */

struct place {
    const struct atlas *a;
    double x, y; /* world units */
    double sum;
    uint32_t contributors;
};

static void add_to_place(void *ctx, uint32_t i, double weight)
{
    struct place *p = ctx;
    uint32_t x, y;
    double east, north;
    morton_xy(&x, &y, p->a->key[i]);
    tile_ground_scale(&east, &north, p->a->lat[i]);
    double dx = (p->x - (x + 0.5)) * east * WORLD_METRE / HEAT_RADIUS_M;
    double dy = (p->y - (y + 0.5)) * north * WORLD_METRE / HEAT_RADIUS_M;
    double u = 1 - dx * dx - dy * dy;
    if (u <= 0)
        return;
    p->sum += weight * u * u;
    p->contributors++;
}

double heat_value(const struct atlas *a, const struct heat_query *q, double lon, double lat,
                  uint32_t *contributors)
{
    struct place p = {.a = a, .x = tile_world_x(lon) + 0.5, .y = tile_world_y(lat) + 0.5};
    struct gather g = {.a = a, .q = q, .add = add_to_place, .ctx = &p};
    gather_box(&g, p.x, p.y, p.x, p.y);
    *contributors = p.contributors;
    return p.sum * HEAT_PEAK;
}

/* ---- tiles ---- */

struct scatter {
    const struct atlas *a;
    struct lattice lattice;
    double *coarse; /* NULL = fine */
    int shift;      /* coarse pixels are 2^shift lattice pixels wide */
    uint32_t zoom;  /* of the lattice */
    bool any;
};

static void add_to_lattice(void *ctx, uint32_t i, double weight)
{
    struct scatter *s = ctx;
    uint32_t x, y, bits = 32 - s->zoom - 8; /* world units a pixel, as a power of two */
    double east, north, unit = (double)((uint64_t)1 << bits);
    morton_xy(&x, &y, s->a->key[i]);
    tile_ground_scale(&east, &north, s->a->lat[i]);
    double metre = unit * WORLD_METRE / HEAT_RADIUS_M;
    struct lattice_point p = {
        .column = x >> bits,
        .row = y >> bits,
        .fx = (x & (((uint32_t)1 << bits) - 1)) / unit + 0.5 / unit,
        .fy = (y & (((uint32_t)1 << bits) - 1)) / unit + 0.5 / unit,
        .sx = east * metre,
        .sy = north * metre,
        .weight = (float)(weight * HEAT_PEAK),
    };
    s->any = true;
    if (s->coarse)
        heat_kernel_add_coarse(s->coarse, s->lattice.x0, s->lattice.y0, s->lattice.width,
                               s->lattice.height, s->shift, &p);
    else
        heat_kernel_add(&s->lattice, &p);
}

/* Fills the scatter's lattice with every point that reaches it. */
static bool scatter_all(struct scatter *s, const struct heat_query *q)
{
    struct gather g = {.a = s->a, .q = q, .add = add_to_lattice, .ctx = s};
    double unit = (double)((uint64_t)1 << (32 - s->zoom - 8 + (uint32_t)s->shift));
    gather_box(&g, (double)s->lattice.x0 * unit, (double)s->lattice.y0 * unit,
               (double)(s->lattice.x0 + s->lattice.width) * unit,
               (double)(s->lattice.y0 + s->lattice.height) * unit);
    return s->any;
}

static bool tile_direct(float *out, const struct atlas *a, const struct heat_query *q,
                        struct tile t)
{
    memset(out, 0, sizeof(float) * HEAT_TILE * HEAT_TILE);
    struct scatter s = {.a = a,
                        .zoom = t.z,
                        .lattice = {.x0 = (int64_t)t.x * HEAT_TILE,
                                    .y0 = (int64_t)t.y * HEAT_TILE,
                                    .width = HEAT_TILE,
                                    .height = HEAT_TILE,
                                    .value = out}};
    return scatter_all(&s, q);
}

static bool tile_mean(float *out, const struct atlas *a, const struct heat_query *q, struct tile t)
{
    struct scatter s = {.a = a,
                        .zoom = HEAT_MEAN,
                        .shift = HEAT_MEAN - (int)t.z,
                        .coarse = mem_zero(HEAT_TILE * HEAT_TILE, sizeof(double)),
                        .lattice = {.x0 = (int64_t)t.x * HEAT_TILE,
                                    .y0 = (int64_t)t.y * HEAT_TILE,
                                    .width = HEAT_TILE,
                                    .height = HEAT_TILE}};
    bool any = scatter_all(&s, q);
    for (int i = 0; i < HEAT_TILE * HEAT_TILE; i++)
        out[i] = (float)s.coarse[i];
    free(s.coarse);
    return any;
}

/* Above HEAT_FINEST: the patch of its lattice under the tile, one pixel more on each side. */
static bool tile_fine(float *out, const struct atlas *a, const struct heat_query *q, struct tile t)
{
    enum { PATCH_MAX = HEAT_TILE / 2 + 3 };
    double step = 1.0 / (double)(1u << (t.z - HEAT_FINEST)); /* tile pixel in lattice pixels */
    double left = (double)t.x * HEAT_TILE * step, top = (double)t.y * HEAT_TILE * step;
    float *patch = mem_zero(PATCH_MAX * PATCH_MAX, sizeof *patch);
    int side = (int)ceil(HEAT_TILE * step) + 3;
    if (side > PATCH_MAX)
        side = PATCH_MAX;
    struct scatter s = {.a = a,
                        .zoom = HEAT_FINEST,
                        .lattice = {.x0 = (int64_t)floor(left) - 1,
                                    .y0 = (int64_t)floor(top) - 1,
                                    .width = side,
                                    .height = side,
                                    .value = patch}};
    bool any = scatter_all(&s, q);
    for (int j = 0; any && j < HEAT_TILE; j++) {
        double v = top + (j + 0.5) * step - 0.5 - (double)s.lattice.y0;
        int row = (int)v;
        float fy = (float)(v - row);
        for (int i = 0; i < HEAT_TILE; i++) {
            double u = left + (i + 0.5) * step - 0.5 - (double)s.lattice.x0;
            int column = (int)u;
            float fx = (float)(u - column);
            const float *p = patch + row * side + column;
            float north = p[0] + (p[1] - p[0]) * fx;
            float south = p[side] + (p[side + 1] - p[side]) * fx;
            out[j * HEAT_TILE + i] = north + (south - north) * fy;
        }
    }
    free(patch);
    return any;
}

bool heat_tile(float out[HEAT_TILE * HEAT_TILE], const struct atlas *a, const struct heat_query *q,
               struct tile t)
{
    if (t.z < HEAT_MEAN)
        return tile_mean(out, a, q, t);
    if (t.z <= HEAT_FINEST)
        return tile_direct(out, a, q, t);
    return tile_fine(out, a, q, t);
}
