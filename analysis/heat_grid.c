/* DESIGN. Points are sorted (counting sort, stable) by bins of BIN_ROWS rows and some columns. The
 * grid is cut into bands of rows whose sums, in double, fit a core's cache; a band takes the points
 * of the rows that reach it, which are one range of the sorted points, and is then written out as
 * float or double. Threads take the next band each. Every pixel belongs to one band and adds its
 * points in their sorted order, so neither the number of threads nor chance changes a bit.
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
#include <time.h>
#include <unistd.h>

#include "gis/mem.h"

enum {
    BIN_ROWS = 16,
    BIN_COLUMNS = 64,     /* bins a row of bins, at most */
    BAND_BYTES = 1 << 19, /* of sums; half of a core's second-level cache */
    BAND_ROWS_MAX = 64,
    CHUNK = 2048, /* points between two looks at the clock */
    TELL_MS = 100
};

#define GRS80_A 6378137.0
#define GRS80_E2 0.00669438002290

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
    return g->unit == HEAT_UNIT_RAW ? 1 : g->unit == HEAT_UNIT_M2 ? a_m2 : a_m2 * 1e6;
}

/* Rows that surely hold the radius, to one side. */
static double reach_rows(const struct heat_grid *g)
{
    double metres = g->degrees ? GRS80_A * (1 - GRS80_E2) * M_PI / 180 : 1; /* M is least at 0 */
    return g->radius / (g->pixel_y * metres) + 1;
}

