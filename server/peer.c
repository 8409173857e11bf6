#include "server/peer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "gis/mem.h"

enum { SWEEP_S = 5 };

struct peer {
    struct peer *next, **link;
    int fd;
    _Atomic int64_t deadline; /* monotonic seconds */
};

struct peers {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct peer *first;
    bool stopping;
};

static int64_t now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
    return t.tv_sec;
}

/* The HTTP library sees the end of the stream and closes; the socket stays its own. */
static void hang_up_late(const struct peers *p)
{
    int64_t now = now_s();
    for (const struct peer *peer = p->first; peer; peer = peer->next)
        if (now > atomic_load_explicit(&peer->deadline, memory_order_relaxed))
            shutdown(peer->fd, SHUT_RDWR);
}

static void *sweep(void *ctx)
{
    struct peers *p = ctx;
    pthread_mutex_lock(&p->lock);
    while (!p->stopping) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += SWEEP_S;
        pthread_cond_timedwait(&p->wake, &p->lock, &until);
        hang_up_late(p);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

struct peers *peers_new(struct error *err)
{
    struct peers *p = mem_zero(1, sizeof *p);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->wake, NULL);
    if (!pthread_create(&p->thread, NULL, sweep, p))
        return p;
    free(p);
    error_fill(err, ERROR_SYSTEM, "no thread could be started");
    return NULL;
}

void peers_free(struct peers *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->stopping = true;
    pthread_cond_signal(&p->wake);
    pthread_mutex_unlock(&p->lock);
    pthread_join(p->thread, NULL);
    pthread_cond_destroy(&p->wake);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

struct peer *peers_add(struct peers *p, int fd)
{
    struct peer *peer = mem_zero(1, sizeof *peer);
    peer->fd = fd;
    peer_answering(peer, false);
    pthread_mutex_lock(&p->lock);
    peer->next = p->first;
    peer->link = &p->first;
    if (peer->next)
        peer->next->link = &peer->next;
    p->first = peer;
    pthread_mutex_unlock(&p->lock);
    return peer;
}

void peers_remove(struct peers *p, struct peer *peer)
{
    pthread_mutex_lock(&p->lock);
    *peer->link = peer->next;
    if (peer->next)
        peer->next->link = peer->link;
    pthread_mutex_unlock(&p->lock);
    free(peer);
}

void peer_goes_on(struct peer *peer, int seconds)
{
    atomic_store_explicit(&peer->deadline, now_s() + seconds, memory_order_relaxed);
}

void peer_answering(struct peer *peer, bool answering)
{
    peer_goes_on(peer, answering ? PEER_ANSWER_S : PEER_REQUEST_S);
}
