/* DESIGN: a body is kept in memory up to HTTP_BODY_MAX or what its route says, or, where the route
 * has a sink, gathered in pieces that are handed on while the connection is suspended, so that a
 * slow disk holds up this client and nobody else. What is not wanted is read and thrown away up to
 * DRAIN_MAX, so that its sender sees the answer before we hang up. */
#include <microhttpd.h>
#include <string.h>
#include <strings.h>

#include "gis/text.h"
#include "server/http_parts.h"

enum { DRAIN_MAX = 16 * 1024 * 1024, PIECE_BYTES = 256 * 1024, AT_ONCE_MAX = 64 * 1024 };

static enum MHD_Result count_length(void *cls, enum MHD_ValueKind kind, const char *name,
                                    const char *value)
{
    int *lengths = cls;
    (void)kind;
    (void)value;
    *lengths += !strcasecmp(name, MHD_HTTP_HEADER_CONTENT_LENGTH);
    return MHD_YES;
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

bool http_body_framed(struct MHD_Connection *connection, struct error *err)
{
    int lengths = 0;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, count_length, &lengths);
    if (lengths <= 1 && !(lengths && header(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING)))
        return true;
    return error_set(err, ERROR_INPUT,
                     "the body's length is told twice: send one Content-Length, or "
                     "Transfer-Encoding");
}

int64_t http_body_announced(struct MHD_Connection *connection)
{
    const char *length = header(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
    int64_t bytes;
    if (!length)
        return header(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING) ? -1 : 0;
    return text_to_i64(&bytes, length) && bytes >= 0 ? bytes : INT64_MAX;
}

void http_body_begin(struct http_body *b, const struct route *route, const struct request *r,
                     struct error *refused)
{
    b->max = route && route->body_max ? route->body_max : HTTP_BODY_MAX;
    b->kept.max = route && route->sink ? PIECE_BYTES + AT_ONCE_MAX : b->max + 1;
    if (!route || !route->sink || refused->kind != ERROR_NONE)
        return;
    b->state = route->sink->begin(r, refused);
    if (b->state)
        b->sink = route->sink;
}

bool http_body_hopeless(const struct http_body *b, struct MHD_Connection *connection,
                        const struct request *r, const struct error *refused)
{
    const char *expect = header(connection, MHD_HTTP_HEADER_EXPECT);
    if (b->state)
        return false;
    if (r->body_announced > DRAIN_MAX)
        return true;
    return refused->kind != ERROR_NONE && r->body_announced && expect &&
           !strcasecmp(expect, "100-continue"); /* the sender waits for a word */
}

/* Thrown away; false = too much of it. */
static bool drain(struct http_body *b, size_t len)
{
    buf_free(&b->kept);
    b->drained += len;
    return b->drained <= DRAIN_MAX;
}

enum http_body_took http_body_take(struct http_body *b, const char *data, size_t len,
                                   struct error *refused)
{
    if (refused->kind == ERROR_NONE && !b->state && b->kept.len + len > b->max)
        error_fill(refused, ERROR_TOO_LARGE, "the body is larger than %zu bytes", b->max);
    if (refused->kind != ERROR_NONE)
        return drain(b, len) ? HTTP_BODY_MORE : HTTP_BODY_ENOUGH;
    for (size_t n; len; data += n, len -= n) { /* the library's pieces are of some 30 kB */
        n = len < AT_ONCE_MAX ? len : AT_ONCE_MAX;
        buf_add(&b->kept, data, n);
    }
    return b->state && b->kept.len >= PIECE_BYTES ? HTTP_BODY_PIECE : HTTP_BODY_MORE;
}

void http_body_pass(struct http_body *b, bool last, struct error *refused)
{
    if (refused->kind == ERROR_NONE && b->kept.len)
        (void)b->sink->put(b->state, b->kept.data, b->kept.len, refused);
    buf_clear(&b->kept);
    if (last && refused->kind == ERROR_NONE)
        (void)b->sink->finish(b->state, refused);
}

void http_body_close(struct http_body *b)
{
    if (b->state)
        b->sink->close(b->state);
    b->state = NULL;
    buf_free(&b->kept);
}
