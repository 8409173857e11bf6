#include "analysis/snapshot.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "analysis/radar_options.h"
#include "gis/mem.h"

/* Memory for what is computed on demand, so that a server of the whole country stays below 100 MB;
 * the last few things stay whatever their size. */
enum { MEMO_BYTES = 40 << 20, MEMO_LEAST = 6 };

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

struct snapshot *snapshot_new(struct atlas *atlas)
{
    struct snapshot *s = mem_zero(1, sizeof *s);
    s->atlas = atlas;
    s->radar = radar_build(atlas, &radar_default_options);
    s->memo = memo_new(MEMO_BYTES, MEMO_LEAST);
    atomic_init(&s->readers, 1);
    return s;
}

bool snapshot_refresh(struct snapshot_store *store, struct db *db, struct error *err)
{
    struct atlas *atlas = atlas_load(db, err);
    if (!atlas)
        return false;
    struct snapshot *fresh = snapshot_new(atlas); /* its one reader is the store */
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
    memo_free(s->memo);
    radar_free(s->radar);
    atlas_free(s->atlas);
    free(s);
}

/* ---- radars of other options ---- */

struct wanted {
    const struct snapshot *snapshot;
    const struct radar_options *options;
};

static void *make_radar(void *ctx, size_t *bytes)
{
    const struct wanted *w = ctx;
    struct radar *r = radar_build_on(w->snapshot->radar->columns, w->options);
    *bytes = r->bytes;
    return r;
}

static void drop_radar(void *thing)
{
    radar_free(thing);
}

static void radar_key(struct buf *out, const struct radar_options *options)
{
    buf_text(out, "radar?");
    radar_options_text(out, options, RADAR_FACILITIES);
}

const struct radar *snapshot_radar(struct snapshot *s, const struct radar_options *options)
{
    if (radar_options_equal(options, &radar_default_options))
        return s->radar;
    struct buf key = {.data = NULL};
    struct wanted wanted = {.snapshot = s, .options = options};
    radar_key(&key, options);
    const struct radar *r = memo_take(s->memo, buf_string(&key), make_radar, drop_radar, &wanted);
    buf_free(&key);
    return r;
}

void snapshot_radar_put(struct snapshot *s, const struct radar *radar)
{
    if (radar && radar != s->radar)
        memo_put(s->memo, radar);
}

bool snapshot_has_radar(struct snapshot *s, const struct radar_options *options)
{
    struct buf key = {.data = NULL};
    radar_key(&key, options);
    bool there =
        radar_options_equal(options, &radar_default_options) || memo_has(s->memo, buf_string(&key));
    buf_free(&key);
    return there;
}
