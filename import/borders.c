/* DESIGN. Borders come from area_part, the pieces of at most 64 vertices that PostGIS itself
 * searches, so both look at the same doubles. They lie in a packed R-tree (sort-tile-recursive,
 * Leutenegger et al. 1997): boxes of a level in one array, BRANCHES of them under each box of the
 * next. Point in ring is the winding number (Sunday 2001) with the comparisons of PostGIS
 * (point_in_ring of lwgeom_functions_analytic.c): side by the sign of one cross product, a point on
 * a segment is on the border, segments without length are passed over. Rejected: GEOS prepared
 * geometries (another predicate than ST_Intersects(polygon, point) uses) and two LATERAL joins a
 * row in SQL, which took 43 µs a point against less than one here. */
#include "import/borders.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "sql.h"

enum { BRANCHES = 16, LEVELS_MAX = 8, CODE_MAX = 32, NAME_MAX = 128 };

struct box {
    double x0, y0, x1, y1;
};

struct ring {
    const double *at; /* x, y, x, y, …; the last vertex is the first */
    unsigned count;   /* vertices */
};

struct part {
    struct box box;
    struct ring *rings; /* the first is the outer one */
    unsigned ring_count;
    bool county; /* else township */
    char code[CODE_MAX];
    double *vertices;
};

struct name {
    char key[NAME_MAX], code[CODE_MAX];
};

struct borders {
    struct part *parts;
    size_t count, room;
    struct box *boxes[LEVELS_MAX]; /* [0]: of the parts, in their order */
    size_t box_count[LEVELS_MAX];
    int levels;
    struct name *names; /* sorted by key */
    size_t name_count, name_room;
    bool known;
    int64_t state;
};

/* ---- loading ---- */

static bool take_text(char *out, size_t size, const unsigned char *field, int length)
{
    if (length < 0 || (size_t)length >= size)
        return false;
    memcpy(out, field, (size_t)length);
    out[length] = '\0';
    return true;
}

static uint32_t u32_at(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* A polygon as little-endian WKB. */
static bool take_polygon(struct part *p, const unsigned char *wkb, size_t len)
{
    size_t at = 9;
    if (len < at || wkb[0] != 1 || u32_at(wkb + 1) != 3)
        return false;
    p->ring_count = u32_at(wkb + 5);
    if (!p->ring_count || p->ring_count > len / 4)
        return false;
    p->rings = mem_alloc(p->ring_count * sizeof *p->rings);
    p->vertices = mem_alloc(len);
    double *to = p->vertices;
    p->box = (struct box){INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (unsigned r = 0; r < p->ring_count; r++) {
        if (len - at < 4)
            return false;
        uint32_t n = u32_at(wkb + at);
        at += 4;
        if ((len - at) / 16 < n)
            return false;
        p->rings[r] = (struct ring){to, n};
        for (uint32_t i = 0; i < 2 * n; i++, at += 8) {
            uint64_t bits = u32_at(wkb + at) | (uint64_t)u32_at(wkb + at + 4) << 32;
            memcpy(to++, &bits, sizeof bits);
        }
        for (const double *v = p->rings[r].at; v < to; v += 2)
            p->box = (struct box){fmin(p->box.x0, v[0]), fmin(p->box.y0, v[1]),
                                  fmax(p->box.x1, v[0]), fmax(p->box.y1, v[1])};
    }
    return true;
}

static bool take_part(void *ctx, const unsigned char *const *fields, const int *lengths, int count,
                      struct error *err)
{
    struct borders *b = ctx;
    struct part p = {.rings = NULL};
    bool ok = count == 3 && lengths[2] >= 0 &&
              take_text(p.code, sizeof p.code, fields[1], lengths[1]) &&
              take_polygon(&p, fields[2], (size_t)lengths[2]);
    p.county = ok && lengths[0] == 6 && !memcmp(fields[0], "county", 6);
    if (b->count == b->room) {
        b->room = b->room ? 2 * b->room : 256;
        b->parts = mem_resize(b->parts, b->room, sizeof *b->parts);
    }
    b->parts[b->count++] = p; /* freed with the others also where it is not whole */
    return ok || error_set(err, ERROR_DATABASE, "a stored border is not a polygon");
}

static bool take_name(void *ctx, const unsigned char *const *fields, const int *lengths, int count,
                      struct error *err)
{
    struct borders *b = ctx;
    struct name n;
    if (count != 2)
        return error_set(err, ERROR_INTERNAL, "names of counties came with %d columns", count);
    b->known = true;
    if (!take_text(n.key, sizeof n.key, fields[0], lengths[0]) ||
        !take_text(n.code, sizeof n.code, fields[1], lengths[1]))
        return error_set(err, ERROR_DATABASE, "the name of a county is too long");
    if (b->name_count == b->name_room) {
        b->name_room = b->name_room ? 2 * b->name_room : 64;
        b->names = mem_resize(b->names, b->name_room, sizeof *b->names);
    }
    b->names[b->name_count++] = n;
    return true;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct name *)a)->key, ((const struct name *)b)->key);
}

