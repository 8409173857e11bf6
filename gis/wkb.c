#include "gis/wkb.h"

#include <string.h>

/* OGC 06-103r4; ISO adds 1000 for Z, 2000 for M, PostGIS's extended WKB has them in the topmost
 * bits, and an SRID. */
#define EWKB_Z 0x80000000U
#define EWKB_M 0x40000000U
#define EWKB_SRID 0x20000000U

struct wkb wkb_of(const char *bytes, size_t len)
{
    const unsigned char *at = (const unsigned char *)bytes;
    return (struct wkb){.at = at, .end = at + len};
}

static uint64_t get(const unsigned char *p, int bytes, bool little)
{
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++)
        value = value << 8 | p[little ? bytes - 1 - i : i];
    return value;
}

bool wkb_count(uint32_t *out, struct wkb *w, const struct wkb_head *h)
{
    if (w->end - w->at < 4)
        return false;
    *out = (uint32_t)get(w->at, 4, h->little);
    w->at += 4;
    return true;
}

bool wkb_vertices(uint32_t *out, struct wkb *w, const struct wkb_head *h)
{
    return wkb_count(out, w, h) && *out <= (size_t)(w->end - w->at) / h->vertex;
}

double wkb_f64(const unsigned char *from, const struct wkb_head *h)
{
    uint64_t bits = get(from, 8, h->little);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

bool wkb_head(struct wkb_head *out, struct wkb *w)
{
    uint32_t word, srid;
    if (w->at == w->end || *w->at > 1)
        return false;
    out->little = *w->at++ == 1;
    if (!wkb_count(&word, w, out) || ((word & EWKB_SRID) && !wkb_count(&srid, w, out)))
        return false;
    uint32_t iso = (word & 0x0FFFFFFF) / 1000;
    bool z = (word & EWKB_Z) || iso == 1 || iso == 3, m = (word & EWKB_M) || iso == 2 || iso == 3;
    out->type = (word & 0x0FFFFFFF) % 1000;
    out->vertex = WKB_VERTEX_BYTES + (z ? 8U : 0U) + (m ? 8U : 0U);
    return iso <= 3;
}

bool wkb_is_collection(uint32_t type)
{
    return (type >= WKB_MULTIPOINT && type <= WKB_COLLECTION) || type == WKB_POLYHEDRAL ||
           type == WKB_TIN;
}
