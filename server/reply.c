#include "server/reply.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "gis/atlas.h"
#include "server/gzip.h"

/* Below this many bytes the headers weigh more than what is saved. */
enum { REPLY_GZIP_MIN = 500 };

const struct reply reply_fresh = {
    .status = 200, .type = "application/json", .precompressed_ok = true};

struct json reply_json(struct reply *reply)
{
    return (struct json){.out = &reply->body};
}

/* FNV-1a, 64 bits: tells versions apart, protects nothing. */
static unsigned long long hash_more(unsigned long long h, const char *data, size_t len)
{
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)data[i]) * 0x100000001b3;
    return h;
}

static unsigned long long hash(const char *data, size_t len)
{
    return hash_more(0xcbf29ce484222325, data, len);
}

/* Of all the address: answers hold links as the client names this server, and a client that goes
 * from one address to another (MapLibre, when a layer's filters change) takes the same ETag for the
 * same answer. */
static unsigned long long hash_address(const struct request *r)
{
    unsigned long long h = hash(r->base_url, strlen(r->base_url));
    h = r->path ? hash_more(h, r->path, strlen(r->path)) : h;
    for (int i = 0; i < r->query_count; i++) {
        h = hash_more(h, "&", 1);
        h = hash_more(h, r->query[i].name, strlen(r->query[i].name));
        h = hash_more(h, "=", 1);
        h = hash_more(h, r->query[i].value, strlen(r->query[i].value));
    }
    return h;
}

void reply_etag(struct reply *reply, const struct request *request, const char *what, ...)
{
    if (!request->snapshot)
        return;
    size_t size = sizeof reply->etag;
    int used = snprintf(reply->etag, size, "%s-%08llx-", request->snapshot->atlas->tag,
                        hash_address(request) & 0xFFFFFFFF);
    if (used < 0 || (size_t)used >= size)
        return;
    va_list args;
    va_start(args, what);
    int len = vsnprintf(reply->etag + used, size - (size_t)used, what, args);
    va_end(args);
    if (len < 0 || (size_t)len >= size - (size_t)used)
        reply->etag[0] = '\0'; /* a cut name could name two things */
}

void reply_etag_body(struct reply *reply)
{
    snprintf(reply->etag, sizeof reply->etag, "h%016llx", hash(reply->body.data, reply->body.len));
}

/* If-None-Match: "*" or a list of validators, compared weakly (RFC 9110, 13.1.2). */
static bool matches(const char *list, const char *etag)
{
    size_t len = strlen(etag);
    for (const char *at = list; *at;) {
        at += strspn(at, " \t,");
        if (*at == '*')
            return true;
        if (at[0] == 'W' && at[1] == '/')
            at += 2;
        if (*at != '"')
            return false;
        const char *end = strchr(at + 1, '"');
        if (!end)
            return false;
        if ((size_t)(end - at - 1) == len && !memcmp(at + 1, etag, len))
            return true;
        at = end + 1;
    }
    return false;
}

static void make_unchanged(struct reply *reply)
{
    reply->status = 304;
    buf_free(&reply->body);
    reply->ready_body = NULL;
    reply->ready_len = 0;
}

bool reply_unchanged(struct reply *reply, const struct request *request)
{
    if (!*reply->etag || !matches(request->if_none_match, reply->etag))
        return false;
    make_unchanged(reply);
    return true;
}

void reply_problem(struct reply *reply, int status, const char *title, const char *detail,
                   const char *instance)
{
    reply_free(reply);
    *reply = (struct reply){.status = status,
                            .type = "application/problem+json",
                            .cache = "no-store",
                            .precompressed_ok = true};
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    json_text(&j, "type", "about:blank");
    json_text(&j, "title", title);
    json_int(&j, "status", status);
    json_text(&j, "detail", detail);
    json_text(&j, "instance", instance);
    json_close(&j, '}');
}

void reply_error(struct reply *reply, const struct error *err, const char *instance)
{
    int status = error_status(err->kind);
    bool ours = err->kind == ERROR_NONE || status == 500;
    reply_problem(reply, ours ? 500 : status, error_title(ours ? ERROR_INTERNAL : err->kind),
                  ours ? "The server could not do this; its log says why." : err->text, instance);
}

static bool gains_by_gzip(const char *type)
{
    return !strncmp(type, "text/", 5) || strstr(type, "json") || strstr(type, "xml") ||
           strstr(type, "javascript") || strstr(type, "mapbox-vector-tile");
}

void reply_finish(struct reply *reply, const struct request *request, bool gzip_accepted)
{
    if (reply->status == 200 && *reply->etag && *request->if_none_match &&
        reply_unchanged(reply, request))
        return;
    if (reply->ready_body || reply->gzipped || !gzip_accepted || !reply->precompressed_ok ||
        reply->body.len <= REPLY_GZIP_MIN || !gains_by_gzip(reply->type))
        return;
    struct buf packed = {.max = reply->body.len};
    if (gzip_compress(&packed, reply->body.data, reply->body.len)) {
        buf_free(&reply->body);
        reply->body = packed;
        reply->gzipped = true;
    } else {
        buf_free(&packed);
    }
}

void reply_file(struct reply *reply, const char *name)
{
    size_t size = sizeof reply->disposition;
    if (name)
        snprintf(reply->disposition, size, "attachment; filename=\"%s\"", name);
    else
        snprintf(reply->disposition, size, "attachment");
}

void reply_free(struct reply *reply)
{
    buf_free(&reply->body);
}
