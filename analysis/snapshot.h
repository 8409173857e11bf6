/* snapshot.h - the atlas of now with the scores that belong to it. Readers take one, use it for one
 * request and release it; a newer one replaces it without disturbing them. */
#ifndef ANALYSIS_SNAPSHOT_H
#define ANALYSIS_SNAPSHOT_H

#include "analysis/radar.h"
#include "gis/atlas.h"

struct snapshot {
    struct atlas *atlas;
    struct radar *radar; /* default weights, angle in degrees */
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

#endif
