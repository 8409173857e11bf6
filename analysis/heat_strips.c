#include "analysis/heat_strips.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/heat_spot.h"
#include "gis/mem.h"

enum { STRIP_PIXELS = 4000000, STRIP_ROWS_LEAST = 16, MEND_FINE_MAX = 40 };
#define PIXELS_WANTED 1.2e8 /* of all strips: about a second; past it pixels become larger */
#define PIXELS_MAX 6e8

static const double world[4] = {-180, -85, 180, 85};

/* ---- layout ---- */

static double least_radius(const struct heat_strips *s)
{
    double radius = s->source[0]->query.radius;
    for (int i = 1; i < s->count; i++)
        radius = fmin(radius, s->source[i]->query.radius);
    return radius;
}

static void set_pixel(struct heat_strips *s, double pixel)
{
    double east, north;
    heat_grid_degree(&east, &north, HEAT_RASTER_PIXEL_LAT);
    s->pixel = pixel;
    s->pixel_x = pixel / east;
    s->pixel_y = pixel / north;
    s->west = (int64_t)floor(s->box[0] / s->pixel_x);
    s->south = (int64_t)floor(s->box[1] / s->pixel_y);
    s->east = (int64_t)ceil(s->box[2] / s->pixel_x);
    s->north = (int64_t)ceil(s->box[3] / s->pixel_y);
    int64_t rows = STRIP_PIXELS / (s->east - s->west + 1);
    s->rows = rows < STRIP_ROWS_LEAST ? STRIP_ROWS_LEAST : rows > 4096 ? 4096 : (int)rows;
}

/* Columns that points reach in rows south … north-1; false = none. */
static bool reached(int64_t *west, int64_t *east, const struct heat_strips *s, int64_t south,
                    int64_t north)
{
    double low = INFINITY, high = -INFINITY, metres_x, metres_y, least;
    double bottom = (double)south * s->pixel_y, top = (double)north * s->pixel_y;
    heat_grid_degree(&least, &metres_y, 0); /* a degree of latitude is shortest there */
    for (int k = 0; k < s->count; k++) {
        const struct heat_source *p = s->source[k];
        double reach_y = p->query.radius / metres_y;
        double far = fmin(89, fmax(fabs(bottom), fabs(top)) + reach_y);
        heat_grid_degree(&metres_x, &least, far);
        double reach_x = p->query.radius / metres_x;
        for (uint32_t i = 0; i < p->count; i++) {
            if (p->lat[i] < bottom - reach_y || p->lat[i] > top + reach_y)
                continue;
            low = fmin(low, p->lon[i] - reach_x);
            high = fmax(high, p->lon[i] + reach_x);
        }
    }
    *west = (int64_t)fmax(floor(low / s->pixel_x), (double)s->west);
    *east = (int64_t)fmin(ceil(high / s->pixel_x), (double)s->east);
    return low <= high && *west < *east;
}

static int64_t strip_end(const struct heat_strips *s, int64_t south)
{
    return south + s->rows < s->north ? south + s->rows : s->north;
}

static double count_pixels(const struct heat_strips *s)
{
    double sum = 0;
    int64_t west, east;
    for (int64_t at = s->south; at < s->north; at = strip_end(s, at))
        if (reached(&west, &east, s, at, strip_end(s, at)))
            sum += (double)(east - west) * (double)(strip_end(s, at) - at);
    return sum;
}

static double count_work(const struct heat_strips *s)
{
    double work = 0, box = (double)(s->east - s->west) * (double)(s->north - s->south);
    for (int k = 0; k < s->count; k++) {
        double across = s->source[k]->query.radius / s->pixel;
        work += fmin(M_PI * across * across, box) * heat_raster_near(s->source[k], s->box) *
                (s->mends || s->source[k]->mean ? 2 : 1);
    }
    return work;
}

