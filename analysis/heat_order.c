/* DESIGN. The order: strip of rows of the lattice, then x, y, |weight|, sign. A counting sort into
 * small bins (strip x columns, as many as make a handful of points each) comes first, then each bin
 * is sorted for itself; strips are independent, so threads take one each. Bins are cut by x, so
 * their number, which does depend on the extent, changes nothing in the order.
 *
 * Points at one place become one: each different |weight| counts (positives - negatives) times, so
 * a point that is added and taken away again (the same place, the opposite weight) leaves no bit
 * behind, whatever else stands there. Rejected: sums in integers of a scale that comes from the
 * total weight: one more point may change the scale. */
#include "analysis/heat_order.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"

enum { POINTS_A_BIN = 4, BINS_ACROSS_MAX = 1 << 14, SMALL = 16, CUTS = 48 };

struct job {
    struct heat_order *o;
    size_t *at; /* end of each bin, after the counting sort */
    int across; /* bins of a strip */
    double peak;
    bool keep;
    atomic_int next;
};

static int64_t strip_of(double row)
{
    return (int64_t)floor(row / HEAT_ORDER_ROWS);
}

/* The bin of a place, or -1 where its kernel cannot touch the grid. */
static int64_t bin_of(const struct job *j, const struct heat_order_box *b, double x, double y)
{
    double row = b->row_at - y / b->pixel_y;
    double column = x / b->pixel_x - b->column_at - (double)b->column + b->reach_x;
    double wide = b->width + 2 * b->reach_x;
    if (!(row >= (double)(b->row - b->reach_y) && row < (double)(b->row + b->height + b->reach_y) &&
          column >= 0 && column < wide))
        return -1;
    return (strip_of(row) - j->o->strip0) * j->across +
           (int64_t)(column / wide * j->across * (1 - 1e-12));
}

static inline bool comes_before(const struct heat_mark *a, const struct heat_mark *b)
{
    if (a->x < b->x || a->x > b->x)
        return a->x < b->x;
    if (a->y < b->y || a->y > b->y)
        return a->y < b->y;
    double wa = fabs(a->weight), wb = fabs(b->weight);
    return wa < wb || (!(wa > wb) && a->weight < b->weight);
}

static int order_any(const void *a, const void *b)
{
    return comes_before(a, b) ? -1 : comes_before(b, a);
}

static void swap(struct heat_mark *a, struct heat_mark *b)
{
    struct heat_mark one = *a;
    *a = *b;
    *b = one;
}

/* Hoare's partition about the middle mark: returns the first of the upper part. */
static size_t part(struct heat_mark *m, size_t count)
{
    struct heat_mark middle = m[count / 2];
    size_t low = 0, high = count - 1;
    for (;; low++, high--) {
        while (comes_before(&m[low], &middle))
            low++;
        while (comes_before(&middle, &m[high]))
            high--;
        if (low >= high)
            return high + 1;
        swap(&m[low], &m[high]);
    }
}

/* Quicksort of large bins, until it has cut `cuts` times: then something is odd about them. */
static void sort_marks(struct heat_mark *m, size_t count, int cuts)
{
    while (count > SMALL) {
        if (!cuts--) {
            qsort(m, count, sizeof *m, order_any);
            return;
        }
        size_t upper = part(m, count);
        sort_marks(m + upper, count - upper, cuts);
        count = upper;
    }
    for (size_t i = 1; i < count; i++) {
        struct heat_mark one = m[i];
        size_t k = i;
        for (; k > 0 && comes_before(&one, &m[k - 1]); k--)
            m[k] = m[k - 1];
        m[k] = one;
    }
}

static bool same_place(const struct heat_mark *a, const struct heat_mark *b)
{
    return !(a->x < b->x || a->x > b->x || a->y < b->y || a->y > b->y);
}

