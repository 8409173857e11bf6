/* hazatlas serve: database up, port bound, rights given up, atlas loaded, requests answered; and
 * all of it down again in the opposite order. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gis/log.h"
#include "gis/text.h"
#include "server/app.h"
#include "server/command.h"
#include "server/imports.h"
#include "server/metrics.h"
#include "server/refresh.h"
#include "server/sample.h"
#include "server/search_index.h"
#include "server/stop.h"
#include "server/store.h"

enum {
    DRAIN_S = 10, /* for requests under way at the stop */
    IMPORTS_STOP_MS = 8000,
    TILE_CACHE_BYTES = 64 << 20,
};

struct service {
    struct app app;
    struct store store;
    struct user user;
    struct search_index *search_index;
    struct http *http;
    int64_t import_max; /* bytes of a file */
    int socket;         /* bound, not yet taken over; -1 = none */
};

/* Rights are given up once nothing is left that needs them. */
static bool drop_rights(struct service *s, struct error *err)
{
    if (s->store.cluster)
        return cluster_drop_rights(s->store.cluster, err);
    return user_find(&s->user, err) && user_drop(&s->user, err);
}

/* Without a folder for uploads all else is served. */
static void open_imports(struct service *s, const char *data_dir, int64_t file_max)
{
    struct error err = {.kind = ERROR_NONE};
    struct user user;
    if (s->store.cluster)
        user = cluster_place(s->store.cluster)->user;
    else if (!user_find(&user, &err))
        return; /* drop_rights says so */
    s->app.imports = imports_new(data_dir, &user, (uint64_t)file_max, &err);
    if (!s->app.imports)
        log_line(LOG_WARNING, "files cannot be sent to this server: %s", err.text);
}

static bool start(struct service *s, const struct command_line *line, int port, struct error *err)
{
    struct app *app = &s->app;
    const char *sample = command_value(line, "sample");
    s->socket = http_bind(&app->port, command_value(line, "host"), port, err);
    if (s->socket < 0 || !store_open(&s->store, command_value(line, "data"), err) ||
        (sample && !sample_load(sample, s->store.db, err)))
        return false;
    db_close(s->store.db);
    s->store.db = NULL;
    open_imports(s, command_value(line, "data"), s->import_max);
    if (!drop_rights(s, err))
        return false;
    text_copy(app->database, sizeof app->database, s->store.conninfo);
    app->version = HAZATLAS_VERSION;
    app->started_at = (int64_t)time(NULL);
    app->verbose = command_value(line, "verbose") != NULL;
    app->snapshots = snapshot_store_new();
    app->tile_cache = tile_cache_new(TILE_CACHE_BYTES);
    app->metrics = metrics_new();
    if (stop_wanted() || !(app->refresh = refresh_start(app, s->store.cluster, err)) ||
        (app->imports && !imports_start(app->imports, app->database, err)))
        return false;
    if (!(s->search_index = search_index_start(app->database, err)))
        return false;
    int fd = s->socket;
    s->socket = -1;
    s->http = http_start(app, fd, err);
    return s->http != NULL;
}

static void say_ready(const struct service *s, const char *host)
{
    struct snapshot *now = snapshot_take(s->app.snapshots);
    bool any = !strcmp(host, "0.0.0.0") || !strcmp(host, "::");
    bool v6 = !any && strchr(host, ':');
    printf("HazAtlas is serving http://%s%s%s:%d  (atlas %llu: %u facilities)\n", v6 ? "[" : "",
           any ? "127.0.0.1" : host, v6 ? "]" : "", s->app.port,
           (unsigned long long)(now ? now->atlas->number : 0), now ? now->atlas->count : 0);
    fflush(stdout);
    snapshot_release(now);
}

/* Waits for requests under way, up to DRAIN_S or a second signal. Where a worker then still waits
 * for the database, ending the private one ends the waiting; another one may keep us: we leave
 * without ceremony, since nothing lives in memory only. */
static void stop_http(struct service *s)
{
    time_t deadline = time(NULL) + DRAIN_S;
    bool quiet;
    while (!(quiet = http_drain(s->http, 100)) && time(NULL) < deadline && !stop_take(0))
        ;
    if (!quiet)
        log_line(LOG_WARNING, "stopped while requests were under way");
    if (http_stop(s->http))
        return;
    if (s->store.cluster)
        cluster_kill(s->store.cluster);
    for (int i = 0; i < 50; i++) {
        http_drain(s->http, 100);
        if (http_stop(s->http))
            return;
    }
    log_line(LOG_WARNING, "a request still waits for the database; leaving it");
    _exit(EXIT_FAILED);
}

/* As above, for the threads of imports. */
static void stop_imports(struct service *s)
{
    if (imports_stop(s->app.imports, IMPORTS_STOP_MS))
        return;
    if (s->store.cluster)
        cluster_kill(s->store.cluster);
    if (imports_stop(s->app.imports, IMPORTS_STOP_MS))
        return;
    log_line(LOG_WARNING, "an import still waits for the database; leaving it");
    _exit(EXIT_FAILED);
}

static void stop(struct service *s)
{
    stop_imports(s);
    if (s->http)
        stop_http(s);
    imports_free(s->app.imports);
    search_index_stop(s->search_index);
    refresh_stop(s->app.refresh);
    tile_cache_free(s->app.tile_cache);
    snapshot_store_free(s->app.snapshots);
    metrics_free(s->app.metrics);
    if (s->socket >= 0)
        close(s->socket);
    store_close(&s->store);
}

static int run(const struct command_line *line)
{
    struct service s = {.socket = -1};
    struct error err = {.kind = ERROR_NONE};
    long long port, import_mb;
    if (!command_int(&port, line, "port", 0, 65535) ||
        !command_int(&import_mb, line, "import-max", 1, 1000000))
        return EXIT_USAGE;
    s.import_max = import_mb * 1000000;
    if (command_value(line, "verbose"))
        log_set_level(LOG_DEBUG);
    stop_hold();
    bool ok = start(&s, line, (int)port, &err);
    bool stopped_early = !ok && stop_wanted();
    if (ok) {
        say_ready(&s, command_value(line, "host"));
        stop_take(-1);
        printf("Stopping ...\n");
        fflush(stdout);
    }
    stop(&s);
    return ok || stopped_early ? 0 : command_fail(&err);
}

static const struct option options[] = {
    {.name = "port",
     .value = "N",
     .fallback = "8080",
     .about = "TCP port; 0 = a free one, printed"},
    {.name = "host",
     .value = "HOST",
     .fallback = "127.0.0.1",
     .about = "name or address to serve at; 0.0.0.0 = every network of this machine"},
    {.name = "data",
     .value = "DIR",
     .fallback = "./var",
     .about = "folder of the private database; made when missing"},
    {.name = "sample",
     .value = "DIR",
     .about = "load this sample region once into an empty database"},
    {.name = "import-max",
     .value = "MB",
     .fallback = "4096",
     .about = "largest file that may be sent to be imported, MB (1,000,000 bytes)"},
    {.name = "verbose", .about = "one line a request on standard error"},
    {.name = NULL},
};

const struct command command_serve = {
    .name = "serve",
    .summary = "Serves the map, its tiles and its interfaces over HTTP",
    .about =
        "Starts a private PostgreSQL in the data folder (or uses HAZATLAS_DATABASE), brings its\n"
        "schema up to date and serves until Ctrl-C or SIGTERM: requests under way are finished\n"
        "(up to 10 s), then the database is stopped. Started by root it gives up root's rights\n"
        "before the first request. Prints the address when it is ready; messages go to standard\n"
        "error.",
    .options = options,
    .run = run,
};