static void clip(struct heat_strips *s)
{
    double all[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY}, one[4];
    for (int k = 0; k < s->count; k++)
        if (heat_raster_box(one, s->source[k]))
            for (int i = 0; i < 4; i++)
                all[i] = i < 2 ? fmin(all[i], one[i]) : fmax(all[i], one[i]);
    for (int i = 0; i < 4; i++) {
        double edge = i < 2 ? fmax(all[i], world[i]) : fmin(all[i], world[i]);
        s->box[i] = i < 2 ? fmax(s->box[i], edge) : fmin(s->box[i], edge);
    }
    if (!(s->box[0] < s->box[2] && s->box[1] < s->box[3])) /* nothing in it: no pixel */
        s->box[2] = s->box[0] = s->box[1] = s->box[3] = 0;
}

static bool too_many(const struct heat_strips *s, double pixels, double work, double radius,
                     struct error *err)
{
    double part = fmax(pixels / PIXELS_MAX, work / HEAT_RASTER_WORK_MAX);
    double passes = ceil(s->pixel * sqrt(part) * 1.05);
    error_fill(err, ERROR_TOO_LARGE,
               "pixels of %g m would be %.0f million where points reach, and %.1f thousand million "
               "additions; %.0f million and %.0f thousand million are the most",
               s->pixel, pixels / 1e6, work / 1e9, PIXELS_MAX / 1e6, HEAT_RASTER_WORK_MAX / 1e9);
    if (passes <= radius / HEAT_STRIPS_FINE_LEAST)
        error_append(err, ": pixel=%.0f would pass", passes);
    else
        error_append(err, ": radius=%.0f would pass, or a smaller area",
                     passes * HEAT_STRIPS_FINE_LEAST);
    return false;
}

bool heat_strips_lay(struct heat_strips *s, double pixel, struct error *err)
{
    static const double fine[] = {HEAT_STRIPS_FINE, 8, 6.5, HEAT_STRIPS_FINE_LEAST};
    enum { CHOICES = sizeof fine / sizeof *fine };
    double radius = least_radius(s), pixels = 0;
    if (pixel > radius / HEAT_STRIPS_FINE_LEAST)
        return error_set(err, ERROR_INPUT,
                         "pixel %g is too large for a radius of %g m: sums need pixels of at most "
                         "the radius / %d, %g m",
                         pixel, radius, HEAT_STRIPS_FINE_LEAST, radius / HEAT_STRIPS_FINE_LEAST);
    clip(s);
    for (int i = 0; i < CHOICES; i++) {
        set_pixel(s, pixel > 0 ? pixel : radius / fine[i]);
        pixels = count_pixels(s);
        if (pixel > 0 || pixels <= PIXELS_WANTED)
            break;
    }
    double work = count_work(s);
    return (pixels <= PIXELS_MAX && work <= HEAT_RASTER_WORK_MAX) ||
           too_many(s, pixels, work, radius, err);
}

/* ---- what is lacking ---- */

/* Sum of the pixels of a kernel of weight 1, by the formulas of heat_grid.h. */
static double mass_of(const struct heat_strips *s, const struct heat_source *p, double lon,
                      double lat)
{
    struct heat_grid g = {.shape = p->query.shape, .radius = p->query.radius};
    double sum = 0, east, north, reach, least;
    heat_grid_degree(&least, &reach, 0);
    reach = g.radius / reach + s->pixel_y;
    for (int64_t row = (int64_t)floor((lat - reach) / s->pixel_y);
         (double)row * s->pixel_y < lat + reach; row++) {
        double y = ((double)row + 0.5) * s->pixel_y, k = 0;
        heat_grid_degree(&east, &north, (y + lat) / 2);
        double v = (y - lat) * north / g.radius, half = 1 - v * v;
        if (half < 0)
            continue;
        half = sqrt(half) * g.radius / east;
        int64_t last = (int64_t)floor((lon + half) / s->pixel_x - 0.5);
        for (int64_t c = (int64_t)ceil((lon - half) / s->pixel_x - 0.5); c <= last; c++) {
            double u = (((double)c + 0.5) * s->pixel_x - lon) * east / g.radius;
            k += heat_kernel(g.shape, u * u + v * v);
        }
        heat_grid_degree(&east, &north, y);
        sum += k * s->pixel_x * east * s->pixel_y * north;
    }
    return sum * heat_kernel_norm(g.shape) / (g.radius * g.radius);
}

