/* DESIGN. One pass: read a vertex, transform it, write it. What PostGIS would refuse, and with it
 * the whole COPY, is settled here: unclosed rings are closed and counted, empty rings left out,
 * lines of one vertex refused. Types and flags: OGC 06-103r4 (ISO adds 1000 for Z, 2000 for M),
 * PostGIS's extended WKB has them in the topmost bits, and an SRID, which is not believed. */
#include "import/geometry.h"

#include <math.h>
#include <string.h>

enum {
    POINT = 1,
    LINE,
    POLYGON,
    MULTIPOINT,
    MULTILINE,
    MULTIPOLYGON,
    COLLECTION,
    POLYHEDRAL = 15,
    TIN,
    TRIANGLE,
    TYPE_BYTES = 5,
    VERTEX_BYTES = 16
};
#define EWKB_Z 0x80000000U
#define EWKB_M 0x40000000U
#define EWKB_SRID 0x20000000U

struct walk {
    const unsigned char *at, *end;
    struct buf *out;
    struct geometry_facts *facts;
    struct place_reader *place;
    enum geometry_verdict fault; /* the first that ends the walk; GEOMETRY_ACCEPTED = none */
    uint32_t swapped, outside;   /* vertices */
};

static bool stop(struct walk *w, enum geometry_verdict fault)
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
        return stop(w, GEOMETRY_BROKEN);
    *out = (uint32_t)get(w->at, 4, little);
    w->at += 4;
    return true;
}

static double get_f64(const unsigned char *p, bool little)
{
    uint64_t bits = get(p, 8, little);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
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

struct shape {
    uint32_t type;
    bool little;
    size_t vertex; /* bytes of one in the input */
};

static bool get_head(struct shape *s, struct walk *w)
{
    uint32_t word, srid;
    if (w->end - w->at < TYPE_BYTES || *w->at > 1)
        return stop(w, GEOMETRY_BROKEN);
    s->little = *w->at++ == 1;
    if (!get_u32(&word, w, s->little) || ((word & EWKB_SRID) && !get_u32(&srid, w, s->little)))
        return false;
    uint32_t iso = (word & 0x0FFFFFFF) / 1000;
    bool z = (word & EWKB_Z) || iso == 1 || iso == 3, m = (word & EWKB_M) || iso == 2 || iso == 3;
    s->type = (word & 0x0FFFFFFF) % 1000;
    s->vertex = VERTEX_BYTES + (z ? 8U : 0U) + (m ? 8U : 0U);
    return iso <= 3 || stop(w, GEOMETRY_BROKEN);
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

static bool walk_point(struct walk *w, const struct shape *s)
{
    if ((size_t)(w->end - w->at) < s->vertex)
        return stop(w, GEOMETRY_BROKEN);
    double x = get_f64(w->at, s->little), y = get_f64(w->at + 8, s->little);
    w->at += s->vertex;
    put_head(w->out, POINT);
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
static bool walk_vertices(uint32_t *count, struct walk *w, const struct shape *s, bool ring)
{
    size_t begun = w->out->len;
    if (!get_u32(count, w, s->little))
        return false;
    if ((uint64_t)*count * s->vertex > (uint64_t)(w->end - w->at))
        return stop(w, GEOMETRY_BROKEN);
    if (ring && !*count)
        return true;
    put_u32(w->out, *count);
    const unsigned char *first = w->at, *last = w->at;
    for (uint32_t i = 0; i < *count; i++, w->at += s->vertex) {
        last = w->at;
        if (!take_vertex(w, get_f64(last, s->little), get_f64(last + 8, s->little)))
            return false;
    }
    if (ring && memcmp(first, last, VERTEX_BYTES) != 0) {
        mend_u32(w->out, begun, ++*count);
        w->facts->closed++;
        if (!take_vertex(w, get_f64(first, s->little), get_f64(first + 8, s->little)))
            return false;
    }
    return *count >= (ring ? 4U : 2U) || !*count || stop(w, GEOMETRY_BROKEN);
}

static bool walk_line(struct walk *w, const struct shape *s)
{
    uint32_t count = 0;
    put_head(w->out, LINE);
    if (!walk_vertices(&count, w, s, false))
        return false;
    w->facts->parts |= count ? GEOMETRY_LINES : 0;
    return true;
}

static bool walk_polygon(struct walk *w, const struct shape *s)
{
    uint32_t rings, kept = 0;
    put_head(w->out, POLYGON);
    size_t at = w->out->len;
    if (!get_u32(&rings, w, s->little))
        return false;
    put_u32(w->out, rings);
    for (uint32_t i = 0; i < rings; i++) {
        uint32_t count = 0;
        if (!walk_vertices(&count, w, s, true))
            return false;
        /* Holes of nothing are left out; of a polygon without a shell there is nothing. */
        if (!count && !i && rings > 1)
            return stop(w, GEOMETRY_BROKEN);
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
        [MULTIPOINT] = POINT, [MULTILINE] = LINE,     [MULTIPOLYGON] = POLYGON,
        [COLLECTION] = 0,     [POLYHEDRAL] = POLYGON, [TIN] = TRIANGLE};
    *part = parts[type];
    return type == POLYHEDRAL || type == TIN ? MULTIPOLYGON : type;
}

/* NOLINTNEXTLINE(misc-no-recursion): at most GEOMETRY_DEPTH_MAX deep */
static bool walk_any(struct walk *w, uint32_t wanted, int depth)
{
    struct shape s;
    uint32_t count, part;
    if (!get_head(&s, w))
        return false;
    if (wanted && s.type != wanted)
        return stop(w, GEOMETRY_BROKEN);
    if (s.type == POINT)
        return walk_point(w, &s);
    if (s.type == LINE)
        return walk_line(w, &s);
    if (s.type == POLYGON || s.type == TRIANGLE)
        return walk_polygon(w, &s);
    if ((s.type < MULTIPOINT || s.type > COLLECTION) && s.type != POLYHEDRAL && s.type != TIN)
        return stop(w, GEOMETRY_BROKEN);
    if (depth == GEOMETRY_DEPTH_MAX)
        return stop(w, GEOMETRY_TOO_LARGE);
    put_head(w->out, type_out(s.type, &part));
    if (!get_u32(&count, w, s.little))
        return false;
    put_u32(w->out, count);
    for (uint32_t i = 0; i < count; i++)
        if (!walk_any(w, part, depth + 1))
            return false;
    return true;
}

static enum geometry_verdict judge(const struct walk *w)
{
    if (w->fault != GEOMETRY_ACCEPTED)
        return w->fault;
    if (w->at != w->end)
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
    struct walk w = {.out = out, .facts = facts ? facts : &none, .place = place};
    *w.facts = (struct geometry_facts){.vertices = 0};
    buf_clear(out);
    if (!wkb)
        return GEOMETRY_MISSING;
    w.at = (const unsigned char *)wkb;
    w.end = w.at + len;
    walk_any(&w, 0, 0);
    enum geometry_verdict verdict = judge(&w);
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
