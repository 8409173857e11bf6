/* snapshot.h - the atlas of now with the scores that belong to it. Readers take one, use it for one
 * request and release it; a newer one replaces it without disturbing them. Radars of other options
 * and whatever else is computed from this atlas hang on it (memo.h), made on first use. */
#ifndef ANALYSIS_SNAPSHOT_H
#define ANALYSIS_SNAPSHOT_H

#include "analysis/memo.h"
#include "analysis/radar.h"
#include "gis/atlas.h"

struct snapshot {
    struct atlas *atlas;
    struct radar *radar; /* radar_default_options */
    struct memo *memo; /* of this atlas: "radar?…", "heat?…"; put back before snapshot_release */
    _Atomic int readers;
};

struct snapshot_store;

struct snapshot_store *snapshot_store_new(void);
void snapshot_store_free(struct snapshot_store *store); /* NULL allowed */
/* Loads the state of the database through db; on failure the old one stays. */
bool snapshot_refresh(struct snapshot_store *store, struct db *db, struct error *err);
/* NULL before the first refresh. */
struct snapshot *snapshot_take(struct snapshot_store *store);
void snapshot_release(struct snapshot *s); /* NULL allowed */

/* A snapshot of this atlas alone, which it takes over; for one who runs without a store. */
struct snapshot *snapshot_new(struct atlas *atlas);

/* The radar of these options: the default one, one of those kept, or a new one. Give it back with
 * snapshot_radar_put before the snapshot is released. */
const struct radar *snapshot_radar(struct snapshot *s, const struct radar_options *options);
void snapshot_radar_put(struct snapshot *s, const struct radar *radar); /* NULL allowed */
/* Whether snapshot_radar would answer at once. */
bool snapshot_has_radar(struct snapshot *s, const struct radar_options *options);

#endif
