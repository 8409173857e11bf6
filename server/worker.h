/* worker.h - a fixed number of threads that do jobs from a bounded queue; each owns one database
 * connection, opened when first asked for. */
#ifndef SERVER_WORKER_H
#define SERVER_WORKER_H

#include "gis/db.h"

struct worker;
struct worker_pool;

struct worker_job { /* first member of what the job is about */
    struct worker_job *next;
    void (*run)(struct worker_job *job, struct worker *worker);
};

/* conninfo is borrowed for the pool's life. NULL with err when no thread could be made. */
struct worker_pool *worker_pool_new(int threads, int queue_max, const char *conninfo,
                                    struct error *err);
/* A place in the queue for one later worker_pool_push; false = the queue is full. */
bool worker_pool_reserve(struct worker_pool *p);
void worker_pool_push(struct worker_pool *p, struct worker_job *job);
int worker_pool_waiting(struct worker_pool *p);
/* Ends the threads; the queue must have run empty. NULL allowed. */
void worker_pool_free(struct worker_pool *p);

/* The worker's connection, open. NULL when the database does not answer. */
struct db *worker_db(struct worker *w, struct error *err);

#endif
