/* http.h - requests and replies, and the one place that speaks libmicrohttpd (http.c and
 * the files of http_parts.h). Handlers are blocking functions that know nothing of it: they read a
 * struct request, fill a struct reply.
 *
 * One epoll thread takes requests. Handlers marked `fast` (answers from the atlas) run on it; all
 * others wait in a bounded queue for a worker thread, whose struct worker owns the database
 * connection. A full queue answers 503 with Retry-After. Heavy requests have half of the workers at
 * most and a shorter queue; they ask now and then whether their client still is there. Some routes
 * always are heavy (route.h), lists where a file of many rows is asked for: their handlers see how
 * many and put themselves off (request_put_off), so that small files never wait behind large ones.
 */
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
    HTTP_PATH_MAX = 1024,         /* bytes of path */
    HTTP_PARAMETERS_MAX = 32,     /* query parameters */
    HTTP_VALUE_MAX = 1024,        /* bytes of one query value */
    HTTP_BODY_MAX = 64 * 1024,    /* bytes of a request body */
    HTTP_HEADERS_MAX = 32 * 1024, /* bytes of a request's headers (connection memory) */
    HTTP_CONNECTIONS_MAX = 1000,
    HTTP_IDLE_S = 30,          /* seconds a connection may be silent */
    HTTP_QUEUE_MAX = 256,      /* requests that wait for a worker */
    HTTP_HEAVY_QUEUE_MAX = 16, /* of heavy routes */
    HTTP_UPLOAD_S = 60,        /* seconds that 256 kB of an upload may take */
    HTTP_LIST_MAX = 1000,      /* rows of a list */
    HTTP_LIGHT_ROWS = 2000,    /* of a file that is not heavy: some tenths of a second */
};

struct app;    /* server/app.h */
struct stream; /* server/stream.h */
struct patience;

struct request {
    const struct app *app;
    const char *method;  /* GET, POST; HEAD arrives as GET */
    const char *path;    /* percent-decoded once; valid UTF-8, no NUL, no control characters */
    const char *part[4]; /* what the route's {…} matched, in order; in part_text */
    char part_text[HTTP_PATH_MAX + 4];
    struct {
        const char *name, *value;
    } query[HTTP_PARAMETERS_MAX];
    int query_count;
    const char *body; /* NUL-terminated */
    size_t body_len;
    int64_t body_announced; /* Content-Length; 0 = none, -1 = sent in chunks */
    void *upload;           /* what the route's sink made of the body; NULL = no sink */
    const char *content_type;
    const char *accept, *accept_language; /* "" if absent */
    const char *if_none_match;            /* "" if absent; see reply_unchanged */
    const char *base_url;                 /* "http://127.0.0.1:8080" as the client sees it */
    struct snapshot *snapshot; /* the atlas of this request; NULL before the first is loaded */
    struct db *db;             /* NULL in fast handlers */
    int connection;            /* its descriptor, for request_gone */
    bool heavy;                /* it runs among the heavy ones */
    uint64_t serial;           /* for the log */
};

struct reply {
    int status;       /* 200 unless set */
    const char *type; /* media type, static text; "application/json" unless set */
    struct buf body;
    char etag[64];           /* without quotes; "" = none */
    char location[256];      /* "" = none */
    char link[512];          /* Link, e.g. "<…>; rel=\"next\""; "" = none */
    const char *content_crs; /* Content-Crs, static text; NULL = none */
    const char *cache;       /* Cache-Control; NULL = "no-cache" */
    char disposition[96];    /* Content-Disposition; "" = none; see reply_file */
    const char *ready_body;  /* static body in place of `body`, e.g. an embedded file */
    size_t ready_len;
    struct stream *stream; /* the body goes on as it comes, see stream.h; taken over */
    bool put_off;          /* not made: run the handler again among the heavy ones */
    bool gzipped;          /* the body already is gzip */
    bool precompressed_ok; /* body may be compressed for clients that accept gzip (default true) */
};

/* A body that is not kept in memory. */
struct body_sink {
    /* When the headers are there and the query was checked: NULL with err = refused. On the HTTP
     * thread, so no waiting. */
    void *(*begin)(const struct request *request, struct error *err);
    /* The next bytes; the end. On a thread for this alone. */
    bool (*put)(void *state, const char *data, size_t len, struct error *err);
    bool (*finish)(void *state, struct error *err);
    /* After the answer, or when the client went away: whatever nobody took is thrown away. */
    void (*close)(void *state);
};

typedef bool http_handler(struct reply *reply, const struct request *request, struct error *err);

/* Whether the client has hung up (or sends no more): nobody reads the answer, so a heavy
 * handler may fail with any error. A system call: ask some ten times a second. */
bool request_gone(const struct request *r);
/* For rows of a file (server/patience.h): of a heavy request it is over when the client is gone. */
void request_patience(struct patience *out, const struct request *r);
/* Whether an answer of so many rows is to be made among the heavy ones and this is none: the
 * handler then frees what it has and returns true, to be run again there. */
bool request_put_off(struct reply *reply, const struct request *r, int64_t rows);
/* Counts that (for http.c), sets err and is false. */
bool request_given_up(const struct request *r, struct error *err);
/* The value of a query parameter, or NULL. */
const char *request_query(const struct request *r, const char *name);
/* Typed query parameters: *out keeps its default when the parameter is absent. Errors name the
 * parameter, its value and what is wanted. */
bool request_double(double *out, const struct request *r, const char *name, double least,
                    double most, struct error *err);
bool request_int(int64_t *out, const struct request *r, const char *name, int64_t least,
                 int64_t most, struct error *err);
/* Where a parameter would be passed over in silence: refuses it unless it fits what it is only for,
 * e.g. "by=hexagon". */
bool request_only_with(const struct request *r, const char *name, bool fits, const char *with,
                       struct error *err);
/* The code `county`: its index in the atlas of the request, which is there. */
bool request_county(int64_t *out, const struct request *r, struct error *err);

/* ---- for serve.c ---- */

struct http;

/* Binds host (name or address) and port (0 = a free one) without listening yet, so that a port in
 * use is told before anything else is started; *port = the one taken. The descriptor or -1. */
int http_bind(int *port, const char *host, int wanted, struct error *err);
/* Takes over the bound socket and serves until http_stop. */
struct http *http_start(const struct app *app, int bound_socket, struct error *err);
/* Stops accepting; waits up to timeout_ms for requests under way. True when there are none. */
bool http_drain(struct http *http, int timeout_ms);
/* Ends the service and frees it. False, and nothing done, while a worker still is at work: ended
 * connections must be resumed first. */
bool http_stop(struct http *http);
const char *http_library_version(void);

#endif
