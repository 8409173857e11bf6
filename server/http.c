/* DESIGN: libmicrohttpd gives one epoll thread. A request lives in a struct exchange, made when its
 * first line is there and freed when its answer is sent. The handler of libmicrohttpd is called
 * once when the headers are there (nothing may be queued then: 0.9.75 closes the connection after
 * such an answer), then for each piece of body, then once more, when we answer: fast routes at
 * once, all others by suspending the connection and giving the exchange to a worker, which fills in
 * the reply and resumes. Compression and problem details are made where the handler ran. Only the
 * epoll thread talks to libmicrohttpd about a connection, but for the resume.
 *
 * Silence ends a connection after HTTP_IDLE_S; peer.c ends those who send a byte now and then. */
#include "server/http.h"

#include <errno.h>
#include <microhttpd.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "gis/clock.h"
#include "gis/log.h"
#include "gis/mem.h"
#include "gis/text.h"
#include "server/app.h"
#include "server/http_parts.h"
#include "server/metrics.h"
#include "server/origin.h"
#include "server/peer.h"
#include "server/reply.h"
#include "server/request.h"
#include "server/route.h"
#include "server/static.h"
#include "server/stream.h"
#include "server/worker.h"

enum { DISK_THREADS = 2 };

struct http {
    const struct app *app;
    struct MHD_Daemon *daemon;
    struct worker_pool *workers;
    struct worker_pool *disk; /* passes on the pieces of uploads; no database */
    _Atomic int in_flight;    /* requests whose headers are there, answer not yet sent */
    _Atomic int jobs;         /* of them with a worker or queued for one */
    _Atomic bool draining;
    _Atomic uint64_t serial;
    _Atomic int64_t complained_s; /* second of the last line about the database */
    struct peers *peers;
};

enum stage { STAGE_NEW, STAGE_BODY, STAGE_WORKER, STAGE_DONE };

struct exchange {
    struct worker_job job; /* first: a worker gets it back from this */
    struct http *http;
    struct MHD_Connection *connection;
    struct peer *peer;
    struct request request;
    struct reply reply;
    const struct route *route;
    bool is_static;
    enum stage stage;
    bool gzip;
    bool hang_up; /* after the answer: who sent this may mean something else by what follows */
    struct error refused; /* what is wrong with the request, told when it is whole */
    bool bad_target;      /* it is the target */
    int64_t started_ns;
    struct http_body body;
    char base_url[512];
    char target[]; /* the request target, decoded in place; request points into it */
};

static const char *header(const struct exchange *x, const char *name)
{
    return MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name);
}

/* ---- a request arrives ---- */

/* Called with the request line's target as it came. What this returns is the exchange. */
static void *take_target(void *cls, const char *target, struct MHD_Connection *connection)
{
    struct http *h = cls;
    size_t len = strlen(target);
    struct exchange *x = mem_zero(1, sizeof *x + len + 1);
    memcpy(x->target, target, len);
    x->http = h;
    x->connection = connection;
    x->peer =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    x->request.app = h->app;
    x->request.connection =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    x->request.serial = atomic_fetch_add(&h->serial, 1) + 1;
    x->reply = reply_fresh;
    return x;
}

