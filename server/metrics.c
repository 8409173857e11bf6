#include "server/metrics.h"

#include <inttypes.h>
#include <stdlib.h>

#include "gis/mem.h"

/* Upper limits of the latency histogram, microseconds; the last bucket has none. */
static const int64_t limits_us[] = {100,   250,   500,    1000,   2500,    5000,   10000,
                                    25000, 50000, 100000, 250000, 1000000, 5000000};
enum { LIMITS = sizeof limits_us / sizeof *limits_us, CLASSES = 6 };

struct row {
    _Atomic uint64_t by_class[CLASSES]; /* [1] 1xx … [5] 5xx */
    _Atomic uint64_t bucket[LIMITS + 1];
    _Atomic uint64_t sum_us;
};

struct metrics {
    _Atomic int in_flight, waiting, heavy;
    _Atomic uint64_t abandoned;
    int routes;
    struct row row[]; /* by route number, then files of the page, then what found no route */
};

struct metrics *metrics_new(void)
{
    int routes = route_count();
    struct metrics *m = mem_zero(1, sizeof *m + ((size_t)routes + 2) * sizeof m->row[0]);
    m->routes = routes;
    return m;
}

void metrics_free(struct metrics *m)
{
    free(m);
}

static void add(_Atomic uint64_t *counter, uint64_t n)
{
    atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

static uint64_t get(const _Atomic uint64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

void metrics_count(struct metrics *m, const struct route *route, bool is_static, int status,
                   int64_t duration_ns)
{
    int number = route ? route_number(route) : is_static ? m->routes : m->routes + 1;
    struct row *row = &m->row[number];
    int64_t us = duration_ns / 1000;
    int bucket = 0;
    while (bucket < LIMITS && us > limits_us[bucket])
        bucket++;
    add(&row->by_class[status / 100 < CLASSES ? status / 100 : 0], 1);
    add(&row->bucket[bucket], 1);
    add(&row->sum_us, us > 0 ? (uint64_t)us : 0);
}

void metrics_in_flight(struct metrics *m, int change)
{
    atomic_fetch_add_explicit(&m->in_flight, change, memory_order_relaxed);
}

void metrics_waiting(struct metrics *m, int change)
{
    atomic_fetch_add_explicit(&m->waiting, change, memory_order_relaxed);
}

void metrics_heavy(struct metrics *m, int change)
{
    atomic_fetch_add_explicit(&m->heavy, change, memory_order_relaxed);
}

void metrics_abandoned(struct metrics *m)
{
    add(&m->abandoned, 1);
}

/* Walks all rows with their labels. */
static void each_row(struct buf *out, const struct metrics *m,
                     void (*write)(struct buf *out, const struct row *row, const char *method,
                                   const char *route))
{
    int number = 0;
    for (const struct route *const *table = route_tables; *table; table++)
        for (const struct route *r = *table; r->pattern; r++)
            write(out, &m->row[number++], r->method, r->pattern);
    write(out, &m->row[number++], "GET", "(page)");
    write(out, &m->row[number], "", "(none)");
}

static void write_classes(struct buf *out, const struct row *row, const char *method,
                          const char *route)
{
    for (int c = 0; c < CLASSES; c++) {
        uint64_t n = get(&row->by_class[c]);
        if (n)
            buf_format(out,
                       "hazatlas_requests_total{method=\"%s\",route=\"%s\",status=\"%dxx\"} "
                       "%" PRIu64 "\n",
                       method, route, c, n);
    }
}

static void write_histogram(struct buf *out, const struct row *row, const char *method,
                            const char *route)
{
    static const char name[] = "hazatlas_request_duration_seconds";
    uint64_t total = 0;
    for (int b = 0; b <= LIMITS; b++)
        total += get(&row->bucket[b]);
    if (!total)
        return;
    uint64_t so_far = 0;
    for (int b = 0; b < LIMITS; b++) {
        so_far += get(&row->bucket[b]);
        buf_format(out, "%s_bucket{method=\"%s\",route=\"%s\",le=\"%g\"} %" PRIu64 "\n", name,
                   method, route, (double)limits_us[b] / 1e6, so_far);
    }
    so_far += get(&row->bucket[LIMITS]);
    buf_format(out, "%s_bucket{method=\"%s\",route=\"%s\",le=\"+Inf\"} %" PRIu64 "\n", name, method,
               route, so_far);
    buf_format(out, "%s_sum{method=\"%s\",route=\"%s\"} %.6f\n", name, method, route,
               (double)get(&row->sum_us) / 1e6);
    buf_format(out, "%s_count{method=\"%s\",route=\"%s\"} %" PRIu64 "\n", name, method, route,
               so_far);
}

void metrics_write(struct buf *out, const struct metrics *m)
{
    buf_text(out, "# HELP hazatlas_requests_total Requests answered.\n"
                  "# TYPE hazatlas_requests_total counter\n");
    each_row(out, m, write_classes);
    buf_text(out, "# HELP hazatlas_request_duration_seconds From the whole request to its answer.\n"
                  "# TYPE hazatlas_request_duration_seconds histogram\n");
    each_row(out, m, write_histogram);
    buf_format(out,
               "# HELP hazatlas_requests_in_flight Requests under way.\n"
               "# TYPE hazatlas_requests_in_flight gauge\n"
               "hazatlas_requests_in_flight %d\n"
               "# HELP hazatlas_requests_waiting Requests that wait for a worker.\n"
               "# TYPE hazatlas_requests_waiting gauge\n"
               "hazatlas_requests_waiting %d\n"
               "# HELP hazatlas_requests_heavy Heavy requests that are worked at.\n"
               "# TYPE hazatlas_requests_heavy gauge\n"
               "hazatlas_requests_heavy %d\n"
               "# HELP hazatlas_requests_abandoned_total Heavy work ended because its client hung "
               "up.\n"
               "# TYPE hazatlas_requests_abandoned_total counter\n"
               "hazatlas_requests_abandoned_total %" PRIu64 "\n",
               atomic_load_explicit(&m->in_flight, memory_order_relaxed),
               atomic_load_explicit(&m->waiting, memory_order_relaxed),
               atomic_load_explicit(&m->heavy, memory_order_relaxed), get(&m->abandoned));
}
