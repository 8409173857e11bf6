#include "import/mask.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/area_wkb.h"
#include "gis/crs.h"
#include "import/points.h"
#include "import/reader.h"

/* A line of this length in one system is straight in another within a metre. */
#define PIECE_M 5000.0
#define PIECE_DEG 0.05
enum { PIECES_MAX = 1000 /* of one line */ };

struct move {
    struct crs *from, *to;
};

static bool move(void *ctx, double *x, double *y)
{
    struct move *m = ctx;
    double lon, lat;
    return crs_to_lonlat(m->from, &lon, &lat, *x, *y) && crs_from_lonlat(m->to, x, y, lon, lat);
}

/* The same area with its long lines cut, moved. False where a place has no place. */
static bool cut_and_move(struct area *out, const struct area *in, double piece, struct move *m)
{
    size_t polygon = 0;
    for (size_t ring = 0; ring < in->rings; ring++) {
        size_t first = in->ring[ring],
               end = ring + 1 < in->rings ? in->ring[ring + 1] : in->vertices;
        for (; polygon < in->polygons && in->polygon[polygon] == ring; polygon++)
            area_begin_polygon(out);
        area_begin_ring(out);
        for (size_t i = first; i < end; i++) {
            size_t next = i + 1 < end ? i + 1 : first;
            double dx = in->x[next] - in->x[i], dy = in->y[next] - in->y[i];
            double pieces = ceil(hypot(dx, dy) / piece);
            int count = pieces < 1 ? 1 : pieces > PIECES_MAX ? PIECES_MAX : (int)pieces;
            for (int k = 0; k < count; k++) {
                double x = in->x[i] + dx * k / count, y = in->y[i] + dy * k / count;
                if (out->vertices == AREA_VERTICES_MAX || !move(m, &x, &y))
                    return false;
                area_add_vertex(out, x, y);
            }
        }
    }
    return true;
}

static bool take_row(struct area *area, const struct reader_row *row, struct error *err)
{
    enum area_verdict v =
        row->wkb ? area_add_wkb(area, row->wkb, row->wkb_len, NULL, NULL) : AREA_NO_POLYGON;
    unsigned long long line = row->line;
    if (v == AREA_TAKEN)
        return true;
    if (v == AREA_TOO_LARGE)
        return error_set(err, ERROR_TOO_LARGE,
                         "the mask has more than %d vertices; simplify it first",
                         AREA_VERTICES_MAX);
    return v == AREA_NO_POLYGON
               ? error_set(err, ERROR_INPUT, "the mask's feature %llu is no polygon", line)
               : error_set(err, ERROR_INPUT, "the polygon of the mask's feature %llu is broken",
                           line);
}

static bool read_rows(struct area *area, uint64_t *features, struct reader *reader,
                      struct error *err)
{
    struct reader_row row = {.offset = 0};
    for (;;) {
        enum reader_got got = reader_next(&row, reader, err);
        if (got == READER_FAILED)
            return false;
        if (got == READER_END)
            return area->polygons || error_set(err, ERROR_INPUT, "the mask has no polygon");
        if (got == READER_BAD)
            return error_set(err, ERROR_INPUT, "the mask's feature %llu cannot be read: %.150s",
                             (unsigned long long)row.line, row.reason);
        if (got == READER_ROW && !take_row(area, &row, err))
            return false;
        *features += got == READER_ROW;
    }
}

static bool move_area(struct area *out, struct area *in, const char *from, const char *to,
                      struct error *err)
{
    if (!strcmp(from, to)) {
        *out = *in;
        *in = (struct area){.x = NULL};
        return true;
    }
    struct move m = {.from = crs_open(from, err)};
    m.to = m.from ? crs_open(to, err) : NULL;
    bool ok = m.to != NULL;
    if (ok && !cut_and_move(out, in, points_in_degrees(from) ? PIECE_DEG : PIECE_M, &m))
        ok = error_set(err, ERROR_INPUT,
                       "the mask has places that do not exist in %s, or too many vertices; is %s "
                       "its coordinate system?",
                       to, from);
    crs_close(m.from);
    crs_close(m.to);
    return ok;
}

bool mask_read(struct area *out, uint64_t *features, int fd, const char *name,
               const struct mask_wish *wish, struct error *err)
{
    struct area area = {.x = NULL};
    struct reader_how how = {.encoding = wish->encoding,
                             .sheet = wish->sheet,
                             .parts = wish->parts,
                             .part_count = wish->part_count,
                             .lean = true};
    const char *crs = wish->crs;
    *features = 0;
    struct reader *reader = reader_open(fd, name, &how, err);
    bool ok = reader != NULL;
    if (ok && !reader_header(reader)->geometry)
        ok = error_set(err, ERROR_INPUT, "the mask %.100s has no geometry", name);
    if (ok && !crs && !*reader_header(reader)->crs)
        ok = error_set(err, ERROR_INPUT,
                       "the mask %.100s does not say its coordinate system: give --mask-crs", name);
    if (ok && !crs && !(crs = points_crs(reader_header(reader)->crs, err))) {
        error_append(err, "; the mask says so: give --mask-crs");
        ok = false;
    }
    ok = ok && read_rows(&area, features, reader, err) && move_area(out, &area, crs, wish->to, err);
    reader_close(reader);
    area_free(&area);
    return ok;
}