static int compare_x(const void *a, const void *b)
{
    const struct box *p = &((const struct part *)a)->box, *q = &((const struct part *)b)->box;
    double d = (p->x0 + p->x1) - (q->x0 + q->x1);
    return d < 0 ? -1 : d > 0;
}

static int compare_y(const void *a, const void *b)
{
    const struct box *p = &((const struct part *)a)->box, *q = &((const struct part *)b)->box;
    double d = (p->y0 + p->y1) - (q->y0 + q->y1);
    return d < 0 ? -1 : d > 0;
}

static struct box around(const struct box *boxes, size_t count)
{
    struct box all = boxes[0];
    for (size_t i = 1; i < count; i++)
        all = (struct box){fmin(all.x0, boxes[i].x0), fmin(all.y0, boxes[i].y0),
                           fmax(all.x1, boxes[i].x1), fmax(all.y1, boxes[i].y1)};
    return all;
}

static void build_tree(struct borders *b)
{
    if (!b->count)
        return;
    size_t leaves = (b->count + BRANCHES - 1) / BRANCHES;
    size_t strip = (size_t)ceil(sqrt((double)leaves)) * BRANCHES;
    qsort(b->parts, b->count, sizeof *b->parts, compare_x);
    for (size_t i = 0; i < b->count; i += strip)
        qsort(b->parts + i, b->count - i < strip ? b->count - i : strip, sizeof *b->parts,
              compare_y);
    b->boxes[0] = mem_alloc(b->count * sizeof **b->boxes);
    for (size_t i = 0; i < b->count; i++)
        b->boxes[0][i] = b->parts[i].box;
    b->box_count[0] = b->count;
    b->levels = 1;
    while (b->box_count[b->levels - 1] > BRANCHES && b->levels < LEVELS_MAX) {
        const struct box *below = b->boxes[b->levels - 1];
        size_t n = b->box_count[b->levels - 1], up = (n + BRANCHES - 1) / BRANCHES;
        struct box *boxes = mem_alloc(up * sizeof *boxes);
        for (size_t i = 0; i < up; i++)
            boxes[i] = around(below + i * BRANCHES,
                              n - i * BRANCHES < BRANCHES ? n - i * BRANCHES : BRANCHES);
        b->boxes[b->levels] = boxes;
        b->box_count[b->levels++] = up;
    }
}

static bool read_state(int64_t *state, struct db *db, struct error *err)
{
    struct db_result *r = db_run(db, SQL_import_borders_state.text, err, DB_NONE);
    *state = r ? db_get_i64(r, 0, 0) : 0;
    db_done(r);
    return r != NULL;
}

