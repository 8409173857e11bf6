/* /api/v1/imports: files in, and what becomes of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"
#include "server/api.h"
#include "server/app.h"
#include "server/import_wish.h"
#include "server/imports.h"
#include "server/job.h"
#include "server/link.h"
#include "server/reply.h"
#include "sql.h"

enum { LIST_DEFAULT = 20, LIST_MAX = 100 };

static struct imports *imports_of(const struct request *r, struct error *err)
{
    if (!r->app->imports)
        error_fill(err, ERROR_NO_SPACE,
                   "this server has no folder for uploads; import with `hazatlas import`");
    return r->app->imports;
}

/* ---- the file comes ---- */

struct upload {
    struct imports *imports;
    struct spool_file file;
    bool kept;
};

static bool check_size(const struct imports *m, uint64_t bytes, struct error *err)
{
    return bytes <= m->file_max ||
           error_set(err, ERROR_TOO_LARGE,
                     "the file is larger than %.0f MB, the most that this server takes "
                     "(--import-max)",
                     (double)m->file_max / 1e6);
}

static void close_upload(void *state)
{
    struct upload *u = state;
    spool_end(&u->file, u->kept);
    atomic_fetch_sub(&u->imports->uploads, 1);
    free(u);
}

static void *begin_upload(const struct request *r, struct error *err)
{
    struct import_wish wish;
    struct imports *m = imports_of(r, err);
    if (!m || !import_wish_read(&wish, r, err) ||
        (r->body_announced > 0 && !check_size(m, (uint64_t)r->body_announced, err)))
        return NULL;
    if (runner_waiting(m->runner) >= RUNNER_WAITING_MAX) {
        error_fill(err, ERROR_BUSY, "%d imports wait already; try again later", RUNNER_WAITING_MAX);
        return NULL;
    }
    if (atomic_fetch_add(&m->uploads, 1) >= IMPORTS_UPLOADS_MAX) {
        atomic_fetch_sub(&m->uploads, 1);
        error_fill(err, ERROR_BUSY, "%d files are being sent already; try again",
                   IMPORTS_UPLOADS_MAX);
        return NULL;
    }
    struct upload *u = mem_zero(1, sizeof *u);
    u->imports = m;
    if (spool_begin(&u->file, &m->spool, err))
        return u;
    close_upload(u);
    return NULL;
}

static bool put_upload(void *state, const char *data, size_t len, struct error *err)
{
    struct upload *u = state;
    return check_size(u->imports, u->file.bytes + len, err) && spool_put(&u->file, data, len, err);
}

static bool finish_upload(void *state, struct error *err)
{
    struct upload *u = state;
    if (!u->file.bytes)
        return error_set(err, ERROR_INPUT, "the file is empty; send it as the body");
    return spool_finish(&u->file, err);
}

static const struct body_sink upload_sink = {
    .begin = begin_upload, .put = put_upload, .finish = finish_upload, .close = close_upload};

/* ---- jobs ---- */

static bool answer_job(struct reply *reply, const struct request *r, int64_t id, struct error *err)
{
    struct imports *m = r->app->imports;
    struct db_result *rows = job_rows(r->db, &(struct job_filter){.id = id, .limit = 1}, err);
    if (!rows)
        return false;
    bool found = db_rows(rows) == 1;
    struct json j = reply_json(reply);
    if (found)
        job_write(&j, NULL, rows, 0, m ? m->runner : NULL);
    db_done(rows);
    reply->cache = "no-store";
    return found || error_set(err, ERROR_NOT_FOUND, "there is no import %lld", (long long)id);
}

static bool take_id(int64_t *id, const struct request *r, struct error *err)
{
    return (text_to_i64(id, r->part[0]) && *id > 0) ||
           error_set(err, ERROR_NOT_FOUND, "there is no import \"%.40s\"", r->part[0]);
}

/* The row of a job whose file is there; from then on the file is the job's. */
static bool insert_job(struct reply *reply, const struct request *r, const struct import_wish *w,
                       const struct spool_file *file, uint64_t bytes, struct error *err)
{
    struct imports *m = r->app->imports;
    struct buf options = {.max = 1 << 17};
    import_wish_options(&options, w);
    struct db_result *row = db_query(r->db, &SQL_import_job_insert, err,
                                     DB_ARGS(db_text(w->request.kind), db_text(w->request.source),
                                             db_text(w->request.name), db_i64((int64_t)bytes),
                                             db_text(buf_string(&options)), db_text(m->spool.tag),
                                             db_text(file->name), db_i64(RUNNER_WAITING_MAX)));
    buf_free(&options);
    if (!row)
        return false;
    int64_t id = db_rows(row) ? db_get_i64(row, 0, 0) : 0;
    db_done(row);
    if (!id)
        return error_set(err, ERROR_BUSY, "%d imports wait already; try again later",
                         RUNNER_WAITING_MAX);
    runner_wake(m->runner);
    reply->status = 202;
    snprintf(reply->location, sizeof reply->location, "/api/v1/imports/%lld", (long long)id);
    return true;
}

