/* DESIGN. Of each edge the crossings with the lines through the centres of rows, as the first
 * column whose centre lies to their east; those of one polygon sorted by row and column are pairs
 * of ends of spans. An edge is taken from its southern end whichever way it runs, so that the
 * common edge of two polygons is crossed at the same bits. Cost: rows crossed by edges. */
#include "gis/area.h"

#include <math.h>
#include <stdlib.h>

#include "gis/mem.h"

static void *room_for(void *old, size_t *room, size_t count, size_t size)
{
    if (count < *room)
        return old;
    *room = *room ? *room * 2 : 64;
    return mem_resize(old, *room, size);
}

void area_begin_polygon(struct area *a)
{
    a->polygon = room_for(a->polygon, &a->polygon_room, a->polygons, sizeof *a->polygon);
    a->polygon[a->polygons++] = a->rings;
}

void area_begin_ring(struct area *a)
{
    a->ring = room_for(a->ring, &a->ring_room, a->rings, sizeof *a->ring);
    a->ring[a->rings++] = a->vertices;
}

void area_add_vertex(struct area *a, double x, double y)
{
    size_t room = a->vertex_room;
    a->x = room_for(a->x, &room, a->vertices, sizeof *a->x);
    a->y = room_for(a->y, &a->vertex_room, a->vertices, sizeof *a->y);
    a->x[a->vertices] = x;
    a->y[a->vertices++] = y;
}

void area_free(struct area *a)
{
    free(a->x);
    free(a->y);
    free(a->ring);
    free(a->polygon);
    *a = (struct area){.x = NULL};
}

bool area_bounds(double b[4], const struct area *a)
{
    b[0] = b[1] = INFINITY;
    b[2] = b[3] = -INFINITY;
    for (size_t i = 0; i < a->vertices; i++) {
        b[0] = fmin(b[0], a->x[i]);
        b[1] = fmin(b[1], a->y[i]);
        b[2] = fmax(b[2], a->x[i]);
        b[3] = fmax(b[3], a->y[i]);
    }
    return a->vertices > 0;
}

/* ---- crossings ---- */

struct crossing {
    int row, column;
};

struct crossings {
    struct crossing *all;
    size_t count, room;
};

static int by_place(const void *a, const void *b)
{
    const struct crossing *p = a, *q = b;
    if (p->row != q->row)
        return p->row < q->row ? -1 : 1;
    return (p->column > q->column) - (p->column < q->column);
}

/* First column with centre >= x. */
static int column_of(const struct area_lattice *l, double x)
{
    int low = 0, high = l->width;
    while (low < high) {
        int mid = low + (high - low) / 2;
        if (l->centre_x[mid] < x)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* First row with centre < y. */
static int row_of(const struct area_lattice *l, double y)
{
    int low = 0, high = l->height;
    while (low < high) {
        int mid = low + (high - low) / 2;
        if (l->centre_y[mid] >= y)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Rows whose centre lies in [south, north). */
static void cross(struct crossings *c, const struct area_lattice *l, double x0, double y0,
                  double x1, double y1)
{
    if (y0 > y1) {
        double x = x0, y = y0;
        x0 = x1;
        y0 = y1;
        x1 = x;
        y1 = y;
    }
    int end = row_of(l, y0);
    for (int row = row_of(l, y1); row < end; row++) {
        double x = x0 + (l->centre_y[row] - y0) * ((x1 - x0) / (y1 - y0));
        c->all = room_for(c->all, &c->room, c->count, sizeof *c->all);
        c->all[c->count++] = (struct crossing){row, column_of(l, x)};
    }
}

static void cross_ring(struct crossings *c, const struct area *a, const struct area_lattice *l,
                       size_t ring)
{
    size_t first = a->ring[ring], end = ring + 1 < a->rings ? a->ring[ring + 1] : a->vertices;
    for (size_t i = first; i < end; i++) {
        size_t next = i + 1 < end ? i + 1 : first;
        if (a->y[i] < a->y[next] || a->y[i] > a->y[next])
            cross(c, l, a->x[i], a->y[i], a->x[next], a->y[next]);
    }
}

void area_spans(const struct area *a, const struct area_lattice *l, area_span *visit, void *ctx)
{
    struct crossings c = {.count = 0};
    for (size_t p = 0; p < a->polygons; p++) {
        size_t end = p + 1 < a->polygons ? a->polygon[p + 1] : a->rings;
        c.count = 0;
        for (size_t ring = a->polygon[p]; ring < end; ring++)
            cross_ring(&c, a, l, ring);
        if (c.count)
            qsort(c.all, c.count, sizeof *c.all, by_place);
        for (size_t i = 0; i + 1 < c.count; i += 2)
            if (c.all[i].row == c.all[i + 1].row && c.all[i].column < c.all[i + 1].column)
                visit(ctx, p, c.all[i].row, c.all[i].column, c.all[i + 1].column);
    }
    free(c.all);
}
