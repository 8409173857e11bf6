/* DESIGN. Marching squares over the centres of pixels, with a frame of nothing around, once a
 * level: the rings of { value >= level }, this side to the left. A square with two high corners
 * across from each other joins them where the mean of its corners is high, which agrees between
 * levels. Band k is region k without region k + 1: the rings of k, and those of k + 1 the other way
 * round.
 *
 * Why it is valid: a crossing is kept a little (NEAR of a pixel) away from the ends of its line,
 * and the crossings of levels on one line apart, in their order. Then all ends of the chords in a
 * square are different and in order round it, so chords of one level or of two never meet, and
 * rounding coordinates to millimetres brings none together. GDAL's contour polygons were the other
 * choice: they are cut at nodes that lie on a level and are not always valid; and a library behind
 * a fence would be spoken here. */
#include "analysis/heat_contour.h"

#include <math.h>
#include <stdlib.h>

#include "gis/mem.h"

#define NEAR 1e-3 /* pixels */

struct trace {
    const struct heat_raster *r;
    int width, height; /* nodes, with the frame */
    double level;
    double low, step; /* of a crossing on its line: low + t * step; see place_on */
    int32_t *next;    /* [2 * nodes]: of a crossing the one after it in its ring; -1 = none */
    struct area *out; /* rings: one polygon for each, for now */
    size_t vertices;  /* so far, of all levels */
};

/* ---- nodes and crossings ---- */

static double node(const struct trace *t, int column, int row)
{
    if (column < 1 || row < 1 || column > t->width - 2 || row > t->height - 2)
        return -INFINITY;
    double v = t->r->cells[(size_t)(row - 1) * (size_t)t->r->grid.width + (size_t)(column - 1)];
    return isnan(v) ? -INFINITY : v;
}

/* Where on the way from the low node to the high one the level stands: within (0, 1). */
static double place_on(const struct trace *t, double low, double high)
{
    double part = isinf(low) ? 1 : (t->level - low) / (high - low);
    return t->low + t->step * fmin(1, fmax(0, part));
}

/* Crossing 2 n is on the line from node n to the east, 2 n + 1 to the south. */
static void locate(double *x, double *y, const struct trace *t, int32_t crossing)
{
    int column = crossing / 2 % t->width, row = crossing / 2 / t->width;
    bool south = crossing & 1;
    double a = node(t, column, row), b = node(t, column + !south, row + south);
    double part = a < b ? place_on(t, a, b) : 1 - place_on(t, b, a);
    const struct heat_grid *g = &t->r->grid;
    *x = g->west + (column - 0.5 + (south ? 0 : part)) * g->pixel_x;
    *y = g->north - (row - 0.5 + (south ? part : 0)) * g->pixel_y;
}

/* The chords of one square, from its crossings by number: north, east, south, west. */
static void cross_square(const struct trace *t, int column, int row)
{
    int32_t n = row * t->width + column;
    int32_t side[4] = {2 * n, 2 * (n + 1) + 1, 2 * (n + t->width), 2 * n + 1};
    double v[4] = {node(t, column, row), node(t, column + 1, row), node(t, column + 1, row + 1),
                   node(t, column, row + 1)}; /* clockwise from the north-west */
    int high = 0;
    for (int i = 0; i < 4; i++)
        high |= (v[i] >= t->level) << i;
    if (high == 0 || high == 15)
        return;
    bool across = high == 5 || high == 10;
    bool joined = across && (v[0] + v[1] + v[2] + v[3]) / 4 >= t->level;
    /* Side i lies between corners i and i + 1, clockwise. With the high side to the left a chord
     * goes from a side where low turns to high to one where high turns to low. */
    for (int i = 0; i < 4; i++) {
        bool here = high >> i & 1, after = high >> (i + 1) % 4 & 1;
        if (!here || after)
            continue;
        int from = (i + 3) % 4; /* the side before corner i: the chord cuts corner i off */
        if (!across || joined)
            for (from = (i + 1) % 4; high >> from & 1 || !(high >> (from + 1) % 4 & 1);)
                from = (from + 1) % 4;
        t->next[side[from]] = side[i];
    }
}

/* ---- rings ---- */

static bool close_ring(struct trace *t, int32_t first, struct error *err)
{
    int32_t at = first;
    area_begin_polygon(t->out);
    area_begin_ring(t->out);
    do {
        double x, y;
        locate(&x, &y, t, at);
        area_add_vertex(t->out, x, y);
        int32_t next = t->next[at];
        t->next[at] = -1;
        at = next;
        t->vertices++;
    } while (at != first && t->vertices <= HEAT_CONTOUR_VERTICES_MAX);
    return t->vertices <= HEAT_CONTOUR_VERTICES_MAX ||
           error_set(err, ERROR_TOO_LARGE,
                     "the bands have more than %d vertices: take a larger pixel, fewer levels or a "
                     "smaller bbox",
                     HEAT_CONTOUR_VERTICES_MAX);
}

static bool trace_level(struct trace *t, struct error *err)
{
    int32_t nodes = t->width * t->height;
    for (int row = 0; row + 1 < t->height; row++)
        for (int column = 0; column + 1 < t->width; column++)
            cross_square(t, column, row);
    for (int32_t i = 0; i < 2 * nodes; i++)
        if (t->next[i] >= 0 && !close_ring(t, i, err))
            return false;
    return true;
}

/* ---- rings to polygons ---- */

