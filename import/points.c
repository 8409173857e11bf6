#include "import/points.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "gis/clock.h"
#include "gis/exact_sum.h"
#include "gis/mem.h"
#include "gis/text.h"
#include "import/axis.h"
#include "import/columns.h"
#include "import/names.h"
#include "import/place.h"
#include "import/position.h"
#include "import/value.h"

enum { LON, LAT, X, Y, WEIGHT, FIELDS };
enum { TELL_MS = 100, ROWS_BETWEEN_CLOCKS = 1024, SAMPLES = 64 };

struct job {
    struct points *out;
    const struct points_wish *wish;
    struct reader *reader;
    int column[COLUMNS_FIELDS_MAX];
    int x, y;    /* columns of the coordinates; -1 = the file's own points */
    int weight;  /* -1 = none */
    size_t room; /* points */
    struct exact_sum total;
    struct place_reader place;
    struct crs *to; /* NULL = the coordinates stay as they are */
    /* Coordinates within surely lie in the region, as most do: no transformation is needed to say
     * so. */
    double inside[4]; /* xmin, ymin, xmax, ymax */
    bool inside_known;
};

const char *points_crs(const char *code, struct error *err)
{
    for (int i = 0; crs_codes[i]; i++)
        if (!strcasecmp(crs_codes[i], code) || !strcmp(strchr(crs_codes[i], ':') + 1, code))
            return crs_codes[i];
    error_fill(err, ERROR_INPUT, "there is no coordinate system \"%.40s\" here; there are", code);
    for (int i = 0; crs_codes[i]; i++)
        error_append(err, "%s %s", i ? "," : "", crs_codes[i]);
    return NULL;
}

bool points_in_degrees(const char *crs)
{
    return !strcmp(crs, "EPSG:4326") || !strcmp(crs, "EPSG:3824");
}

/* ---- which columns, which system ---- */

