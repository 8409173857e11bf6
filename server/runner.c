/* DESIGN: the queue is the table, so that nothing is lost with a server. A job is claimed by an
 * advisory lock on its number, held by this thread's connection: the lock of a server that died is
 * free, and who claims next begins its job anew. That harms nothing: an import is one transaction,
 * and one that was published after all answers that it is the same file. Progress lives in memory
 * and goes to the table once a second, which also tells of a cancel that another server took. */
#include "server/runner.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gis/clock.h"
#include "gis/log.h"
#include "gis/mem.h"
#include "server/child.h"
#include "sql.h"

enum {
    LOOK_MS = 200,      /* between two looks at a running process */
    WRITE_MS = 1000,    /* between two lines of progress in the table */
    IDLE_MS = 5000,     /* between two looks for jobs of others */
    PATIENCE_MS = 5000, /* for a process that was asked to stop */
    SWEEP_MS = 600000,
    MAPS_MAX = 64
};

struct runner {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool woken, stopping, ended, joined;
    int64_t running; /* job; 0 = none */
    bool cancelled;  /* it shall be */
    struct import_progress progress;
    _Atomic int waiting;
    const char *conninfo;
    const struct spool *spool;
    struct db *db;
    int64_t swept_ms;
};

struct job { /* claimed */
    struct db_result *row, *maps;
    int64_t id;
    int tries;
    bool cancelled;
    struct import_map map[MAPS_MAX];
    char *fields[MAPS_MAX];
    struct import_request request;
};

/* Columns of import_job_claim. */
enum { ID, KIND, SOURCE, NAME, BYTES, CRS, ENCODING, SHEET, DRY_RUN, FILE_NAME, TRIES, CANCELLED };

static bool is_stopping(struct runner *r)
{
    pthread_mutex_lock(&r->lock);
    bool stopping = r->stopping;
    pthread_mutex_unlock(&r->lock);
    return stopping;
}

static void rest(struct runner *r, int ms)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ms / 1000;
    pthread_mutex_lock(&r->lock);
    if (!r->woken && !r->stopping)
        pthread_cond_timedwait(&r->wake, &r->lock, &until);
    r->woken = false;
    pthread_mutex_unlock(&r->lock);
}

/* ---- files ---- */

static bool is_wanted(const struct db_result *files, const char *name)
{
    for (int i = 0; i < db_rows(files); i++)
        if (!strcmp(db_get_text(files, i, 0), name))
            return true;
    return false;
}

/* The table is asked after the folder: a file that nobody held when it was listed has its row. */
static void sweep(struct runner *r)
{
    char names[SPOOL_LEFT_MAX][SPOOL_NAME];
    int count = spool_list_left(names, r->spool);
    struct db_result *files =
        db_query(r->db, &SQL_import_job_files, NULL,
                 DB_ARGS(db_text(r->spool->tag), db_i64(RUNNER_KEEP_S), db_i64(RUNNER_KEEP_MAX)));
    for (int i = 0; files && i < count; i++)
        if (!is_wanted(files, names[i]))
            spool_remove(r->spool, names[i]);
    db_done(files);
    r->swept_ms = clock_ms();
}

/* ---- one job ---- */

static void close_job(struct job *j)
{
    for (int i = 0; i < j->request.map_count; i++)
        free(j->fields[i]);
    db_done(j->maps);
    db_done(j->row);
}

static bool read_job(struct job *j, struct runner *r, struct error *err)
{
    const struct db_result *row = j->row;
    j->id = db_get_i64(row, 0, ID);
    j->tries = (int)db_get_i64(row, 0, TRIES);
    j->cancelled = db_get_bool(row, 0, CANCELLED);
    j->request = (struct import_request){.kind = db_get_text(row, 0, KIND),
                                         .source = db_get_text(row, 0, SOURCE),
                                         .name = db_get_text(row, 0, NAME),
                                         .crs = db_get_text(row, 0, CRS),
                                         .encoding = db_get_text(row, 0, ENCODING),
                                         .sheet = db_get_text(row, 0, SHEET),
                                         .dry_run = db_get_bool(row, 0, DRY_RUN),
                                         .maps = j->map};
    j->maps = db_query(r->db, &SQL_import_job_maps, err, DB_ARGS(db_i64(j->id)));
    for (int i = 0; j->maps && i < db_rows(j->maps) && i < MAPS_MAX; i++) {
        const char *text = db_get_text(j->maps, i, 0);
        size_t len = strcspn(text, "=");
        j->fields[i] = mem_copy_n(text, len);
        j->map[i] = (struct import_map){.field = j->fields[i],
                                        .column = text[len] ? text + len + 1 : text + len,
                                        .constant = db_get_bool(j->maps, i, 1)};
        j->request.map_count = i + 1;
    }
    return j->maps != NULL;
}

