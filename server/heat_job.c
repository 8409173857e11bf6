#include "server/heat_job.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gis/loaded.h"
#include "gis/mem.h"
#include "gis/text.h"

/* Degrees of a pixel given in metres are those at 23.5 N, wherever the points lie, so that grids of
 * different points fit on each other. */
#define PIXEL_LAT 23.5
#define SNAP 1e-9 /* of a pixel: rounding of decimal sizes */

enum { BLOCK_BYTES = 2 << 20 /* in which GDAL packs and writes a block of the file, at most */ };

const char *heat_job_unit(enum heat_unit unit)
{
    static const char *const names[HEAT_UNITS] = {[HEAT_UNIT_KM2] = "weight per km2",
                                                  [HEAT_UNIT_M2] = "weight per m2",
                                                  [HEAT_UNIT_RAW] = "weight x kernel (raw)"};
    return names[unit];
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool tell_reading(void *ctx, const struct import_progress *p)
{
    struct heat_job *job = ctx;
    double part = p->bytes_total ? (double)p->bytes / (double)p->bytes_total : 0;
    return !job->tell || job->tell(job->ctx, "reading", part);
}

static bool tell_computing(void *ctx, double part)
{
    struct heat_job *job = ctx;
    return !job->tell || job->tell(job->ctx, "computing", part);
}

static bool tell_writing(void *ctx, double part)
{
    struct heat_job *job = ctx;
    return !job->tell || job->tell(job->ctx, "writing", part);
}

/* ---- the grid ---- */

static bool size_pixels(struct heat_job *job, struct error *err)
{
    struct heat_grid *g = &job->grid;
    g->pixel_x = g->pixel_y = job->pixel_m = job->pixel;
    if (!g->degrees)
        return true;
    double east, north;
    heat_grid_degree(&east, &north, PIXEL_LAT);
    if (job->pixel < 0.1) {
        job->pixel_m = job->pixel * north;
        return true;
    }
    if (job->pixel < 1)
        return error_set(err, ERROR_INPUT,
                         "--pixel %g may be degrees or metres: on a grid in degrees (%s) give "
                         "degrees below 0.1, metres from 1",
                         job->pixel, job->points.crs);
    g->pixel_x = job->pixel / east;
    g->pixel_y = job->pixel / north;
    return true;
}

static void bound_points(struct heat_job *job)
{
    const struct points *p = &job->points;
    double *e = job->reach;
    e[0] = e[1] = INFINITY;
    e[2] = e[3] = -INFINITY;
    for (size_t i = 0; i < p->count; i++) {
        e[0] = fmin(e[0], p->x[i]);
        e[1] = fmin(e[1], p->y[i]);
        e[2] = fmax(e[2], p->x[i]);
        e[3] = fmax(e[3], p->y[i]);
    }
}

/* The extent of all points and what they reach. */
static bool extent_of_points(struct heat_job *job, struct error *err)
{
    const struct points *p = &job->points;
    const struct heat_grid *g = &job->grid;
    double *e = job->extent, rx = g->radius, ry;
    if (!p->count)
        return error_set(err, ERROR_INPUT,
                         "the file has no points, so there is no extent: give --extent");
    memcpy(e, job->reach, sizeof job->reach);
    ry = rx;
    if (g->degrees) {
        double east, north, lat = fmin(89, fmax(fabs(e[1]), fabs(e[3])) + g->radius / 110000);
        heat_grid_degree(&east, &north, lat);
        rx = g->radius / east;
        heat_grid_degree(&east, &north, 0); /* a degree of latitude is shortest there */
        ry = g->radius / north;
    }
    e[0] -= rx;
    e[1] -= ry;
    e[2] += rx;
    e[3] += ry;
    return true;
}

/* Outward to whole multiples of a pixel: grids of different points and extents with the same pixel
 * fit on each other, bit for bit. */
static void snap_extent(struct heat_job *job)
{
    const struct heat_grid *g = &job->grid;
    double *e = job->extent;
    e[0] = floor(e[0] / g->pixel_x + SNAP) * g->pixel_x;
    e[1] = floor(e[1] / g->pixel_y + SNAP) * g->pixel_y;
    e[2] = ceil(e[2] / g->pixel_x - SNAP) * g->pixel_x;
    e[3] = ceil(e[3] / g->pixel_y - SNAP) * g->pixel_y;
}

static int pixels(double from, double to, double size)
{
    double n = ceil((to - from) / size - SNAP * fmax(1, (to - from) / size * 1e-3));
    return n < 1 ? 1 : n > 2e9 ? 2000000000 : (int)n;
}

static bool lay_grid(struct heat_job *job, struct error *err)
{
    struct heat_grid *g = &job->grid;
    const char *crs = job->points.crs;
    if (!*crs)
        return error_set(err, ERROR_INPUT,
                         "the file has no points that say where they are: give "
                         "--crs and --extent, or another file");
    if (!strcmp(crs, "EPSG:3857"))
        return error_set(err, ERROR_UNSUPPORTED,
                         "metres of EPSG:3857 are not metres on the ground: give --to EPSG:3826 or "
                         "--to EPSG:4326");
    *g = (struct heat_grid){.shape = job->shape,
                            .decay = job->decay,
                            .unit = job->unit,
                            .radius = job->radius,
                            .degrees = points_in_degrees(crs),
                            .wide = job->wide,
                            .empty = job->nodata_told ? &job->nodata : NULL,
                            .mask = job->mask_fd >= 0 ? &job->mask : NULL,
                            .outside = job->nodata_told ? job->nodata : HEAT_JOB_NODATA,
                            .threads = job->threads};
    bound_points(job);
    if (!size_pixels(job, err) || (!job->extent_told && !extent_of_points(job, err)))
        return false;
    if (!job->loose)
        snap_extent(job);
    const double *e = job->extent;
    if (g->degrees && (e[0] < -180 || e[2] > 180 || e[1] < -85 || e[3] > 85))
        return error_set(err, ERROR_INPUT,
                         "the extent %g,%g,%g,%g is not longitude -180 to 180, latitude -85 to 85: "
                         "the grid is in degrees (%s)",
                         e[0], e[1], e[2], e[3], crs);
    g->west = e[0];
    g->north = e[3];
    g->width = pixels(e[0], e[2], g->pixel_x);
    g->height = pixels(e[1], e[3], g->pixel_y);
    return heat_grid_check(g, err);
}

/* ---- the file ---- */

enum { ITEM_BYTES = 200, ITEMS_MAX = 20 };

struct items {
    struct geotiff_item item[ITEMS_MAX];
    char value[ITEMS_MAX][ITEM_BYTES];
    int count;
};

__attribute__((format(printf, 3, 4))) static void add(struct items *items, const char *name,
                                                      const char *format, ...)
{
    va_list args;
    char *value = items->value[items->count];
    va_start(args, format);
    vsnprintf(value, ITEM_BYTES, format, args);
    va_end(args);
    items->item[items->count++] = (struct geotiff_item){name, value};
}

static void add_number(struct items *items, const char *name, double value)
{
    char text[TEXT_EXACT_MAX];
    text_exact(text, value);
    add(items, name, "%s", text);
}

static void describe(struct items *items, const struct heat_job *job)
{
    const struct heat_grid *g = &job->grid;
    const struct points *p = &job->points;
    add(items, "AREA_OR_POINT", "Area");
    add(items, "TIFFTAG_SOFTWARE", "hazatlas %s", HAZATLAS_VERSION);
    add(items, "HEAT_SOURCE", "%.190s", job->name);
    add(items, "HEAT_KERNEL", "%s", heat_shape_names[g->shape]);
    if (g->shape == HEAT_TRIANGULAR)
        add_number(items, "HEAT_DECAY", g->decay);
    add_number(items, "HEAT_RADIUS_M", g->radius);
    add(items, "HEAT_DISTANCE", g->degrees ? "on the ellipsoid GRS 80" : "in the plane of the CRS");
    add(items, "HEAT_UNIT", "%s", heat_job_unit(g->unit));
    add_number(items, "HEAT_PEAK_OF_WEIGHT_1", heat_grid_peak(g));
    add(items, "HEAT_WEIGHT", "%.190s", job->wish.weight ? job->wish.weight : "1 each");
    add(items, "HEAT_POINTS", "%zu", p->count);
    add(items, "HEAT_ROWS_READ", "%llu", (unsigned long long)p->rows_read);
    add(items, "HEAT_ROWS_LEFT_OUT", "%llu", (unsigned long long)p->rows_left);
    add_number(items, "HEAT_TOTAL_WEIGHT", p->total);
    if (g->unit != HEAT_UNIT_RAW)
        add_number(items, "HEAT_WEIGHT_ON_GRID", g->integral);
    add(items, "HEAT_READ_AS", "%s", p->read_as);
    if (g->mask)
        add(items, "HEAT_MASK", "%.150s, %llu features", job->mask_name,
            (unsigned long long)job->mask_features);
    char x[TEXT_EXACT_MAX], y[TEXT_EXACT_MAX];
    text_exact(x, g->pixel_x);
    text_exact(y, g->pixel_y);
    add(items, "HEAT_PIXEL", "%s x %s %s", x, y, g->degrees ? "deg" : "m");
}

static bool write_grid(struct heat_job *job, struct error *err)
{
    static const char *const units[HEAT_UNITS] = {
        [HEAT_UNIT_KM2] = "1/km2", [HEAT_UNIT_M2] = "1/m2", [HEAT_UNIT_RAW] = ""};
    const struct heat_grid *g = &job->grid;
    struct items items = {.count = 0};
    describe(&items, job);
    struct geotiff tiff = {.width = g->width,
                           .height = g->height,
                           .wide = g->wide,
                           .cells = g->cells,
                           .west = g->west,
                           .north = g->north,
                           .pixel_x = g->pixel_x,
                           .pixel_y = g->pixel_y,
                           .crs = job->points.crs,
                           .nodata = g->empty  ? g->empty
                                     : g->mask ? &g->outside
                                               : NULL,
                           .band = g->unit == HEAT_UNIT_RAW ? "heat" : "density",
                           .unit = units[g->unit],
                           .items = items.item,
                           .pack = job->pack,
                           .threads = job->threads};
    return geotiff_write(job->output, &tiff, tell_writing, job, err);
}

static bool read_points(struct heat_job *job, struct error *err)
{
    struct points *p = &job->points;
    if (!points_read(p, job->fd, job->name, &job->wish, tell_reading, job, err))
        return false;
    if (p->rows_read && !p->count)
        return error_set(err, ERROR_INPUT, "none of the %llu rows of %.100s can be used",
                         (unsigned long long)p->rows_read, job->name);
    const char *crs = job->wish.to ? job->wish.to : job->wish.crs;
    if (!*p->crs && crs) /* no rows */
        snprintf(p->crs, sizeof p->crs, "%s", crs);
    return true;
}

static bool read_mask(struct heat_job *job, struct error *err)
{
    struct mask_wish wish = job->mask_wish;
    wish.to = job->points.crs;
    return job->mask_fd < 0 ||
           mask_read(&job->mask, &job->mask_features, job->mask_fd, job->mask_name, &wish, err);
}

bool heat_job_run(struct heat_job *job, struct error *err)
{
    struct heat_grid *g = &job->grid;
    double begun = now(), read, computed;
    loaded_drop();
    if (!geotiff_check(job->output, err) || !read_points(job, err) || !lay_grid(job, err) ||
        !read_mask(job, err))
        return false;
    job->seconds[HEAT_JOB_READ] = (read = now()) - begun;
    struct points *p = &job->points;
    struct heat_points points = {
        .count = p->count, .x = p->x, .y = p->y, .weight = p->weight, .given = true};
    p->x = p->y = p->weight = NULL; /* the count stays, for the report */
    g->cells = mem_large((size_t)g->width * (size_t)g->height *
                         (g->wide ? sizeof(double) : sizeof(float)));
    if (!heat_grid_fill(g, &points, tell_computing, job, err))
        return false;
    job->seconds[HEAT_JOB_COMPUTE] = (computed = now()) - read;
    mem_reuse(BLOCK_BYTES);
    bool ok = write_grid(job, err);
    job->seconds[HEAT_JOB_WRITE] = now() - computed;
    return ok;
}

void heat_job_free(struct heat_job *job)
{
    free(job->grid.cells);
    points_free(&job->points);
    area_free(&job->mask);
}
