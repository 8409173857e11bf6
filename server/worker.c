#include "server/worker.h"

#include <pthread.h>
#include <stdlib.h>

#include "gis/mem.h"

struct worker {
    struct worker_pool *pool;
    pthread_t thread;
    struct db *db;
};

struct worker_pool {
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct worker_job *first, **last;
    int reserved; /* places taken: in the queue or about to be */
    int queue_max;
    bool stopping;
    const char *conninfo;
    int count;
    struct worker workers[];
};

static struct worker_job *next_job(struct worker_pool *p)
{
    pthread_mutex_lock(&p->lock);
    while (!p->first && !p->stopping)
        pthread_cond_wait(&p->work, &p->lock);
    struct worker_job *job = p->first;
    if (job) {
        p->first = job->next;
        if (!p->first)
            p->last = &p->first;
        p->reserved--;
    }
    pthread_mutex_unlock(&p->lock);
    return job;
}

static void *work(void *ctx)
{
    struct worker *w = ctx;
    struct worker_job *job;
    while ((job = next_job(w->pool)))
        job->run(job, w);
    db_close(w->db);
    return NULL;
}

struct worker_pool *worker_pool_new(int threads, int queue_max, const char *conninfo,
                                    struct error *err)
{
    struct worker_pool *p = mem_zero(1, sizeof *p + (size_t)threads * sizeof p->workers[0]);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->work, NULL);
    p->last = &p->first;
    p->queue_max = queue_max;
    p->conninfo = conninfo;
    for (; p->count < threads; p->count++) {
        struct worker *w = &p->workers[p->count];
        w->pool = p;
        if (pthread_create(&w->thread, NULL, work, w))
            break;
    }
    if (p->count)
        return p;
    worker_pool_free(p);
    error_fill(err, ERROR_SYSTEM, "no thread could be started");
    return NULL;
}

bool worker_pool_reserve(struct worker_pool *p)
{
    pthread_mutex_lock(&p->lock);
    bool room = p->reserved < p->queue_max;
    p->reserved += room;
    pthread_mutex_unlock(&p->lock);
    return room;
}

void worker_pool_push(struct worker_pool *p, struct worker_job *job)
{
    job->next = NULL;
    pthread_mutex_lock(&p->lock);
    *p->last = job;
    p->last = &job->next;
    pthread_cond_signal(&p->work);
    pthread_mutex_unlock(&p->lock);
}

int worker_pool_waiting(struct worker_pool *p)
{
    pthread_mutex_lock(&p->lock);
    int waiting = p->reserved;
    pthread_mutex_unlock(&p->lock);
    return waiting;
}

void worker_pool_free(struct worker_pool *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->stopping = true;
    pthread_cond_broadcast(&p->work);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < p->count; i++)
        pthread_join(p->workers[i].thread, NULL);
    pthread_cond_destroy(&p->work);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

struct db *worker_db(struct worker *w, struct error *err)
{
    if (!w->db)
        w->db = db_open(w->pool->conninfo, err);
    else if (!db_ensure(w->db, err))
        return NULL;
    if (!w->db && err) /* db_open's words are the operator's */
        error_fill(err, ERROR_DATABASE, "the database does not answer; try again");
    return w->db;
}
