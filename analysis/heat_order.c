/* DESIGN. The order: strip of rows of the lattice, then x, y, |weight|, sign. Points are first put
 * into their strips where they lie (American flag sort: McIlroy, Bostic, McIlroy 1993). Then
 * threads take some strips each: a counting sort by x into bins of a handful of points, then each
 * bin is sorted for itself. Bins are cut by x, so their number changes nothing in the order. What
 * the points took is given back as their marks are made, so that not both are there at once;
 * rejected for that: one counting sort of all into bins, 24 bytes a point more and no quicker.
 *
 * Points at one place become one: each different |weight| counts (positives - negatives) times, so
 * a point that is added and taken away again (the same place, the opposite weight) leaves no bit
 * behind, whatever else stands there. Rejected: sums in integers of a scale that comes from the
 * total weight: one more point may change the scale. */
#include "analysis/heat_order.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"

enum {
    POINTS_A_BIN = 4,
    BINS_MAX = 1 << 14,
    SMALL = 16,
    CUTS = 48,
    TAKEN = 1 << 15,  /* points that a thread takes at a time, at least */
    DROPPED = 1 << 16 /* marks that are given back at a time, at least */
};

struct job {
    struct heat_order *o;
    const struct heat_order_box *box;
    double *x, *y, *weight; /* weight NULL = 1 each */
    double peak;
    bool keep;
    pthread_mutex_t lock;
    int next; /* strip that no thread has taken */
};

/* Of a row. */
static inline int64_t down(double row)
{
    double at = row / HEAT_ORDER_ROWS;
    int64_t whole = (int64_t)at;
    return whole - (at < (double)whole);
}

