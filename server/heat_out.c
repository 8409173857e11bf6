#include "server/heat_out.h"

#include <math.h>
#include <string.h>

#include "gis/crs.h"
#include "gis/text.h"

enum { EDGE = 16 /* places on an edge of a box that is taken to another system */ };

static bool in_degrees(const char *code)
{
    return !strcmp(code, "EPSG:4326");
}

static const char *bbox_crs(const struct request *r)
{
    const char *code = request_query(r, "bbox-crs");
    return code ? code : "EPSG:4326";
}

/* The four numbers of bbox, in its own system. */
static bool take_numbers(double box[4], const struct request *r, const char *text,
                         struct error *err)
{
    const char *at = text, *code = bbox_crs(r);
    int count = 0;
    for (bool more = true; more && count < 5; count++) {
        char part[40];
        size_t len = strcspn(at, ",");
        if (len >= sizeof part || count == 4)
            break;
        memcpy(part, at, len);
        part[len] = '\0';
        if (!text_to_double(&box[count], part))
            break;
        more = at[len] != '\0';
        at += len + more;
        bool within =
            !in_degrees(code) || (box[0] >= -180 && box[2] <= 180 && box[1] >= -85 && box[3] <= 85);
        if (!more && count == 3 && within && box[0] < box[2] && box[1] < box[3])
            return true;
    }
    return error_set(err, ERROR_INPUT,
                     "bbox is \"%.80s\"; it must be west,south,east,north in %s (%s), west < east, "
                     "south < north",
                     text, in_degrees(code) ? "degrees" : "metres", code);
}

typedef bool move_place(struct crs *crs, double *x, double *y, double from_x, double from_y);

/* The box in another system that holds the edges of this one; code: of the one in metres. */
static bool move_box(double out[4], const double box[4], const char *code, move_place *move,
                     struct error *err)
{
    struct crs *crs = crs_open(code, err);
    bool ok = crs != NULL;
    out[0] = out[1] = INFINITY;
    out[2] = out[3] = -INFINITY;
    for (int i = 0; ok && i < 4 * (EDGE + 1); i++) {
        int step = i / 4;
        double part = (double)step / EDGE, x, y;
        bool across = i % 2; /* an edge along a parallel */
        double from_x = across ? box[0] + part * (box[2] - box[0]) : box[i % 4],
               from_y = across ? box[i % 4] : box[1] + part * (box[3] - box[1]);
        if (!move(crs, &x, &y, from_x, from_y)) {
            ok = error_set(err, ERROR_INPUT, "bbox has places that do not exist in %s", code);
            break;
        }
        out[0] = fmin(out[0], x);
        out[1] = fmin(out[1], y);
        out[2] = fmax(out[2], x);
        out[3] = fmax(out[3], y);
    }
    crs_close(crs);
    return ok;
}

bool heat_out_bbox(double box[4], bool *told, const struct request *r, struct error *err)
{
    const char *text = request_query(r, "bbox");
    double own[4];
    *told = text != NULL;
    if (!text && request_query(r, "bbox-crs"))
        return error_set(err, ERROR_INPUT, "bbox-crs belongs to bbox");
    if (!text || in_degrees(bbox_crs(r)))
        return !text || take_numbers(box, r, text, err);
    return take_numbers(own, r, text, err) && move_box(box, own, bbox_crs(r), crs_to_lonlat, err);
}

static void join_box(double box[4], const double more[4])
{
    box[0] = fmin(box[0], more[0]);
    box[1] = fmin(box[1], more[1]);
    box[2] = fmax(box[2], more[2]);
    box[3] = fmax(box[3], more[3]);
}

/* What the sources reach; false: no point. */
static bool reach_of(double box[4], const struct heat_source *const *sources, int count)
{
    bool any = false;
    box[0] = box[1] = INFINITY;
    box[2] = box[3] = -INFINITY;
    for (int i = 0; i < count; i++) {
        double one[4];
        if (!heat_raster_box(one, sources[i]))
            continue;
        join_box(box, one);
        any = true;
    }
    return any;
}

static bool take_box(double box[4], bool *told, const struct request *r,
                     const struct heat_source *const *sources, int count, bool clip,
                     struct error *err)
{
    double all[4];
    if (!heat_out_bbox(box, told, r, err))
        return false;
    bool any = reach_of(all, sources, count);
    if (!*told && !any)
        return error_set(err, ERROR_INPUT,
                         "no point passes these filters, so there is no extent: give bbox");
    if (!*told)
        memcpy(box, all, sizeof all);
    bool meet = any && all[0] < box[2] && all[2] > box[0] && all[1] < box[3] && all[3] > box[1];
    if (!clip || !*told || !meet)
        return true;
    for (int i = 0; i < 4; i++)
        box[i] = i < 2 ? fmax(box[i], all[i]) : fmin(box[i], all[i]);
    *told = false; /* another box than the one that was told */
    return true;
}