/* What the process said last. */
struct outcome {
    enum child_said said; /* CHILD_REPORT, CHILD_ERROR or CHILD_NOTHING */
    struct buf report;
    struct error err;
    bool stopped, cancelled; /* why it was asked to stop */
    int signal;
};

static void write_progress(bool *cancelled, const struct job *j, struct runner *r)
{
    const struct import_progress *p = &r->progress; /* only this thread writes it */
    struct db_result *row =
        db_query(r->db, &SQL_import_job_progress, NULL,
                 DB_ARGS(db_i64(j->id), db_text(p->stage), db_i64((int64_t)p->rows),
                         db_i64((int64_t)p->rejected), db_i64((int64_t)p->bytes)));
    if (row && db_rows(row) && db_get_bool(row, 0, 0))
        *cancelled = true;
    db_done(row);
}

/* Whether the process has to stop, and why. */
static bool look_for_stop(struct outcome *o, struct runner *r)
{
    pthread_mutex_lock(&r->lock);
    o->cancelled = o->cancelled || r->cancelled;
    o->stopped = r->stopping;
    pthread_mutex_unlock(&r->lock);
    return o->stopped || o->cancelled;
}

static void take_progress(struct runner *r, const struct import_progress *p)
{
    pthread_mutex_lock(&r->lock);
    r->progress = *p;
    pthread_mutex_unlock(&r->lock);
}

/* Until the process ends. */
static void follow(struct outcome *o, struct child *child, const struct job *j, struct runner *r)
{
    struct import_progress p = r->progress;
    int64_t written = clock_ms(), asked = 0;
    bool killed = false;
    for (enum child_said said;
         (said = child_next(child, LOOK_MS, &p, &o->report, &o->err)) != CHILD_ENDED;) {
        int64_t now = clock_ms();
        if (said == CHILD_PROGRESS)
            take_progress(r, &p);
        else if (said == CHILD_REPORT || said == CHILD_ERROR)
            o->said = said;
        if (!asked && look_for_stop(o, r)) {
            child_stop(child, false);
            asked = now;
        }
        if (asked && !killed && now - asked > PATIENCE_MS) {
            child_stop(child, true);
            killed = true;
        }
        if (!asked && now - written >= WRITE_MS) {
            write_progress(&o->cancelled, j, r);
            written = now;
        }
    }
    look_for_stop(o, r);
}

static void work(struct outcome *o, struct job *j, struct runner *r)
{
    j->request.fd = spool_read(r->spool, db_get_text(j->row, 0, FILE_NAME), &o->err);
    if (j->request.fd < 0) {
        o->said = CHILD_ERROR;
        return;
    }
    struct child *child = child_start(&j->request, r->conninfo, &o->err);
    close(j->request.fd);
    if (!child) {
        o->said = CHILD_ERROR;
        return;
    }
    follow(o, child, j, r);
    o->signal = child_wait(child);
}

/* The state that a job comes to, with its error. */
static const char *judge(struct outcome *o, const struct job *j)
{
    if (o->said == CHILD_REPORT)
        return "done";
    if (o->cancelled)
        return "cancelled";
    if (o->stopped)
        return "waiting";
    if (o->said == CHILD_ERROR)
        return "failed";
    if (j->tries < RUNNER_TRIES_MAX)
        return "waiting";
    error_fill(&o->err, ERROR_SYSTEM,
               "the process that imports was ended %d times (signal %d last); nothing is half "
               "imported",
               j->tries, o->signal);
    return "failed";
}

static bool tell_end(struct outcome *o, const char *state, const struct job *j, struct runner *r)
{
    const struct import_progress *p = &r->progress;
    bool failed = !strcmp(state, "failed"), done = !strcmp(state, "done");
    bool keep = failed || !strcmp(state, "waiting") || (done && j->request.dry_run);
    struct db_result *row =
        db_query(r->db, &SQL_import_job_end, NULL,
                 DB_ARGS(db_i64(j->id), db_text(state), db_text(failed ? o->err.text : NULL),
                         db_text(done ? buf_string(&o->report) : NULL), db_text(p->stage),
                         db_i64((int64_t)p->rows), db_i64((int64_t)p->rejected),
                         db_i64((int64_t)p->bytes), db_bool(keep)));
    db_done(row);
    return row != NULL;
}

/* Told to the table as soon as it answers; what is never told is begun again. */
static void finish(struct outcome *o, const struct job *j, struct runner *r)
{
    const char *state = judge(o, j);
    if (!strcmp(state, "failed"))
        log_line(LOG_WARNING, "import job %lld failed: %s", (long long)j->id, o->err.text);
    while (!tell_end(o, state, j, r) && !is_stopping(r)) {
        if (db_ensure(r->db, NULL) && *db_sqlstate(r->db)) {
            log_line(LOG_ERROR, "the end of import job %lld was refused: %s", (long long)j->id,
                     db_message(r->db));
            error_fill(&o->err, ERROR_INTERNAL,
                       "the import came to its end and its report could not be kept; the list of "
                       "batches says whether it was published");
            state = "failed";
        }
        rest(r, WRITE_MS);
    }
}