/* The strip of a place, or the number of strips where its kernel cannot touch the grid. */
static int strip_of(const struct job *j, double x, double y)
{
    const struct heat_order_box *b = j->box;
    double row = b->row_at - y / b->pixel_y;
    double column = x / b->pixel_x - b->column_at - (double)b->column + b->reach_x;
    if (!(row >= (double)(b->row - b->reach_y) && row < (double)(b->row + b->height + b->reach_y) &&
          column >= 0 && column < b->width + 2 * b->reach_x))
        return j->o->strips;
    return (int)(down(row) - j->o->strip0);
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

/* ---- marks of a strip ---- */

struct bins {
    int count;
    double x, a_unit;        /* bin = (x - this) * a_unit: between the least x and the largest */
    size_t at[BINS_MAX + 1]; /* end of each */
};

static inline int bin_of(const struct bins *b, double x)
{
    return (int)((x - b->x) * b->a_unit);
}

static void lay_bins(struct bins *b, const double *x, size_t count)
{
    double most = x[0];
    b->x = x[0];
    for (size_t i = 1; i < count; i++) {
        b->x = x[i] < b->x ? x[i] : b->x;
        most = x[i] > most ? x[i] : most;
    }
    double range = most - b->x;
    b->count = range < 1e-300                    ? 1
               : count < POINTS_A_BIN            ? 1
               : count / POINTS_A_BIN > BINS_MAX ? BINS_MAX
                                                 : (int)(count / POINTS_A_BIN);
    b->a_unit = b->count > 1 ? b->count * (1 - 1e-12) / range : 0;
    memset(b->at, 0, ((size_t)b->count + 1) * sizeof *b->at);
    for (size_t i = 0; i < count; i++)
        b->at[bin_of(b, x[i]) + 1]++;
    for (int i = 0; i < b->count; i++)
        b->at[i + 1] += b->at[i];
}

static void make_strip(const struct job *j, struct bins *b, int strip)
{
    struct heat_order *o = j->o;
    size_t first = o->first[strip], count = o->end[strip] - first, begun = 0;
    if (!count)
        return;
    const double *x = j->x + first, *y = j->y + first, *w = j->weight ? j->weight + first : NULL;
    struct heat_mark *m = o->marks + first, *out = m;
    lay_bins(b, x, count);
    for (size_t i = 0; i < count; i++)
        m[b->at[bin_of(b, x[i])]++] = (struct heat_mark){x[i], y[i], w ? w[i] : 1};
    for (int i = 0; i < b->count; i++) {
        sort_marks(m + begun, b->at[i] - begun, CUTS);
        while (begun < b->at[i]) {
            size_t taken = join(m + begun, b->at[i] - begun);
            struct heat_mark one = m[begun];
            one.weight *= j->peak;
            begun += taken;
            if (j->keep || one.weight < 0 || one.weight > 0)
                *out++ = one;
        }
    }
    o->end[strip] = first + (size_t)(out - m);
}

/* The next strips with some points; false: there are no more. */
static bool take_strips(int *first, int *end, struct job *j)
{
    const struct heat_order *o = j->o;
    pthread_mutex_lock(&j->lock);
    *first = j->next;
    for (*end = *first; *end < o->strips && o->first[*end] - o->first[*first] < TAKEN;)
        ++*end;
    j->next = *end;
    pthread_mutex_unlock(&j->lock);
    return *first < *end;
}

static void *make_strips(void *ctx)
{
    struct job *j = ctx;
    struct bins *b = mem_alloc(sizeof *b);
    for (int first, end; take_strips(&first, &end, j);) {
        size_t from = j->o->first[first], size = (j->o->first[end] - from) * sizeof(double);
        for (int strip = first; strip < end; strip++)
            make_strip(j, b, strip);
        double *const done[] = {j->x, j->y, j->weight};
        for (int i = 0; size && i < 3; i++)
            if (done[i])
                mem_drop(done[i] + from, size);
    }
    free(b);
    return NULL;
}

static void run(struct job *j, int threads)
{
    pthread_t thread[HEAT_ORDER_THREADS_MAX];
    int begun = 0;
    if (threads > HEAT_ORDER_THREADS_MAX)
        threads = HEAT_ORDER_THREADS_MAX;
    while (begun < threads - 1 && !pthread_create(&thread[begun], NULL, make_strips, j))
        begun++;
    make_strips(j);
    for (int i = 0; i < begun; i++)
        pthread_join(thread[i], NULL);
}

/* ---- strips ---- */

static void lay_strips(struct job *j, size_t count)
{
    struct heat_order *o = j->o;
    const struct heat_order_box *b = j->box;
    o->strip0 = down((double)(b->row - b->reach_y));
    o->strips = (int)(down((double)(b->row + b->height + b->reach_y)) - o->strip0) + 1;
    o->first = mem_zero((size_t)o->strips + 2, sizeof *o->first);
    o->end = mem_alloc(((size_t)o->strips + 1) * sizeof *o->end);
    for (size_t i = 0; i < count; i++)
        o->first[strip_of(j, j->x[i], j->y[i]) + 1]++;
    for (int i = 0; i <= o->strips; i++)
        o->first[i + 1] += o->first[i];
    o->taken = o->first[o->strips];
}

static void exchange(double *a, double *b)
{
    double one = *a;
    *a = *b;
    *b = one;
}

/* Each point into its strip; those that reach nothing behind them all. */
static void part_strips(struct job *j)
{
    struct heat_order *o = j->o;
    memcpy(o->end, o->first, ((size_t)o->strips + 1) * sizeof *o->end);
    for (int strip = 0; strip <= o->strips; strip++)
        while (o->end[strip] < o->first[strip + 1]) {
            size_t i = o->end[strip];
            double x = j->x[i], y = j->y[i], weight = j->weight ? j->weight[i] : 1;
            for (int to; (to = strip_of(j, x, y)) != strip;) {
                size_t k = o->end[to]++;
                exchange(&x, &j->x[k]);
                exchange(&y, &j->y[k]);
                if (j->weight)
                    exchange(&weight, &j->weight[k]);
            }
            j->x[i] = x;
            j->y[i] = y;
            if (j->weight)
                j->weight[i] = weight;
            o->end[strip]++;
        }
}

void heat_order_make(struct heat_order *o, const struct heat_order_box *box, size_t count,
                     double *x, double *y, double *weight, double peak, bool keep, int threads)
{
    struct job j = {.o = o,
                    .box = box,
                    .x = x,
                    .y = y,
                    .weight = weight,
                    .peak = peak,
                    .keep = keep,
                    .lock = PTHREAD_MUTEX_INITIALIZER};
    *o = (struct heat_order){.marks = NULL};
    lay_strips(&j, count);
    part_strips(&j);
    o->marks = mem_alloc(o->taken * sizeof *o->marks + 1);
    run(&j, threads);
    free(x);
    free(y);
    free(weight);
}

void heat_order_drop(struct heat_order *o, int strip)
{
    size_t first = o->first[strip];
    if (first < o->dropped + DROPPED)
        return;
    mem_drop(o->marks + o->dropped, (first - o->dropped) * sizeof *o->marks);
    o->dropped = first;
}

void heat_order_free(struct heat_order *o)
{
    free(o->marks);
    free(o->first);
    free(o->end);
    *o = (struct heat_order){.marks = NULL};
}
