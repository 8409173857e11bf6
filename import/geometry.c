/* DESIGN. One pass: read a vertex, transform it, write it. What PostGIS would refuse, and with it
 * the whole COPY, is settled here: unclosed rings are closed and counted, empty rings left out,
 * lines of one vertex refused. An SRID is not believed. */
#include "import/geometry.h"

#include <math.h>
#include <string.h>

#include "gis/wkb.h"

struct walk {
    struct wkb in;
    struct buf *out;
    struct geometry_facts *facts;
    struct place_reader *place;
    enum geometry_verdict fault; /* of a walk that failed */
    uint32_t swapped, outside;   /* vertices */
};

static bool stop(struct walk *w, enum geometry_verdict fault)
{
    w->fault = fault;
    return false;
}

static void put_u32(struct buf *out, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        buf_char(out, (char)(value >> 8 * i));
}

static void put_f64(struct buf *out, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 8; i++)
        buf_char(out, (char)(bits >> 8 * i));
}

static void put_head(struct buf *out, uint32_t type)
{
    buf_char(out, 1);
    put_u32(out, type);
}

/* Writes number over four bytes that were put before. */
static void mend_u32(struct buf *out, size_t at, uint32_t number)
{
    for (int i = 0; i < 4 && !out->overflow; i++)
        out->data[at + (size_t)i] = (char)(number >> 8 * i);
}

static bool take_vertex(struct walk *w, double x, double y)
{
    double lon = NAN, lat = NAN;
    struct geometry_facts *f = w->facts;
    bool first_fault = !w->swapped && !w->outside;
    if (++f->vertices > GEOMETRY_VERTICES_MAX)
        return stop(w, GEOMETRY_TOO_LARGE);
    bool finite = isfinite(x) && isfinite(y);
    enum place_verdict verdict = finite ? place_check(w->place, &lon, &lat, x, y) : PLACE_OUTSIDE;
    w->swapped += verdict == PLACE_SWAPPED;
    w->outside += verdict != PLACE_SWAPPED && verdict != PLACE_ACCEPTED;
    if (verdict != PLACE_ACCEPTED && first_fault) {
        f->x = x;
        f->y = y;
    }
    put_f64(w->out, lon);
    put_f64(w->out, lat);
    return finite || stop(w, GEOMETRY_NOT_FINITE);
}

static bool walk_point(struct walk *w, const struct wkb_head *h)
{
    if ((size_t)(w->in.end - w->in.at) < h->vertex)
        return false;
    double x = wkb_f64(w->in.at, h), y = wkb_f64(w->in.at + 8, h);
    w->in.at += h->vertex;
    put_head(w->out, WKB_POINT);
    if (!isnan(x) || !isnan(y)) {
        w->facts->parts |= GEOMETRY_POINTS;
        return take_vertex(w, x, y);
    }
    put_f64(w->out, NAN); /* an empty point is written so */
    put_f64(w->out, NAN);
    return true;
}

/* A count and its vertices; *count as written. ring: closed where it is not, left out when empty.
 */
static bool walk_vertices(uint32_t *count, struct walk *w, const struct wkb_head *h, bool ring)
{
    size_t begun = w->out->len;
    if (!wkb_vertices(count, &w->in, h))
        return false;
    if (ring && !*count)
        return true;
    put_u32(w->out, *count);
    const unsigned char *first = w->in.at, *last = first;
    for (uint32_t i = 0; i < *count; i++, w->in.at += h->vertex) {
        last = w->in.at;
        if (!take_vertex(w, wkb_f64(last, h), wkb_f64(last + 8, h)))
            return false;
    }
    if (ring && memcmp(first, last, WKB_VERTEX_BYTES) != 0) {
        mend_u32(w->out, begun, ++*count);
        w->facts->closed++;
        if (!take_vertex(w, wkb_f64(first, h), wkb_f64(first + 8, h)))
            return false;
    }
    return *count >= (ring ? 4U : 2U) || !*count;
}

static bool walk_line(struct walk *w, const struct wkb_head *h)
{
    uint32_t count = 0;
    put_head(w->out, WKB_LINE);
    if (!walk_vertices(&count, w, h, false))
        return false;
    w->facts->parts |= count ? GEOMETRY_LINES : 0;
    return true;
}

static bool walk_polygon(struct walk *w, const struct wkb_head *h)
{
    uint32_t rings, kept = 0;
    put_head(w->out, WKB_POLYGON);
    size_t at = w->out->len;
    if (!wkb_count(&rings, &w->in, h))
        return false;
    put_u32(w->out, rings);
    for (uint32_t i = 0; i < rings; i++) {
        uint32_t count = 0;
        if (!walk_vertices(&count, w, h, true))
            return false;
        /* Holes of nothing are left out; of a polygon without a shell there is nothing. */
        if (!count && !i && rings > 1)
            return false;
        kept += count ? 1 : 0;
    }
    mend_u32(w->out, at, kept);
    w->facts->parts |= kept ? GEOMETRY_AREAS : 0;
    return true;
}

