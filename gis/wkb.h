/* wkb.h - a WKB geometry word by word: either byte order, ISO or PostGIS's extended, with or
 * without Z, M and an SRID (which is passed over). */
#ifndef GIS_WKB_H
#define GIS_WKB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    WKB_POINT = 1,
    WKB_LINE,
    WKB_POLYGON,
    WKB_MULTIPOINT,
    WKB_MULTILINE,
    WKB_MULTIPOLYGON,
    WKB_COLLECTION,
    WKB_POLYHEDRAL = 15,
    WKB_TIN,
    WKB_TRIANGLE,
    WKB_VERTEX_BYTES = 16 /* x and y */
};

struct wkb {
    const unsigned char *at, *end; /* borrowed */
};

struct wkb_head {
    uint32_t type; /* without Z and M */
    bool little;
    size_t vertex; /* bytes of one: x, y and what follows them */
};

struct wkb wkb_of(const char *bytes, size_t len);
/* False = the bytes end before, or are not WKB. */
bool wkb_head(struct wkb_head *out, struct wkb *w);
bool wkb_count(uint32_t *out, struct wkb *w, const struct wkb_head *h);
/* A count of vertices; false also where so many do not follow. */
bool wkb_vertices(uint32_t *out, struct wkb *w, const struct wkb_head *h);
/* Of x or y at `from`, where 8 bytes are known to be. */
double wkb_f64(const unsigned char *from, const struct wkb_head *h);
/* True of types whose parts are geometries with heads of their own. */
bool wkb_is_collection(uint32_t type);

#endif
