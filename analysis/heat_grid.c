/* DESIGN. Points are put into one order (heat_order.h). The grid is cut into bands of rows whose
 * sums, in double, fit a core's cache; a band takes the strips of points that reach it and is then
 * written out as float or double. Threads take the next band each. Every pixel belongs to one band
 * and adds its points in their order, and centres of pixels are products of whole numbers and the
 * pixel's size: neither threads nor chance nor the extent changes a bit.
 *
 * Cost: points * pi * rho^2 (rho = radius in pixels) additions of about half a cycle; memory: the
 * cells, a band a thread, 24 bytes a point. Rejected: sums in float (6e-6 of the maximum at a
 * million points), binning points to pixels (1.8-4.9 % wrong), FFT (noise, negative values), one
 * grid a thread (memory, another order of sums for each number of threads). */
#include "analysis/heat_grid.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/heat_cells.h"
#include "gis/area.h"
#include "gis/clock.h"
#include "gis/mem.h"

enum {
    BAND_BYTES = 1 << 19, /* of sums; half of a core's second-level cache */
    BAND_ROWS_MAX = 64,
    CHUNK = 2048, /* points between two looks at the clock */
    TELL_MS = 100
};

#define GRS80_A 6378137.0
#define GRS80_E2 0.00669438002290
#define FAR 0x1p37 /* pixels from the origin */
#define PHASES 24  /* bits of where the corner stands within a pixel */

const char *const heat_shape_names[HEAT_SHAPES + 1] = {"quartic",   "triangular",   "uniform",
                                                       "triweight", "epanechnikov", NULL};
const char *const heat_unit_names[HEAT_UNITS + 1] = {"km2", "m2", "raw", NULL};

/* Metres of a degree, and their derivatives by latitude in radians: d(N cos)/dlat = -M sin,
 * dM/dlat = 3 M e2 sin cos / (1 - e2 sin2). */
static struct heat_scale scale_at(double lat)
{
    const double degree = M_PI / 180;
    double s = sin(lat * degree), c = cos(lat * degree), w = 1 - GRS80_E2 * s * s;
    double n = GRS80_A / sqrt(w) * degree, m = n * (1 - GRS80_E2) / w;
    double m1 = 3 * m * GRS80_E2 * s * c / w;
    return (struct heat_scale){.east = {n * c, -m * s, -(m * c + m1 * s) / 2}, .north = {m, m1}};
}

/* The same for a metre of Web Mercator (EPSG:3857, a sphere): with psi = y / a, dlat/dpsi = cos
 * lat; E = N cos lat / a, so E' = -M sin cos / a; north M cos lat / a. */
static struct heat_scale mercator_at(double y)
{
    double lat = atan(sinh(y / GRS80_A)), s = sin(lat), c = cos(lat), w = 1 - GRS80_E2 * s * s;
    double n = 1 / sqrt(w), m = n * (1 - GRS80_E2) / w, m1 = 3 * m * GRS80_E2 * s * c / w;
    return (struct heat_scale){
        .east = {n * c, -m * s * c, -(m * c * (c * c - s * s) + m1 * s * c * c) / 2},
        .north = {m * c, c * (m1 * c - m * s)}};
}

void heat_grid_degree(double *east, double *north, double lat)
{
    struct heat_scale s = scale_at(lat);
    *east = s.east[0];
    *north = s.north[0];
}

/* The constants that make the integral 1 (Silverman 1986, eq. 4.5 for the quartic; for QGIS, whose
 * scaled quartic was 7.25 times too large until 2025, see qgis/QGIS#60616). */
double heat_grid_peak(const struct heat_grid *g)
{
    static const double of_shape[HEAT_SHAPES] = {[HEAT_QUARTIC] = 3,
                                                 [HEAT_TRIANGULAR] = 3,
                                                 [HEAT_UNIFORM] = 1,
                                                 [HEAT_TRIWEIGHT] = 4,
                                                 [HEAT_EPANECHNIKOV] = 2};
    double a_m2 = of_shape[g->shape] / (M_PI * g->radius * g->radius);
    if (g->shape == HEAT_TRIANGULAR)
        a_m2 /= 1 + 2 * g->decay;
    return g->unit == HEAT_UNIT_RAW ? 1 : g->unit == HEAT_UNIT_M2 ? a_m2 : a_m2 * 1e6;
}

