#include "analysis/heat_zonal.h"

#include <math.h>
#include <stdlib.h>

#include "gis/mem.h"

/* Of a pixel, each way: a border through it takes what lies on its side. Odd, so that one of them
 * has the pixel's centre. */
enum { PARTS = 5 };

struct ends { /* of the spans of a row of parts, two by two */
    int *at;
    size_t count, room;
};

struct sum {
    struct heat_zone *out;
    const struct heat_raster *r, *mend;
    const int *zone;
    const double *km2; /* of a pixel of each row */
    double *total;     /* of the pixels before one in its row, [height * (width + 1)] */
    int32_t *known;    /* how many of them have a value */
    uint32_t *seen;    /* parts of pixels in any zone, a bit each; NULL = not wanted */
    /* For the doubt: the polygon that is walked, and its rows. */
    const struct area *area;
    size_t polygon;
    int part_row; /* the row that `now` is of; -1 = no polygon yet */
    bool goes_north, goes_south;
    struct ends now, above;
};

static size_t cell(const struct sum *s, int row, int column)
{
    return (size_t)row * (size_t)s->r->grid.width + (size_t)column;
}

/* Running sums along each row, so that a span costs the same however long it is. */
static void sum_rows(struct sum *s)
{
    int width = s->r->grid.width, height = s->r->grid.height;
    size_t room = ((size_t)width + 1) * (size_t)height;
    s->total = mem_alloc(room * sizeof *s->total);
    s->known = mem_alloc(room * sizeof *s->known);
    for (int row = 0; row < height; row++) {
        size_t at = cell(s, row, 0), to = at + (size_t)row;
        double total = s->total[to] = 0;
        int32_t known = s->known[to] = 0;
        for (int i = 0; i < width; i++, at++) {
            double v = s->r->cells[at];
            if (!isnan(v)) {
                total += s->mend->cells ? v + s->mend->cells[at] : v;
                known++;
            }
            s->total[++to] = total;
            s->known[to] = known;
        }
    }
}

/* So many parts of each of the pixels first … end-1. */
static void add_parts(struct heat_zone *z, const struct sum *s, int row, int first, int end,
                      int parts)
{
    size_t from = cell(s, row, first) + (size_t)row, to = cell(s, row, end) + (size_t)row;
    double km2 = s->km2[row] * parts / (PARTS * PARTS);
    z->km2 += (s->known[to] - s->known[from]) * km2;
    z->integral += (s->total[to] - s->total[from]) * km2;
}

static void add_centres(struct heat_zone *z, const struct sum *s, int row, int first, int end)
{
    for (int i = first; i < end; i++) {
        double v = s->r->cells[cell(s, row, i)];
        if (isnan(v))
            continue;
        z->pixels++;
        z->least = v >= z->least ? z->least : v;
        if (!(v <= z->most)) {
            z->most = v;
            z->most_x = heat_raster_x(s->r, i);
            z->most_y = heat_raster_y(s->r, row);
        }
    }
}

/* ---- doubt ----
 *
 * A border runs anywhere through the parts that it goes through, so it may be wrong by half a part
 * to its side, all along a straight side in the same direction; and the parts of a pixel are taken
 * to have its value, which is wrong by at most an eighth of what the value changes over a pixel,
 * times a pixel, a length of border. Both are summed along the borders, eastward and northward. */

/* How much the value changes to a neighbour, at most. */
static double slope_of(const struct sum *s, int row, int column)
{
    static const int to[][2] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
    double v = s->r->cells[cell(s, row, column)], most = 0;
    for (int i = 0; i < 4; i++) {
        int y = row + to[i][0], x = column + to[i][1];
        if (y < 0 || x < 0 || y >= s->r->grid.height || x >= s->r->grid.width)
            continue;
        most = fmax(most, fabs(s->r->cells[cell(s, y, x)] - v)); /* passes NaN by */
    }
    return most;
}

/* Of a border as long as one part. */
static double doubt_of(const struct sum *s, int row, int column)
{
    double v = s->r->cells[cell(s, row, column)];
    return isnan(v) ? 0
                    : (fabs(v) / (2 * PARTS) + slope_of(s, row, column) / 8) * s->km2[row] / PARTS;
}

