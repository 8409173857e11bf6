/* http_parts.h - what http.c, http_body.c, http_send.c, http_stream.c and http_pages.c share, the
 * files that speak libmicrohttpd. */
#ifndef SERVER_HTTP_PARTS_H
#define SERVER_HTTP_PARTS_H

#include <microhttpd.h>
#include <stdarg.h>

#include "server/http.h"
#include "server/route.h"

struct http_header {
    const char *name, *value;
};
/* What every answer has: content security policy, CORS and the like. Ends with a NULL name. */
extern const struct http_header http_common_headers[];

/* Queues the reply; its body is taken. methods: for Allow, of a preflight and of a 405. closing:
 * the connection is to be given up after it. */
enum MHD_Result http_send(struct MHD_Connection *connection, struct reply *reply, bool preflight,
                          const char *methods, bool closing);
/* An answer whose body is the stream, which is the response's from then on; NULL = no memory. */
struct MHD_Response *http_stream_response(struct MHD_Connection *connection, struct stream *stream);

struct http_body {   /* of a request, while it comes */
    struct buf kept; /* all of it, or the piece that is not yet passed on */
    size_t max;      /* bytes of what is kept whole */
    size_t drained;  /* bytes that came unwanted */
    const struct body_sink *sink;
    void *state; /* the sink's; NULL = none */
};
enum http_body_took { HTTP_BODY_MORE, HTTP_BODY_PIECE /* to be passed on */, HTTP_BODY_ENOUGH };

/* Refuses a body whose end can be read in two ways: it lets a second request hide in the first
 * (RFC 9112, 6.3). */
bool http_body_framed(struct MHD_Connection *connection, struct error *err);
/* Bytes that Content-Length tells; 0 = no body, -1 = sent in chunks. A number that none is stands
 * for the largest. */
int64_t http_body_announced(struct MHD_Connection *connection);
/* When the headers are there. route: NULL = none has this address. */
void http_body_begin(struct http_body *b, const struct route *route, const struct request *r,
                     struct error *refused);
/* Announced so large, or not wanted, that nobody reads it: to be answered at once. */
bool http_body_hopeless(const struct http_body *b, struct MHD_Connection *connection,
                        const struct request *r, const struct error *refused);
/* Takes what came; fills *refused where the body cannot be taken. */
enum http_body_took http_body_take(struct http_body *b, const char *data, size_t len,
                                   struct error *refused);
/* Off the epoll thread: hands the piece to the sink; last = nothing more comes. */
void http_body_pass(struct http_body *b, bool last, struct error *refused);
void http_body_close(struct http_body *b);

/* What libmicrohttpd has to say, into our log (its logger). */
void http_log_library(void *cls, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* "Frees" a body that is not the response's to free. */
void http_keep(void *body);

#endif