/* The y of a Web Mercator grid that is farthest from the equator, with what reaches it. */
static double farthest(const struct heat_grid *g)
{
    double south = g->north - g->height * g->pixel_y;
    return fmax(fabs(g->north), fabs(south)) + 4 * g->radius;
}

/* Rows that surely hold the radius, to one side. */
static double reach_rows(const struct heat_grid *g)
{
    double metres = g->degrees ? GRS80_A * (1 - GRS80_E2) * M_PI / 180 : 1; /* M is least at 0 */
    if (g->mercator)
        metres = mercator_at(farthest(g)).north[0];
    return g->radius / (g->pixel_y * metres) + 1;
}

bool heat_grid_check(const struct heat_grid *g, struct error *err)
{
    if (!(g->radius > 0 && g->radius <= HEAT_GRID_RADIUS_MAX))
        return error_set(err, ERROR_INPUT, "the radius is more than 0 and at most %g km, not %g m",
                         HEAT_GRID_RADIUS_MAX / 1000, g->radius);
    if (!(g->pixel_x > 0 && g->pixel_y > 0 && isfinite(g->pixel_x) && isfinite(g->pixel_y)))
        return error_set(err, ERROR_INPUT, "the size of a pixel is more than 0");
    if (!(fabs(g->west / g->pixel_x) < FAR && fabs(g->north / g->pixel_y) < FAR))
        return error_set(err, ERROR_INPUT,
                         "the extent begins at %g,%g, too far away for pixels of %g", g->west,
                         g->north, g->pixel_x);
    if (!(fabs(g->decay) <= HEAT_GRID_DECAY_MAX) || (g->decay < 0 && g->unit != HEAT_UNIT_RAW))
        return error_set(err, ERROR_INPUT,
                         "the decay is 0 to %g; below 0 only for raw values, because the kernel "
                         "then has no integral to be a density by",
                         HEAT_GRID_DECAY_MAX);
    if (g->width < 1 || g->height < 1)
        return error_set(err, ERROR_INPUT,
                         "the extent is empty: it wants xmin < xmax, ymin < ymax");
    if (reach_rows(g) > HEAT_GRID_REACH_MAX)
        return error_set(err, ERROR_TOO_LARGE,
                         "the radius of %g m is more than %d pixels; take larger pixels", g->radius,
                         HEAT_GRID_REACH_MAX);
    if (g->width > HEAT_GRID_SIDE_MAX || g->height > HEAT_GRID_SIDE_MAX ||
        (int64_t)g->width * g->height > HEAT_GRID_PIXELS_MAX)
        return error_set(err, ERROR_TOO_LARGE,
                         "the grid would have %d x %d pixels; %d million are the most (%d a side): "
                         "take larger pixels or a smaller extent",
                         g->width, g->height, HEAT_GRID_PIXELS_MAX / 1000000, HEAT_GRID_SIDE_MAX);
    return true;
}

/* ---- the lattice ---- */

struct fill {
    struct heat_grid *g;
    struct heat_order_box box;
    struct heat_order order;
    double *centre_x, *centre_y;
    struct heat_scale *at;
    uint8_t *inside; /* of the mask: a bit a column, rows of whole bytes; NULL = no mask */
    int band_rows, bands, stride;
    heat_grid_tell *tell;
    void *ctx;
    atomic_int next; /* band */
    atomic_bool stop;
    atomic_size_t done;   /* points of bands */
    size_t work;          /* the same, of all bands */
    double *integral;     /* of each band, added up in their order */
    bool *ended;          /* of each band */
    int low;              /* the first band that has not */
    pthread_mutex_t lock; /* of ended, low, the order's dropped, what the grid tells of its cells */
};

/* edge = (*whole + the return value / 2^PHASES) * size. */
static int64_t phase_of(int64_t *whole, double edge, double size)
{
    double at = edge / size, down = floor(at);
    int64_t phase = llrint(ldexp(at - down, PHASES));
    *whole = (int64_t)down + (phase >> PHASES);
    return phase & (((int64_t)1 << PHASES) - 1);
}

