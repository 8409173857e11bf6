#include "server/worker.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "gis/mem.h"

struct worker {
    struct worker_pool *pool;
    pthread_t thread;
    struct db *db;
};

struct queue {
    struct worker_job *first, **last;
    int reserved; /* places taken: in the queue or about to be */
    int max;
};

struct worker_pool {
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct queue light, heavy;
    int heavy_running, heavy_max; /* threads */
    bool stopping;
    const char *conninfo;
    int count;
    struct worker workers[];
};

static struct queue *queue_of(struct worker_pool *p, const struct worker_job *job)
{
    return job->heavy ? &p->heavy : &p->light;
}

/* The queue to take from, heavy jobs first while they have less than their share: the other threads
 * are for light ones alone. NULL = nothing to do now. */
static struct queue *queue_due(struct worker_pool *p)
{
    if (p->heavy.first && p->heavy_running < p->heavy_max)
        return &p->heavy;
    return p->light.first ? &p->light : NULL;
}

static struct worker_job *next_job(struct worker_pool *p)
{
    struct worker_job *job = NULL;
    struct queue *q;
    pthread_mutex_lock(&p->lock);
    while (!(q = queue_due(p)) && !p->stopping)
        pthread_cond_wait(&p->work, &p->lock);
    if (q) {
        job = q->first;
        q->first = job->next;
        if (!q->first)
            q->last = &q->first;
        q->reserved--;
        p->heavy_running += job->heavy;
    }
    pthread_mutex_unlock(&p->lock);
    return job;
}

static void *work(void *ctx)
{
    struct worker *w = ctx;
    struct worker_pool *p = w->pool;
    struct worker_job *job;
    while ((job = next_job(p))) {
        bool heavy = job->heavy; /* the job is not ours after it has run */
        job->run(job, w);
        pthread_mutex_lock(&p->lock);
        p->heavy_running -= heavy;
        pthread_mutex_unlock(&p->lock);
    }
    db_close(w->db);
    return NULL;
}

struct worker_pool *worker_pool_new(const struct worker_limits *limits, const char *conninfo,
                                    struct error *err)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int threads = limits->threads;
    if (!threads)
        threads = (int)(cores < 1 ? 1 : cores > 64 ? 64 : cores) + 1;
    struct worker_pool *p = mem_zero(1, sizeof *p + (size_t)threads * sizeof p->workers[0]);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->work, NULL);
    p->light = (struct queue){.last = &p->light.first, .max = limits->queue};
    p->heavy = (struct queue){.last = &p->heavy.first, .max = limits->heavy_queue};
    p->heavy_max = threads < 2 ? 1 : threads / 2;
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

bool worker_pool_reserve(struct worker_pool *p, const struct worker_job *job)
{
    struct queue *q = queue_of(p, job);
    pthread_mutex_lock(&p->lock);
    bool room = q->reserved < q->max;
    q->reserved += room;
    pthread_mutex_unlock(&p->lock);
    return room;
}

void worker_pool_push(struct worker_pool *p, struct worker_job *job)
{
    struct queue *q = queue_of(p, job);
    job->next = NULL;
    pthread_mutex_lock(&p->lock);
    *q->last = job;
    q->last = &job->next;
    pthread_cond_signal(&p->work);
    pthread_mutex_unlock(&p->lock);
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
