#include "analysis/heat_raster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/tile.h"

#define SNAP 1e-9 /* of a pixel: rounding of decimal sizes */
#define METRES_A_DEGREE 110574.0

const char *const heat_raster_crs[] = {"EPSG:3826", "EPSG:3825", "EPSG:4326", "EPSG:3857", NULL};

static bool take_pixel(struct heat_grid *g, double pixel, struct error *err)
{
    double east, north;
    if (!(pixel > 0) || (g->degrees ? pixel >= 0.1 && pixel < 1 : pixel < 1))
        return error_set(err, ERROR_INPUT,
                         "pixel %g: metres from 1, or with crs=EPSG:4326 degrees below 0.1", pixel);
    g->pixel_x = g->pixel_y = pixel;
    if (g->degrees && pixel >= 1) {
        heat_grid_degree(&east, &north, HEAT_RASTER_PIXEL_LAT);
        g->pixel_x = pixel / east;
        g->pixel_y = pixel / north;
    }
    return true;
}

bool heat_raster_lay(struct heat_raster *r, const char *crs, const double box[4], double pixel,
                     struct error *err)
{
    struct heat_grid *g = &r->grid;
    *r = (struct heat_raster){.crs = NULL};
    for (int i = 0; heat_raster_crs[i]; i++)
        if (!strcmp(heat_raster_crs[i], crs))
            r->crs = heat_raster_crs[i];
    if (!r->crs)
        return error_set(err, ERROR_INPUT, "there is no raster in \"%.40s\"", crs);
    g->degrees = !strcmp(crs, "EPSG:4326");
    g->mercator = !strcmp(crs, "EPSG:3857");
    g->wide = true;
    g->threads = 1;
    if (!take_pixel(g, pixel, err))
        return false;
    double west = floor(box[0] / g->pixel_x + SNAP), east = ceil(box[2] / g->pixel_x - SNAP);
    double south = floor(box[1] / g->pixel_y + SNAP), north = ceil(box[3] / g->pixel_y - SNAP);
    double width = fmax(1, east - west), height = fmax(1, north - south);
    if (!(width <= HEAT_RASTER_SIDE_MAX && height <= HEAT_RASTER_SIDE_MAX &&
          width * height <= HEAT_RASTER_PIXELS_MAX))
        return error_set(err, ERROR_TOO_LARGE,
                         "that would be %.0f x %.0f pixels; %d million are the most (%d a side): "
                         "a pixel %.2f times as large would pass, or a smaller bbox",
                         width, height, HEAT_RASTER_PIXELS_MAX / 1000000, HEAT_RASTER_SIDE_MAX,
                         1.01 * fmax(fmax(width, height) / HEAT_RASTER_SIDE_MAX,
                                     sqrt(width * height / HEAT_RASTER_PIXELS_MAX)));
    g->west = west * g->pixel_x;
    g->north = north * g->pixel_y;
    g->width = (int)width;
    g->height = (int)height;
    return true;
}

/* Additions that the points ask for, at most: of all of them, or of those of a full raster. */
bool heat_raster_check(const struct heat_raster *r, const struct heat_source *s, double points,
                       struct error *err)
{
    const struct heat_grid *g = &r->grid;
    double metres = g->degrees ? METRES_A_DEGREE : 1, radius = s->query.radius;
    double across = radius / (g->pixel_x * metres), high = radius / (g->pixel_y * metres);
    double kernel = fmin(M_PI * across * high, (double)g->width * g->height);
    double work = (s->mean ? 2 : 1) * points * kernel;
    double passes = g->pixel_y * metres * sqrt(work / HEAT_RASTER_WORK_MAX);
    return work <= HEAT_RASTER_WORK_MAX ||
           error_set(err, ERROR_TOO_LARGE,
                     "%.0f points with a radius of %.0f pixels would be %.1f thousand million "
                     "additions; %.0f are the most: pixel=%.0f would pass, or a smaller bbox",
                     points, across, work / 1e9, HEAT_RASTER_WORK_MAX / 1e9, ceil(passes * 1.02));
}

double heat_raster_near(const struct heat_source *s, const double box[4])
{
    double east, north, least, reach_x, reach_y, count = 0;
    heat_grid_degree(&least, &north, 0);
    reach_y = s->query.radius / north;
    heat_grid_degree(&east, &north, fmin(89, fmax(fabs(box[1]), fabs(box[3])) + reach_y));
    reach_x = s->query.radius / east;
    for (uint32_t i = 0; i < s->count; i++)
        count += s->lon[i] >= box[0] - reach_x && s->lon[i] <= box[2] + reach_x &&
                 s->lat[i] >= box[1] - reach_y && s->lat[i] <= box[3] + reach_y;
    return count;
}

