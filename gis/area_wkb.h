/* area_wkb.h - the polygons of a WKB geometry into an area. */
#ifndef GIS_AREA_WKB_H
#define GIS_AREA_WKB_H

#include "gis/area.h"

enum { AREA_VERTICES_MAX = 4000000, AREA_DEPTH_MAX = 8 /* collections in collections */ };

enum area_verdict {
    AREA_TAKEN,
    AREA_NO_POLYGON, /* points, lines or nothing */
    AREA_BROKEN,     /* not WKB, or a coordinate that is no number */
    AREA_TOO_LARGE,  /* past the limits above */
    AREA_NO_PLACE    /* a vertex could not be moved */
};

/* Moves a vertex to the lattice's system in place; false = it has no place there. */
typedef bool area_move(void *ctx, double *x, double *y);

/* wkb: of either byte order, ISO or extended, with or without Z and M; polygons, triangles and
 * collections of them (each polygon of a collection becomes one), no arcs. move NULL = as they are.
 * After a failure the area holds a part of it. */
enum area_verdict area_add_wkb(struct area *a, const char *wkb, size_t len, area_move *move,
                               void *ctx);

#endif