struct borders *borders_load(struct db *db, struct error *err)
{
    struct borders *b = mem_zero(1, sizeof *b);
    if (!read_state(&b->state, db, err) ||
        !db_copy_out(db, SQL_import_borders_parts.text, take_part, b, err) ||
        !db_copy_out(db, SQL_import_borders_names.text, take_name, b, err)) {
        borders_free(b);
        return NULL;
    }
    if (b->name_count)
        qsort(b->names, b->name_count, sizeof *b->names, compare_names);
    build_tree(b);
    return b;
}

void borders_free(struct borders *b)
{
    if (!b)
        return;
    for (size_t i = 0; i < b->count; i++) {
        free(b->parts[i].rings);
        free(b->parts[i].vertices);
    }
    for (int i = 0; i < b->levels; i++)
        free(b->boxes[i]);
    free(b->parts);
    free(b->names);
    free(b);
}

bool borders_hold(bool *hold, const struct borders *b, struct db *db, struct error *err)
{
    int64_t state;
    if (!read_state(&state, db, err))
        return false;
    *hold = state == b->state;
    return true;
}

bool borders_known(const struct borders *b)
{
    return b->known;
}

/* ---- asking ---- */

static bool on_segment(const double *a, const double *b, double x, double y)
{
    return x >= fmin(a[0], b[0]) && x <= fmax(a[0], b[0]) && y >= fmin(a[1], b[1]) &&
           y <= fmax(a[1], b[1]);
}

/* 1 inside, 0 on the ring, -1 outside. */
static int in_ring(const struct ring *r, double x, double y)
{
    static const double shortest = 1e-12 * 1e-12; /* degrees², as PostGIS has it */
    int winding = 0;
    for (unsigned i = 0; i + 1 < r->count; i++) {
        const double *a = r->at + 2 * i, *b = a + 2;
        double dx = b[0] - a[0], dy = b[1] - a[1];
        double side = dx * (y - a[1]) - (x - a[0]) * dy;
        if (dx * dx + dy * dy < shortest)
            continue;
        if (side == 0 && on_segment(a, b, x, y))
            return 0;
        if (a[1] <= y && y < b[1] && side > 0)
            winding++;
        else if (b[1] <= y && y < a[1] && side < 0)
            winding--;
    }
    return winding ? 1 : -1;
}

static bool in_part(const struct part *p, double x, double y)
{
    if (in_ring(&p->rings[0], x, y) < 0)
        return false;
    for (unsigned i = 1; i < p->ring_count; i++) {
        int hole = in_ring(&p->rings[i], x, y);
        if (hole >= 0)
            return hole == 0;
    }
    return true;
}

struct search {
    const struct borders *b;
    double x, y;
    const char *county, *township;
};

static void look(struct search *s, int level, size_t from, size_t count)
{
    const struct borders *b = s->b;
    for (size_t i = from; i < from + count; i++) {
        const struct box *box = &b->boxes[level][i];
        if (s->x < box->x0 || s->x > box->x1 || s->y < box->y0 || s->y > box->y1)
            continue;
        if (level) {
            size_t first = i * BRANCHES, left = b->box_count[level - 1] - first;
            look(s, level - 1, first, left < BRANCHES ? left : BRANCHES);
            continue;
        }
        const struct part *p = &b->parts[i];
        const char **found = p->county ? &s->county : &s->township;
        if ((!*found || strcmp(p->code, *found) < 0) && in_part(p, s->x, s->y))
            *found = p->code;
    }
}

void borders_find(const char **county, const char **township, const struct borders *b, double lon,
                  double lat)
{
    struct search s = {.b = b, .x = lon, .y = lat};
    if (b->levels)
        look(&s, b->levels - 1, 0, b->box_count[b->levels - 1]);
    *county = s.county;
    *township = s.township;
}

const char *borders_county(const struct borders *b, const char *name, size_t len)
{
    struct name key;
    if (!name || !len || len >= sizeof key.key || !b->name_count)
        return NULL;
    memcpy(key.key, name, len);
    key.key[len] = '\0';
    const struct name *n = bsearch(&key, b->names, b->name_count, sizeof *b->names, compare_names);
    return n ? n->code : NULL;
}
