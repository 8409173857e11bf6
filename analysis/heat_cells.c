#include "analysis/heat_cells.h"

#include <math.h>

/* ThreadSanitizer's runtime cannot start with functions that are chosen at load time. */
#if defined(__SANITIZE_THREAD__) || !defined(__x86_64__)
#define VECTOR_VERSIONS
#else
#define VECTOR_VERSIONS __attribute__((target_clones("avx512f", "avx2", "default")))
#endif

struct lanes {
    double total[HEAT_CELLS_LANES], least[HEAT_CELLS_LANES], most[HEAT_CELLS_LANES];
};

/* Most rows: every column has a value. */
VECTOR_VERSIONS static int write_all(struct lanes *l, float *restrict out,
                                     const double *restrict sum, int width)
{
    int c = 0;
    struct lanes k = *l;
    for (; c + HEAT_CELLS_LANES <= width; c += HEAT_CELLS_LANES)
        for (int i = 0; i < HEAT_CELLS_LANES; i++) {
            double v = sum[c + i];
            k.total[i] += v;
            k.least[i] = v < k.least[i] ? v : k.least[i];
            k.most[i] = v > k.most[i] ? v : k.most[i];
            out[c + i] = (float)v;
        }
    *l = k;
    return c;
}

static void write_one(struct lanes *l, struct heat_cells *told, const struct heat_cells_row *row,
                      int c)
{
    int i = c % HEAT_CELLS_LANES;
    double v = row->sum[c];
    if (row->inside && !(row->inside[c / 8] >> c % 8 & 1)) {
        v = row->outside;
        told->outside++;
    } else if (row->reached && !row->reached[c]) {
        v = row->empty;
    } else {
        l->total[i] += v;
        l->least[i] = v < l->least[i] ? v : l->least[i];
        l->most[i] = v > l->most[i] ? v : l->most[i];
    }
    if (row->wide)
        ((double *)row->cells)[c] = v;
    else
        ((float *)row->cells)[c] = (float)v;
}

double heat_cells_write(struct heat_cells *told, const struct heat_cells_row *row)
{
    struct lanes l = {.total = {0}};
    double total = 0;
    int c = 0;
    for (int i = 0; i < HEAT_CELLS_LANES; i++) {
        l.least[i] = INFINITY;
        l.most[i] = -INFINITY;
    }
    if (!row->wide && !row->inside && !row->reached)
        c = write_all(&l, row->cells, row->sum, row->width);
    for (; c < row->width; c++)
        write_one(&l, told, row, c);
    for (int i = 0; i < HEAT_CELLS_LANES; i++) {
        total += l.total[i];
        told->least = fmin(told->least, l.least[i]);
        told->most = fmax(told->most, l.most[i]);
    }
    return total;
}
