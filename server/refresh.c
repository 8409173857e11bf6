#include "server/refresh.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "gis/clock.h"
#include "gis/log.h"
#include "gis/mem.h"
#include "sql.h"

enum {
    CHECK_MS = 30000,   /* a lost notice is made good for after this */
    GATHER_MS = 250,    /* least time between two loads under a stream of commits */
    RETRY_MIN_MS = 200, /* when the database is gone */
    RETRY_MAX_MS = 5000,
};

struct refresh {
    const struct app *app;
    struct cluster *cluster;
    struct db *db; /* the thread's, after the start */
    pthread_t thread;
    int wake; /* eventfd: stop */
    _Atomic bool stopping;
    _Atomic bool database_ok;
    pthread_mutex_t lock; /* sources */
    char *sources;        /* JSON array */
};

static bool load_sources(struct refresh *r, struct error *err)
{
    struct db_result *result = db_query(r->db, &SQL_status_sources, err, DB_NONE);
    if (!result)
        return false;
    char *sources = mem_copy(db_get_text(result, 0, 0));
    db_done(result);
    pthread_mutex_lock(&r->lock);
    free(r->sources);
    r->sources = sources;
    pthread_mutex_unlock(&r->lock);
    return true;
}

static bool load(struct refresh *r, struct error *err)
{
    return snapshot_refresh(r->app->snapshots, r->db, err) && load_sources(r, err);
}

/* Whether the database holds another atlas than ours, in case a notice was lost. */
static bool is_stale(bool *stale, struct refresh *r, struct error *err)
{
    struct db_result *result = db_query(r->db, &SQL_status_revision, err, DB_NONE);
    if (!result)
        return false;
    struct snapshot *s = snapshot_take(r->app->snapshots);
    *stale = !s || db_rows(result) != 1 || db_get_i64(result, 0, 0) != (int64_t)s->atlas->number;
    snapshot_release(s);
    db_done(result);
    return true;
}

/* Waits ms, or until the stop. */
static void rest(struct refresh *r, int64_t ms)
{
    if (ms <= 0)
        return;
    for (int64_t end = clock_ms() + ms; clock_ms() < end && !atomic_load(&r->stopping);) {
        int64_t left = end - clock_ms();
        nanosleep(&(const struct timespec){.tv_nsec = (left < 50 ? left : 50) * 1000000}, NULL);
    }
}

/* One turn: wait for a change, load it. False when the database is gone. */
static bool turn(struct refresh *r, int64_t *loaded_at, struct error *err)
{
    bool changed, stale = false;
    if (!db_wait(r->db, r->wake, CHECK_MS, &changed, err))
        return false;
    if (atomic_load(&r->stopping))
        return true;
    if (!changed && !is_stale(&stale, r, err))
        return false;
    if (!changed && !stale)
        return true;
    rest(r, *loaded_at + GATHER_MS - clock_ms());
    *loaded_at = clock_ms();
    return load(r, err);
}

/* The connection broke or a load failed: bring the database back, listen again, load. */
static bool mend(struct refresh *r, struct error *err)
{
    return (!r->cluster || cluster_revive(r->cluster, err)) && db_ensure(r->db, err) &&
           db_listen(r->db, "hazatlas_changed", err) && load(r, err);
}

static void *run(void *ctx)
{
    struct refresh *r = ctx;
    int64_t loaded_at = clock_ms(), pause = RETRY_MIN_MS;
    while (!atomic_load(&r->stopping)) {
        struct error err = {.kind = ERROR_NONE};
        bool was_ok = atomic_load(&r->database_ok);
        bool ok = was_ok ? turn(r, &loaded_at, &err) : mend(r, &err);
        atomic_store(&r->database_ok, ok);
        if (ok && !was_ok)
            log_line(LOG_INFO, "the database answers again");
        if (ok) {
            pause = RETRY_MIN_MS;
            continue;
        }
        if (was_ok || pause == RETRY_MAX_MS)
            log_line(LOG_WARNING, "the database is gone, trying again: %s", err.text);
        rest(r, was_ok ? 0 : pause);
        pause = pause * 2 < RETRY_MAX_MS ? pause * 2 : RETRY_MAX_MS;
    }
    return NULL;
}

struct refresh *refresh_start(const struct app *app, struct cluster *cluster, struct error *err)
{
    struct refresh *r = mem_zero(1, sizeof *r);
    r->app = app;
    r->cluster = cluster;
    r->database_ok = true;
    pthread_mutex_init(&r->lock, NULL);
    r->wake = eventfd(0, EFD_CLOEXEC);
    r->db = db_open(app->database, err);
    if (r->db && db_listen(r->db, "hazatlas_changed", err) && load(r, err)) {
        if (r->wake >= 0 && !pthread_create(&r->thread, NULL, run, r))
            return r;
        error_fill(err, ERROR_SYSTEM, "no thread could be started");
    }
    db_close(r->db);
    close(r->wake);
    free(r->sources);
    free(r);
    return NULL;
}

void refresh_stop(struct refresh *r)
{
    const uint64_t one = 1;
    if (!r)
        return;
    atomic_store(&r->stopping, true);
    if (write(r->wake, &one, sizeof one) < 0)
        log_line(LOG_WARNING, "the thread that listens could not be woken");
    pthread_join(r->thread, NULL);
    db_close(r->db);
    close(r->wake);
    pthread_mutex_destroy(&r->lock);
    free(r->sources);
    free(r);
}

bool refresh_database_ok(struct refresh *r)
{
    return atomic_load(&r->database_ok);
}

void refresh_sources(struct buf *out, struct refresh *r)
{
    pthread_mutex_lock(&r->lock);
    buf_text(out, r->sources);
    pthread_mutex_unlock(&r->lock);
}