/* Targets are decoded by request.c, once; libmicrohttpd shall leave them alone. */
static size_t decode_nothing(void *cls, struct MHD_Connection *connection, char *text)
{
    (void)cls;
    (void)connection;
    return strlen(text);
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* A route that takes the body piece by piece looks at the request before the body comes. */
static void begin_body(struct exchange *x)
{
    struct request *r = &x->request;
    if (x->refused.kind == ERROR_NONE && r->body_announced)
        x->route = route_find(r, NULL);
    if (x->route && x->route->sink && !route_check(x->route, r, &x->refused))
        x->route = NULL;
    http_body_begin(&x->body, x->route, r, &x->refused);
    r->upload = x->body.state;
}

static void take_headers(struct exchange *x, const char *method, const char *version)
{
    struct request *r = &x->request;
    atomic_fetch_add(&x->http->in_flight, 1);
    metrics_in_flight(x->http->app->metrics, 1);
    x->started_ns = clock_ns();
    r->method = strcmp(method, MHD_HTTP_METHOD_HEAD) ? method : MHD_HTTP_METHOD_GET;
    r->accept = or_empty(header(x, MHD_HTTP_HEADER_ACCEPT));
    r->accept_language = or_empty(header(x, MHD_HTTP_HEADER_ACCEPT_LANGUAGE));
    r->if_none_match = or_empty(header(x, MHD_HTTP_HEADER_IF_NONE_MATCH));
    r->content_type = or_empty(header(x, MHD_HTTP_HEADER_CONTENT_TYPE));
    r->base_url = x->base_url;
    r->body = "";
    x->gzip = request_takes_gzip(header(x, MHD_HTTP_HEADER_ACCEPT_ENCODING));
    r->body_announced = http_body_announced(x->connection);
    request_base_url(x->base_url, sizeof x->base_url, header(x, MHD_HTTP_HEADER_HOST),
                     header(x, "X-Forwarded-Proto"), header(x, "X-Forwarded-Host"),
                     header(x, "X-Forwarded-Prefix"), x->http->app->port);
    x->bad_target = !request_parse_target(r, x->target, &x->refused);
    if (!x->bad_target && !strcmp(version, MHD_HTTP_VERSION_1_1) &&
        !header(x, MHD_HTTP_HEADER_HOST))
        error_fill(&x->refused, ERROR_INPUT, "HTTP/1.1 wants a Host header");
    x->hang_up = !http_body_framed(x->connection, &x->refused);
    if (x->refused.kind == ERROR_NONE)
        origin_check(method, header(x, "Sec-Fetch-Site"), header(x, "Origin"),
                     header(x, MHD_HTTP_HEADER_HOST), x->base_url, &x->refused);
    begin_body(x);
}

/* ---- it is answered ---- */

/* One line a failure that is ours; of a database that is gone, one a second. */
static void log_failure(struct exchange *x, const struct error *err)
{
    const struct request *r = &x->request;
    int64_t second = clock_ns() / 1000000000;
    if (err->kind == ERROR_BUSY ||
        (err->kind == ERROR_DATABASE && atomic_exchange(&x->http->complained_s, second) == second))
        return;
    log_line(LOG_ERROR, "request %llu %s %s: %s%s%s", (unsigned long long)r->serial, r->method,
             r->path, err->kind == ERROR_NONE ? "failed without words" : err->text,
             r->db && err->kind == ERROR_DATABASE ? "; database: " : "",
             r->db && err->kind == ERROR_DATABASE ? db_message(r->db) : "");
}

static void refuse(struct exchange *x, const struct error *err)
{
    const char *path = x->request.path;
    if (err == &x->refused && err->kind == ERROR_TOO_LARGE && x->bad_target)
        reply_problem(&x->reply, 414, "URI too long", err->text, path);
    else
        reply_error(&x->reply, err, path);
    if (error_status(err->kind) >= 500 || err->kind == ERROR_NONE)
        log_failure(x, err);
}

static void refuse_busy(struct error *err, const struct exchange *x)
{
    error_fill(err, ERROR_BUSY, "%d %srequests are waiting already; try again",
               x->job.heavy ? HTTP_HEAVY_QUEUE_MAX : HTTP_QUEUE_MAX, x->job.heavy ? "heavy " : "");
}

static void run_handler(struct exchange *x)
{
    struct error err = {.kind = ERROR_NONE};
    struct request *r = &x->request;
    metrics_heavy(x->http->app->metrics, r->heavy);
    r->snapshot = snapshot_take(x->http->app->snapshots);
    bool ok = x->route->handler(&x->reply, r, &err);
    metrics_heavy(x->http->app->metrics, -r->heavy);
    snapshot_release(r->snapshot);
    r->snapshot = NULL;
    if (ok && x->reply.body.overflow)
        ok = error_set(&err, ERROR_TOO_LARGE, "the answer would be larger than the server sends");
    if (!ok && x->job.heavy && request_gone(r))
        (void)request_given_up(r, &err);
    if (!ok)
        refuse(x, &err);
    if (!x->reply.put_off)
        reply_finish(&x->reply, r, x->gzip);
}

/* A light request that turned out to be heavy waits again, among those. False: no room. */
static bool put_off(struct exchange *x)
{
    struct error err;
    x->reply.put_off = false;
    x->job.heavy = x->request.heavy = true;
    if (!worker_pool_reserve(x->http->workers, &x->job)) {
        refuse_busy(&err, x);
        refuse(x, &err);
        return false;
    }
    reply_free(&x->reply);
    x->reply = reply_fresh;
    metrics_waiting(x->http->app->metrics, 1);
    worker_pool_push(x->http->workers, &x->job);
    return true;
}

static void work(struct worker_job *job, struct worker *worker)
{
    struct exchange *x = (struct exchange *)job;
    struct http *h = x->http;
    struct error err = {.kind = ERROR_NONE};
    metrics_waiting(h->app->metrics, -1);
    bool needs_db = !x->route->fast;
    if (job->heavy && x->refused.kind == ERROR_NONE && request_gone(&x->request))
        (void)request_given_up(&x->request, &x->refused); /* while it waited */
    x->request.db = x->refused.kind == ERROR_NONE && needs_db ? worker_db(worker, &err) : NULL;
    if (x->refused.kind == ERROR_NONE && (x->request.db || !needs_db))
        run_handler(x);
    else
        refuse(x, x->refused.kind == ERROR_NONE ? &err : &x->refused);
    x->request.db = NULL;
    if (x->reply.put_off && put_off(x))
        return; /* another worker may have it already */
    x->stage = STAGE_DONE;
    /* From the resume on x belongs to the epoll thread. */
    MHD_resume_connection(x->connection);
    atomic_fetch_sub(&h->jobs, 1);
}

/* The last piece of an upload is passed on; then a worker answers. */
static void end_upload(struct worker_job *job, struct worker *worker)
{
    struct exchange *x = (struct exchange *)job;
    (void)worker;
    http_body_pass(&x->body, true, &x->refused);
    x->job.run = work;
    worker_pool_push(x->http->workers, &x->job);
}

static void pass_piece(struct worker_job *job, struct worker *worker)
{
    struct exchange *x = (struct exchange *)job;
    struct http *h = x->http;
    (void)worker;
    http_body_pass(&x->body, false, &x->refused);
    MHD_resume_connection(x->connection);
    atomic_fetch_sub(&h->jobs, 1);
}

/* Hands x to another thread, which resumes the connection. */
static void give_away(struct exchange *x, struct worker_pool *to,
                      void (*run)(struct worker_job *, struct worker *))
{
    x->stage = STAGE_WORKER;
    x->job.run = run;
    atomic_fetch_add(&x->http->jobs, 1);
    MHD_suspend_connection(x->connection);
    worker_pool_push(to, &x->job);
}

static enum MHD_Result take_body(struct exchange *x, const char *data, size_t len)
{
    if (x->body.state && atomic_load(&x->http->draining))
        return MHD_NO; /* a stop does not wait for it */
    enum http_body_took took = http_body_take(&x->body, data, len, &x->refused);
    if (took == HTTP_BODY_PIECE) {
        peer_goes_on(x->peer, HTTP_UPLOAD_S);
        worker_pool_reserve(x->http->disk, &x->job);
        give_away(x, x->http->disk, pass_piece);
    }
    return took == HTTP_BODY_ENOUGH ? MHD_NO : MHD_YES;
}

static enum MHD_Result send_reply(struct exchange *x)
{
    const struct request *r = &x->request;
    size_t bytes = x->reply.ready_body ? x->reply.ready_len : x->reply.body.len;
    char methods[64] = "GET, HEAD, OPTIONS";
    bool preflight = !strcmp(r->method, MHD_HTTP_METHOD_OPTIONS);
    if ((preflight || x->reply.status == 405) && !x->is_static)
        route_methods(methods, sizeof methods, r->path);
    enum MHD_Result result = http_send(x->connection, &x->reply, preflight, methods,
                                       x->hang_up || atomic_load(&x->http->draining));
    int64_t took = clock_ns() - x->started_ns;
    metrics_count(x->http->app->metrics, x->route, x->is_static, x->reply.status, took);
    if (x->http->app->verbose)
        log_line(LOG_INFO, "request %llu %s %s: %d, %zu bytes, %.3f ms",
                 (unsigned long long)r->serial, r->method, r->path, x->reply.status, bytes,
                 (double)took / 1e6);
    return result;
}

static enum MHD_Result refuse_and_send(struct exchange *x, const struct error *err)
{
    refuse(x, err);
    return send_reply(x);
}

static enum MHD_Result answer(struct exchange *x)
{
    struct request *r = &x->request;
    struct error err = {.kind = ERROR_NONE};
    peer_answering(x->peer, true);
    if (x->refused.kind != ERROR_NONE)
        return refuse_and_send(x, &x->refused);
    r->body = x->body.kept.len && !x->body.state ? buf_string(&x->body.kept) : "";
    r->body_len = x->body.state ? 0 : x->body.kept.len;
    if (!strcmp(r->method, MHD_HTTP_METHOD_OPTIONS)) {
        x->reply.status = 204;
        return send_reply(x);
    }
    x->route = route_find(r, &err);
    if (!x->route) {
        x->is_static = err.kind == ERROR_NOT_FOUND && static_find(&x->reply, r->path, x->gzip);
        if (x->is_static && strcmp(r->method, MHD_HTTP_METHOD_GET) != 0)
            error_fill(&err, ERROR_METHOD, "%.10s is not possible here", r->method);
        else if (x->is_static)
            err.kind = ERROR_NONE;
        if (err.kind != ERROR_NONE)
            return refuse_and_send(x, &err);
        reply_finish(&x->reply, r, x->gzip);
        return send_reply(x);
    }
    if (!route_check(x->route, r, &err))
        return refuse_and_send(x, &err);
    if (x->route->fast && !(x->route->slow && x->route->slow(r))) {
        run_handler(x);
        return send_reply(x);
    }
    x->job.heavy = r->heavy = x->route->heavy && x->route->heavy(r);
    if (!worker_pool_reserve(x->http->workers, &x->job)) {
        refuse_busy(&err, x);
        return refuse_and_send(x, &err);
    }
    metrics_waiting(x->http->app->metrics, 1);
    if (x->body.state && worker_pool_reserve(x->http->disk, &x->job))
        give_away(x, x->http->disk, end_upload);
    else
        give_away(x, x->http->workers, work);
    return MHD_YES;
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **context)
{
    (void)cls;
    (void)connection;
    (void)url;
    struct exchange *x = *context;
    /* Of a body in chunks more is offered although the connection was suspended just now: left. */
    if (MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_SUSPENDED)->suspended)
        return MHD_YES;
    switch (x->stage) {
    case STAGE_NEW:
        x->stage = STAGE_BODY;
        take_headers(x, method, version);
        if (!http_body_hopeless(&x->body, connection, &x->request, &x->refused))
            return MHD_YES;
        if (x->refused.kind == ERROR_NONE)
            error_fill(&x->refused, ERROR_TOO_LARGE, "the body is larger than %zu bytes",
                       x->body.max);
        x->hang_up = true;
        return refuse_and_send(x, &x->refused);
    case STAGE_WORKER: x->stage = STAGE_BODY; /* a piece was passed on */ /* fall through */
    case STAGE_BODY:
        if (!*upload_size)
            return answer(x);
        size_t len = *upload_size;
        *upload_size = 0;
        return take_body(x, upload, len);
    case STAGE_DONE: return send_reply(x);
    }
    return MHD_NO;
}

