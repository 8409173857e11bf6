/* DESIGN. One mutex, a hash table of entries, a list in order of use. A missing tile is entered as
 * "being made" before the lock is given up, so later askers wait on the condition instead of making
 * it again. A maker that fails takes its entry away and the waiters try themselves. */
#include "tiles/cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"

enum { SLOTS = 4096 };

struct entry {
    struct entry *next;          /* in its slot */
    struct entry *newer, *older; /* by use */
    char *key;
    char *data;
    size_t len;
    uint64_t number;
    bool ready;
};

struct tile_cache {
    pthread_mutex_t lock;
    pthread_cond_t done; /* an entry became ready or went away */
    struct entry *slot[SLOTS];
    struct entry *newest, *oldest;
    size_t bytes, bytes_max;
    uint64_t number; /* the newest atlas seen */
    uint64_t tiles, hits, misses;
};

struct tile_cache *tile_cache_new(size_t bytes_max)
{
    struct tile_cache *c = mem_zero(1, sizeof *c);
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->done, NULL);
    c->bytes_max = bytes_max;
    return c;
}

static uint32_t slot_of(const char *key)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    for (; *key; key++)
        h = (h ^ (unsigned char)*key) * 16777619u;
    return h % SLOTS;
}

static void unlink_use(struct tile_cache *c, struct entry *e)
{
    *(e->newer ? &e->newer->older : &c->newest) = e->older;
    *(e->older ? &e->older->newer : &c->oldest) = e->newer;
}

static void link_newest(struct tile_cache *c, struct entry *e)
{
    e->newer = NULL;
    e->older = c->newest;
    *(c->newest ? &c->newest->newer : &c->oldest) = e;
    c->newest = e;
}

static void discard(struct tile_cache *c, struct entry *e)
{
    struct entry **at = &c->slot[slot_of(e->key)];
    while (*at != e)
        at = &(*at)->next;
    *at = e->next;
    unlink_use(c, e);
    c->bytes -= e->len + sizeof *e;
    c->tiles--;
    free(e->key);
    free(e->data);
    free(e);
}

void tile_cache_free(struct tile_cache *c)
{
    if (!c)
        return;
    while (c->newest)
        discard(c, c->newest);
    pthread_cond_destroy(&c->done);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

static struct entry *find(struct tile_cache *c, const char *key, uint64_t number)
{
    for (struct entry *e = c->slot[slot_of(key)]; e; e = e->next)
        if (e->number == number && !strcmp(e->key, key))
            return e;
    return NULL;
}

static struct entry *enter(struct tile_cache *c, const char *key, uint64_t number)
{
    struct entry *e = mem_zero(1, sizeof *e);
    e->key = mem_copy(key);
    e->number = number;
    e->next = c->slot[slot_of(key)];
    c->slot[slot_of(key)] = e;
    link_newest(c, e);
    c->bytes += sizeof *e;
    c->tiles++;
    return e;
}

/* Throws out finished tiles: all of older atlases, then the least used until there is room. */
static void make_room(struct tile_cache *c)
{
    struct entry *e = c->oldest;
    while (e) {
        struct entry *newer = e->newer;
        if (e->ready && (e->number < c->number || c->bytes > c->bytes_max))
            discard(c, e);
        else if (c->bytes <= c->bytes_max && e->number == c->number)
            break;
        e = newer;
    }
}

bool tile_cache_get(struct buf *out, struct tile_cache *c, const char *key, uint64_t number,
                    tile_make *make, void *ctx, struct error *err)
{
    pthread_mutex_lock(&c->lock);
    if (number > c->number)
        c->number = number;
    struct entry *e;
    while ((e = find(c, key, number)) && !e->ready)
        pthread_cond_wait(&c->done, &c->lock);
    if (e) {
        c->hits++;
        unlink_use(c, e);
        link_newest(c, e);
        buf_add(out, e->data, e->len);
        pthread_mutex_unlock(&c->lock);
        return true;
    }
    c->misses++;
    e = enter(c, key, number);
    pthread_mutex_unlock(&c->lock);

    size_t before = out->len;
    bool ok = make(out, ctx, err);

    pthread_mutex_lock(&c->lock);
    if (ok && out->len > before) {
        e->len = out->len - before;
        e->data = mem_copy_n(out->data + before, e->len);
        c->bytes += e->len;
    }
    e->ready = ok;
    if (ok)
        make_room(c);
    else
        discard(c, e);
    pthread_cond_broadcast(&c->done);
    pthread_mutex_unlock(&c->lock);
    return ok;
}

struct tile_cache_figures tile_cache_figures(struct tile_cache *c)
{
    pthread_mutex_lock(&c->lock);
    struct tile_cache_figures f = {
        .tiles = c->tiles, .bytes = c->bytes, .hits = c->hits, .misses = c->misses};
    pthread_mutex_unlock(&c->lock);
    return f;
}