static bool post_import(struct reply *reply, const struct request *r, struct error *err)
{
    struct import_wish wish;
    struct upload *u = r->upload;
    int64_t id;
    if (!import_wish_read(&wish, r, err))
        return false;
    if (!u)
        return error_set(err, ERROR_INPUT, "the file is empty; send it as the body");
    if (!insert_job(reply, r, &wish, &u->file, u->file.bytes, err))
        return false;
    u->kept = true;
    return text_to_i64(&id, strrchr(reply->location, '/') + 1) && answer_job(reply, r, id, err);
}

static bool list_imports(struct reply *reply, const struct request *r, struct error *err)
{
    struct job_filter filter = {0};
    struct imports *m = r->app->imports;
    int64_t limit = LIST_DEFAULT;
    if (!request_int(&limit, r, "limit", 1, LIST_MAX, err) ||
        !request_int(&filter.below, r, "after", 1, INT64_MAX, err))
        return false;
    filter.limit = limit + 1;
    struct db_result *rows = job_rows(r->db, &filter, err);
    if (!rows)
        return false;
    struct json j = reply_json(reply);
    int count = db_rows(rows), shown = count > limit ? (int)limit : count;
    json_open(&j, NULL, '{');
    json_open(&j, "imports", '[');
    for (int i = 0; i < shown; i++)
        job_write(&j, NULL, rows, i, m ? m->runner : NULL);
    json_close(&j, ']');
    json_open(&j, "limits", '{');
    json_int(&j, "file_bytes", m ? (int64_t)m->file_max : 0);
    json_int(&j, "waiting", RUNNER_WAITING_MAX);
    json_int(&j, "uploads", IMPORTS_UPLOADS_MAX);
    json_int(&j, "file_kept_seconds", RUNNER_KEEP_S);
    json_close(&j, '}');
    json_int(&j, "limit", limit);
    link_next(&j, r, count > shown ? job_id(rows, shown - 1) : 0);
    json_close(&j, '}');
    db_done(rows);
    reply->cache = "no-store";
    return true;
}

static bool get_import(struct reply *reply, const struct request *r, struct error *err)
{
    int64_t id;
    return take_id(&id, r, err) && answer_job(reply, r, id, err);
}

static bool get_events(struct reply *reply, const struct request *r, struct error *err)
{
    int64_t id;
    struct imports *m = imports_of(r, err);
    if (!m || !take_id(&id, r, err) || !answer_job(reply, r, id, err))
        return false;
    buf_free(&reply->body);
    reply->type = "text/event-stream; charset=utf-8";
    reply->stream = events_follow(m->events, id, err);
    return reply->stream != NULL;
}

static bool delete_import(struct reply *reply, const struct request *r, struct error *err)
{
    int64_t id;
    if (!take_id(&id, r, err))
        return false;
    struct db_result *row = db_query(r->db, &SQL_import_job_cancel, err, DB_ARGS(db_i64(id)));
    if (!row)
        return false;
    bool any = db_rows(row) == 1;
    bool running = any && !strcmp(db_get_text(row, 0, 0), "running");
    db_done(row);
    if (!answer_job(reply, r, id, err))
        return false;
    if (!any)
        return error_set(err, ERROR_CONFLICT,
                         "this import has ended; there is nothing to cancel. A published batch can "
                         "be undone");
    if (running) {
        reply->status = 202;
        if (r->app->imports)
            runner_cancel(r->app->imports->runner, id);
    }
    return true;
}

/* ---- the same file again ---- */

/* What the query does not say is as it was. */
static bool same_wish(struct import_wish *w, struct request *q, const struct db_result *row,
                      const struct request *r, struct error *err)
{
    const char *const names[] = {"kind", "source", "name"};
    q->query_count = 0;
    for (int i = 0; i < 3; i++) {
        q->query[q->query_count].name = names[i];
        q->query[q->query_count++].value = db_get_text(row, 0, i);
    }
    for (int i = 0; i < r->query_count && q->query_count < HTTP_PARAMETERS_MAX; i++)
        q->query[q->query_count++] = r->query[i];
    return import_wish_read(w, q, err);
}

static bool post_again(struct reply *reply, const struct request *r, struct error *err)
{
    int64_t id;
    struct imports *m = imports_of(r, err);
    if (!m || !take_id(&id, r, err))
        return false;
    struct db_result *row = db_query(r->db, &SQL_import_job_again, err, DB_ARGS(db_i64(id)));
    if (!row)
        return false;
    struct import_wish *wish = mem_zero(1, sizeof *wish);
    struct request *q = mem_zero(1, sizeof *q);
    struct spool_file file = {.fd = -1};
    bool ok = db_rows(row) == 1 ||
              error_set(err, ERROR_NOT_FOUND, "there is no import %lld", (long long)id);
    ok = ok && same_wish(wish, q, row, r, err);
    const char *name = ok ? db_get_text(row, 0, 6) : NULL;
    if (ok && (!name || strcmp(db_get_text(row, 0, 5), m->spool.tag) != 0))
        ok = error_set(err, ERROR_CONFLICT,
                       "the uploaded file is not stored here any more; send it again");
    bool linked = ok && spool_link(&file, &m->spool, name, err);
    ok = linked && insert_job(reply, r, wish, &file, (uint64_t)db_get_i64(row, 0, 3), err);
    spool_end(&file, ok);
    db_done(row);
    free(wish);
    free(q);
    return ok && text_to_i64(&id, strrchr(reply->location, '/') + 1) &&
           answer_job(reply, r, id, err);
}

