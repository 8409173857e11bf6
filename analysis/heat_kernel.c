#include "analysis/heat_kernel.h"

#include <math.h>

/* ThreadSanitizer's runtime cannot start with functions that are chosen at load time. */
#if defined(__SANITIZE_THREAD__) || !defined(__x86_64__)
#define VECTOR_VERSIONS
#else
#define VECTOR_VERSIONS __attribute__((target_clones("avx2", "default")))
#endif

/* Written so that the compiler makes vector code of it; without fused multiply-add in either
 * version, so both give the same bits. */
VECTOR_VERSIONS static void add_row(float *restrict out, int n, int offset, float centre, float s,
                                    float t, float weight)
{
    for (int i = 0; i < n; i++) {
        float d = ((float)(offset + i) + centre) * s;
        float u = t - d * d;
        u = u > 0 ? u : 0;
        out[i] += weight * (u * u);
    }
}

/* Columns of one row that the kernel may touch, as offsets from the point's column. */
static int row_reach(const struct lattice_point *p, int64_t offset, double *t)
{
    double d = ((double)offset + 0.5 - p->fy) * p->sy;
    *t = 1 - d * d;
    return *t <= 0 ? -1 : (int)(sqrt(*t) / p->sx) + 1;
}

void heat_kernel_add(const struct lattice *l, const struct lattice_point *p)
{
    int64_t reach = (int64_t)(1 / p->sy) + 1;
    int64_t top = p->row - reach < l->y0 ? l->y0 : p->row - reach;
    int64_t bottom = p->row + reach;
    if (bottom > l->y0 + l->height - 1)
        bottom = l->y0 + l->height - 1;
    for (int64_t y = top; y <= bottom; y++) {
        double t;
        int half = row_reach(p, y - p->row, &t);
        if (half < 0)
            continue;
        int64_t west = p->column - half < l->x0 ? l->x0 : p->column - half;
        int64_t east = p->column + half;
        if (east > l->x0 + l->width - 1)
            east = l->x0 + l->width - 1;
        if (east < west)
            continue;
        /* The offset is an integer until the last moment: the rounding of a pixel is the same
         * whichever pixel the row starts at. */
        add_row(l->value + (y - l->y0) * l->width + (west - l->x0), (int)(east - west + 1),
                (int)(west - p->column), (float)(0.5 - p->fx), (float)p->sx, (float)t, p->weight);
    }
}

void heat_kernel_add_coarse(double *value, int64_t cx0, int64_t cy0, int width, int height,
                            int shift, const struct lattice_point *p)
{
    int64_t reach = (int64_t)(1 / p->sy) + 1;
    double part = 1.0 / (double)((int64_t)1 << (2 * shift));
    for (int64_t y = p->row - reach; y <= p->row + reach; y++) {
        double t;
        int half = row_reach(p, y - p->row, &t);
        int64_t cy = (y >> shift) - cy0;
        if (half < 0 || cy < 0 || cy >= height)
            continue;
        for (int64_t x = p->column - half; x <= p->column + half; x++) {
            int64_t cx = (x >> shift) - cx0;
            if (cx < 0 || cx >= width)
                continue;
            double d = ((double)(x - p->column) + 0.5 - p->fx) * p->sx;
            double u = t - d * d;
            if (u > 0)
                value[cy * width + cx] += (double)p->weight * part * u * u;
        }
    }
}
