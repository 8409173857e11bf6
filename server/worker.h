/* worker.h - a fixed number of threads that do jobs from bounded queues; each owns one database
 * connection, opened when first asked for.
 *
 * Heavy jobs (seconds of a core each) have a queue of their own and never more than half of the
 * threads, so that light ones do not wait behind them. */
#ifndef SERVER_WORKER_H
#define SERVER_WORKER_H

#include "gis/db.h"

struct worker;
struct worker_pool;

struct worker_job { /* first member of what the job is about */
    struct worker_job *next;
    void (*run)(struct worker_job *job, struct worker *worker);
    bool heavy; /* before the reservation */
};

struct worker_limits {
    int threads;            /* 0 = one a core and one more */
    int queue, heavy_queue; /* jobs that wait */
};

/* conninfo is borrowed for the pool's life. NULL with err when no thread could be made. */
struct worker_pool *worker_pool_new(const struct worker_limits *limits, const char *conninfo,
                                    struct error *err);
/* A place in its queue for one later push of the job; false = the queue is full. */
bool worker_pool_reserve(struct worker_pool *p, const struct worker_job *job);
void worker_pool_push(struct worker_pool *p, struct worker_job *job);
/* Ends the threads; the queue must have run empty. NULL allowed. */
void worker_pool_free(struct worker_pool *p);

/* The worker's connection, open. NULL when the database does not answer. */
struct db *worker_db(struct worker *w, struct error *err);

#endif
