#include "analysis/heat_zonal.h"

#include <math.h>
#include <stdlib.h>

#include "gis/mem.h"

struct sum {
    struct heat_zone *out;
    const struct heat_raster *r, *mend;
    const int *zone;
    const double *km2; /* of a pixel of each row */
    uint8_t *seen;     /* pixels of any zone; NULL = not wanted */
};

/* Half of a pixel's value, uniformly distributed: what a border through it may be wrong by. */
static double doubt_of(double value, double km2)
{
    return isnan(value) ? 0 : value * km2 * value * km2 / 12;
}

static void add_pixels(struct heat_zone *z, const struct sum *s, int row, int first, int end)
{
    size_t at = (size_t)row * (size_t)s->r->grid.width;
    const double *value = s->r->cells + at, *mend = s->mend->cells ? s->mend->cells + at : NULL;
    double total = 0;
    int count = 0;
    for (int i = first; i < end; i++) {
        double v = value[i];
        if (isnan(v))
            continue;
        total += mend ? v + mend[i] : v;
        count++;
        z->least = v >= z->least ? z->least : v;
        if (!(v <= z->most)) {
            z->most = v;
            z->most_x = heat_raster_x(s->r, i);
            z->most_y = heat_raster_y(s->r, row);
        }
    }
    z->pixels += (uint64_t)count;
    z->km2 += count * s->km2[row];
    z->integral += total * s->km2[row];
}

static void add_span(void *ctx, size_t polygon, int row, int first, int end)
{
    const struct sum *s = ctx;
    struct heat_zone *z = &s->out[s->zone[polygon]];
    size_t at = (size_t)row * (size_t)s->r->grid.width;
    add_pixels(z, s, row, first, end);
    z->doubt += doubt_of(s->r->cells[at + (size_t)first], s->km2[row]) +
                doubt_of(s->r->cells[at + (size_t)end - 1], s->km2[row]);
    for (int i = first; s->seen && i < end; i++)
        s->seen[at + (size_t)i] = 1;
}

static void add_seen(struct heat_zone *all, const struct sum *s)
{
    const struct heat_grid *g = &s->r->grid;
    for (int row = 0; row < g->height; row++) {
        const uint8_t *seen = s->seen + (size_t)row * (size_t)g->width;
        for (int i = 0, end; i < g->width; i = end) {
            for (end = i + 1; end < g->width && seen[end] == seen[i]; end++)
                ;
            if (seen[i])
                add_pixels(all, s, row, i, end);
        }
    }
}

void heat_zonal_begin(struct heat_zone *out, int zones)
{
    for (int i = 0; i < zones; i++)
        out[i] = (struct heat_zone){.least = NAN, .most = NAN, .most_x = NAN, .most_y = NAN};
}

void heat_zonal_add(struct heat_zone *out, struct heat_zone *all, const struct heat_raster *r,
                    const struct heat_raster *mend, const struct area *a, const int *zone)
{
    const struct heat_grid *g = &r->grid;
    double *x = mem_alloc((size_t)g->width * sizeof *x);
    double *y = mem_alloc((size_t)g->height * sizeof *y);
    double *km2 = mem_alloc((size_t)g->height * sizeof *km2);
    for (int i = 0; i < g->width; i++)
        x[i] = heat_raster_x(r, i);
    for (int i = 0; i < g->height; i++) {
        y[i] = heat_raster_y(r, i);
        km2[i] = heat_raster_pixel_km2(r, i);
    }
    struct sum s = {.out = out, .r = r, .mend = mend, .zone = zone, .km2 = km2};
    if (all)
        s.seen = mem_zero((size_t)g->width * (size_t)g->height, 1);
    area_spans(a, &(struct area_lattice){g->width, g->height, x, y}, add_span, &s);
    if (all)
        add_seen(all, &s);
    free(s.seen);
    free(x);
    free(y);
    free(km2);
}

void heat_zonal_sum(struct heat_zone *out, int zones, const struct heat_raster *r,
                    const struct area *a, const int *zone)
{
    static const struct heat_raster none = {.cells = NULL};
    heat_zonal_begin(out, zones);
    heat_zonal_add(out, NULL, r, &none, a, zone);
}
