/* DESIGN. A pixel of a low zoom is the sum of all lattice pixels below it. Down to three zooms the
 * lattice itself is summed; farther the sums of polynomials over blocks are taken from tables of
 * binomials without visiting pixels; both give the same whole numbers. A low zoom asks for all
 * points of the country, so at HEAT_COARSE_ZOOM and below the sums are made once a source, and a
 * tile is a sum of those. Cost at 75 k facilities: see ARCHITECTURE.md. */
#include "analysis/heat_sums.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/zorder.h"

enum { COARSE_ZOOM_MAX = 8, PIXELS_SHIFT_MAX = 3, STRIP = 32 /* rows of sums at once */ };

struct gather {
    const struct heat_source *s;
    struct heat_spots *out;
    enum heat_of of;
    double x0, y0, x1, y1;
};

static void gather_range(void *ctx, uint32_t first, uint32_t end)
{
    const struct gather *g = ctx;
    const struct heat_source *s = g->s;
    struct heat_spots *out = g->out;
    if (out->count + (end - first) > out->room) {
        out->room = 2 * out->room + (end - first);
        out->spot = mem_resize(out->spot, out->room, sizeof *out->spot);
    }
    for (uint32_t i = first; i < end;) {
        uint32_t x, y;
        uint64_t key = s->key[i];
        morton_xy(&x, &y, key);
        struct heat_spot *spot = &out->spot[out->count];
        bool near = x >= g->x0 && x <= g->x1 && y >= g->y0 && y <= g->y1;
        if (near)
            heat_spot_set(spot, key, s->lat[i], s->query.radius, s->zoom);
        int64_t weight = 0; /* of all points of one place: whole numbers, so in any order */
        for (; i < end && s->key[i] == key; i++)
            weight += llrint(ldexp(g->of == HEAT_OF_ONES ? 1 : s->weight[i], s->scale[g->of]));
        spot->weight = (double)weight;
        out->count += near;
    }
}

static uint32_t clamp_world(double v)
{
    return v <= 0 ? 0 : v >= 4294967295.0 ? UINT32_MAX : (uint32_t)v;
}

void heat_spots_gather(struct heat_spots *out, const struct heat_source *s, enum heat_of of,
                       double x0, double y0, double x1, double y1)
{
    double apron =
        fmax(heat_lattice_reach(y0, s->query.radius), heat_lattice_reach(y1, s->query.radius));
    struct gather g = {s, out, of, x0 - apron, y0 - apron, x1 + apron, y1 + apron};
    *out = (struct heat_spots){.spot = NULL};
    zorder_box(s->key, s->count, clamp_world(g.x0), clamp_world(g.y0), clamp_world(g.x1),
               clamp_world(g.y1), gather_range, &g);
}

double heat_sums_unit(const struct heat_source *s, enum heat_of of, int shift)
{
    return ldexp(s->peak, -s->scale[of] - 2 * shift);
}

bool heat_reached_tiles(struct tile_box *out, const struct heat_source *s, uint32_t zoom)
{
    uint32_t most = (1u << zoom) - 1;
    double size = 4294967296.0 / (double)(1u << zoom);
    double reach = HEAT_SPOT_REACH * (double)((uint64_t)1 << (HEAT_WORLD_ZOOM - s->zoom));
    *out = (struct tile_box){most, most, 0, 0};
    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t x, y;
        morton_xy(&x, &y, s->key[i]);
        uint32_t x0 = clamp_world(x - reach), x1 = clamp_world(x + reach);
        uint32_t y0 = clamp_world(y - reach), y1 = clamp_world(y + reach);
        uint32_t west = (uint32_t)(x0 / size), east = (uint32_t)(x1 / size);
        uint32_t north = (uint32_t)(y0 / size), south = (uint32_t)(y1 / size);
        out->x0 = west < out->x0 ? west : out->x0;
        out->y0 = north < out->y0 ? north : out->y0;
        out->x1 = east > out->x1 ? east : out->x1;
        out->y1 = south > out->y1 ? south : out->y1;
    }
    return s->count > 0;
}

/* ---- from the points ---- */

static void sum_strip(heat_wide *out, const struct heat_window *w, int shift)
{
    int block = 1 << shift, wide = w->width >> shift;
    memset(out, 0, (size_t)wide * (size_t)(w->height >> shift) * sizeof *out);
    for (int j = 0; j < w->height; j++) {
        const int64_t *row = w->sum + (size_t)j * (size_t)w->width;
        heat_wide *line = out + (size_t)(j >> shift) * (size_t)wide;
        for (int i = 0; i < wide; i++)
            for (int k = 0; k < block; k++)
                line[i] += row[i * block + k];
    }
}

