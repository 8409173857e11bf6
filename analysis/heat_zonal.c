#include "analysis/heat_zonal.h"

#include <math.h>
#include <stdlib.h>

#include "gis/mem.h"

struct sum {
    struct heat_zone *out;
    const struct heat_raster *r;
    const int *zone;
    const double *km2; /* of a pixel of each row */
};

static void add_span(void *ctx, size_t polygon, int row, int first, int end)
{
    const struct sum *s = ctx;
    struct heat_zone *z = &s->out[s->zone[polygon]];
    const double *value = s->r->cells + (size_t)row * (size_t)s->r->grid.width;
    double total = 0;
    int count = 0;
    for (int i = first; i < end; i++) {
        double v = value[i];
        if (isnan(v))
            continue;
        total += v;
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

void heat_zonal_sum(struct heat_zone *out, int zones, const struct heat_raster *r,
                    const struct area *a, const int *zone)
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
    for (int i = 0; i < zones; i++)
        out[i] = (struct heat_zone){.least = NAN, .most = NAN, .most_x = NAN, .most_y = NAN};
    struct sum s = {.out = out, .r = r, .zone = zone, .km2 = km2};
    area_spans(a, &(struct area_lattice){g->width, g->height, x, y}, add_span, &s);
    free(x);
    free(y);
    free(km2);
}
