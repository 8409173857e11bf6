/* http.h - the one place that speaks libmicrohttpd. Handlers are blocking functions that know
 * nothing of it: they read a struct request, fill a struct reply.
 *
 * One epoll thread takes requests. Handlers marked `fast` (answers from the atlas) run on it; all
 * others wait in a bounded queue for a worker thread, whose struct worker owns the database
 * connection. A full queue answers 503 with Retry-After. */
#ifndef SERVER_HTTP_H
#define SERVER_HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "analysis/snapshot.h"
#include "gis/buf.h"
#include "gis/db.h"
#include "gis/error.h"

/* Named limits of what a client controls. */
enum {
    HTTP_PATH_MAX = 1024,          /* bytes of path */
    HTTP_PARAMETERS_MAX = 32,      /* query parameters */
    HTTP_VALUE_MAX = 1024,         /* bytes of one query value */
    HTTP_BODY_MAX = 64 * 1024,     /* bytes of a request body */
    HTTP_HEADERS_MAX = 32 * 1024,  /* bytes of a request's headers (connection memory) */
    HTTP_CONNECTIONS_MAX = 1000,
    HTTP_IDLE_S = 30,              /* seconds a connection may be silent */
    HTTP_QUEUE_MAX = 256,          /* requests that wait for a worker */
    HTTP_LIST_MAX = 1000,          /* rows of a list */
};

struct app; /* server/app.h */

struct request {
    const struct app *app;
    const char *method;   /* GET, POST; HEAD arrives as GET */
    const char *path;     /* percent-decoded once; valid UTF-8, no NUL, no control characters */
    const char *part[4];  /* what the route's {…} matched, in order */
    struct {
        const char *name, *value;
    } query[HTTP_PARAMETERS_MAX];
    int query_count;
    const char *body;     /* NUL-terminated */
    size_t body_len;
    const char *content_type;
    const char *accept, *accept_language; /* "" if absent */
    const char *base_url; /* "http://127.0.0.1:8080" as the client sees it */
    struct snapshot *snapshot; /* the atlas of this request; NULL before the first is loaded */
    struct db *db;        /* NULL in fast handlers */
    uint64_t serial;      /* for the log */
};

struct reply {
    int status;              /* 200 unless set */
    const char *type;        /* media type, static text; "application/json" unless set */
    struct buf body;
    char etag[64];           /* without quotes; "" = none */
    char location[256];      /* "" = none */
    const char *cache;       /* Cache-Control; NULL = "no-cache" */
    const char *disposition; /* Content-Disposition, static text; NULL = none */
    const char *ready_body;  /* static body in place of `body`, e.g. an embedded file */
    size_t ready_len;
    bool gzipped;            /* the body already is gzip */
    bool precompressed_ok;   /* body may be compressed for clients that accept gzip (default true) */
};

typedef bool http_handler(struct reply *reply, const struct request *request, struct error *err);

/* The value of a query parameter, or NULL. */
const char *request_query(const struct request *r, const char *name);
/* Typed query parameters: *out keeps its default when the parameter is absent. Errors name the
 * parameter, its value and what is wanted. */
bool request_double(double *out, const struct request *r, const char *name, double least,
                    double most, struct error *err);
bool request_int(int64_t *out, const struct request *r, const char *name, int64_t least,
                 int64_t most, struct error *err);

#endif
