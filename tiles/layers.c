#include "tiles/layer.h"

#include <string.h>

const struct layer *const layers[] = {
    &layer_facilities, &layer_heat,         &layer_counties,   &layer_townships, &layer_basins,
    &layer_rivers,     &layer_zones,        &layer_sites,      &layer_samples,   &layer_incidents,
    &layer_places,     &layer_contaminated, &layer_stations,   &layer_stocks,    &layer_layouts,
    &layer_missing,    &layer_doubtful,     &layer_thresholds, &layer_anomalies, NULL};

const struct layer *layer_find(const char *id)
{
    for (const struct layer *const *l = layers; *l; l++)
        if (!strcmp((*l)->id, id))
            return *l;
    return NULL;
}

bool layer_render_sql(struct buf *out, struct db *db, const struct sql *sql, struct error *err,
                      const struct db_value *values, int count)
{
    struct db_result *r = db_query(db, sql, err, values, count);
    if (!r)
        return false;
    size_t len;
    const void *tile = db_get_bytes(r, 0, 0, &len);
    if (tile)
        buf_add(out, tile, len);
    db_done(r);
    return true;
}