bool heat_grid_check(const struct heat_grid *g, struct error *err)
{
    if (!(g->radius > 0 && g->radius <= HEAT_GRID_RADIUS_MAX))
        return error_set(err, ERROR_INPUT, "the radius is more than 0 and at most %g km, not %g m",
                         HEAT_GRID_RADIUS_MAX / 1000, g->radius);
    if (!(g->pixel_x > 0 && g->pixel_y > 0 && isfinite(g->pixel_x) && isfinite(g->pixel_y)))
        return error_set(err, ERROR_INPUT, "the size of a pixel is more than 0");
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

/* ---- the points, sorted ---- */

struct fill {
    struct heat_grid *g;
    int reach;       /* rows */
    double reach_x;  /* columns */
    int bins_across; /* bins a row of bins */
    struct heat_mark *marks;
    size_t *start; /* first mark of each row of bins, and the end */
    double *centre_x, *centre_y;
    struct heat_scale *at;
    int band_rows, bands, stride;
    heat_grid_tell *tell;
    void *ctx;
    atomic_int next; /* band */
    atomic_bool stop;
    atomic_size_t done;   /* points of bands */
    size_t work;          /* the same, of all bands */
    double *integral;     /* of each band, added up in their order */
    pthread_mutex_t lock; /* of the grid's least and most */
};

static int bin_rows_all(const struct fill *f)
{
    return (f->g->height + 2 * f->reach) / BIN_ROWS + 1;
}

/* The bin of a place, or -1 where its kernel cannot touch the grid. */
static int64_t bin_of(const struct fill *f, double x, double y)
{
    const struct heat_grid *g = f->g;
    double row = (g->north - y) / g->pixel_y + f->reach;
    double column = (x - g->west) / g->pixel_x + f->reach_x, wide = g->width + 2 * f->reach_x;
    if (!(row >= 0 && row < g->height + 2 * f->reach && column >= 0 && column < wide))
        return -1;
    return (int64_t)row / BIN_ROWS * f->bins_across +
           (int64_t)(column / wide * f->bins_across * (1 - 1e-12));
}

static void sort_points(struct fill *f, const struct heat_points *p)
{
    double peak = heat_grid_peak(f->g);
    size_t bins = (size_t)bin_rows_all(f) * (size_t)f->bins_across;
    size_t *at = mem_zero(bins + 1, sizeof *at);
    int32_t *bin = mem_alloc(p->count * sizeof *bin + 1);
    for (size_t i = 0; i < p->count; i++) {
        bin[i] = (int32_t)bin_of(f, p->x[i], p->y[i]);
        if (bin[i] >= 0)
            at[bin[i] + 1]++;
    }
    for (size_t i = 0; i < bins; i++)
        at[i + 1] += at[i];
    f->g->points_used = at[bins];
    f->start = mem_alloc(((size_t)bin_rows_all(f) + 1) * sizeof *f->start);
    for (int i = 0; i <= bin_rows_all(f); i++)
        f->start[i] = at[i * f->bins_across];
    f->marks = mem_alloc(at[bins] * sizeof *f->marks + 1);
    for (size_t i = 0; i < p->count; i++)
        if (bin[i] >= 0)
            f->marks[at[bin[i]]++] =
                (struct heat_mark){p->x[i], p->y[i], peak * (p->weight ? p->weight[i] : 1)};
    free(bin);
    free(at);
}

/* ---- bands ---- */

static void band_points(size_t *first, size_t *end, const struct fill *f, int top, int rows)
{
    int last = (top + rows - 1 + 2 * f->reach) / BIN_ROWS;
    if (last > bin_rows_all(f) - 1)
        last = bin_rows_all(f) - 1;
    *first = f->start[top / BIN_ROWS];
    *end = f->start[last + 1];
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct worker_state {
    struct fill *f;
    bool tells; /* the caller's own thread */
    int64_t told;
    double *sum;
    uint8_t *reached;
    double least, most;
};

/* Adds the points chunk by chunk; false when the work is to stop. */
static bool add_points(struct worker_state *w, const struct heat_band *b)
{
    struct fill *f = w->f;
    size_t first, end;
    band_points(&first, &end, f, b->top, b->height);
    for (size_t i = first; i < end; i += CHUNK) {
        size_t count = end - i < CHUNK ? end - i : CHUNK;
        heat_rows_add(b, f->marks + i, count);
        size_t done = atomic_fetch_add(&f->done, count) + count;
        if (w->tells && f->tell && now_ms() - w->told >= TELL_MS) {
            w->told = now_ms();
            if (!f->tell(f->ctx, (double)done / (double)f->work))
                atomic_store(&f->stop, true);
        }
        if (atomic_load(&f->stop))
            return false;
    }
    return true;
}

/* Returns the integral of the row, in units of the ground. */
static double write_row(struct worker_state *w, const struct heat_band *b, int i)
{
    const struct heat_grid *g = w->f->g;
    const double *sum = b->sum + (size_t)i * (size_t)b->stride;
    const uint8_t *reached = b->reached ? b->reached + (size_t)i * (size_t)b->stride : NULL;
    size_t at = (size_t)(b->top + i) * (size_t)g->width;
    double total = 0, area = g->pixel_x * g->pixel_y;
    if (b->at)
        area *= b->at[i].east[0] * b->at[i].north[0];
    for (int c = 0; c < g->width; c++) {
        double v = sum[c];
        total += v;
        if (reached && !reached[c]) {
            v = *g->empty;
        } else {
            w->least = v < w->least ? v : w->least;
            w->most = v > w->most ? v : w->most;
        }
        if (g->wide)
            ((double *)g->cells)[at + (size_t)c] = v;
        else
            ((float *)g->cells)[at + (size_t)c] = (float)v;
    }
    return total * area;
}

static bool fill_band(struct worker_state *w, int n)
{
    struct fill *f = w->f;
    const struct heat_grid *g = f->g;
    int top = n * f->band_rows;
    struct heat_band b = {
        .shape = g->shape,
        .radius = g->radius,
        .centre_x = f->centre_x,
        .centre_y = f->centre_y + top,
        .at = f->at ? f->at + top : NULL,
        .column0 = g->west + 0.5 * g->pixel_x,
        .columns_a_unit = 1 / g->pixel_x,
        .width = g->width,
        .height = g->height - top < f->band_rows ? g->height - top : f->band_rows,
        .stride = f->stride,
        .top = top,
        .reach = f->reach,
        .row0 = g->north,
        .rows_a_unit = 1 / g->pixel_y,
        .sum = w->sum,
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
    return true;
}

static void work(struct worker_state *w)
{
    struct fill *f = w->f;
    size_t cells = (size_t)f->band_rows * (size_t)f->stride;
    w->sum = mem_alloc(cells * sizeof *w->sum);
    w->reached = f->g->empty ? mem_alloc(cells) : NULL;
    w->least = INFINITY;
    w->most = -INFINITY;
    for (int n; (n = atomic_fetch_add(&f->next, 1)) < f->bands && fill_band(w, n);)
        ;
    free(w->sum);
    free(w->reached);
    pthread_mutex_lock(&f->lock);
    struct heat_grid *g = f->g;
    g->least = fmin(g->least, w->least);
    g->most = fmax(g->most, w->most);
    pthread_mutex_unlock(&f->lock);
}

static void *work_thread(void *ctx)
{
    struct worker_state w = {.f = ctx};
    work(&w);
    return NULL;
}

static void run_threads(struct fill *f)
{
    pthread_t threads[HEAT_GRID_THREADS_MAX];
    int wanted = f->g->threads > 0 ? f->g->threads : (int)sysconf(_SC_NPROCESSORS_ONLN), begun = 0;
    if (wanted > HEAT_GRID_THREADS_MAX)
        wanted = HEAT_GRID_THREADS_MAX;
    if (wanted > f->bands)
        wanted = f->bands;
    while (begun < wanted - 1 && !pthread_create(&threads[begun], NULL, work_thread, f))
        begun++;
    struct worker_state w = {.f = f, .tells = true, .told = now_ms()};
    work(&w);
    for (int i = 0; i < begun; i++)
        pthread_join(threads[i], NULL);
}

static void lay_out(struct fill *f)
{
    const struct heat_grid *g = f->g;
    double widest = 1;
    f->reach = (int)reach_rows(g) + 1;
    if (g->degrees) { /* a degree of longitude is least at the edge that is farther north or south
                       */
        double south = g->north - g->height * g->pixel_y, far = fmax(fabs(g->north), fabs(south));
        double north;
        heat_grid_degree(&widest, &north, fmin(89, far + 2 * f->reach * g->pixel_y));
    }
    f->reach_x = g->radius / (g->pixel_x * widest) + 2;
    f->bins_across = (int)fmin(BIN_COLUMNS, ceil((g->width + 2 * f->reach_x) / BIN_ROWS));
    f->stride = g->width + HEAT_ROWS_PAD;
    f->band_rows = BAND_BYTES / (int)sizeof(double) / f->stride;
    f->band_rows = f->band_rows < 4               ? 4
                   : f->band_rows > BAND_ROWS_MAX ? BAND_ROWS_MAX
                                                  : f->band_rows;
    f->bands = (g->height + f->band_rows - 1) / f->band_rows;
    f->centre_x = mem_alloc((size_t)f->stride * sizeof *f->centre_x);
    for (int i = 0; i < f->stride; i++)
        f->centre_x[i] = g->west + (i + 0.5) * g->pixel_x;
    f->centre_y = mem_alloc((size_t)g->height * sizeof *f->centre_y);
    f->at = g->degrees ? mem_alloc((size_t)g->height * sizeof *f->at) : NULL;
    for (int i = 0; i < g->height; i++) {
        f->centre_y[i] = g->north - (i + 0.5) * g->pixel_y;
        if (f->at)
            f->at[i] = scale_at(f->centre_y[i]);
    }
}

bool heat_grid_fill(struct heat_grid *g, const struct heat_points *points, heat_grid_tell *tell,
                    void *ctx, struct error *err)
{
    if (!heat_grid_check(g, err))
        return false;
    struct fill f = {.g = g, .tell = tell, .ctx = ctx, .lock = PTHREAD_MUTEX_INITIALIZER};
    g->integral = 0;
    g->least = INFINITY;
    g->most = -INFINITY;
    lay_out(&f);
    sort_points(&f, points);
    for (int n = 0; n < f.bands; n++) {
        size_t first, end;
        int top = n * f.band_rows, rows = g->height - top;
        band_points(&first, &end, &f, top, rows < f.band_rows ? rows : f.band_rows);
        f.work += end - first;
    }
    f.integral = mem_zero((size_t)f.bands, sizeof *f.integral);
    run_threads(&f);
    for (int n = 0; n < f.bands; n++)
        g->integral += f.integral[n];
    free(f.integral);
    free(f.marks);
    free(f.start);
    free(f.centre_x);
    free(f.centre_y);
    free(f.at);
    if (g->unit == HEAT_UNIT_KM2)
        g->integral /= 1e6;
    if (g->unit == HEAT_UNIT_RAW)
        g->integral = 0;
    if (g->least > g->most)
        g->least = g->most = 0;
    return !atomic_load(&f.stop) ||
           error_set(err, ERROR_CONFLICT, "the heat map was cancelled; nothing was written");
}
