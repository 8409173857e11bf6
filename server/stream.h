/* stream.h - an answer that goes on: one side puts text when there is some, the HTTP service sends
 * it as it comes. Both sides hold it; it ends with the last of them. */
#ifndef SERVER_STREAM_H
#define SERVER_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct stream;

enum { STREAM_WAITING_MAX = 256 * 1024 /* bytes put and not yet taken */ };

/* ---- the side that puts; any thread ---- */

struct stream *stream_new(void);
/* False: the reader is gone, or so slow that STREAM_WAITING_MAX would be passed. */
bool stream_put(struct stream *s, const char *data, size_t len);
/* Whether all that was put has been taken. */
bool stream_drained(struct stream *s);
/* Whether nobody reads any more, by what the HTTP service and the connection say. */
bool stream_gone(struct stream *s);
/* Nothing more comes; this side lets go. NULL allowed. */
void stream_end(struct stream *s);

/* ---- the HTTP service's side ---- */

enum { STREAM_EMPTY = 0, STREAM_ENDED = -1 };

struct stream_reader {
    int fd;                    /* the connection's socket, only looked at; -1 = unknown */
    void (*pause)(void *ctx);  /* called within stream_take when there is nothing to take … */
    void (*resume)(void *ctx); /* … and once when there is something again, by any thread */
    void *ctx;
};
void stream_attach(struct stream *s, const struct stream_reader *reader);
/* Bytes copied, STREAM_EMPTY (paused) or STREAM_ENDED. */
ssize_t stream_take(struct stream *s, char *out, size_t max);
/* The connection is closed: its socket is not looked at any more. */
void stream_close(struct stream *s);
void stream_release(struct stream *s);

#endif