/* The type that comes out, and the only one its parts may have (0 = any). */
static uint32_t type_out(uint32_t type, uint32_t *part)
{
    static const unsigned char parts[] = {
        [WKB_MULTIPOINT] = WKB_POINT,     [WKB_MULTILINE] = WKB_LINE,
        [WKB_MULTIPOLYGON] = WKB_POLYGON, [WKB_COLLECTION] = 0,
        [WKB_POLYHEDRAL] = WKB_POLYGON,   [WKB_TIN] = WKB_TRIANGLE};
    *part = parts[type];
    return type == WKB_POLYHEDRAL || type == WKB_TIN ? WKB_MULTIPOLYGON : type;
}

/* NOLINTNEXTLINE(misc-no-recursion): at most GEOMETRY_DEPTH_MAX deep */
static bool walk_any(struct walk *w, uint32_t wanted, int depth)
{
    struct wkb_head h;
    uint32_t count, part;
    if (!wkb_head(&h, &w->in) || (wanted && h.type != wanted))
        return false;
    if (h.type == WKB_POINT)
        return walk_point(w, &h);
    if (h.type == WKB_LINE)
        return walk_line(w, &h);
    if (h.type == WKB_POLYGON || h.type == WKB_TRIANGLE)
        return walk_polygon(w, &h);
    if (!wkb_is_collection(h.type))
        return false;
    if (depth == GEOMETRY_DEPTH_MAX)
        return stop(w, GEOMETRY_TOO_LARGE);
    put_head(w->out, type_out(h.type, &part));
    if (!wkb_count(&count, &w->in, &h))
        return false;
    put_u32(w->out, count);
    for (uint32_t i = 0; i < count; i++)
        if (!walk_any(w, part, depth + 1))
            return false;
    return true;
}

static enum geometry_verdict judge(const struct walk *w)
{
    if (w->in.at != w->in.end)
        return GEOMETRY_BROKEN;
    if (!w->facts->vertices)
        return GEOMETRY_EMPTY;
    if (w->swapped == w->facts->vertices)
        return GEOMETRY_SWAPPED;
    if (w->swapped || w->outside)
        return GEOMETRY_OUTSIDE;
    return w->out->overflow ? GEOMETRY_TOO_LARGE : GEOMETRY_ACCEPTED;
}

enum geometry_verdict geometry_to_lonlat(struct buf *out, struct geometry_facts *facts,
                                         struct place_reader *place, const char *wkb, size_t len)
{
    struct geometry_facts none = {.vertices = 0};
    struct walk w = {
        .out = out, .facts = facts ? facts : &none, .place = place, .fault = GEOMETRY_BROKEN};
    *w.facts = (struct geometry_facts){.vertices = 0};
    buf_clear(out);
    if (!wkb)
        return GEOMETRY_MISSING;
    w.in = wkb_of(wkb, len);
    enum geometry_verdict verdict = walk_any(&w, 0, 0) ? judge(&w) : w.fault;
    if (verdict != GEOMETRY_ACCEPTED)
        buf_clear(out);
    return verdict;
}

static const struct {
    const char *code, *sentence;
} said[GEOMETRY_VERDICTS] = {
    [GEOMETRY_ACCEPTED] = {"accepted", "the geometry is accepted"},
    [GEOMETRY_MISSING] = {"geometry_missing", "the row has no geometry"},
    [GEOMETRY_EMPTY] = {"geometry_empty", "the geometry is empty"},
    [GEOMETRY_NOT_FINITE] = {"geometry_not_finite", "the geometry has coordinates that are not "
                                                    "finite numbers"},
    [GEOMETRY_BROKEN] = {"geometry_broken", "the geometry is broken: a line has one vertex, a ring "
                                            "has less than three, or its type is not read"},
    [GEOMETRY_TOO_LARGE] = {"geometry_too_large",
                            "the geometry has more than 4,000,000 vertices or "
                            "is nested more than 8 deep"},
    [GEOMETRY_SWAPPED] = {"axes_swapped", "the coordinates are swapped: they fall in Taiwan only "
                                          "the other way round"},
    [GEOMETRY_OUTSIDE] = {"geometry_outside_region", "the geometry is outside the region of Taiwan "
                                                     "(longitude 114-123.5, latitude 10-27)"},
};

const char *geometry_code(enum geometry_verdict verdict)
{
    return said[verdict].code;
}

const char *geometry_sentence(enum geometry_verdict verdict)
{
    return said[verdict].sentence;
}