/* The centre of the pixel that begins at whole + phase / 2^PHASES pixels. */
static double centre_of(int64_t whole, int64_t phase, double size)
{
    int64_t halves = (2 * whole + 1) * ((int64_t)1 << PHASES) + 2 * phase;
    return ldexp((double)halves * size, -PHASES - 1);
}

static void lay_centres(struct fill *f)
{
    const struct heat_grid *g = f->g;
    int64_t north, phase_x = phase_of(&f->box.column, g->west, g->pixel_x),
                   phase_y = phase_of(&north, g->north, g->pixel_y);
    f->box.row = -north;
    f->box.column_at = ldexp((double)phase_x, -PHASES);
    f->box.row_at = ldexp((double)phase_y, -PHASES);
    f->centre_x = mem_alloc((size_t)f->stride * sizeof *f->centre_x);
    for (int i = 0; i < f->stride; i++)
        f->centre_x[i] = centre_of(f->box.column + i, phase_x, g->pixel_x);
    f->centre_y = mem_alloc((size_t)g->height * sizeof *f->centre_y);
    f->at = g->degrees || g->mercator ? mem_alloc((size_t)g->height * sizeof *f->at) : NULL;
    for (int i = 0; i < g->height; i++) {
        f->centre_y[i] = centre_of(north - i - 1, phase_y, g->pixel_y);
        if (f->at)
            f->at[i] = g->mercator ? mercator_at(f->centre_y[i]) : scale_at(f->centre_y[i]);
    }
}

static void mark_span(void *ctx, size_t polygon, int row, int first, int end)
{
    struct fill *f = ctx;
    (void)polygon;
    uint8_t *inside = f->inside + (size_t)row * (((size_t)f->g->width + 7) / 8);
    for (int i = first; i < end; i++)
        inside[i / 8] |= (uint8_t)(1 << i % 8);
}

static void lay_mask(struct fill *f)
{
    const struct heat_grid *g = f->g;
    struct area_lattice l = {g->width, g->height, f->centre_x, f->centre_y};
    if (!g->mask)
        return;
    f->inside = mem_zero((size_t)g->height * (((size_t)g->width + 7) / 8) + 1, 1);
    area_spans(g->mask, &l, mark_span, f);
}

static void free_given(const struct heat_points *p)
{
    if (!p->given)
        return;
    free(p->x);
    free(p->y);
    free(p->weight);
}

/* The order's own. */
static void *own(double *values, const struct heat_points *p)
{
    size_t size = p->count * sizeof *values;
    return p->given || !values ? (void *)values : mem_copy_n((const char *)values, size);
}

static void order_points(struct fill *f, const struct heat_points *p, int threads)
{
    struct heat_grid *g = f->g;
    heat_order_make(&f->order, &f->box, p->count, own(p->x, p), own(p->y, p), own(p->weight, p),
                    heat_grid_peak(g), g->empty != NULL, threads);
    g->points_used = f->order.taken;
}

/* ---- bands ---- */

/* The strips of points that may reach rows top … top+rows-1. */
static void band_strips(int *first, int *last, const struct fill *f, int top, int rows)
{
    int64_t north = f->box.row + top - f->box.reach_y,
            south = f->box.row + top + rows - 1 + f->box.reach_y;
    /* Down also below 0; the first strip holds the first of these rows. */
    *first = (int)((north - f->order.strip0 * HEAT_ORDER_ROWS) / HEAT_ORDER_ROWS);
    *last = (int)((south - f->order.strip0 * HEAT_ORDER_ROWS) / HEAT_ORDER_ROWS);
    if (*last > f->order.strips - 1)
        *last = f->order.strips - 1;
}

struct worker_state {
    struct fill *f;
    bool tells; /* the caller's own thread */
    int64_t told;
    double *sum, *square;
    uint8_t *reached;
    struct heat_cells cells;
};

/* Adds the points chunk by chunk; false when the work is to stop. */
static bool add_strip(struct worker_state *w, const struct heat_band *b, int strip)
{
    struct fill *f = w->f;
    size_t first = f->order.first[strip], end = f->order.end[strip];
    for (size_t i = first; i < end; i += CHUNK) {
        size_t count = end - i < CHUNK ? end - i : CHUNK;
        heat_rows_add(b, f->order.marks + i, count);
        size_t done = atomic_fetch_add(&f->done, count) + count;
        if (w->tells && f->tell && clock_ms() - w->told >= TELL_MS) {
            w->told = clock_ms();
            if (!f->tell(f->ctx, (double)done / (double)f->work))
                atomic_store(&f->stop, true);
        }
        if (atomic_load(&f->stop))
            return false;
    }
    return true;
}

