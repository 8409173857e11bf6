/* /api/v1/status, /healthz, /readyz, /metrics: how the server is. No database is asked here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "server/api.h"
#include "server/app.h"
#include "server/metrics.h"
#include "server/refresh.h"
#include "server/reply.h"

static void put_atlas(struct json *j, const struct snapshot *s)
{
    if (!s) {
        json_null(j, "atlas");
        return;
    }
    const struct atlas *a = s->atlas;
    json_open(j, "atlas", '{');
    json_int(j, "number", (int64_t)a->number);
    json_time(j, "built_at", a->built_at);
    json_int(j, "facilities", a->count);
    json_int(j, "drawn", a->drawn);
    json_int(j, "not_drawn", (int64_t)a->count - a->drawn);
    json_int(j, "holdings", (int64_t)a->holdings);
    json_int(j, "substances", a->substance_count);
    json_close(j, '}');
}

static void put_limits(struct json *j)
{
    static const struct {
        const char *name;
        int64_t value;
    } limits[] = {
        {"path_bytes", HTTP_PATH_MAX},       {"parameters", HTTP_PARAMETERS_MAX},
        {"parameter_bytes", HTTP_VALUE_MAX}, {"body_bytes", HTTP_BODY_MAX},
        {"headers_bytes", HTTP_HEADERS_MAX}, {"connections", HTTP_CONNECTIONS_MAX},
        {"idle_seconds", HTTP_IDLE_S},       {"waiting_requests", HTTP_QUEUE_MAX},
        {"list_rows", HTTP_LIST_MAX},
    };
    json_open(j, "limits", '{');
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        json_int(j, limits[i].name, limits[i].value);
    json_close(j, '}');
}

static bool get_status(struct reply *reply, const struct request *r, struct error *err)
{
    (void)err;
    struct buf sources = {.data = NULL};
    struct json j = reply_json(reply);
    refresh_sources(&sources, r->app->refresh);
    json_open(&j, NULL, '{');
    json_text(&j, "version", r->app->version);
    json_text(&j, "database", refresh_database_ok(r->app->refresh) ? "ok" : "unreachable");
    put_atlas(&j, r->snapshot);
    json_raw(&j, "sources", buf_string(&sources));
    put_limits(&j);
    json_close(&j, '}');
    buf_free(&sources);
    reply_etag_body(reply);
    return true;
}

static bool get_health(struct reply *reply, const struct request *r, struct error *err)
{
    (void)r;
    (void)err;
    reply->type = "text/plain; charset=utf-8";
    reply->cache = "no-store";
    buf_text(&reply->body, "ok\n");
    return true;
}

static bool get_ready(struct reply *reply, const struct request *r, struct error *err)
{
    if (!r->snapshot)
        return error_set(err, ERROR_BUSY, "the atlas is not loaded yet");
    if (!refresh_database_ok(r->app->refresh))
        return error_set(err, ERROR_DATABASE, "the database does not answer");
    return get_health(reply, r, err);
}

/* Pages resident are the second number of /proc/self/statm; 0 where that cannot be read. */
static double resident_bytes(void)
{
    char line[128];
    FILE *f = fopen("/proc/self/statm", "re");
    bool read = f && fgets(line, sizeof line, f);
    if (f)
        fclose(f);
    const char *second = read ? strchr(line, ' ') : NULL;
    return second ? strtod(second, NULL) * (double)sysconf(_SC_PAGESIZE) : 0;
}

static void gauge(struct buf *out, const char *name, const char *help, double value)
{
    buf_format(out, "# HELP %s %s\n# TYPE %s gauge\n%s %.17g\n", name, help, name, name, value);
}

static bool get_metrics(struct reply *reply, const struct request *r, struct error *err)
{
    (void)err;
    struct buf *out = &reply->body;
    const struct atlas *a = r->snapshot ? r->snapshot->atlas : NULL;
    reply->type = "text/plain; version=0.0.4; charset=utf-8";
    reply->cache = "no-store";
    buf_format(out,
               "# HELP hazatlas_info The program.\n# TYPE hazatlas_info gauge\n"
               "hazatlas_info{version=\"%s\"} 1\n",
               r->app->version);
    metrics_write(out, r->app->metrics);
    gauge(out, "hazatlas_database_up", "1 when the database answers.",
          refresh_database_ok(r->app->refresh));
    if (a) {
        gauge(out, "hazatlas_atlas_number", "Number of the atlas in use.", (double)a->number);
        gauge(out, "hazatlas_atlas_built_seconds", "When it was built, Unix time.",
              (double)a->built_at);
        gauge(out, "hazatlas_atlas_facilities", "Facilities in it.", a->count);
        gauge(out, "hazatlas_atlas_drawn", "Facilities with an accepted position.", a->drawn);
        gauge(out, "hazatlas_atlas_bytes", "Memory it holds.", (double)a->bytes);
    }
    struct tile_cache_figures tiles = tile_cache_figures(r->app->tile_cache);
    gauge(out, "hazatlas_tile_cache_tiles", "Finished tiles kept.", (double)tiles.tiles);
    gauge(out, "hazatlas_tile_cache_bytes", "Memory they hold.", (double)tiles.bytes);
    buf_format(out,
               "# HELP hazatlas_tile_cache_requests_total Tiles asked of the cache.\n"
               "# TYPE hazatlas_tile_cache_requests_total counter\n"
               "hazatlas_tile_cache_requests_total{found=\"yes\"} %llu\n"
               "hazatlas_tile_cache_requests_total{found=\"no\"} %llu\n",
               (unsigned long long)tiles.hits, (unsigned long long)tiles.misses);
    gauge(out, "process_resident_memory_bytes", "Resident memory.", resident_bytes());
    gauge(out, "process_start_time_seconds", "Start, Unix time.", (double)r->app->started_at);
    return true;
}

const struct route status_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/status",
     .handler = get_status,
     .fast = true,
     .summary = "What is served: atlas number, counts, sources, limits",
     .answer = "application/json",
     .tag = "Service"},
    {.method = "GET",
     .pattern = "/healthz",
     .handler = get_health,
     .fast = true,
     .summary = "The process lives",
     .answer = "text/plain",
     .tag = "Service"},
    {.method = "GET",
     .pattern = "/readyz",
     .handler = get_ready,
     .fast = true,
     .summary = "It has an atlas and its database answers; else 503",
     .answer = "text/plain",
     .tag = "Service"},
    {.method = "GET",
     .pattern = "/metrics",
     .handler = get_metrics,
     .fast = true,
     .summary = "Counts and times for Prometheus",
     .answer = "text/plain",
     .tag = "Service"},
    {.pattern = NULL},
};
