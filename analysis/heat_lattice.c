/* DESIGN. Where kernels begin and end on a row is written into a row of ends (band), once for each
 * point; one pass over the row then runs the sums of all polynomials and evaluates them. A band of
 * rows stays near the processor. For what the numbers are see heat_spot.c. */
#include "analysis/heat_lattice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"

#define INLINE static inline __attribute__((always_inline))

enum { BAND_WORDS = 1 << 17 /* of 8 bytes, 1 MiB */ };
enum { CHUNK = 32 /* columns */, CHUNKS_MAX = HEAT_WINDOW_MAX / CHUNK + 1 };

/* ---- pixels ---- */

struct band { /* some rows of a window, while they are summed */
    const struct heat_window *w;
    int top, height;
    uint64_t *ends;   /* [height][width + 1][terms] */
    uint8_t *touched; /* [height][CHUNKS_MAX]: whether a chunk of columns has ends */
    uint64_t *choose; /* [width][terms]: C(K, j) */
};

INLINE void add_spot(const struct band *b, struct heat_chords *r, const struct heat_spot *s,
                     enum heat_shape shape, int terms)
{
    const struct heat_window *w = b->w;
    int64_t middle = s->column - w->column0; /* column of the window */
    if (middle < -HEAT_SPOT_REACH || middle > w->width + HEAT_SPOT_REACH ||
        !heat_chords_rows(r, s, (int64_t)w->row0 + b->top, b->height))
        return;
    heat_chords_find(r, s);
    heat_chords_terms(r, s, shape, -middle);
    int top = (int)(s->row - w->row0 - b->top) + r->first;
    for (int i = 0; i < r->count; i++) {
        int from = (int)middle + r->from[i], past = (int)middle + r->to[i] + 1;
        from = from > 0 ? from : 0;
        past = past < w->width ? past : w->width;
        if (from >= past)
            continue;
        size_t line = (size_t)(top + i) * ((size_t)w->width + 1);
        uint64_t *in = b->ends + (line + (size_t)from) * (size_t)terms;
        uint64_t *out = b->ends + (line + (size_t)past) * (size_t)terms;
        for (int n = 0; n < terms; n++) {
            in[n] += r->e[n][i];
            out[n] -= r->e[n][i];
        }
        uint8_t *touched = b->touched + (size_t)(top + i) * CHUNKS_MAX;
        touched[from / CHUNK] = touched[past / CHUNK] = 1;
    }
}

/* The running sums of a band's rows into the window; leaves the ends zero. */
INLINE void run_band(const struct band *b, int terms)
{
    const struct heat_window *w = b->w;
    for (int row = 0; row < b->height; row++) {
        int64_t *out = w->sum + (size_t)(b->top + row) * (size_t)w->width;
        uint64_t *line = b->ends + (size_t)row * ((size_t)w->width + 1) * (size_t)terms;
        uint8_t *touched = b->touched + (size_t)row * CHUNKS_MAX;
        uint64_t sum[HEAT_SPOT_TERMS] = {0}, any = 0;
        for (int from = 0; from <= w->width; from += CHUNK) {
            int past = from + CHUNK < w->width ? from + CHUNK : w->width;
            if (!touched[from / CHUNK] && !any) {
                memset(out + from, 0, (size_t)(past - from) * sizeof *out);
                continue;
            }
            uint64_t *end = line + (size_t)from * (size_t)terms;
            const uint64_t *choose = b->choose + (size_t)from * (size_t)terms;
            for (int i = from; i < past; i++, end += terms, choose += terms) {
                uint64_t value = sum[0] += end[0];
                for (int j = 1; j < terms; j++) {
                    sum[j] += end[j];
                    value += sum[j] * choose[j];
                }
                out[i] = (int64_t)value;
            }
            any = 0;
            for (int j = 0; j < terms; j++)
                any |= sum[j];
        }
        for (int from = 0; from <= w->width; from += CHUNK)
            if (touched[from / CHUNK])
                memset(line + (size_t)from * (size_t)terms, 0,
                       (size_t)(from + CHUNK <= w->width ? CHUNK : w->width + 1 - from) *
                           (size_t)terms * sizeof *line);
        memset(touched, 0, CHUNKS_MAX);
    }
}

INLINE void sum_terms(struct heat_window *w, enum heat_shape shape, int terms,
                      const struct heat_spot *spots, uint32_t count)
{
    int most = BAND_WORDS / ((w->width + 1) * terms);
    most = most < w->height ? most : w->height;
    struct band b = {.w = w,
                     .ends = mem_zero((size_t)most * ((size_t)w->width + 1) * (size_t)terms, 8),
                     .touched = mem_zero((size_t)most, CHUNKS_MAX),
                     .choose = mem_alloc((size_t)w->width * (size_t)terms * 8)};
    struct heat_chords chords;
    for (int i = 0; i < w->width; i++)
        heat_choose(b.choose + (size_t)i * (size_t)terms, i, terms);
    for (b.top = 0; b.top < w->height; b.top += most) {
        b.height = w->height - b.top < most ? w->height - b.top : most;
        for (uint32_t i = 0; i < count; i++)
            add_spot(&b, &chords, &spots[i], shape, terms);
        run_band(&b, terms);
    }
    free(b.ends);
    free(b.touched);
    free(b.choose);
}

