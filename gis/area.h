/* area.h - polygons as rings of vertices, and which pixels of a lattice lie inside: those whose
 * centre does. A centre on a line belongs to the area on its east (on a horizontal line: north),
 * so areas that touch share no pixel and leave none out. */
#ifndef GIS_AREA_H
#define GIS_AREA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct area {
    double *x, *y;   /* vertices, units of the lattice; rings need not be closed */
    size_t *ring;    /* first vertex of each ring */
    size_t *polygon; /* first ring of each polygon: what an odd number of its rings holds is in */
    size_t vertices, rings, polygons;
    size_t vertex_room, ring_room, polygon_room;
};

/* Begin a polygon, then its rings, then their vertices. */
void area_begin_polygon(struct area *a);
void area_begin_ring(struct area *a);
void area_add_vertex(struct area *a, double x, double y);
void area_free(struct area *a);
/* west, south, east, north of all vertices; false where there are none. */
bool area_bounds(double bounds[4], const struct area *a);

struct area_lattice {
    int width, height;
    const double *centre_x; /* ascending */
    const double *centre_y; /* descending */
};

/* Columns first … end-1 of a row lie inside a polygon; rows of each polygon come in order, polygons
 * in theirs. */
typedef void area_span(void *ctx, size_t polygon, int row, int first, int end);
void area_spans(const struct area *a, const struct area_lattice *l, area_span *visit, void *ctx);

#endif
