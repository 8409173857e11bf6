/* mvt.h - Mapbox Vector Tile 2.1 out: one layer of points.
 *
 * Values are shared where they repeat; texts are not (names rarely do). Coordinates: 0 … extent-1,
 * x to the east, y to the south. */
#ifndef TILES_MVT_H
#define TILES_MVT_H

#include <stdint.h>

#include "gis/buf.h"

enum { MVT_EXTENT = 4096, MVT_SHARED = 512 };

struct mvt {
    const char *layer;
    const char *const *keys; /* ends with NULL */
    struct buf features, values, feature;
    size_t tags_at; /* in feature: where its tags begin */
    uint32_t value_count;
    struct { /* open addressing: values already written */
        uint64_t what;
        uint32_t index; /* + 1; 0 = free */
        uint32_t kind;
    } shared[MVT_SHARED];
    uint32_t shared_count;
};

void mvt_begin(struct mvt *m, const char *layer, const char *const *keys);
/* One point feature: begin (id 0 = none), any number of values by key index, end. */
void mvt_point(struct mvt *m, uint64_t id, uint32_t x, uint32_t y);
void mvt_int(struct mvt *m, uint32_t key, int64_t value); /* >= 0 */
void mvt_double(struct mvt *m, uint32_t key, double value);
/* The same for values that hardly ever repeat: they are not looked for among the shared ones. */
void mvt_own_int(struct mvt *m, uint32_t key, int64_t value); /* >= 0 */
void mvt_own_double(struct mvt *m, uint32_t key, double value);
void mvt_text(struct mvt *m, uint32_t key, const char *text);
/* As mvt_text for a text that repeats: tag is the same for the same text, < 2^32. */
void mvt_shared_text(struct mvt *m, uint32_t key, const char *text, uint32_t tag);
void mvt_point_end(struct mvt *m);
/* Appends the tile (empty if there was no feature) to out and frees what m owns. */
void mvt_finish(struct buf *out, struct mvt *m);

#endif