static int by_number(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static void put_end(struct ends *e, int at)
{
    if (e->count == e->room) {
        e->room = e->room ? 2 * e->room : 64;
        e->at = mem_resize(e->at, e->room, sizeof *e->at);
    }
    e->at[e->count++] = at;
}

static double larger_doubt(const struct sum *s, int row, int column)
{
    int last = s->r->grid.height - 1, above = (row - 1) / PARTS, below = row / PARTS;
    return fmax(doubt_of(s, above < 0 ? 0 : above, column),
                doubt_of(s, below > last ? last : below, column));
}

/* The border between a row of parts and the one above: what lies in the spans of one of them only.
 * Sorted, the ends of both are the ends of that, two by two. An edge of the raster that the polygon
 * goes on past is none. */
static void settle_row(struct sum *s)
{
    struct ends *now = &s->now, *above = &s->above;
    int row = s->part_row, bottom = s->r->grid.height * PARTS;
    bool border = !(row == 0 && s->goes_north) && !(row == bottom && s->goes_south);
    size_t own = now->count;
    for (size_t i = 0; i < above->count; i++)
        put_end(now, above->at[i]);
    above->count = 0;
    for (size_t i = 0; i < own; i++)
        put_end(above, now->at[i]);
    if (now->count)
        qsort(now->at, now->count, sizeof *now->at, by_number);
    for (size_t i = 0; border && i + 1 < now->count; i += 2)
        for (int at = now->at[i], next; at < now->at[i + 1]; at = next) {
            next = (at / PARTS + 1) * PARTS;
            next = next < now->at[i + 1] ? next : now->at[i + 1];
            s->out[s->zone[s->polygon]].doubt += (next - at) * larger_doubt(s, row, at / PARTS);
        }
    now->count = 0;
    s->part_row++;
}

static void end_polygon(struct sum *s)
{
    if (s->part_row >= 0) {
        settle_row(s);
        settle_row(s);
    }
    s->above.count = 0;
    s->part_row = -1;
}

static void begin_polygon(struct sum *s, size_t polygon, int row)
{
    const struct area *a = s->area;
    const struct heat_grid *g = &s->r->grid;
    size_t rings = polygon + 1 < a->polygons ? a->polygon[polygon + 1] : a->rings;
    size_t end = rings < a->rings ? a->ring[rings] : a->vertices;
    s->polygon = polygon;
    s->part_row = row;
    s->goes_north = s->goes_south = false;
    for (size_t i = a->ring[a->polygon[polygon]]; i < end; i++) {
        s->goes_north = s->goes_north || a->y[i] > g->north;
        s->goes_south = s->goes_south || a->y[i] < g->north - g->height * g->pixel_y;
    }
}

/* Takes the ends of a span; a row is settled when the next one begins. */
static void take_ends(struct sum *s, size_t polygon, int row, int first, int end)
{
    if (s->part_row < 0 || polygon != s->polygon) {
        end_polygon(s);
        begin_polygon(s, polygon, row);
    }
    if (row > s->part_row)
        settle_row(s);
    if (row > s->part_row) /* rows without a span between */
        settle_row(s);
    s->part_row = row;
    put_end(&s->now, first);
    put_end(&s->now, end);
}

/* row, first, end: of parts. */
static void add_span(void *ctx, size_t polygon, int row, int first, int end)
{
    struct sum *s = ctx;
    struct heat_zone *z = &s->out[s->zone[polygon]];
    int at = row / PARTS, from = first / PARTS, to = (end - 1) / PARTS;
    if (from == to) {
        add_parts(z, s, at, from, from + 1, end - first);
    } else {
        add_parts(z, s, at, from, from + 1, (from + 1) * PARTS - first);
        add_parts(z, s, at, from + 1, to, PARTS);
        add_parts(z, s, at, to, to + 1, end - to * PARTS);
    }
    if (row % PARTS == PARTS / 2)
        add_centres(z, s, at, (first + PARTS / 2) / PARTS, (end + PARTS / 2) / PARTS);
    z->doubt += doubt_of(s, at, from) + doubt_of(s, at, to);
    take_ends(s, polygon, row, first, end);
    for (int i = first; s->seen && i < end; i++)
        s->seen[cell(s, at, i / PARTS)] |= 1u << (row % PARTS * PARTS + i % PARTS);
}

static void add_seen(struct heat_zone *all, const struct sum *s)
{
    for (int row = 0; row < s->r->grid.height; row++)
        for (int i = 0; i < s->r->grid.width; i++)
            if (s->seen[cell(s, row, i)])
                add_parts(all, s, row, i, i + 1, __builtin_popcount(s->seen[cell(s, row, i)]));
}

/* Centres of the parts of pixels from an edge on. */
static double *part_centres(double edge, double pixel, int pixels)
{
    double *out = mem_alloc((size_t)pixels * PARTS * sizeof *out);
    for (int i = 0; i < pixels * PARTS; i++)
        out[i] = edge + (i + 0.5) / PARTS * pixel;
    return out;
}

void heat_zonal_begin(struct heat_zone *out, int zones)
{
    for (int i = 0; i < zones; i++)
        out[i] = (struct heat_zone){.least = NAN, .most = NAN, .most_x = NAN, .most_y = NAN};
}

void heat_zonal_add(struct heat_zone *out, struct heat_zone *all, const struct heat_raster *r,
                    const struct heat_raster *mend, const struct area *a, const int *zone)
{
    const struct heat_grid *g = &r->grid;
    double *x = part_centres(g->west, g->pixel_x, g->width);
    double *y = part_centres(g->north, -g->pixel_y, g->height);
    double *km2 = mem_alloc((size_t)g->height * sizeof *km2);
    for (int i = 0; i < g->height; i++)
        km2[i] = heat_raster_pixel_km2(r, i);
    struct sum s = {
        .out = out, .r = r, .mend = mend, .zone = zone, .km2 = km2, .area = a, .part_row = -1};
    if (all)
        s.seen = mem_zero((size_t)g->width * (size_t)g->height, sizeof *s.seen);
    sum_rows(&s);
    area_spans(a, &(struct area_lattice){g->width * PARTS, g->height * PARTS, x, y}, add_span, &s);
    end_polygon(&s);
    if (all)
        add_seen(all, &s);
    free(s.now.at);
    free(s.above.at);
    free(s.seen);
    free(s.total);
    free(s.known);
    free(x);
    free(y);
    free(km2);
}

void heat_zonal_sum(struct heat_zone *out, int zones, const struct heat_raster *r,
                    const struct area *a, const int *zone)
{
    static const struct heat_raster none = {.cells = NULL};
    heat_zonal_begin(out, zones);
    heat_zonal_add(out, NULL, r, &none, a, zone);
}