/* Weights that make up for what the pixels of each kernel lack; NULL = not worth it. */
static double *make_mend(const struct heat_strips *s, const struct heat_source *p)
{
    if (!s->mends || p->mean || p->query.radius / s->pixel > MEND_FINE_MAX)
        return NULL;
    double *out = mem_zero(p->count + 1, sizeof *out), reach = 3 * p->query.radius / 90000;
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->lon[i] < s->box[0] - reach || p->lon[i] > s->box[2] + reach ||
            p->lat[i] < s->box[1] - reach || p->lat[i] > s->box[3] + reach)
            continue;
        double mass = mass_of(s, p, p->lon[i], p->lat[i]);
        out[i] = mass > 0 ? p->weight[i] * (1 / mass - 1) : 0;
    }
    return out;
}

/* ---- strips ---- */

static bool fill(struct heat_raster *out, const struct heat_strips *s, const struct heat_source *p,
                 const double box[4], struct error *err)
{
    if (!heat_raster_lay(out, "EPSG:4326", box, s->pixel, err))
        return false;
    out->tell = s->tell;
    out->tell_ctx = s->tell_ctx;
    return heat_raster_fill(out, p, NULL, NULL, err);
}

static void free_strip(struct heat_strip *strip)
{
    for (int k = 0; k < HEAT_STRIPS_SOURCES; k++) {
        heat_raster_free(&strip->raster[k]);
        heat_raster_free(&strip->mend[k]);
    }
}

static bool visit_strip(const struct heat_strips *s, double *const mend[], const double box[4],
                        heat_strip_visit *visit, void *ctx, struct error *err)
{
    struct heat_strip strip = {.raster = {{.crs = NULL}}};
    bool ok = true;
    for (int k = 0; k < s->count && ok; k++) {
        ok = fill(&strip.raster[k], s, s->source[k], box, err);
        if (!ok || !mend[k])
            continue;
        struct heat_source lacking = *s->source[k];
        lacking.weight = mend[k];
        ok = fill(&strip.mend[k], s, &lacking, box, err);
    }
    ok = ok && visit(ctx, &strip, err);
    free_strip(&strip);
    return ok;
}

bool heat_strips_walk(struct heat_strips *s, heat_strip_visit *visit, void *ctx, struct error *err)
{
    double *mend[HEAT_STRIPS_SOURCES] = {NULL};
    bool ok = true;
    int64_t west, east;
    for (int k = 0; k < s->count; k++)
        mend[k] = make_mend(s, s->source[k]);
    for (int64_t at = s->south; ok && at < s->north; at = strip_end(s, at)) {
        int64_t end = strip_end(s, at);
        if (!reached(&west, &east, s, at, end))
            continue;
        const double box[4] = {(double)west * s->pixel_x, (double)at * s->pixel_y,
                               (double)east * s->pixel_x, (double)end * s->pixel_y};
        ok = visit_strip(s, mend, box, visit, ctx, err);
    }
    for (int k = 0; k < s->count; k++)
        free(mend[k]);
    return ok;
}

/* The transforms of the kernels over the plane fall as J(2 pi rho) / rho^n, and four frequencies
 * are nearest (Poisson). |J(x)| <= sqrt(2 / (pi x)). */
double heat_strips_error(const struct heat_strips *s, int source)
{
    static const double factor[HEAT_SHAPES] = {48, 12, 2, 384, 8},
                        power[HEAT_SHAPES] = {3, 2, 1, 4, 2};
    const struct heat_source *p = s->source[source];
    double x = 2 * M_PI * p->query.radius / s->pixel, sum = 0, squares = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        sum += fabs(p->weight[i]);
        squares += p->weight[i] * p->weight[i];
    }
    double one = 4 * factor[p->query.shape] * sqrt(2 / (M_PI * x)) / pow(x, power[p->query.shape]);
    return sum > 0 ? one * sqrt(squares) / sum : 0;
}