/* The points that may reach the raster. */
static void take_points(struct heat_points *p, const struct heat_raster *r,
                        const struct heat_source *s, heat_raster_move *move, void *ctx)
{
    const struct heat_grid *g = &r->grid;
    double reach_y = 2.5 * g->radius / (g->degrees ? METRES_A_DEGREE : 1), reach_x = reach_y;
    double south = g->north - g->height * g->pixel_y, east = g->west + g->width * g->pixel_x;
    p->x = mem_alloc(s->count * sizeof *p->x + 1);
    p->y = mem_alloc(s->count * sizeof *p->y + 1);
    p->weight = mem_alloc(s->count * sizeof *p->weight + 1);
    for (uint32_t i = 0; i < s->count; i++) {
        double x = s->lon[i], y = s->lat[i];
        if ((move && !move(ctx, &x, &y, x, y)) || x < g->west - reach_x || x > east + reach_x ||
            y < south - reach_y || y > g->north + reach_y)
            continue;
        p->x[p->count] = x;
        p->y[p->count] = y;
        p->weight[p->count++] = s->weight[i];
    }
}

static void free_points(struct heat_points *p)
{
    free(p->x);
    free(p->y);
    free(p->weight);
}

/* Means: sum of w K over sum of K. */
static bool fill_mean(struct heat_raster *r, struct heat_points *p, struct error *err)
{
    struct heat_grid below = r->grid;
    double none = NAN, *weight = p->weight;
    size_t count = (size_t)below.width * (size_t)below.height;
    below.empty = &none;
    below.cells = mem_alloc(count * sizeof(double));
    p->weight = NULL;
    bool ok = heat_grid_fill(&below, p, r->tell, r->tell_ctx, err);
    p->weight = weight;
    p->given = ok;
    ok = ok && heat_grid_fill(&r->grid, p, r->tell, r->tell_ctx, err);
    const double *under = below.cells;
    for (size_t i = 0; ok && i < count; i++)
        r->cells[i] = under[i] > 0 ? r->cells[i] / under[i] : NAN;
    free(below.cells);
    return ok;
}

bool heat_raster_fill(struct heat_raster *r, const struct heat_source *s, heat_raster_move *move,
                      void *ctx, struct error *err)
{
    struct heat_points p = {.count = 0};
    struct heat_grid *g = &r->grid;
    g->shape = s->query.shape;
    g->radius = s->query.radius;
    g->unit = s->mean ? HEAT_UNIT_RAW : HEAT_UNIT_KM2;
    take_points(&p, r, s, move, ctx);
    if (!heat_raster_check(r, s, (double)p.count, err)) {
        free_points(&p);
        return false;
    }
    g->cells = r->cells = mem_alloc((size_t)g->width * (size_t)g->height * sizeof *r->cells);
    p.given = !s->mean;
    bool ok = s->mean ? fill_mean(r, &p, err) : heat_grid_fill(g, &p, r->tell, r->tell_ctx, err);
    r->contributors = p.count;
    if (!p.given)
        free_points(&p);
    return ok;
}

void heat_raster_free(struct heat_raster *r)
{
    free(r->cells);
    r->cells = r->grid.cells = NULL;
}

bool heat_raster_box(double box[4], const struct heat_source *s)
{
    double east, north, least, reach = s->query.radius;
    box[0] = box[1] = INFINITY;
    box[2] = box[3] = -INFINITY;
    for (uint32_t i = 0; i < s->count; i++) {
        box[0] = fmin(box[0], s->lon[i]);
        box[1] = fmin(box[1], s->lat[i]);
        box[2] = fmax(box[2], s->lon[i]);
        box[3] = fmax(box[3], s->lat[i]);
    }
    if (!s->count)
        return false;
    heat_grid_degree(&east, &north, fmin(89, fmax(fabs(box[1]), fabs(box[3])) + reach / 110000));
    heat_grid_degree(&least, &north, 0); /* a degree of latitude is shortest there */
    box[0] -= reach / east;
    box[1] -= reach / north;
    box[2] += reach / east;
    box[3] += reach / north;
    return true;
}

double heat_raster_x(const struct heat_raster *r, int column)
{
    return r->grid.west + (column + 0.5) * r->grid.pixel_x;
}

double heat_raster_y(const struct heat_raster *r, int row)
{
    return r->grid.north - (row + 0.5) * r->grid.pixel_y;
}

double heat_raster_pixel_km2(const struct heat_raster *r, int row)
{
    const struct heat_grid *g = &r->grid;
    double east = 1, north = 1, y = heat_raster_y(r, row);
    if (g->degrees)
        heat_grid_degree(&east, &north, y);
    if (g->mercator)
        tile_ground_scale(&east, &north, atan(sinh(y / TILE_EARTH_RADIUS)) * 180 / M_PI);
    return g->pixel_x * east * g->pixel_y * north / 1e6;
}