static bool add_points(struct worker_state *w, const struct heat_band *b)
{
    int strip, last;
    band_strips(&strip, &last, w->f, b->top, b->height);
    for (; strip <= last; strip++)
        if (!add_strip(w, b, strip))
            return false;
    return true;
}

/* Returns the integral of the row, in units of the ground. */
static double write_row(struct worker_state *w, const struct heat_band *b, int i)
{
    const struct heat_grid *g = w->f->g;
    size_t at = (size_t)(b->top + i) * (size_t)g->width;
    double area = g->pixel_x * g->pixel_y;
    struct heat_cells_row row = {
        .sum = b->sum + (size_t)i * (size_t)b->stride,
        .reached = b->reached ? b->reached + (size_t)i * (size_t)b->stride : NULL,
        .inside = w->f->inside ? w->f->inside + (size_t)(b->top + i) * (((size_t)g->width + 7) / 8)
                               : NULL,
        .width = g->width,
        .empty = g->empty ? *g->empty : 0,
        .outside = g->outside,
        .wide = g->wide,
        .cells = g->wide ? (void *)((double *)g->cells + at) : (void *)((float *)g->cells + at)};
    if (b->at)
        area *= b->at[i].east[0] * b->at[i].north[0];
    return heat_cells_write(&w->cells, &row) * area;
}

/* Gives back the points that only bands north of all that are left have wanted. */
static void end_band(struct fill *f, int n)
{
    int strip, last;
    pthread_mutex_lock(&f->lock);
    f->ended[n] = true;
    while (f->low < f->bands && f->ended[f->low])
        f->low++;
    if (f->low < f->bands) {
        band_strips(&strip, &last, f, f->low * f->band_rows, f->band_rows);
        heat_order_drop(&f->order, strip);
    }
    pthread_mutex_unlock(&f->lock);
}

static bool fill_band(struct worker_state *w, int n)
{
    struct fill *f = w->f;
    const struct heat_grid *g = f->g;
    int top = n * f->band_rows;
    struct heat_band b = {
        .shape = g->shape,
        .radius = g->radius,
        .decay = g->decay,
        .centre_x = f->centre_x,
        .centre_y = f->centre_y + top,
        .at = f->at ? f->at + top : NULL,
        .half = g->mercator ? 0.5 / GRS80_A : M_PI / 360,
        .column0 = f->centre_x[0],
        .columns_a_unit = 1 / g->pixel_x,
        .width = g->width,
        .height = g->height - top < f->band_rows ? g->height - top : f->band_rows,
        .stride = f->stride,
        .top = top,
        .reach = f->box.reach_y,
        .row0 = g->north,
        .rows_a_unit = 1 / g->pixel_y,
        .sum = w->sum,
        .square = w->square,
        .reached = w->reached,
    };
    size_t cells = (size_t)b.height * (size_t)b.stride;
    memset(w->sum, 0, cells * sizeof *w->sum);
    if (w->reached)
        memset(w->reached, 0, cells);
    if (!add_points(w, &b))
        return false;
    for (int i = 0; i < b.height; i++)
        f->integral[n] += write_row(w, &b, i);
    end_band(f, n);
    return true;
}

static void work(struct worker_state *w)
{
    struct fill *f = w->f;
    size_t cells = (size_t)f->band_rows * (size_t)f->stride;
    w->sum = mem_alloc(cells * sizeof *w->sum);
    w->square = mem_alloc((size_t)f->stride * sizeof *w->square);
    w->reached = f->g->empty ? mem_alloc(cells) : NULL;
    w->cells = (struct heat_cells){.least = INFINITY, .most = -INFINITY};
    for (int n; (n = atomic_fetch_add(&f->next, 1)) < f->bands && fill_band(w, n);)
        ;
    free(w->sum);
    free(w->square);
    free(w->reached);
    pthread_mutex_lock(&f->lock);
    struct heat_grid *g = f->g;
    g->least = fmin(g->least, w->cells.least);
    g->most = fmax(g->most, w->cells.most);
    g->masked += w->cells.outside;
    pthread_mutex_unlock(&f->lock);
}

