#include "gis/area_wkb.h"

#include <math.h>
#include <string.h>

/* OGC 06-103r4; ISO adds 1000 for Z, 2000 for M, PostGIS's extended WKB has them in the topmost
 * bits, and an SRID. */
enum {
    POLYGON = 3,
    MULTIPOINT = 4,
    COLLECTION = 7,
    POLYHEDRAL = 15,
    TIN,
    TRIANGLE,
};
#define EWKB_Z 0x80000000U
#define EWKB_M 0x40000000U
#define EWKB_SRID 0x20000000U

struct walk {
    struct area *area;
    const unsigned char *at, *end;
    area_move *move;
    void *ctx;
    size_t polygons;
    enum area_verdict fault;
};

struct head {
    uint32_t type;
    bool little;
    size_t extra; /* bytes of a vertex behind x and y */
};

static bool stop(struct walk *w, enum area_verdict fault)
{
    w->fault = fault;
    return false;
}

static uint64_t get(const unsigned char *p, int bytes, bool little)
{
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++)
        value = value << 8 | p[little ? bytes - 1 - i : i];
    return value;
}

static bool get_u32(uint32_t *out, struct walk *w, bool little)
{
    if (w->end - w->at < 4)
        return stop(w, AREA_BROKEN);
    *out = (uint32_t)get(w->at, 4, little);
    w->at += 4;
    return true;
}

static double get_f64(struct walk *w, bool little)
{
    uint64_t bits = get(w->at, 8, little);
    double value;
    memcpy(&value, &bits, sizeof value);
    w->at += 8;
    return value;
}

static bool get_head(struct head *h, struct walk *w)
{
    uint32_t word, srid;
    if (w->at == w->end || *w->at > 1)
        return stop(w, AREA_BROKEN);
    h->little = *w->at++ == 1;
    if (!get_u32(&word, w, h->little) || ((word & EWKB_SRID) && !get_u32(&srid, w, h->little)))
        return false;
    uint32_t iso = (word & 0x0FFFFFFF) / 1000;
    bool z = (word & EWKB_Z) || iso == 1 || iso == 3, m = (word & EWKB_M) || iso == 2 || iso == 3;
    h->type = (word & 0x0FFFFFFF) % 1000;
    h->extra = (z ? 8U : 0U) + (m ? 8U : 0U);
    return iso <= 3 || stop(w, AREA_BROKEN);
}

static bool take_ring(struct walk *w, const struct head *h)
{
    uint32_t count;
    if (!get_u32(&count, w, h->little))
        return false;
    if (count > (size_t)(w->end - w->at) / (16 + h->extra))
        return stop(w, AREA_BROKEN);
    if (w->area->vertices + count > AREA_VERTICES_MAX)
        return stop(w, AREA_TOO_LARGE);
    area_begin_ring(w->area);
    for (uint32_t i = 0; i < count; i++) {
        double x = get_f64(w, h->little), y = get_f64(w, h->little);
        w->at += h->extra;
        if (!isfinite(x) || !isfinite(y))
            return stop(w, AREA_BROKEN);
        if (w->move && !w->move(w->ctx, &x, &y))
            return stop(w, AREA_NO_PLACE);
        area_add_vertex(w->area, x, y);
    }
    return true;
}

static bool take(struct walk *w, int depth)
{
    struct head h;
    uint32_t count;
    if (depth > AREA_DEPTH_MAX)
        return stop(w, AREA_TOO_LARGE);
    if (!get_head(&h, w))
        return false;
    bool areas = h.type == POLYGON || h.type == TRIANGLE;
    if (!areas && !(h.type >= MULTIPOINT && h.type <= COLLECTION) && h.type != POLYHEDRAL &&
        h.type != TIN)
        return stop(w, AREA_NO_POLYGON);
    if (!get_u32(&count, w, h.little))
        return false;
    if (areas && count) {
        area_begin_polygon(w->area);
        w->polygons++;
    }
    while (count--)
        if (!(areas ? take_ring(w, &h) : take(w, depth + 1)))
            return false;
    return true;
}

enum area_verdict area_add_wkb(struct area *a, const char *wkb, size_t len, area_move *move,
                               void *ctx)
{
    const unsigned char *bytes = (const unsigned char *)wkb;
    struct walk w = {.area = a, .at = bytes, .end = bytes + len, .move = move, .ctx = ctx};
    if (!take(&w, 0))
        return w.fault;
    return w.polygons ? AREA_TAKEN : AREA_NO_POLYGON;
}