static void run_job(struct job *j, struct runner *r)
{
    struct outcome o = {.said = CHILD_NOTHING, .report = {.max = 1 << 20}};
    pthread_mutex_lock(&r->lock);
    r->progress = (struct import_progress){.stage = "starting",
                                           .bytes_total = (uint64_t)db_get_i64(j->row, 0, BYTES)};
    r->cancelled = j->cancelled;
    r->running = j->id;
    pthread_mutex_unlock(&r->lock);
    if (j->cancelled)
        o.cancelled = true;
    else
        work(&o, j, r);
    finish(&o, j, r);
    pthread_mutex_lock(&r->lock);
    r->running = 0;
    pthread_mutex_unlock(&r->lock);
    buf_free(&o.report);
}

/* ---- the thread ---- */

static void count_waiting(struct runner *r)
{
    struct db_result *row =
        db_query(r->db, &SQL_import_job_waiting, NULL, DB_ARGS(db_text(r->spool->tag)));
    if (row)
        atomic_store(&r->waiting, (int)db_get_i64(row, 0, 0));
    db_done(row);
}

/* True when there was a job. */
static bool turn(struct runner *r)
{
    struct error err = {.kind = ERROR_NONE};
    struct job j = {
        .row = db_query(r->db, &SQL_import_job_claim, &err, DB_ARGS(db_text(r->spool->tag)))};
    bool any = j.row && db_rows(j.row);
    count_waiting(r);
    if (any && read_job(&j, r, &err))
        run_job(&j, r);
    if (err.kind != ERROR_NONE)
        log_line(LOG_WARNING, "imports: %s; %s", err.text, db_message(r->db));
    if (j.row) /* also where the job was taken from under us */
        db_done(db_query(r->db, &SQL_import_job_release, NULL, DB_NONE));
    close_job(&j);
    return any;
}

static void *run(void *ctx)
{
    struct runner *r = ctx;
    for (bool any = true; !is_stopping(r);) {
        if (!any)
            rest(r, IDLE_MS);
        any = false;
        if (is_stopping(r) || !db_ensure(r->db, NULL))
            continue;
        any = turn(r);
        if (any || !r->swept_ms || clock_ms() - r->swept_ms > SWEEP_MS)
            sweep(r);
    }
    pthread_mutex_lock(&r->lock);
    r->ended = true;
    pthread_cond_broadcast(&r->wake);
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

struct runner *runner_start(const char *conninfo, const struct spool *spool, struct error *err)
{
    struct runner *r = mem_zero(1, sizeof *r);
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->wake, NULL);
    r->conninfo = conninfo;
    r->spool = spool;
    r->db = db_open(conninfo, err);
    if (r->db && !pthread_create(&r->thread, NULL, run, r))
        return r;
    if (r->db)
        error_fill(err, ERROR_SYSTEM, "no thread could be started");
    db_close(r->db);
    free(r);
    return NULL;
}

void runner_ask_stop(struct runner *r)
{
    pthread_mutex_lock(&r->lock);
    r->stopping = true;
    pthread_cond_broadcast(&r->wake);
    pthread_mutex_unlock(&r->lock);
}

bool runner_wait(struct runner *r, const struct timespec *deadline)
{
    pthread_mutex_lock(&r->lock);
    while (!r->ended && !pthread_cond_timedwait(&r->wake, &r->lock, deadline))
        ;
    bool ended = r->ended;
    pthread_mutex_unlock(&r->lock);
    if (ended && !r->joined)
        r->joined = !pthread_join(r->thread, NULL);
    return ended;
}

void runner_free(struct runner *r)
{
    if (!r)
        return;
    db_close(r->db);
    pthread_cond_destroy(&r->wake);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

void runner_wake(struct runner *r)
{
    pthread_mutex_lock(&r->lock);
    r->woken = true;
    pthread_cond_broadcast(&r->wake);
    pthread_mutex_unlock(&r->lock);
}

void runner_cancel(struct runner *r, int64_t job)
{
    pthread_mutex_lock(&r->lock);
    if (r->running == job)
        r->cancelled = true;
    pthread_mutex_unlock(&r->lock);
}

bool runner_progress(struct import_progress *out, struct runner *r, int64_t job)
{
    pthread_mutex_lock(&r->lock);
    bool runs = r->running == job;
    if (runs)
        *out = r->progress;
    pthread_mutex_unlock(&r->lock);
    return runs;
}

int runner_waiting(struct runner *r)
{
    return atomic_load(&r->waiting);
}
