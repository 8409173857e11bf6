/* DESIGN. A trigram index over a million names takes longer than all the rest of their import, so
 * imports do not touch it: index facility_search_N has only the facilities up to id N, new ones
 * have higher ids, and a search looks through those above N row by row (search_facilities.sql). The
 * answer is the same with any N and with no index; N is only a matter of speed. After a change this
 * thread makes a new index where the uncovered ones have become many, without keeping readers or
 * imports out (CREATE INDEX CONCURRENTLY), and drops the old one when the new one is whole.
 * Rejected: fastupdate (the import that fills the pending list pays), and a table of search texts
 * beside facility (triggers to keep it true). */
#include "server/search_index.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "gis/db.h"
#include "gis/log.h"
#include "gis/mem.h"
#include "gis/text.h"
#include "sql.h"

enum {
    CHECK_MS = 60000, /* a lost notice is made good for after this */
    RETRY_MS = 5000,
    LEAST = 2000,    /* uncovered facilities; so many take a search about 1 ms */
    SHARE = 10,      /* or this part of the covered ones, whichever is more */
    CANCEL_MS = 100, /* between two tries to cancel what is being made */
};

struct search_index {
    const char *conninfo;
    pthread_t thread;
    int wake; /* eventfd: stop */
    _Atomic bool stopping, ended;
    _Atomic int64_t process; /* the thread's PostgreSQL process; 0 = none */
};

struct state {
    int64_t covered, below, above, highest;
    char unwanted[1024]; /* names with a blank between them */
};

static bool read_state(struct state *s, struct db *db, struct error *err)
{
    struct db_result *r = db_query(db, &SQL_search_index_state, err, DB_NONE);
    if (!r)
        return false;
    *s = (struct state){.covered = db_get_i64(r, 0, 0),
                        .below = db_get_i64(r, 0, 1),
                        .above = db_get_i64(r, 0, 2),
                        .highest = db_get_i64(r, 0, 3)};
    text_copy(s->unwanted, sizeof s->unwanted, db_get_text(r, 0, 4));
    db_done(r);
    return true;
}

/* The names come from the catalogue by a pattern of letters, '_' and digits. */
static bool drop_unwanted(struct state *s, struct db *db, struct error *err)
{
    char statement[200], *rest;
    for (char *name = strtok_r(s->unwanted, " ", &rest); name; name = strtok_r(NULL, " ", &rest)) {
        snprintf(statement, sizeof statement, "DROP INDEX CONCURRENTLY IF EXISTS %s", name);
        if (!db_exec(db, statement, err))
            return false;
    }
    return true;
}

static bool make_if_due(struct db *db, struct error *err)
{
    struct state s;
    char statement[256];
    if (!read_state(&s, db, err) || !drop_unwanted(&s, db, err))
        return false;
    if (s.above <= LEAST || s.above <= s.below / SHARE)
        return true;
    snprintf(statement, sizeof statement,
             "CREATE INDEX CONCURRENTLY facility_search_%lld ON facility"
             " USING gin (search_key gin_trgm_ops) WHERE id <= %lld::bigint",
             (long long)s.highest, (long long)s.highest);
    return db_exec(db, statement, err) && read_state(&s, db, err) && drop_unwanted(&s, db, err) &&
           db_exec(db, "ANALYZE (SKIP_LOCKED) facility", err);
}

static bool begin(struct search_index *s, struct db *db, bool *ours, struct error *err)
{
    struct db_result *r = db_query(db, &SQL_cancel_self, err, DB_NONE);
    atomic_store(&s->process, r ? db_get_i64(r, 0, 0) : 0);
    db_done(r);
    struct db_result *lock = r ? db_query(db, &SQL_search_index_lock, err, DB_NONE) : NULL;
    *ours = lock && db_get_bool(lock, 0, 0);
    db_done(lock);
    return lock && db_listen(db, "hazatlas_changed", err);
}

/* Until the stop or a failure. Where another server holds the lock, it is asked for again. */
static bool work(struct search_index *s, struct db *db, struct error *err)
{
    bool ours, changed;
    if (!begin(s, db, &ours, err))
        return false;
    while (!atomic_load(&s->stopping)) {
        if (!ours)
            return true;
        if (!make_if_due(db, err) || !db_wait(db, s->wake, CHECK_MS, &changed, err))
            return false;
    }
    return true;
}

static void *run(void *ctx)
{
    struct search_index *s = ctx;
    while (!atomic_load(&s->stopping)) {
        struct error err = {.kind = ERROR_NONE};
        struct db *db = db_open(s->conninfo, &err);
        bool ok = db && work(s, db, &err);
        atomic_store(&s->process, 0);
        if (!ok && db && !atomic_load(&s->stopping))
            log_line(LOG_INFO, "the search index waits: %s", err.text);
        db_close(db);
        struct pollfd wake = {.fd = s->wake, .events = POLLIN};
        poll(&wake, 1, RETRY_MS);
    }
    atomic_store(&s->ended, true);
    return NULL;
}

struct search_index *search_index_start(const char *conninfo, struct error *err)
{
    struct search_index *s = mem_zero(1, sizeof *s);
    s->conninfo = conninfo;
    s->wake = eventfd(0, EFD_CLOEXEC);
    if (s->wake >= 0 && !pthread_create(&s->thread, NULL, run, s))
        return s;
    error_fill(err, ERROR_SYSTEM, "no thread could be started");
    close(s->wake);
    free(s);
    return NULL;
}

/* A connection of its own: the thread's is busy. */
static void cancel_work(struct search_index *s)
{
    int64_t process = atomic_load(&s->process);
    struct db *db = process ? db_open(s->conninfo, NULL) : NULL;
    if (db)
        db_done(db_query(db, &SQL_cancel_backend, NULL, DB_ARGS(db_i64(process))));
    db_close(db);
}

void search_index_stop(struct search_index *s)
{
    if (!s)
        return;
    atomic_store(&s->stopping, true);
    if (eventfd_write(s->wake, 1))
        log_line(LOG_WARNING, "the search index does not hear the stop");
    for (;;) {
        for (int ms = 0; ms < CANCEL_MS && !atomic_load(&s->ended); ms++)
            nanosleep(&(const struct timespec){.tv_nsec = 1000000}, NULL);
        if (atomic_load(&s->ended))
            break;
        cancel_work(s);
    }
    pthread_join(s->thread, NULL);
    close(s->wake);
    free(s);
}
