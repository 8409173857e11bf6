#include "server/heat_out.h"

#include <math.h>
#include <string.h>

#include "gis/crs.h"
#include "gis/text.h"

enum { EDGE = 16 /* places on an edge of a box that is taken to another system */ };

bool heat_out_bbox(double box[4], bool *told, const struct request *r, struct error *err)
{
    const char *text = request_query(r, "bbox"), *at = text;
    int count = 0;
    *told = text != NULL;
    if (!text)
        return true;
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
        if (!more && count == 3 && box[0] >= -180 && box[2] <= 180 && box[1] >= -85 &&
            box[3] <= 85 && box[0] < box[2] && box[1] < box[3])
            return true;
    }
    return error_set(err, ERROR_INPUT,
                     "bbox is \"%.80s\"; it must be west,south,east,north in degrees, west < east, "
                     "south < north",
                     text);
}

/* The box in another system that holds the edges of the one in degrees. */
static bool move_box(double out[4], const double box[4], const char *code, struct error *err)
{
    struct crs *crs = crs_open(code, err);
    bool ok = crs != NULL;
    out[0] = out[1] = INFINITY;
    out[2] = out[3] = -INFINITY;
    for (int i = 0; ok && i < 4 * (EDGE + 1); i++) {
        int step = i / 4;
        double part = (double)step / EDGE, x, y;
        bool across = i % 2; /* an edge along a parallel */
        double lon = across ? box[0] + part * (box[2] - box[0]) : box[i % 4],
               lat = across ? box[i % 4] : box[1] + part * (box[3] - box[1]);
        if (!crs_from_lonlat(crs, &x, &y, lon, lat)) {
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

static void join_box(double box[4], const double more[4])
{
    box[0] = fmin(box[0], more[0]);
    box[1] = fmin(box[1], more[1]);
    box[2] = fmax(box[2], more[2]);
    box[3] = fmax(box[3], more[3]);
}

static bool take_box(double box[4], const struct request *r,
                     const struct heat_source *const *sources, int count, struct error *err)
{
    bool told, any = false;
    if (!heat_out_bbox(box, &told, r, err))
        return false;
    if (told)
        return true;
    box[0] = box[1] = INFINITY;
    box[2] = box[3] = -INFINITY;
    for (int i = 0; i < count; i++) {
        double one[4];
        if (!heat_raster_box(one, sources[i]))
            continue;
        join_box(box, one);
        any = true;
    }
    return any || error_set(err, ERROR_INPUT,
                            "no point passes these filters, so there is no extent: give bbox");
}

bool heat_out_lay(struct heat_raster *out, const struct request *r, const char *crs,
                  const struct heat_source *const *sources, int count,
                  const struct heat_out_limits *limits, struct error *err)
{
    double box[4], moved[4], pixel = 0, radius = INFINITY;
    for (int i = 0; i < count; i++)
        radius = fmin(radius, sources[i]->query.radius);
    if (!request_double(&pixel, r, "pixel", 0, 100000, err) ||
        !take_box(box, r, sources, count, err))
        return false;
    memcpy(moved, box, sizeof moved);
    if (strcmp(crs, "EPSG:4326") != 0 && !move_box(moved, box, crs, err))
        return false;
    bool told = request_query(r, "pixel") != NULL;
    double near[2] = {0};
    for (int i = 0; i < count && i < 2; i++)
        near[i] = heat_raster_near(sources[i], box);
    if (!told)
        pixel = fmax(1, radius / limits->fine);
    for (;;) {
        struct error why = {.kind = ERROR_NONE};
        bool ok = heat_raster_lay(out, crs, moved, pixel, &why);
        for (int i = 0; ok && i < count; i++)
            ok = heat_raster_check(out, sources[i], near[i], &why);
        ok = ok && ((int64_t)out->grid.width * out->grid.height <= limits->pixels ||
                    error_set(&why, ERROR_TOO_LARGE,
                              "that would be %d x %d pixels; %d are the most here: take a larger "
                              "pixel or a smaller bbox",
                              out->grid.width, out->grid.height, limits->pixels));
        if (ok)
            return true;
        if (told || why.kind != ERROR_TOO_LARGE) {
            *err = why;
            return false;
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
    return (void *)(uintptr_t)r; /* read only */
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