struct ring {
    const struct area *of;
    size_t first, end;
    bool turned;
    double size; /* signed area, as it is walked */
    double box[4];
    int64_t outer; /* of a hole: number of its outer ring */
};

static void measure(struct ring *r)
{
    const double *x = r->of->x, *y = r->of->y;
    double twice = 0;
    r->box[0] = r->box[1] = INFINITY;
    r->box[2] = r->box[3] = -INFINITY;
    for (size_t i = r->first; i < r->end; i++) {
        size_t k = i + 1 < r->end ? i + 1 : r->first;
        twice += (x[i] - x[r->first]) * (y[k] - y[r->first]) -
                 (x[k] - x[r->first]) * (y[i] - y[r->first]);
        r->box[0] = fmin(r->box[0], x[i]);
        r->box[1] = fmin(r->box[1], y[i]);
        r->box[2] = fmax(r->box[2], x[i]);
        r->box[3] = fmax(r->box[3], y[i]);
    }
    r->size = r->turned ? -twice / 2 : twice / 2;
}

static bool holds(const struct ring *r, double px, double py)
{
    const double *x = r->of->x, *y = r->of->y;
    bool in = false;
    if (px < r->box[0] || py < r->box[1] || px > r->box[2] || py > r->box[3])
        return false;
    for (size_t i = r->first, k = r->end - 1; i < r->end; k = i++)
        if ((y[i] > py) != (y[k] > py) && px < x[k] + (py - y[k]) * (x[i] - x[k]) / (y[i] - y[k]))
            in = !in;
    return in;
}

static int by_size(const void *a, const void *b)
{
    const struct ring *p = a, *q = b;
    return (p->size > q->size) - (p->size < q->size);
}

static size_t take_rings(struct ring *out, const struct area *a, bool turned)
{
    for (size_t i = 0; i < a->rings; i++) {
        out[i] = (struct ring){.of = a,
                               .first = a->ring[i],
                               .end = i + 1 < a->rings ? a->ring[i + 1] : a->vertices,
                               .turned = turned,
                               .outer = -1};
        measure(&out[i]);
    }
    return a->rings;
}

static void put_ring(struct area *out, const struct ring *r)
{
    size_t count = r->end - r->first;
    area_begin_ring(out);
    for (size_t i = 0; i <= count; i++) {
        size_t k = r->first + (r->turned ? count - i % count - 1 : i % count);
        area_add_vertex(out, r->of->x[k], r->of->y[k]);
    }
}

/* Holes come first by size (they are negative), outer rings after them, the smallest first. */
static void build_band(struct area *out, const struct area *here, const struct area *above)
{
    size_t count = here->rings + (above ? above->rings : 0), holes = 0;
    struct ring *rings = mem_alloc(count * sizeof *rings + 1);
    size_t taken = take_rings(rings, here, false);
    if (above)
        take_rings(rings + taken, above, true);
    qsort(rings, count, sizeof *rings, by_size);
    while (holes < count && rings[holes].size < 0)
        holes++;
    for (size_t i = 0; i < holes; i++) {
        double x = rings[i].of->x[rings[i].first], y = rings[i].of->y[rings[i].first];
        for (size_t k = holes; k < count && rings[i].outer < 0; k++)
            if (rings[k].size > -rings[i].size && holds(&rings[k], x, y))
                rings[i].outer = (int64_t)k;
    }
    for (size_t k = holes; k < count; k++) {
        area_begin_polygon(out);
        put_ring(out, &rings[k]);
        for (size_t i = 0; i < holes; i++)
            if (rings[i].outer == (int64_t)k)
                put_ring(out, &rings[i]);
    }
    free(rings);
}

static bool check_size(const struct heat_raster *r, struct error *err)
{
    return (int64_t)r->grid.width * r->grid.height <= HEAT_CONTOUR_PIXELS_MAX ||
           error_set(err, ERROR_TOO_LARGE,
                     "contours of %d x %d pixels; %d million are the most: take a larger pixel "
                     "or a smaller bbox",
                     r->grid.width, r->grid.height, HEAT_CONTOUR_PIXELS_MAX / 1000000);
}

bool heat_contour_make(struct heat_contour *c, const struct heat_raster *r, const double *level,
                       int count, struct error *err)
{
    *c = (struct heat_contour){.count = count};
    if (!check_size(r, err))
        return false;
    struct area rings[HEAT_CONTOUR_LEVELS_MAX] = {{.x = NULL}};
    struct trace t = {.r = r, .width = r->grid.width + 2, .height = r->grid.height + 2};
    size_t crossings = 2 * (size_t)t.width * (size_t)t.height;
    t.next = mem_alloc(crossings * sizeof *t.next);
    for (size_t i = 0; i < crossings; i++)
        t.next[i] = -1;
    bool ok = true;
    for (int k = 0; k < count && ok; k++) {
        c->level[k] = t.level = level[k];
        t.low = NEAR * (1 + (k + 1.0) / (count + 1));
        t.step = 1 - 4 * NEAR;
        t.out = &rings[k];
        ok = trace_level(&t, err);
    }
    for (int k = 0; k < count && ok; k++)
        build_band(&c->band[k], &rings[k], k + 1 < count ? &rings[k + 1] : NULL);
    for (int k = 0; k < count; k++)
        area_free(&rings[k]);
    free(t.next);
    return ok;
}

void heat_contour_free(struct heat_contour *c)
{
    for (int k = 0; k < c->count; k++)
        area_free(&c->band[k]);
}