/* In the raster's system: as told where it was told in that. */
static bool place_box(double out[4], const double box[4], bool told, const struct request *r,
                      const char *crs, struct error *err)
{
    if (told && !strcmp(crs, bbox_crs(r)))
        return take_numbers(out, r, request_query(r, "bbox"), err);
    memcpy(out, box, 4 * sizeof *out);
    return in_degrees(crs) || move_box(out, box, crs, crs_from_lonlat, err);
}

static bool check_pixels(const struct heat_raster *out, const struct heat_out_limits *limits,
                         struct error *err)
{
    double pixels = (double)out->grid.width * out->grid.height;
    return pixels <= limits->pixels ||
           error_set(err, ERROR_TOO_LARGE,
                     "that would be %d x %d pixels; %d are the most here: a pixel %.2f times as "
                     "large would pass, or a smaller bbox",
                     out->grid.width, out->grid.height, limits->pixels,
                     sqrt(pixels / limits->pixels) * 1.01);
}

static bool too_coarse(double pixel, double radius, const struct heat_out_limits *limits,
                       struct error *err)
{
    return error_set(err, ERROR_INPUT,
                     "pixel %g is too large for a radius of %g m: at most the radius / %d, %g m",
                     pixel, radius, limits->coarse, radius / limits->coarse);
}

static bool none_passes(double radius, const struct heat_out_limits *limits, struct error *err)
{
    double pixel = radius / limits->coarse, side = floor(sqrt(limits->pixels) * pixel / 1000);
    return error_set(err, ERROR_TOO_LARGE,
                     "a radius of %g m needs pixels of at most %g m, and %d of these are the most "
                     "here: a bbox of %.0f x %.0f km would pass, or a larger radius",
                     radius, pixel, limits->pixels, side, side);
}

bool heat_out_lay(struct heat_raster *out, const struct request *r, const char *crs,
                  const struct heat_source *const *sources, int count,
                  const struct heat_out_limits *limits, struct error *err)
{
    double box[4], moved[4], pixel = 0, radius = INFINITY, near[2] = {0};
    bool bbox_told, told = request_query(r, "pixel") != NULL;
    for (int i = 0; i < count; i++)
        radius = fmin(radius, sources[i]->query.radius);
    if (!request_double(&pixel, r, "pixel", 0, 100000, err) ||
        !take_box(box, &bbox_told, r, sources, count, limits->clip, err) ||
        !place_box(moved, box, bbox_told, r, crs, err))
        return false;
    for (int i = 0; i < count && i < 2; i++)
        near[i] = heat_raster_near(sources[i], box);
    if (told && limits->coarse && pixel * limits->coarse > radius)
        return too_coarse(pixel, radius, limits, err);
    if (!told)
        pixel = fmax(1, radius / limits->fine);
    for (;;) {
        struct error why = {.kind = ERROR_NONE};
        bool ok = heat_raster_lay(out, crs, moved, pixel, &why);
        for (int i = 0; ok && i < count; i++)
            ok = heat_raster_check(out, sources[i], near[i], &why);
        if (ok && check_pixels(out, limits, &why))
            return true;
        bool last = limits->coarse && 2 * pixel * limits->coarse > radius;
        if (told || last || why.kind != ERROR_TOO_LARGE) {
            *err = why;
            return why.kind == ERROR_TOO_LARGE && last ? none_passes(radius, limits, err) : false;
        }
        pixel *= 2;
    }
}

static bool move_point(void *ctx, double *x, double *y, double lon, double lat)
{
    return crs_from_lonlat(ctx, x, y, lon, lat);
}

bool heat_out_go_on(void *ctx, double part)
{
    (void)part;
    return !request_gone(ctx);
}

void *heat_out_context(const struct request *r)
{
    void *context; /* read only */
    memcpy(&context, &r, sizeof context);
    return context;
}

bool heat_out_fill(struct heat_raster *raster, const struct request *r, const struct heat_source *s,
                   struct error *err)
{
    struct crs *crs = NULL;
    bool plane = !raster->grid.degrees;
    raster->tell = heat_out_go_on;
    raster->tell_ctx = heat_out_context(r);
    bool ok = (!plane || (crs = crs_open(raster->crs, err))) &&
              heat_raster_fill(raster, s, plane ? move_point : NULL, crs, err);
    crs_close(crs);
    return ok;
}
