/* A stream (stream.h) as the body of an answer. The reader below runs on the epoll thread; where
 * there is nothing to read it suspends the connection, and whoever puts something resumes it. */
#include <stdlib.h>

#include "gis/mem.h"
#include "server/http_parts.h"
#include "server/peer.h"
#include "server/stream.h"

enum { BLOCK_BYTES = 8 * 1024 };

struct listener {
    struct stream *stream;
    struct peer *peer;
};

static void suspend(void *connection)
{
    MHD_suspend_connection(connection);
}

static void resume(void *connection)
{
    MHD_resume_connection(connection);
}

static ssize_t read_some(void *ctx, uint64_t at, char *out, size_t max)
{
    struct listener *l = ctx;
    (void)at;
    ssize_t n = stream_take(l->stream, out, max);
    if (n > 0)
        peer_goes_on(l->peer, PEER_ANSWER_S);
    return n == STREAM_ENDED ? MHD_CONTENT_READER_END_OF_STREAM : n;
}

static void release(void *ctx)
{
    struct listener *l = ctx;
    stream_release(l->stream);
    free(l);
}

struct MHD_Response *http_stream_response(struct MHD_Connection *connection, struct stream *stream)
{
    const struct stream_reader reader = {
        .fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd,
        .pause = suspend,
        .resume = resume,
        .ctx = connection};
    struct listener *l = mem_zero(1, sizeof *l);
    l->stream = stream;
    l->peer =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    stream_attach(stream, &reader);
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK_BYTES, read_some, l, release);
}
