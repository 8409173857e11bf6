/* A reply as libmicrohttpd's response, with the headers that every answer has. */
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>

#include "gis/log.h"
#include "server/http_parts.h"

static void add_header(struct MHD_Response *response, const char *name, const char *value)
{
    if (value && *value)
        MHD_add_response_header(response, name, value);
}

const struct http_header http_common_headers[] = {
    {"Content-Security-Policy",
     "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"X-Frame-Options", "SAMEORIGIN"},
    {"Access-Control-Allow-Origin", "*"},
    {"Access-Control-Expose-Headers", "ETag, Link, Location, Content-Crs"},
    {"Vary", "Accept-Encoding, Accept, X-Forwarded-Proto, X-Forwarded-Host, X-Forwarded-Prefix"},
    {NULL, NULL},
};

/* What a page of another origin may send here; see origin.h. */
static void add_preflight_headers(struct MHD_Response *response)
{
    add_header(response, "Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
    add_header(response, "Access-Control-Allow-Headers", "Content-Type, If-None-Match");
    add_header(response, "Access-Control-Max-Age", "86400");
}

static void add_headers(struct MHD_Response *response, const struct reply *p, bool preflight,
                        const char *methods)
{
    char etag[sizeof p->etag + 8];
    for (int i = 0; http_common_headers[i].name; i++)
        MHD_add_response_header(response, http_common_headers[i].name,
                                http_common_headers[i].value);
    add_header(response, "Cache-Control", p->cache ? p->cache : "no-cache");
    if (*p->etag) { /* the packed form is another sequence of bytes: a weak validator */
        snprintf(etag, sizeof etag, "%s\"%s\"", p->gzipped ? "W/" : "", p->etag);
        add_header(response, "ETag", etag);
    }
    if (p->status != 304 && p->status != 204)
        add_header(response, "Content-Type", p->type);
    if (p->gzipped && p->status != 304)
        add_header(response, "Content-Encoding", "gzip");
    add_header(response, "Location", p->location);
    add_header(response, "Link", p->link);
    add_header(response, "Content-Crs", p->content_crs);
    add_header(response, "Content-Disposition", p->disposition);
    if (p->stream) /* a proxy shall pass on what comes when it comes */
        add_header(response, "X-Accel-Buffering", "no");
    if (p->status == 503)
        add_header(response, "Retry-After", "1");
    if (p->status == 405 || preflight)
        add_header(response, "Allow", methods);
    if (preflight)
        add_preflight_headers(response);
}

void http_log_library(void *cls, const char *format, va_list args)
{
    char text[512];
    (void)cls;
    vsnprintf(text, sizeof text, format, args);
    log_line(LOG_DEBUG, "libmicrohttpd: %s", text);
}

void http_keep(void *body)
{
    (void)body;
}

enum MHD_Result http_send(struct MHD_Connection *connection, struct reply *reply, bool preflight,
                          const char *methods, bool closing)
{
    size_t len = reply->ready_body ? reply->ready_len : reply->body.len;
    struct MHD_Response *response;
    if (reply->stream) {
        response = http_stream_response(connection, reply->stream);
    } else if (reply->ready_body || !len) {
        union { /* the library wants void *; it changes nothing */
            const char *read_only;
            void *plain;
        } body = {.read_only = reply->ready_body ? reply->ready_body : ""};
        response = MHD_create_response_from_buffer_with_free_callback(len, body.plain, http_keep);
    } else {
        response = MHD_create_response_from_buffer_with_free_callback(len, reply->body.data, free);
        reply->body = (struct buf){.data = NULL};
    }
    if (!response)
        return MHD_NO;
    add_headers(response, reply, preflight, methods);
    if (closing)
        add_header(response, "Connection", "close");
    enum MHD_Result result = MHD_queue_response(connection, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    return result;
}

const char *http_library_version(void)
{
    return MHD_get_version();
}