/* The points at m[0]'s place become m[0]; returns their number. */
static size_t join(struct heat_mark *m, size_t count)
{
    double sum = 0;
    size_t i = 0;
    while (i < count && same_place(m, &m[i])) {
        double size = fabs(m[i].weight), times = 0;
        for (; i < count && same_place(m, &m[i]) && !(fabs(m[i].weight) > size); i++)
            times += m[i].weight < 0 ? -1 : 1;
        sum += times * size;
    }
    m->weight = sum;
    return i;
}

static void sort_strip(const struct job *j, int strip)
{
    struct heat_order *o = j->o;
    size_t at = (size_t)strip * (size_t)j->across, begun = o->first[strip], out = begun;
    for (int i = 0; i < j->across; i++) {
        size_t end = j->at[at + (size_t)i];
        sort_marks(o->marks + begun, end - begun, CUTS);
        while (begun < end) {
            struct heat_mark one;
            size_t taken = join(o->marks + begun, end - begun);
            one = o->marks[begun];
            one.weight *= j->peak;
            begun += taken;
            if (j->keep || one.weight < 0 || one.weight > 0)
                o->marks[out++] = one;
        }
    }
    o->end[strip] = out;
}

static void *sort_strips(void *ctx)
{
    struct job *j = ctx;
    for (int n; (n = atomic_fetch_add(&j->next, 1)) < j->o->strips;)
        sort_strip(j, n);
    return NULL;
}

static void run(struct job *j, int threads)
{
    pthread_t thread[HEAT_ORDER_THREADS_MAX];
    int begun = 0;
    if (threads > HEAT_ORDER_THREADS_MAX)
        threads = HEAT_ORDER_THREADS_MAX;
    while (begun < threads - 1 && !pthread_create(&thread[begun], NULL, sort_strips, j))
        begun++;
    sort_strips(j);
    for (int i = 0; i < begun; i++)
        pthread_join(thread[i], NULL);
}

/* Lays out strips and bins for so many points. */
static void lay_out(struct job *j, const struct heat_order_box *b, size_t count)
{
    struct heat_order *o = j->o;
    o->strip0 = strip_of((double)(b->row - b->reach_y));
    o->strips = (int)(strip_of((double)(b->row + b->height + b->reach_y)) - o->strip0) + 1;
    o->first = mem_alloc((size_t)o->strips * sizeof *o->first);
    o->end = mem_alloc((size_t)o->strips * sizeof *o->end);
    double across = (double)count / POINTS_A_BIN / o->strips;
    j->across = across < 1 ? 1 : across > BINS_ACROSS_MAX ? BINS_ACROSS_MAX : (int)across;
}

void heat_order_make(struct heat_order *o, const struct heat_order_box *box, size_t count,
                     const double *x, const double *y, const double *weight, double peak, bool keep,
                     int threads)
{
    struct job j = {.o = o, .peak = peak, .keep = keep};
    lay_out(&j, box, count);
    size_t bins = (size_t)o->strips * (size_t)j.across;
    size_t *at = j.at = mem_zero(bins + 1, sizeof *at);
    int32_t *bin = mem_alloc(count * sizeof *bin + 1);
    for (size_t i = 0; i < count; i++) {
        bin[i] = (int32_t)bin_of(&j, box, x[i], y[i]);
        if (bin[i] >= 0)
            at[bin[i] + 1]++;
    }
    for (size_t i = 0; i < bins; i++)
        at[i + 1] += at[i];
    o->taken = at[bins];
    for (int i = 0; i < o->strips; i++)
        o->first[i] = at[i * j.across];
    o->marks = mem_alloc(o->taken * sizeof *o->marks + 1);
    for (size_t i = 0; i < count; i++)
        if (bin[i] >= 0)
            o->marks[at[bin[i]]++] = (struct heat_mark){x[i], y[i], weight ? weight[i] : 1};
    free(bin);
    run(&j, threads);
    free(at);
}

void heat_order_free(struct heat_order *o)
{
    free(o->marks);
    free(o->first);
    free(o->end);
    *o = (struct heat_order){.marks = NULL};
}
