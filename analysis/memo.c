/* DESIGN. A handful of things (a slider's last positions, some heat queries), so a list under one
 * lock is enough; the things themselves are made outside the lock. Something that is dropped while
 * it is held leaves the names at once and the memory with its last holder. */
#include "analysis/memo.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"

struct entry {
    struct entry *next; /* most recently used first */
    char *key;          /* NULL = dropped, waits for its holders */
    void *thing;        /* NULL = being made */
    memo_drop *drop;
    size_t bytes;
    unsigned holders;
};

struct memo {
    pthread_mutex_t lock;
    pthread_cond_t made;
    struct entry *first;
    size_t bytes_max;
    unsigned least;
};

struct memo *memo_new(size_t bytes_max, unsigned least)
{
    struct memo *m = mem_zero(1, sizeof *m);
    pthread_mutex_init(&m->lock, NULL);
    pthread_cond_init(&m->made, NULL);
    m->bytes_max = bytes_max;
    m->least = least;
    return m;
}

static void entry_free(struct entry *e)
{
    e->drop(e->thing);
    free(e->key);
    free(e);
}

void memo_free(struct memo *m)
{
    if (!m)
        return;
    while (m->first) {
        struct entry *e = m->first;
        m->first = e->next;
        entry_free(e);
    }
    pthread_cond_destroy(&m->made);
    pthread_mutex_destroy(&m->lock);
    free(m);
}

static struct entry **find(struct memo *m, const char *key)
{
    struct entry **at = &m->first;
    while (*at && (!(*at)->key || strcmp((*at)->key, key) != 0))
        at = &(*at)->next;
    return at;
}

/* Takes what is too much out of the names and, where nobody holds it, out of the list; the caller
 * frees the chain that it gets once the lock is open. */
static struct entry *make_room(struct memo *m)
{
    struct entry *gone = NULL, **at = &m->first;
    size_t bytes = 0;
    unsigned count = 0;
    while (*at) {
        struct entry *e = *at;
        if (e->key && e->thing) {
            bytes += e->bytes;
            if (++count > m->least && bytes > m->bytes_max) {
                bytes -= e->bytes;
                free(e->key);
                e->key = NULL;
            }
        }
        if (!e->key && !e->holders) {
            *at = e->next;
            e->next = gone;
            gone = e;
        } else {
            at = &e->next;
        }
    }
    return gone;
}

static void free_chain(struct entry *gone)
{
    while (gone) {
        struct entry *e = gone;
        gone = e->next;
        entry_free(e);
    }
}

const void *memo_take(struct memo *m, const char *key, memo_make *make, memo_drop *drop, void *ctx)
{
    pthread_mutex_lock(&m->lock);
    struct entry **at = find(m, key), *e = *at;
    bool mine = !e;
    if (mine) {
        e = mem_zero(1, sizeof *e);
        *e = (struct entry){.key = mem_copy(key), .drop = drop};
    } else {
        *at = e->next;
    }
    e->next = m->first;
    m->first = e;
    e->holders++;
    if (mine) {
        pthread_mutex_unlock(&m->lock);
        void *fresh = make(ctx, &e->bytes); /* nobody looks at it before the thing is there */
        pthread_mutex_lock(&m->lock);
        e->thing = fresh;
        pthread_cond_broadcast(&m->made);
    }
    while (!e->thing)
        pthread_cond_wait(&m->made, &m->lock);
    struct entry *gone = mine ? make_room(m) : NULL;
    const void *thing = e->thing;
    pthread_mutex_unlock(&m->lock);
    free_chain(gone);
    return thing;
}

void memo_put(struct memo *m, const void *thing)
{
    struct entry *gone = NULL;
    pthread_mutex_lock(&m->lock);
    for (struct entry **at = &m->first; *at; at = &(*at)->next)
        if ((*at)->thing == thing) {
            struct entry *e = *at;
            if (!--e->holders && !e->key) {
                *at = e->next;
                e->next = NULL;
                gone = e;
            }
            break;
        }
    pthread_mutex_unlock(&m->lock);
    free_chain(gone);
}

void memo_forget(struct memo *m, const void *thing)
{
    pthread_mutex_lock(&m->lock);
    for (struct entry *e = m->first; e; e = e->next)
        if (e->thing == thing) {
            free(e->key);
            e->key = NULL;
        }
    pthread_mutex_unlock(&m->lock);
}

bool memo_has(struct memo *m, const char *key)
{
    pthread_mutex_lock(&m->lock);
    const struct entry *e = *find(m, key);
    bool there = e && e->thing;
    pthread_mutex_unlock(&m->lock);
    return there;
}
