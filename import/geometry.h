/* geometry.h - a geometry of any type as a file gives it (WKB), to 2D little-endian WKB in
 * longitude and latitude (EPSG:4326), which PostGIS takes without complaint. Coordinates are
 * checked as those of points are (place.h): nothing is moved, swapped axes are named. */
#ifndef IMPORT_GEOMETRY_H
#define IMPORT_GEOMETRY_H

#include <stdint.h>

#include "gis/buf.h"
#include "import/place.h"

enum {
    GEOMETRY_VERTICES_MAX = 4000000,
    GEOMETRY_DEPTH_MAX = 8 /* collections in collections */
};

enum geometry_verdict {
    GEOMETRY_ACCEPTED,
    GEOMETRY_MISSING,    /* no geometry at all */
    GEOMETRY_EMPTY,      /* one without any vertex */
    GEOMETRY_NOT_FINITE, /* NaN or infinity among the coordinates */
    GEOMETRY_BROKEN,     /* a line of one vertex, a ring of less than three, or no WKB */
    GEOMETRY_TOO_LARGE,  /* past the limits above */
    GEOMETRY_SWAPPED,    /* every vertex falls in the region only with the axes exchanged */
    GEOMETRY_OUTSIDE,    /* some vertex falls outside the region (gis/crs.h) */
    GEOMETRY_VERDICTS
};

enum geometry_parts { GEOMETRY_POINTS = 1, GEOMETRY_LINES = 2, GEOMETRY_AREAS = 4 };

struct geometry_facts {
    uint32_t vertices;
    uint32_t closed; /* rings whose end was not their beginning, and that were closed */
    unsigned parts;  /* enum geometry_parts, or-ed: what it holds */
    double x, y;     /* the first vertex that is outside or not finite, as given */
};

/* wkb: of either byte order, ISO or extended, with or without Z and M; types 1 to 7, polyhedral
 * surfaces, TINs and triangles (which become polygons); NULL = missing. place as for points: its
 * CRS is told, or taken from the first vertex. *out is cleared, and holds the WKB only for
 * GEOMETRY_ACCEPTED. */
enum geometry_verdict geometry_to_lonlat(struct buf *out, struct geometry_facts *facts,
                                         struct place_reader *place, const char *wkb, size_t len);
/* For import_reject: a short code ("geometry_empty", "axes_swapped", …) and its sentence. */
const char *geometry_code(enum geometry_verdict verdict);
const char *geometry_sentence(enum geometry_verdict verdict);

#endif
