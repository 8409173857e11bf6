#include "server/stream.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "gis/buf.h"
#include "gis/mem.h"

struct stream {
    pthread_mutex_t lock;
    struct buf waiting;
    struct stream_reader reader;
    bool paused, ended, closed;
    int owners;
};

struct stream *stream_new(void)
{
    struct stream *s = mem_zero(1, sizeof *s);
    pthread_mutex_init(&s->lock, NULL);
    s->waiting.max = STREAM_WAITING_MAX;
    s->reader.fd = -1;
    s->owners = 2;
    return s;
}

/* The lock is held. */
static void wake(struct stream *s)
{
    if (!s->paused)
        return;
    s->paused = false;
    s->reader.resume(s->reader.ctx);
}

bool stream_put(struct stream *s, const char *data, size_t len)
{
    pthread_mutex_lock(&s->lock);
    bool ok = !s->closed && s->waiting.len + len <= STREAM_WAITING_MAX;
    if (ok) {
        buf_add(&s->waiting, data, len);
        wake(s);
    }
    pthread_mutex_unlock(&s->lock);
    return ok;
}

bool stream_drained(struct stream *s)
{
    pthread_mutex_lock(&s->lock);
    bool drained = !s->waiting.len;
    pthread_mutex_unlock(&s->lock);
    return drained;
}

bool stream_gone(struct stream *s)
{
    pthread_mutex_lock(&s->lock);
    bool gone = s->closed;
    if (!gone && s->reader.fd >= 0) {
        struct pollfd p = {.fd = s->reader.fd, .events = POLLRDHUP};
        gone = poll(&p, 1, 0) > 0 && (p.revents & (POLLRDHUP | POLLHUP | POLLERR));
    }
    pthread_mutex_unlock(&s->lock);
    return gone;
}

void stream_attach(struct stream *s, const struct stream_reader *reader)
{
    pthread_mutex_lock(&s->lock);
    s->reader = *reader;
    pthread_mutex_unlock(&s->lock);
}

ssize_t stream_take(struct stream *s, char *out, size_t max)
{
    ssize_t taken;
    pthread_mutex_lock(&s->lock);
    if (s->waiting.len) {
        size_t n = s->waiting.len < max ? s->waiting.len : max;
        memcpy(out, s->waiting.data, n);
        memmove(s->waiting.data, s->waiting.data + n, s->waiting.len - n);
        s->waiting.len -= n;
        taken = (ssize_t)n;
    } else if (s->ended) {
        taken = STREAM_ENDED;
    } else {
        /* Under the lock, so that no resume comes before the pause. */
        s->paused = true;
        s->reader.pause(s->reader.ctx);
        taken = STREAM_EMPTY;
    }
    pthread_mutex_unlock(&s->lock);
    return taken;
}

void stream_close(struct stream *s)
{
    pthread_mutex_lock(&s->lock);
    s->closed = true;
    s->reader.fd = -1;
    pthread_mutex_unlock(&s->lock);
}

void stream_release(struct stream *s)
{
    pthread_mutex_lock(&s->lock);
    bool last = --s->owners == 0;
    pthread_mutex_unlock(&s->lock);
    if (!last)
        return;
    pthread_mutex_destroy(&s->lock);
    buf_free(&s->waiting);
    free(s);
}

void stream_end(struct stream *s)
{
    if (!s)
        return;
    pthread_mutex_lock(&s->lock);
    s->ended = true;
    wake(s);
    pthread_mutex_unlock(&s->lock);
    stream_release(s);
}