static void sum_pixels(heat_wide *out, const struct heat_source *s, const struct heat_spots *spots,
                       struct tile t, int shift)
{
    struct heat_window w = {.column0 = (int32_t)t.x * HEAT_SUMS_SIDE << shift,
                            .width = HEAT_SUMS_SIDE << shift,
                            .height = STRIP << shift};
    w.sum = mem_alloc((size_t)w.width * (size_t)w.height * sizeof *w.sum);
    for (int row = 0; row < HEAT_SUMS_SIDE; row += STRIP) {
        w.row0 = ((int32_t)t.y * HEAT_SUMS_SIDE + row) << shift;
        heat_lattice_sum(&w, s->query.shape, spots->spot, spots->count);
        sum_strip(out + row * HEAT_SUMS_SIDE, &w, shift);
    }
    free(w.sum);
}

static bool sums_of_points(heat_wide *out, const struct heat_source *s, enum heat_of of,
                           struct tile t)
{
    struct heat_spots spots = {.spot = NULL};
    double side = 4294967296.0 / (double)(1u << t.z), x = t.x * side, y = t.y * side;
    int shift = s->zoom - (int)t.z;
    heat_spots_gather(&spots, s, of, x, y, x + side, y + side);
    struct heat_blocks blocks = {.column0 = (int32_t)t.x * HEAT_SUMS_SIDE,
                                 .row0 = (int32_t)t.y * HEAT_SUMS_SIDE,
                                 .width = HEAT_SUMS_SIDE,
                                 .height = HEAT_SUMS_SIDE,
                                 .shift = shift,
                                 .sum = out};
    if (spots.count && shift <= PIXELS_SHIFT_MAX)
        sum_pixels(out, s, &spots, t, shift);
    else if (spots.count)
        heat_lattice_blocks(&blocks, s->query.shape, spots.spot, spots.count);
    free(spots.spot);
    return spots.count > 0;
}

/* ---- low zooms ---- */

enum state { NEW, UNDER_WAY, MADE };

/* Most of a country's box is sea and mountains: kept as patches of 16 x 16 pixels. */
enum { PATCH = 16, PATCHES = HEAT_SUMS_SIDE / PATCH, PATCH_SUMS = PATCH * PATCH };

struct coarse_tile {
    enum state state;
    bool any;
    heat_wide *patch[2][PATCHES * PATCHES]; /* by enum heat_of; NULL where all are 0 */
};

struct heat_coarse {
    pthread_mutex_t lock;
    pthread_cond_t made;
    bool any;                 /* box and tile are set */
    struct tile_box box;      /* of the coarse zoom */
    struct coarse_tile *tile; /* of the box, in rows from the north */
};

struct heat_coarse *heat_coarse_new(void)
{
    struct heat_coarse *c = mem_zero(1, sizeof *c);
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->made, NULL);
    return c;
}

static size_t box_tiles(const struct tile_box *b)
{
    return (size_t)(b->x1 - b->x0 + 1) * (b->y1 - b->y0 + 1);
}

void heat_coarse_free(struct heat_coarse *c)
{
    if (!c)
        return;
    for (size_t i = 0; c->any && i < box_tiles(&c->box); i++)
        for (int k = 0; k < PATCHES * PATCHES; k++) {
            free(c->tile[i].patch[0][k]);
            free(c->tile[i].patch[1][k]);
        }
    free(c->tile);
    pthread_cond_destroy(&c->made);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

static uint32_t coarse_zoom(const struct heat_source *s)
{
    int zoom = s->zoom - PIXELS_SHIFT_MAX;
    return (uint32_t)(zoom < COARSE_ZOOM_MAX ? zoom : COARSE_ZOOM_MAX);
}

size_t heat_coarse_bytes(const struct heat_source *s)
{
    size_t patches = 0;
    uint64_t last = UINT64_MAX;
    for (uint32_t i = 0; i < s->count; i++) {
        uint64_t patch = s->key[i] >> (64 - 2 * (coarse_zoom(s) + 4));
        patches += patch != last;
        last = patch;
    }
    /* Kernels reach beyond the patches that hold points. */
    return 2 * patches * PATCH_SUMS * sizeof(heat_wide) * (s->mean ? 2 : 1);
}

/* The sums of a patch, NULL where all are 0. */
static heat_wide *copy_patch(const heat_wide *from)
{
    heat_wide *patch = mem_alloc(PATCH_SUMS * sizeof *patch), any = 0;
    for (int j = 0; j < PATCH; j++)
        for (int i = 0; i < PATCH; i++)
            any |= patch[j * PATCH + i] = from[j * HEAT_SUMS_SIDE + i];
    if (any)
        return patch;
    free(patch);
    return NULL;
}

static void make_coarse(struct coarse_tile *out, const struct heat_source *s, struct tile t)
{
    heat_wide *sum = mem_alloc(HEAT_SUMS * sizeof *sum);
    for (int of = 0; of <= (s->mean ? HEAT_OF_ONES : HEAT_OF_WEIGHTS); of++) {
        if (!sums_of_points(sum, s, (enum heat_of)of, t))
            break;
        out->any = true;
        for (int k = 0; k < PATCHES * PATCHES; k++)
            out->patch[of][k] =
                copy_patch(sum + (k / PATCHES * HEAT_SUMS_SIDE + k % PATCHES) * PATCH);
    }
    free(sum);
}

/* Makes the coarse tiles of a box that nobody has begun, then waits for those under way. */
static void make_all(struct heat_coarse *c, const struct heat_source *s, const struct tile_box *box)
{
    uint32_t wide = c->box.x1 - c->box.x0 + 1;
    pthread_mutex_lock(&c->lock);
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t y = box->y0; y <= box->y1; y++)
            for (uint32_t x = box->x0; x <= box->x1; x++) {
                struct coarse_tile *t = &c->tile[(y - c->box.y0) * wide + (x - c->box.x0)];
                if (t->state == NEW) {
                    t->state = UNDER_WAY;
                    pthread_mutex_unlock(&c->lock);
                    make_coarse(t, s, (struct tile){coarse_zoom(s), x, y});
                    pthread_mutex_lock(&c->lock);
                    t->state = MADE;
                    pthread_cond_broadcast(&c->made);
                }
                while (pass && t->state != MADE)
                    pthread_cond_wait(&c->made, &c->lock);
            }
    pthread_mutex_unlock(&c->lock);
}

