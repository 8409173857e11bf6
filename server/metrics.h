/* metrics.h - counts of what the server did, for /metrics. Any thread may count; nothing locks. */
#ifndef SERVER_METRICS_H
#define SERVER_METRICS_H

#include <stdatomic.h>

#include "gis/buf.h"
#include "server/route.h"

struct metrics;

struct metrics *metrics_new(void);
void metrics_free(struct metrics *m); /* NULL allowed */
/* One request answered. route NULL with is_static = a file of the page, else no route was found.
 * duration from the whole request's arrival until its answer was handed to the network, ns. */
void metrics_count(struct metrics *m, const struct route *route, bool is_static, int status,
                   int64_t duration_ns);
/* Requests under way, and those of them that wait for a worker: +1, -1. */
void metrics_in_flight(struct metrics *m, int change);
void metrics_waiting(struct metrics *m, int change);
void metrics_heavy(struct metrics *m, int change); /* heavy ones that are worked at */
/* A client hung up and its work was ended. */
void metrics_abandoned(struct metrics *m);
/* Prometheus text format 0.0.4 of all the above. */
void metrics_write(struct buf *out, const struct metrics *m);

#endif