static void *work_thread(void *ctx)
{
    struct worker_state w = {.f = ctx};
    work(&w);
    return NULL;
}

static int threads_of(const struct heat_grid *g)
{
    long wanted = g->threads > 0 ? g->threads : sysconf(_SC_NPROCESSORS_ONLN);
    return wanted < 1 ? 1 : wanted > HEAT_GRID_THREADS_MAX ? HEAT_GRID_THREADS_MAX : (int)wanted;
}

static void run_threads(struct fill *f, int wanted)
{
    pthread_t threads[HEAT_GRID_THREADS_MAX];
    int begun = 0;
    if (wanted > f->bands)
        wanted = f->bands;
    while (begun < wanted - 1 && !pthread_create(&threads[begun], NULL, work_thread, f))
        begun++;
    struct worker_state w = {.f = f, .tells = true, .told = clock_ms()};
    work(&w);
    for (int i = 0; i < begun; i++)
        pthread_join(threads[i], NULL);
}

static void lay_out(struct fill *f)
{
    const struct heat_grid *g = f->g;
    double widest = 1;
    f->box.reach_y = (int)reach_rows(g) + 1;
    if (g->degrees) { /* a degree of longitude is least at the edge farther from the equator */
        double south = g->north - g->height * g->pixel_y, far = fmax(fabs(g->north), fabs(south));
        double north;
        heat_grid_degree(&widest, &north, fmin(89, far + 2 * f->box.reach_y * g->pixel_y));
    }
    if (g->mercator)
        widest = mercator_at(farthest(g)).north[0];
    f->box.reach_x = g->radius / (g->pixel_x * widest) + 2;
    f->stride = g->width + HEAT_ROWS_PAD;
    int rows = BAND_BYTES / (int)sizeof(double) / f->stride;
    f->band_rows = rows < 4 ? 4 : rows > BAND_ROWS_MAX ? BAND_ROWS_MAX : rows;
    f->bands = (g->height + f->band_rows - 1) / f->band_rows;
    lay_centres(f);
    lay_mask(f);
}

static void count_work(struct fill *f)
{
    for (int n = 0; n < f->bands; n++) {
        int strip, last, top = n * f->band_rows, rows = f->g->height - top;
        band_strips(&strip, &last, f, top, rows < f->band_rows ? rows : f->band_rows);
        for (; strip <= last; strip++)
            f->work += f->order.end[strip] - f->order.first[strip];
    }
}

static void free_fill(struct fill *f)
{
    heat_order_free(&f->order);
    free(f->integral);
    free(f->ended);
    free(f->inside);
    free(f->centre_x);
    free(f->centre_y);
    free(f->at);
}

bool heat_grid_fill(struct heat_grid *g, const struct heat_points *points, heat_grid_tell *tell,
                    void *ctx, struct error *err)
{
    if (!heat_grid_check(g, err)) {
        free_given(points);
        return false;
    }
    struct fill f = {.g = g, .tell = tell, .ctx = ctx, .lock = PTHREAD_MUTEX_INITIALIZER};
    f.box = (struct heat_order_box){
        .pixel_x = g->pixel_x, .pixel_y = g->pixel_y, .height = g->height, .width = g->width};
    int threads = threads_of(g);
    g->integral = 0;
    g->masked = 0;
    g->least = INFINITY;
    g->most = -INFINITY;
    lay_out(&f);
    order_points(&f, points, threads);
    count_work(&f);
    f.integral = mem_zero((size_t)f.bands, sizeof *f.integral);
    f.ended = mem_zero((size_t)f.bands, sizeof *f.ended);
    run_threads(&f, threads);
    for (int n = 0; n < f.bands; n++)
        g->integral += f.integral[n];
    bool stopped = atomic_load(&f.stop);
    free_fill(&f);
    if (g->unit == HEAT_UNIT_KM2)
        g->integral /= 1e6;
    if (g->unit == HEAT_UNIT_RAW)
        g->integral = 0;
    if (g->least > g->most)
        g->least = g->most = 0;
    return !stopped ||
           error_set(err, ERROR_CONFLICT, "the heat map was cancelled; nothing was written");
}