/* The triangular kernel is no polynomial: each pixel by itself, rounded. */
static int64_t triangular_at(const struct heat_spot *s, int row, int k)
{
    double t = row + (0.5 - s->fy), u2 = heat_spot_distance2(s, k + (0.5 - s->fx), t);
    return llrint(s->weight * fmax(0, 1 - sqrt(u2)));
}

static void sum_triangular(struct heat_window *w, const struct heat_spot *spots, uint32_t count)
{
    struct heat_chords r;
    memset(w->sum, 0, (size_t)w->width * (size_t)w->height * sizeof *w->sum);
    for (uint32_t i = 0; i < count; i++) {
        const struct heat_spot *s = &spots[i];
        int64_t middle = s->column - w->column0;
        if (!heat_chords_rows(&r, s, w->row0, w->height))
            continue;
        heat_chords_find(&r, s);
        for (int n = 0; n < r.count; n++) {
            int row = r.first + n;
            int64_t *line = w->sum + (size_t)(s->row + row - w->row0) * (size_t)w->width;
            for (int k = r.from[n]; k <= r.to[n]; k++)
                if (middle + k >= 0 && middle + k < w->width)
                    line[middle + k] += triangular_at(s, row, k);
        }
    }
}

void heat_lattice_sum(struct heat_window *w, enum heat_shape shape, const struct heat_spot *spots,
                      uint32_t count)
{
    switch (shape) { /* a number of terms each, so that their loops unroll */
    case HEAT_QUARTIC: sum_terms(w, HEAT_QUARTIC, 5, spots, count); break;
    case HEAT_TRIANGULAR: sum_triangular(w, spots, count); break;
    case HEAT_UNIFORM: sum_terms(w, HEAT_UNIFORM, 1, spots, count); break;
    case HEAT_TRIWEIGHT: sum_terms(w, HEAT_TRIWEIGHT, 7, spots, count); break;
    case HEAT_EPANECHNIKOV: sum_terms(w, HEAT_EPANECHNIKOV, 3, spots, count); break;
    case HEAT_SHAPES: break;
    }
}

/* ---- blocks ---- */

/* Sums of C(k, j) over all k below: C(k, j + 1), k from -REACH to REACH + 1. */
struct power_sums {
    int64_t below[2 * HEAT_SPOT_REACH + 2][HEAT_SPOT_TERMS];
};

static struct power_sums *power_sums_new(void)
{
    struct power_sums *p = mem_alloc(sizeof *p);
    for (int k = -HEAT_SPOT_REACH; k <= HEAT_SPOT_REACH + 1; k++) {
        uint64_t c[HEAT_SPOT_TERMS + 1];
        heat_choose(c, k, HEAT_SPOT_TERMS + 1);
        for (int j = 0; j < HEAT_SPOT_TERMS; j++)
            p->below[k + HEAT_SPOT_REACH][j] = (int64_t)c[j + 1];
    }
    return p;
}

static heat_wide sum_below(const struct power_sums *p, const struct heat_chords *r, int i, int k,
                           int terms)
{
    heat_wide sum = 0;
    for (int j = 0; j < terms; j++)
        sum += (heat_wide)(int64_t)r->e[j][i] * p->below[k + HEAT_SPOT_REACH][j];
    return sum;
}

/* One row of a spot into the blocks of its row; line: the first block of that row. terms 0 = the
 * triangular kernel. */
static void add_row(heat_wide *line, const struct heat_blocks *b, const struct heat_spot *s,
                    const struct heat_chords *r, int i, int terms, const struct power_sums *p)
{
    for (int k = r->from[i]; k <= r->to[i];) {
        int64_t block = (s->column + k) >> b->shift;
        int past = (int)(((block + 1) << b->shift) - s->column);
        past = past <= r->to[i] ? past : r->to[i] + 1;
        if (block >= b->column0 && block - b->column0 < b->width) {
            heat_wide *sum = &line[block - b->column0];
            if (terms)
                *sum += sum_below(p, r, i, past, terms) - sum_below(p, r, i, k, terms);
            else
                for (int n = k; n < past; n++)
                    *sum += triangular_at(s, r->first + i, n);
        }
        k = past;
    }
}

void heat_lattice_blocks(struct heat_blocks *b, enum heat_shape shape,
                         const struct heat_spot *spots, uint32_t count)
{
    struct power_sums *p = power_sums_new();
    struct heat_chords r;
    memset(b->sum, 0, (size_t)b->width * (size_t)b->height * sizeof *b->sum);
    for (uint32_t n = 0; n < count; n++) {
        const struct heat_spot *s = &spots[n];
        if (!heat_chords_rows(&r, s, (int64_t)b->row0 << b->shift, (int64_t)b->height << b->shift))
            continue;
        heat_chords_find(&r, s);
        heat_chords_terms(&r, s, shape, 0);
        for (int i = 0; i < r.count; i++) {
            int64_t block = ((s->row + r.first + i) >> b->shift) - b->row0;
            add_row(b->sum + (size_t)block * (size_t)b->width, b, s, &r, i,
                    heat_chords_count(shape), p);
        }
    }
    free(p);
}