/* ---- the table ---- */

#define UNDERSTOOD                                                                                 \
    {.name = "crs",                                                                                \
     .kind = PARAMETER_TEXT,                                                                       \
     .about = "coordinate system, e.g. EPSG:3826; without "                                        \
              "it the file or the values tell"},                                                   \
        {.name = "encoding",                                                                       \
         .kind = PARAMETER_TEXT,                                                                   \
         .about = "of CSV, TSV and Shapefiles: UTF-8, CP950 (Big5), UTF-16LE, UTF-16BE; without "  \
                  "it found out"},                                                                 \
        {.name = "sheet",                                                                          \
         .kind = PARAMETER_TEXT,                                                                   \
         .about = "sheet or layer; without it the first sheet, the largest layer"},                \
        {.name = "map",                                                                            \
         .kind = PARAMETER_TEXTS,                                                                  \
         .about = "FIELD=COLUMN: take this column for this field; several, or joined by commas"},  \
        {.name = "set",                                                                            \
         .kind = PARAMETER_TEXTS,                                                                  \
         .about = "FIELD=VALUE: take this value for this field in every row; several"},            \
    {                                                                                              \
        .name = "dry_run", .kind = PARAMETER_CHOICE, .choices = "yes|no", .fallback = "no",        \
        .about = "yes: say what would happen, with the first rows as understood; change nothing"   \
    }

static const struct parameter post_parameters[] = {
    {.name = "kind", .kind = PARAMETER_TEXT, .about = "what the file holds; see /api/v1/kinds"},
    {.name = "source",
     .kind = PARAMETER_TEXT,
     .about = "short name of the system it comes from, a-z 0-9 _ . -"},
    {.name = "name",
     .kind = PARAMETER_TEXT,
     .about = "the file's name; its ending tells the format"},
    UNDERSTOOD,
    {.name = NULL},
};

static const struct parameter again_parameters[] = {UNDERSTOOD, {.name = NULL}};

static const struct parameter list_parameters[] = {
    {.name = "limit",
     .kind = PARAMETER_INTEGER,
     .least = 1,
     .most = LIST_MAX,
     .fallback = "20",
     .about = "jobs of a page"},
    {.name = "after", .kind = PARAMETER_INTEGER, .about = "number of a job; taken from `next`"},
    {.name = NULL},
};

const struct route import_routes[] = {
    {.method = "POST",
     .pattern = "/api/v1/imports",
     .handler = post_import,
     .sink = &upload_sink,
     .success = 202,
     .parameters = post_parameters,
     .summary = "Takes a file (the body, as it is) and imports it: 202 with the job and its "
                "Location. Errors: 400 what it asks, 403 sent by another site's page, 413 larger "
                "than --import-max, 503 too many wait, 507 the server's disk is full",
     .answer = "application/json",
     .tag = "imports"},
    {.method = "GET",
     .pattern = "/api/v1/imports",
     .handler = list_imports,
     .parameters = list_parameters,
     .summary = "Imports sent to the server, newest first, and the limits of sending",
     .answer = "application/json",
     .tag = "imports"},
    {.method = "GET",
     .pattern = "/api/v1/imports/{job}",
     .handler = get_import,
     .summary = "One import: state (waiting, running, done, failed, cancelled), how much of the "
                "file is read (percent, seconds_left), error, and the report when it is done",
     .answer = "application/json",
     .tag = "imports"},
    {.method = "DELETE",
     .pattern = "/api/v1/imports/{job}",
     .handler = delete_import,
     .summary = "Cancels it; the state before stays. 202 where it runs: look again until it is "
                "cancelled; 409 when it has ended",
     .answer = "application/json",
     .tag = "imports"},
    {.method = "POST",
     .pattern = "/api/v1/imports/{job}/again",
     .handler = post_again,
     .success = 202,
     .parameters = again_parameters,
     .summary = "Imports the file of a failed import or of a dry run once more, as a new job, "
                "without sending it again; 409 when the file is not kept any more (file_kept)",
     .answer = "application/json",
     .tag = "imports"},
    {.method = "GET",
     .pattern = "/api/v1/imports/{job}/events",
     .handler = get_events,
     .summary = "Server-sent events: `progress` with the job as JSON whenever it changes, `end` "
                "with the same when it is done, failed or cancelled",
     .answer = "text/event-stream",
     .tag = "imports"},
    {.pattern = NULL},
};
