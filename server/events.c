#include "server/events.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gis/clock.h"
#include "gis/mem.h"
#include "server/job.h"

struct follower {
    struct follower *next;
    struct stream *stream;
    int64_t job;
    char *last; /* JSON sent last */
    int64_t sent_ms;
};

struct events {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct follower *first; /* under the lock */
    int count;
    bool woken, stopping, ended, joined;
    const char *conninfo;
    struct runner *runner;
    struct db *db;
};

static void free_follower(struct follower *f)
{
    stream_end(f->stream);
    free(f->last);
    free(f);
}

static bool send_event(struct follower *f, const char *name, const char *json)
{
    struct buf b = {.max = STREAM_WAITING_MAX};
    buf_format(&b, "event: %s\ndata: ", name);
    buf_text(&b, json);
    buf_text(&b, "\n\n");
    bool ok = !b.overflow && stream_put(f->stream, b.data, b.len);
    buf_free(&b);
    free(f->last);
    f->last = mem_copy(json);
    f->sent_ms = clock_ms();
    return ok;
}

/* What is to be said to one; false = no more. json NULL: nothing is known now. */
static bool serve(struct follower *f, const char *json, bool ended)
{
    static const char beat[] = ": still here\n\n";
    if (stream_gone(f->stream))
        return false;
    if (json && ended) {
        (void)(send_event(f, "progress", json) && send_event(f, "end", json));
        return false;
    }
    /* Who reads slowly misses what was overtaken meanwhile. */
    if (json && (!f->last || strcmp(f->last, json) != 0) && stream_drained(f->stream))
        return send_event(f, "progress", json);
    if (clock_ms() - f->sent_ms < EVENTS_HEARTBEAT_MS)
        return true;
    f->sent_ms = clock_ms();
    return stream_put(f->stream, beat, sizeof beat - 1);
}

/* Without those who follow more than one reading of a job costs one statement. */
static struct db_result *look(struct events *e)
{
    struct buf ids = {.max = EVENTS_MAX * 24};
    struct job_filter filter = {.limit = EVENTS_MAX};
    pthread_mutex_lock(&e->lock);
    for (const struct follower *f = e->first; f; f = f->next)
        buf_format(&ids, "%s%lld", ids.len ? "," : "{", (long long)f->job);
    pthread_mutex_unlock(&e->lock);
    buf_text(&ids, "}");
    filter.ids = buf_string(&ids);
    if (!e->db)
        e->db = db_open(e->conninfo, NULL);
    struct db_result *rows = e->db ? job_rows(e->db, &filter, NULL) : NULL;
    buf_free(&ids);
    return rows;
}

/* The job of a follower as JSON in *b; false where it is not among the rows. */
static bool find(struct buf *b, bool *ended, const struct db_result *rows, const struct events *e,
                 int64_t job)
{
    for (int i = 0; rows && i < db_rows(rows); i++) {
        if (job_id(rows, i) != job)
            continue;
        struct json j = {.out = b};
        buf_clear(b);
        job_write(&j, NULL, rows, i, e->runner);
        *ended = job_ended(rows, i);
        return !b->overflow;
    }
    return false;
}

static void serve_all(struct events *e)
{
    struct db_result *rows = look(e);
    struct buf b = {.max = STREAM_WAITING_MAX / 3};
    pthread_mutex_lock(&e->lock);
    for (struct follower **at = &e->first; *at;) {
        struct follower *f = *at;
        bool ended = false, known = find(&b, &ended, rows, e, f->job);
        if (serve(f, known ? buf_string(&b) : NULL, ended)) {
            at = &f->next;
            continue;
        }
        *at = f->next;
        e->count--;
        free_follower(f);
    }
    pthread_mutex_unlock(&e->lock);
    buf_free(&b);
    db_done(rows);
}

/* Until there is something to look at; false = stop. */
static bool rest(struct events *e)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += EVENTS_LOOK_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&e->lock);
    while (!e->first && !e->stopping)
        pthread_cond_wait(&e->wake, &e->lock);
    if (!e->woken && !e->stopping)
        pthread_cond_timedwait(&e->wake, &e->lock, &until);
    e->woken = false;
    bool go_on = !e->stopping;
    pthread_mutex_unlock(&e->lock);
    return go_on;
}

static void *run(void *ctx)
{
    struct events *e = ctx;
    while (rest(e))
        serve_all(e);
    pthread_mutex_lock(&e->lock);
    e->ended = true;
    pthread_cond_broadcast(&e->wake);
    pthread_mutex_unlock(&e->lock);
    return NULL;
}

struct events *events_start(const char *conninfo, struct runner *runner, struct error *err)
{
    struct events *e = mem_zero(1, sizeof *e);
    pthread_mutex_init(&e->lock, NULL);
    pthread_cond_init(&e->wake, NULL);
    e->conninfo = conninfo;
    e->runner = runner;
    if (!pthread_create(&e->thread, NULL, run, e))
        return e;
    free(e);
    error_fill(err, ERROR_SYSTEM, "no thread could be started");
    return NULL;
}

void events_ask_stop(struct events *e)
{
    pthread_mutex_lock(&e->lock);
    e->stopping = true;
    pthread_cond_broadcast(&e->wake);
    for (struct follower *f; (f = e->first);) {
        e->first = f->next;
        free_follower(f);
    }
    pthread_mutex_unlock(&e->lock);
}

bool events_wait(struct events *e, const struct timespec *deadline)
{
    pthread_mutex_lock(&e->lock);
    while (!e->ended && !pthread_cond_timedwait(&e->wake, &e->lock, deadline))
        ;
    bool ended = e->ended;
    pthread_mutex_unlock(&e->lock);
    if (ended && !e->joined)
        e->joined = !pthread_join(e->thread, NULL);
    return ended;
}

void events_free(struct events *e)
{
    if (!e)
        return;
    db_close(e->db);
    pthread_cond_destroy(&e->wake);
    pthread_mutex_destroy(&e->lock);
    free(e);
}

struct stream *events_follow(struct events *e, int64_t job, struct error *err)
{
    static const char hello[] = "retry: 2000\n\n";
    struct follower *f = NULL;
    pthread_mutex_lock(&e->lock);
    if (e->count < EVENTS_MAX && !e->stopping) {
        f = mem_zero(1, sizeof *f);
        f->stream = stream_new();
        f->job = job;
        f->sent_ms = clock_ms();
        stream_put(f->stream, hello, sizeof hello - 1);
        f->next = e->first;
        e->first = f;
        e->count++;
        e->woken = true;
        pthread_cond_broadcast(&e->wake);
    }
    struct stream *stream = f ? f->stream : NULL;
    pthread_mutex_unlock(&e->lock);
    if (!stream)
        error_fill(err, ERROR_BUSY,
                   "%d streams of events are open already; ask for the job itself instead",
                   EVENTS_MAX);
    return stream;
}