static const struct import_field known[] = {
    POSITION_PAIRS(LON, LAT, X, Y),
    [WEIGHT] = {"weight", "", "weight of the point", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};
/* Where the columns are told nothing else is looked for. */
static const struct import_field told[] = {
    {"x", "", "easting or longitude", false},
    {"y", "", "northing or latitude", false},
    {"weight", "", "weight of the point", false},
    {NULL, NULL, NULL, false},
};

static void take(struct points *p, const char *name, const char *value, const char *why)
{
    if (p->taken_count == POINTS_NOTES_MAX)
        return;
    struct import_taken *t = &p->taken[p->taken_count++];
    text_copy(t->name, sizeof t->name, name);
    text_copy(t->value, sizeof t->value, value);
    text_copy(t->why, sizeof t->why, why);
}

static bool map_columns(struct job *j, const struct import_kind *kind,
                        const struct import_map *maps, int map_count, struct error *err)
{
    const struct reader_header *header = reader_header(j->reader);
    if (!columns_map(j->column, kind, header, maps, map_count, err))
        return false;
    j->weight = -1;
    if (j->wish->weight)
        j->weight = j->column[kind->fields == told ? 2 : WEIGHT];
    if (kind->fields == told) {
        j->x = j->column[0];
        j->y = j->column[1];
        return true;
    }
    const int *c = j->column;
    bool degrees = c[LON] >= 0 && c[LAT] >= 0, metres = c[X] >= 0 && c[Y] >= 0;
    if (degrees && metres && j->wish->crs) /* the system says which */
        degrees = points_in_degrees(j->wish->crs);
    if (header->geometry) /* columns beside it are copies, or were before someone moved a point */
        degrees = metres = false;
    j->x = degrees ? c[LON] : metres ? c[X] : -1;
    j->y = degrees ? c[LAT] : metres ? c[Y] : -1;
    if (j->x >= 0 || header->geometry)
        return true;
    error_fill(err, ERROR_INPUT,
               "no two columns are known as coordinates by their names; say which with --x and "
               "--y. The file's columns are:");
    for (int i = 0; i < header->count; i++)
        error_append(err, "%s %.60s", i ? "," : "", header->columns[i].text);
    return false;
}

static const char *crs_of_columns(const struct job *j)
{
    const struct reader_header *header = reader_header(j->reader);
    const struct reader_field *x = &header->columns[j->x];
    char *key = names_key(x->text, x->len);
    enum axis axis = axis_find(key);
    const char *crs = axis == AXIS_LON ? "EPSG:4326" : axis_crs(key);
    if (axis == AXIS_LON && axis_is_twd67(key))
        crs = NULL;
    free(key);
    return crs;
}

/* Notes what the file says where it was told another system. Degrees of TWD97 and of WGS 84 are the
 * same within a metre. */
static void note_differing(struct job *j)
{
    const struct reader_header *header = reader_header(j->reader);
    struct error none = {.kind = ERROR_NONE};
    const char *taken = j->wish->crs, *says = j->x >= 0 ? crs_of_columns(j) : header->crs;
    if (!taken || !says || !*says)
        return;
    const char *code = points_crs(says, &none);
    if (code && (!strcmp(code, taken) || (points_in_degrees(code) && points_in_degrees(taken))))
        return;
    snprintf(j->out->differs, sizeof j->out->differs, "%s %.60s",
             j->x >= 0 ? "the names of the columns say" : "the file says", says);
}

static bool open_place(struct job *j, struct error *err)
{
    const struct reader_header *header = reader_header(j->reader);
    const char *crs = j->wish->crs, *why = "as told";
    note_differing(j);
    if (!crs && j->x >= 0) {
        crs = crs_of_columns(j);
        why = "the names of the columns say so";
    } else if (!crs && *header->crs) {
        crs = points_crs(header->crs, err);
        why = "the file says so";
        if (!crs)
            return error_append(err, "; the file says \"%.40s\": give --crs", header->crs), false;
    }
    if (crs)
        take(j->out, "crs", crs, why);
    return place_open(&j->place, crs, err);
}

/* The largest rectangle of the file's system inside the region: between the images of its four
 * edges. */
static void find_inside(struct job *j)
{
    double b[4] = {-INFINITY, -INFINITY, INFINITY, INFINITY}, x, y;
    j->inside_known = true;
    for (int i = 0; i <= SAMPLES; i++) {
        double lon = 114 + 9.5 * i / SAMPLES, lat = 10 + 17.0 * i / SAMPLES;
        bool ok = crs_from_lonlat(j->place.crs, &x, &y, 114, lat);
        b[0] = ok ? fmax(b[0], x) : INFINITY;
        ok = crs_from_lonlat(j->place.crs, &x, &y, 123.5, lat);
        b[2] = ok ? fmin(b[2], x) : -INFINITY;
        ok = crs_from_lonlat(j->place.crs, &x, &y, lon, 10);
        b[1] = ok ? fmax(b[1], y) : INFINITY;
        ok = crs_from_lonlat(j->place.crs, &x, &y, lon, 27);
        b[3] = ok ? fmin(b[3], y) : -INFINITY;
    }
    /* Between two samples an edge bends by less than a thousandth of the region. */
    double mx = (b[2] - b[0]) / 1000, my = (b[3] - b[1]) / 1000;
    j->inside[0] = b[0] + mx;
    j->inside[1] = b[1] + my;
    j->inside[2] = b[2] - mx;
    j->inside[3] = b[3] - my;
}

/* What the first numbers said, and where the points go. */
static bool settle_crs(struct job *j, struct error *err)
{
    struct points *p = j->out;
    if (*j->place.why)
        take(p, "crs", j->place.code, j->place.why);
    text_copy(p->read_as, sizeof p->read_as, j->place.code);
    text_copy(p->crs, sizeof p->crs, j->wish->to ? j->wish->to : j->place.code);
    find_inside(j);
    if (strcmp(p->crs, p->read_as) != 0)
        j->to = crs_open(p->crs, err);
    return j->to || !strcmp(p->crs, p->read_as);
}

/* ---- rows ---- */

static void leave_out(struct points *p, const struct reader_row *row, const char *code,
                      const char *sentence)
{
    p->rows_left++;
    for (int i = 0; i < p->reason_count; i++)
        if (!strcmp(p->reasons[i].code, code)) {
            p->reasons[i].rows++;
            return;
        }
    if (p->reason_count == POINTS_REASONS_MAX) { /* the last gathers what there is no room for */
        p->reasons[POINTS_REASONS_MAX - 1].rows++;
        return;
    }
    struct import_reason *r = &p->reasons[p->reason_count++];
    text_copy(r->code, sizeof r->code, code);
    snprintf(r->example, sizeof r->example, "line %llu: %.150s", (unsigned long long)row->line,
             sentence);
    r->rows = 1;
}

static const char *trimmed(const struct reader_row *row, int column)
{
    const char *text = column >= 0 ? row->fields[column].text : NULL;
    if (!text)
        return NULL;
    size_t blank = strspn(text, " \t\r\n");
    return text[blank] ? text : NULL;
}

/* Without a transformation, as most are. */
static bool surely_accepted(const struct job *j, double x, double y)
{
    const double *b = j->inside;
    return j->inside_known && !j->to && x > b[0] && y > b[1] && x < b[2] && y < b[3];
}

static enum place_verdict read_place(struct job *j, double *lon, double *lat, double *x, double *y,
                                     const struct reader_row *row)
{
    if (j->x < 0) {
        if (!row->wkb)
            return PLACE_MISSING;
        if (!place_from_wkb(x, y, row->wkb, row->wkb_len))
            return PLACE_NOT_NUMBER;
        return surely_accepted(j, *x, *y) ? PLACE_ACCEPTED
                                          : place_check(&j->place, lon, lat, *x, *y);
    }
    const char *tx = trimmed(row, j->x), *ty = trimmed(row, j->y);
    static const char plain[] = "0123456789.";
    if (tx && ty && !tx[strspn(tx, plain)] && !ty[strspn(ty, plain)] && text_to_double(x, tx) &&
        text_to_double(y, ty) && surely_accepted(j, *x, *y))
        return PLACE_ACCEPTED;
    return place_read(&j->place, lon, lat, x, y, tx, ty);
}

static const struct {
    const char *code, *sentence;
} faults[] = {
    [PLACE_MISSING] = {"position_missing", "there is no position"},
    [PLACE_HALF] = {"position_half", "only one of the two coordinates is given"},
    [PLACE_NOT_NUMBER] = {"position_not_number",
                          "the coordinates are not numbers, or the geometry is not a point"},
    [PLACE_SWAPPED] = {"axes_swapped", "the coordinates are swapped: they fall in Taiwan only the "
                                       "other way round; exchange --x and --y"},
    [PLACE_OTHER_ZONE] = {"zone_mixed_up",
                          "the position is outside the region and would lie in Taiwan in the other "
                          "TM2 zone (119/121): give the zone with --crs"},
    [PLACE_OUTSIDE] = {"position_outside_region",
                       "the position is outside the region of Taiwan (longitude 114-123.5, "
                       "latitude 10-27) in this --crs"},
};

static bool take_weight(double *w, struct job *j, const struct reader_row *row)
{
    const char *text = trimmed(row, j->weight);
    *w = 1;
    if (j->weight < 0)
        return true;
    if (!text) {
        leave_out(j->out, row, "weight_missing", "there is no weight");
        return false;
    }
    if (!text_to_double(w, text) && !value_double(w, text)) {
        leave_out(j->out, row, "weight_not_number", "the weight is not a number");
        return false;
    }
    if (!(fabs(*w) <= POINTS_WEIGHT_MAX)) {
        leave_out(j->out, row, "weight_too_large", "the weight is more than 1e18");
        return false;
    }
    return true;
}

static bool add_point(struct job *j, double x, double y, double w, struct error *err)
{
    struct points *p = j->out;
    if (p->count == POINTS_MAX)
        return error_set(err, ERROR_TOO_LARGE, "the file has more than %d million points",
                         POINTS_MAX / 1000000);
    if (p->count == j->room) {
        j->room = j->room ? j->room * 2 : 4096;
        p->x = mem_resize(p->x, j->room, sizeof *p->x);
        p->y = mem_resize(p->y, j->room, sizeof *p->y);
        if (j->weight >= 0)
            p->weight = mem_resize(p->weight, j->room, sizeof *p->weight);
    }
    p->x[p->count] = x;
    p->y[p->count] = y;
    if (j->weight >= 0)
        p->weight[p->count] = w;
    p->count++;
    exact_sum_add(&j->total, w);
    return true;
}

static bool take_row(struct job *j, const struct reader_row *row, struct error *err)
{
    double lon = 0, lat = 0, x = 0, y = 0, w;
    enum place_verdict v = read_place(j, &lon, &lat, &x, &y, row);
    if (!j->inside_known && j->place.crs && !settle_crs(j, err))
        return false;
    bool anywhere = j->wish->anywhere && v >= PLACE_SWAPPED && j->place.crs &&
                    crs_to_lonlat(j->place.crs, &lon, &lat, x, y);
    if (v != PLACE_ACCEPTED && !anywhere) {
        leave_out(j->out, row, faults[v].code, faults[v].sentence);
        return true;
    }
    if (!take_weight(&w, j, row))
        return true;
    if (j->to && !crs_from_lonlat(j->to, &x, &y, lon, lat)) {
        leave_out(j->out, row, faults[PLACE_OUTSIDE].code, faults[PLACE_OUTSIDE].sentence);
        return true;
    }
    return add_point(j, x, y, w, err);
}

static bool read_rows(struct job *j, import_tell *tell, void *ctx, struct error *err)
{
    struct reader_row row = {.offset = 0};
    struct points *p = j->out;
    int64_t last = clock_ms();
    for (;;) {
        enum reader_got got = reader_next(&row, j->reader, err);
        if (got == READER_FAILED)
            return false;
        if (got == READER_END)
            return true;
        if (got != READER_IDLE)
            p->rows_read++;
        if (got == READER_BAD)
            leave_out(p, &row, row.code, row.reason);
        if (got == READER_ROW && !take_row(j, &row, err))
            return false;
        if (!tell || (got != READER_IDLE && p->rows_read % ROWS_BETWEEN_CLOCKS))
            continue;
        int64_t now = clock_ms();
        if (now - last < TELL_MS)
            continue;
        last = now;
        struct import_progress progress = {.stage = "reading",
                                           .rows = p->rows_read,
                                           .bytes = row.offset,
                                           .bytes_total = reader_header(j->reader)->bytes,
                                           .rejected = p->rows_left};
        if (!tell(ctx, &progress))
            return error_set(err, ERROR_CONFLICT,
                             "the heat map was cancelled; nothing was written");
    }
}

static bool read_file(struct job *j, int fd, const char *name, import_tell *tell, void *ctx,
                      struct error *err)
{
    const struct points_wish *w = j->wish;
    struct import_map maps[3];
    int map_count = 0;
    if (w->x)
        maps[map_count++] = (struct import_map){.field = "x", .column = w->x};
    if (w->y)
        maps[map_count++] = (struct import_map){.field = "y", .column = w->y};
    if (w->weight)
        maps[map_count++] = (struct import_map){.field = "weight", .column = w->weight};
    struct import_kind kind = {.name = "points", .fields = w->x ? told : known};
    struct reader_how how = {.encoding = w->encoding,
                             .sheet = w->sheet,
                             .kind = &kind,
                             .maps = maps,
                             .map_count = map_count,
                             .parts = w->parts,
                             .part_count = w->part_count,
                             .lean = true};
    if (!(j->reader = reader_open(fd, name, &how, err)) ||
        !map_columns(j, &kind, maps, map_count, err) || !open_place(j, err))
        return false;
    const struct reader_header *h = reader_header(j->reader);
    for (int i = 0; i < h->note_count; i++)
        take(j->out, h->notes[i].name, h->notes[i].value, h->notes[i].why);
    if (*h->note)
        take(j->out, "left unread", h->note, "");
    return read_rows(j, tell, ctx, err);
}

bool points_read(struct points *out, int fd, const char *name, const struct points_wish *wish,
                 import_tell *tell, void *ctx, struct error *err)
{
    *out = (struct points){.count = 0};
    struct job j = {.out = out, .wish = wish};
    if (!wish->x != !wish->y)
        return error_set(err, ERROR_INPUT, "--x and --y go together");
    bool ok = read_file(&j, fd, name, tell, ctx, err);
    out->total = exact_sum_value(&j.total);
    reader_close(j.reader);
    place_close(&j.place);
    crs_close(j.to);
    if (!*out->crs && wish->to)
        text_copy(out->crs, sizeof out->crs, wish->to);
    return ok;
}

void points_free(struct points *p)
{
    free(p->x);
    free(p->y);
    free(p->weight);
    p->x = p->y = p->weight = NULL;
    p->count = 0;
}
