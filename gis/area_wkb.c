#include "gis/area_wkb.h"

#include <math.h>

#include "gis/wkb.h"

struct walk {
    struct area *area;
    struct wkb in;
    area_move *move;
    void *ctx;
    size_t polygons;
    enum area_verdict fault; /* of a walk that failed */
};

static bool stop(struct walk *w, enum area_verdict fault)
{
    w->fault = fault;
    return false;
}

static bool take_ring(struct walk *w, const struct wkb_head *h)
{
    uint32_t count;
    if (!wkb_vertices(&count, &w->in, h))
        return false;
    if (w->area->vertices + count > AREA_VERTICES_MAX)
        return stop(w, AREA_TOO_LARGE);
    area_begin_ring(w->area);
    for (uint32_t i = 0; i < count; i++, w->in.at += h->vertex) {
        double x = wkb_f64(w->in.at, h), y = wkb_f64(w->in.at + 8, h);
        if (!isfinite(x) || !isfinite(y))
            return false;
        if (w->move && !w->move(w->ctx, &x, &y))
            return stop(w, AREA_NO_PLACE);
        area_add_vertex(w->area, x, y);
    }
    return true;
}

static bool take(struct walk *w, int depth)
{
    struct wkb_head h;
    uint32_t count;
    if (depth > AREA_DEPTH_MAX)
        return stop(w, AREA_TOO_LARGE);
    if (!wkb_head(&h, &w->in))
        return false;
    bool areas = h.type == WKB_POLYGON || h.type == WKB_TRIANGLE;
    if (!areas && !wkb_is_collection(h.type))
        return stop(w, AREA_NO_POLYGON);
    if (!wkb_count(&count, &w->in, &h))
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
    struct walk w = {
        .area = a, .in = wkb_of(wkb, len), .move = move, .ctx = ctx, .fault = AREA_BROKEN};
    if (!take(&w, 0))
        return w.fault;
    return w.polygons ? AREA_TAKEN : AREA_NO_POLYGON;
}
