#include "analysis/snapshot.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "gis/mem.h"

struct snapshot_store {
    pthread_mutex_t lock; /* guards `now` while a reader counts itself in */
    struct snapshot *now;
};

struct snapshot_store *snapshot_store_new(void)
{
    struct snapshot_store *store = mem_zero(1, sizeof *store);
    pthread_mutex_init(&store->lock, NULL);
    return store;
}

void snapshot_store_free(struct snapshot_store *store)
{
    if (!store)
        return;
    snapshot_release(store->now);
    pthread_mutex_destroy(&store->lock);
    free(store);
}

bool snapshot_refresh(struct snapshot_store *store, struct db *db, struct error *err)
{
    struct atlas *atlas = atlas_load(db, err);
    if (!atlas)
        return false;
    struct snapshot *fresh = mem_zero(1, sizeof *fresh);
    fresh->atlas = atlas;
    fresh->radar = radar_build(atlas, radar_default_weights, radar_default_weights, RADAR_DEGREES);
    atomic_init(&fresh->readers, 1); /* the store's own */
    pthread_mutex_lock(&store->lock);
    struct snapshot *old = store->now;
    store->now = fresh;
    pthread_mutex_unlock(&store->lock);
    snapshot_release(old);
    return true;
}

struct snapshot *snapshot_take(struct snapshot_store *store)
{
    pthread_mutex_lock(&store->lock);
    struct snapshot *s = store->now;
    if (s)
        atomic_fetch_add_explicit(&s->readers, 1, memory_order_relaxed);
    pthread_mutex_unlock(&store->lock);
    return s;
}

void snapshot_release(struct snapshot *s)
{
    if (!s || atomic_fetch_sub_explicit(&s->readers, 1, memory_order_acq_rel) != 1)
        return;
    radar_free(s->radar);
    atlas_free(s->atlas);
    free(s);
}