static void complete(void *cls, struct MHD_Connection *connection, void **context,
                     enum MHD_RequestTerminationCode code)
{
    (void)cls;
    (void)connection;
    (void)code;
    struct exchange *x = *context;
    if (!x)
        return;
    if (x->stage != STAGE_NEW) {
        atomic_fetch_sub(&x->http->in_flight, 1);
        metrics_in_flight(x->http->app->metrics, -1);
    }
    peer_answering(x->peer, false);
    if (x->reply.stream)
        stream_close(x->reply.stream);
    reply_free(&x->reply);
    http_body_close(&x->body);
    free(x);
    *context = NULL;
}

/* ---- the daemon ---- */

static void watch_peer(void *cls, struct MHD_Connection *connection, void **context,
                       enum MHD_ConnectionNotificationCode code)
{
    struct http *h = cls;
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        *context = peers_add(
            h->peers,
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd);
    else
        peers_remove(h->peers, *context);
}

static void free_http(struct http *h)
{
    worker_pool_free(h->disk);
    worker_pool_free(h->workers);
    if (h->daemon)
        MHD_stop_daemon(h->daemon);
    peers_free(h->peers);
    free(h);
}

struct http *http_start(const struct app *app, int bound_socket, struct error *err)
{
    struct http *h = mem_zero(1, sizeof *h);
    h->app = app;
    static const struct worker_limits limits = {.queue = HTTP_QUEUE_MAX,
                                                .heavy_queue = HTTP_HEAVY_QUEUE_MAX},
                                      disk = {DISK_THREADS, HTTP_CONNECTIONS_MAX,
                                              HTTP_CONNECTIONS_MAX};
    if (!(h->peers = peers_new(err)) ||
        !(h->workers = worker_pool_new(&limits, app->database, err)) ||
        !(h->disk = worker_pool_new(&disk, app->database, err)))
        goto fail;
    if (listen(bound_socket, HTTP_CONNECTIONS_MAX)) {
        error_fill(err, ERROR_SYSTEM, "port %d cannot be listened on: %s", app->port,
                   strerrordesc_np(errno));
        goto fail;
    }
    h->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL,
        handle, h, MHD_OPTION_EXTERNAL_LOGGER, http_log_library, NULL, MHD_OPTION_LISTEN_SOCKET,
        bound_socket, MHD_OPTION_CONNECTION_LIMIT, (unsigned)HTTP_CONNECTIONS_MAX,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HTTP_HEADERS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)HTTP_IDLE_S, MHD_OPTION_NOTIFY_COMPLETED, complete, h,
        MHD_OPTION_NOTIFY_CONNECTION, watch_peer, h, MHD_OPTION_URI_LOG_CALLBACK, take_target, h,
        MHD_OPTION_UNESCAPE_CALLBACK, decode_nothing, h, MHD_OPTION_END);
    if (h->daemon)
        return h;
    error_fill(err, ERROR_SYSTEM, "the HTTP service cannot be started");
fail:
    free_http(h);
    return NULL;
}

bool http_drain(struct http *http, int timeout_ms)
{
    if (!atomic_exchange(&http->draining, true)) {
        int listening = MHD_quiesce_daemon(http->daemon);
        if (listening >= 0)
            close(listening);
    }
    int64_t deadline = clock_ns() + (int64_t)timeout_ms * 1000000;
    while (atomic_load(&http->in_flight) && clock_ns() < deadline)
        nanosleep(&(const struct timespec){.tv_nsec = 10 * 1000000}, NULL);
    return !atomic_load(&http->in_flight);
}

bool http_stop(struct http *http)
{
    if (atomic_load(&http->jobs))
        return false;
    free_http(http);
    return true;
}
