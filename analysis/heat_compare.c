#include "analysis/heat_compare.h"

#include <math.h>
#include <stdlib.h>

#include "gis/mem.h"

/* ---- correlations ---- */

double heat_compare_pearson(const double *a, const double *b, size_t n)
{
    double ma = 0, mb = 0, saa = 0, sbb = 0, sab = 0;
    size_t count = 0;
    for (size_t i = 0; i < n; i++) /* means and moments in one pass (Welford 1962) */
        if (!isnan(a[i]) && !isnan(b[i])) {
            double da = a[i] - ma, db = b[i] - mb;
            count++;
            ma += da / (double)count;
            mb += db / (double)count;
            saa += da * (a[i] - ma);
            sbb += db * (b[i] - mb);
            sab += da * (b[i] - mb);
        }
    if (count < 3 || !(saa > 0) || !(sbb > 0))
        return NAN;
    return fmax(-1, fmin(1, sab / sqrt(saa * sbb)));
}

struct placed {
    double value;
    uint32_t at;
};

static int by_value(const void *a, const void *b)
{
    const struct placed *p = a, *q = b;
    return (p->value > q->value) - (p->value < q->value);
}

static void rank(double *values, struct placed *room, size_t n)
{
    for (size_t i = 0; i < n; i++)
        room[i] = (struct placed){values[i], (uint32_t)i};
    qsort(room, n, sizeof *room, by_value);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && !(room[end].value > room[i].value); end++)
            ;
        for (size_t k = i; k < end; k++)
            values[room[k].at] = (double)(i + end - 1) / 2;
    }
}

double heat_compare_spearman(const double *a, const double *b, size_t n)
{
    double *x = mem_alloc(n * sizeof *x + 1), *y = mem_alloc(n * sizeof *y + 1);
    struct placed *room = mem_alloc(n * sizeof *room + 1);
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(a[i]) && !isnan(b[i])) {
            x[count] = a[i];
            y[count++] = b[i];
        }
    if (count) {
        rank(x, room, count);
        rank(y, room, count);
    }
    double r = heat_compare_pearson(x, y, count);
    free(room);
    free(x);
    free(y);
    return r;
}

/* ---- rasters ---- */

static bool compared(double a, double b)
{
    return !isnan(a) && !isnan(b) && (a < 0 || a > 0 || b < 0 || b > 0);
}

static void take_extreme(struct heat_extreme *e, double value, const struct heat_raster *r,
                         int column, int row)
{
    *e = (struct heat_extreme){value, heat_raster_x(r, column), heat_raster_y(r, row)};
}

static void take_pair(struct heat_pairs *p, double a, double b, double km2)
{
    struct heat_compared *out = &p->so_far;
    if (out->pixels == p->room) {
        p->room = p->room ? 2 * p->room : 4096;
        p->a = mem_resize(p->a, p->room, sizeof *p->a);
        p->b = mem_resize(p->b, p->room, sizeof *p->b);
        p->km2 = mem_resize(p->km2, p->room, sizeof *p->km2);
    }
    p->a[out->pixels] = a;
    p->b[out->pixels] = b;
    p->km2[out->pixels++] = km2;
    out->km2 += km2;
    out->sum_a += a * km2;
    out->sum_b += b * km2;
    *(a > 0 && b > 0 ? &out->both_km2 : a > 0 ? &out->only_a_km2 : &out->only_b_km2) += km2;
}

bool heat_pairs_add(struct heat_pairs *p, const struct heat_raster *a, const struct heat_raster *b,
                    struct error *err)
{
    static const struct heat_extreme none = {NAN, NAN, NAN};
    struct heat_compared *out = &p->so_far;
    if (!out->pixels)
        out->more_a = out->more_b = none;
    for (int row = 0; row < a->grid.height; row++) {
        double km2 = heat_raster_pixel_km2(a, row);
        for (int column = 0; column < a->grid.width; column++) {
            size_t i = (size_t)row * (size_t)a->grid.width + (size_t)column;
            double va = a->cells[i], vb = b->cells[i];
            out->whole_a += isnan(va) ? 0 : va * km2;
            out->whole_b += isnan(vb) ? 0 : vb * km2;
            if (!compared(va, vb))
                continue;
            if (out->pixels == HEAT_COMPARE_PIXELS_MAX)
                return error_set(err, ERROR_TOO_LARGE,
                                 "more than %d pixels would be compared: take a larger pixel, a "
                                 "larger radius or a smaller bbox",
                                 HEAT_COMPARE_PIXELS_MAX);
            take_pair(p, va, vb, km2);
            if (!(va - vb <= out->more_a.value))
                take_extreme(&out->more_a, va - vb, a, column, row);
            if (!(va - vb >= out->more_b.value))
                take_extreme(&out->more_b, va - vb, a, column, row);
        }
    }
    return true;
}

/* Of two maps that are divided by these sums what both have, from 0 to 1. */
static double overlap_of(const struct heat_pairs *p, double sum_a, double sum_b)
{
    double common = 0;
    if (!(sum_a > 0) || !(sum_b > 0))
        return NAN;
    for (size_t i = 0; i < p->so_far.pixels; i++)
        common += fmin(p->a[i] / sum_a, p->b[i] / sum_b) * p->km2[i];
    return fmin(1, common);
}

void heat_pairs_end(struct heat_compared *out, struct heat_pairs *p)
{
    *out = p->so_far;
    if (!out->pixels)
        out->more_a = out->more_b = (struct heat_extreme){NAN, NAN, NAN};
    out->overlap = overlap_of(p, out->sum_a, out->sum_b);
    out->overlap_whole = overlap_of(p, out->whole_a, out->whole_b);
    out->pearson = heat_compare_pearson(p->a, p->b, out->pixels);
    out->spearman = heat_compare_spearman(p->a, p->b, out->pixels);
    free(p->a);
    free(p->b);
    free(p->km2);
    *p = (struct heat_pairs){.a = NULL};
}

/* What both integrate to over the pixels that both have. */
static void integrals(double *sum_a, double *sum_b, const struct heat_raster *a,
                      const struct heat_raster *b)
{
    const double *va = a->cells, *vb = b->cells;
    *sum_a = *sum_b = 0;
    for (int row = 0; row < a->grid.height; row++) {
        double km2 = heat_raster_pixel_km2(a, row);
        for (int column = 0; column < a->grid.width; column++, va++, vb++)
            if (compared(*va, *vb)) {
                *sum_a += *va * km2;
                *sum_b += *vb * km2;
            }
    }
}

void heat_compare_cells(struct heat_raster *a, const struct heat_raster *b,
                        enum heat_compare_value value)
{
    size_t count = (size_t)a->grid.width * (size_t)a->grid.height;
    double sum_a = 0, sum_b = 0;
    if (value == HEAT_COMPARE_SHARES)
        integrals(&sum_a, &sum_b, a, b);
    for (size_t i = 0; i < count; i++) {
        double va = a->cells[i], vb = b->cells[i];
        switch (value) {
        case HEAT_COMPARE_DIFFERENCE: a->cells[i] = va - vb; break;
        case HEAT_COMPARE_RATIO: a->cells[i] = vb > 0 ? va / vb : (double)NAN; break;
        case HEAT_COMPARE_SHARES: a->cells[i] = va / sum_a - vb / sum_b; break;
        }
    }
}