/* The coarse tiles under a tile, of those that anything reaches; false: none. */
static bool coarse_under(struct tile_box *out, struct heat_coarse *c, const struct heat_source *s,
                         struct tile t)
{
    uint32_t shift = coarse_zoom(s) - t.z, last = (1u << shift) - 1;
    pthread_mutex_lock(&c->lock);
    if (!c->any && heat_reached_tiles(&c->box, s, coarse_zoom(s))) {
        c->tile = mem_zero(box_tiles(&c->box), sizeof *c->tile);
        c->any = true;
    }
    bool any = c->any;
    pthread_mutex_unlock(&c->lock); /* any and box are never written again */
    uint32_t x0 = t.x << shift, y0 = t.y << shift;
    out->x0 = x0 > c->box.x0 ? x0 : c->box.x0;
    out->y0 = y0 > c->box.y0 ? y0 : c->box.y0;
    out->x1 = x0 + last < c->box.x1 ? x0 + last : c->box.x1;
    out->y1 = y0 + last < c->box.y1 ? y0 + last : c->box.y1;
    return any && out->x0 <= out->x1 && out->y0 <= out->y1;
}

/* Adds a coarse tile to the pixels from corner on, 2^shift of its pixels a side to one. */
static void add_coarse(heat_wide *corner, const struct coarse_tile *t, enum heat_of of,
                       uint32_t shift)
{
    for (uint32_t k = 0; k < PATCHES * PATCHES; k++) {
        const heat_wide *from = t->patch[of][k];
        uint32_t top = k / PATCHES * PATCH, left = k % PATCHES * PATCH;
        for (uint32_t n = 0; from && n < PATCH_SUMS; n++)
            corner[((top + n / PATCH) >> shift) * HEAT_SUMS_SIDE + ((left + n % PATCH) >> shift)] +=
                from[n];
    }
}

static bool sums_of_coarse(heat_wide *out, const struct heat_source *s, enum heat_of of,
                           struct tile t)
{
    struct heat_coarse *c = s->coarse;
    struct tile_box box;
    if (!coarse_under(&box, c, s, t))
        return false;
    make_all(c, s, &box);
    uint32_t shift = coarse_zoom(s) - t.z, side = HEAT_SUMS_SIDE >> shift; /* of one, in pixels */
    uint32_t wide = c->box.x1 - c->box.x0 + 1;
    bool any = false;
    memset(out, 0, HEAT_SUMS * sizeof *out);
    for (uint32_t y = box.y0; y <= box.y1; y++)
        for (uint32_t x = box.x0; x <= box.x1; x++) {
            const struct coarse_tile *from = &c->tile[(y - c->box.y0) * wide + (x - c->box.x0)];
            any = any || from->any;
            add_coarse(out + (y - (t.y << shift)) * side * HEAT_SUMS_SIDE +
                           (x - (t.x << shift)) * side,
                       from, of, shift);
        }
    return any;
}

bool heat_sums(heat_wide out[HEAT_SUMS], const struct heat_source *s, enum heat_of of,
               struct tile t)
{
    if (t.z <= coarse_zoom(s))
        return sums_of_coarse(out, s, of, t);
    return sums_of_points(out, s, of, t);
}
