/* layer.h - what the map can show. One layer a file (layer_*.c), one line in layers[]. */
#ifndef TILES_LAYER_H
#define TILES_LAYER_H

#include "analysis/radar_filter.h"
#include "analysis/snapshot.h"
#include "gis/buf.h"
#include "gis/db.h"
#include "tiles/legend.h"

enum layer_kind { LAYER_VECTOR, LAYER_RASTER };
enum layer_shape { LAYER_POINTS, LAYER_LINES, LAYER_AREAS }; /* of vectors */

struct layer;

/* What a request asks of a layer; the server checks and fills it. */
struct layer_query {
    const struct layer *layer;
    struct tile tile;
    struct radar_filter filter; /* of facilities */
    const struct radar *radar;  /* scores of facilities; NULL = those of the snapshot */
};

struct layer_field {
    const char *name, *type; /* TileJSON: "Number", "String" */
};

struct layer {
    const char *id, *title_zh, *title_en, *about;
    enum layer_kind kind;
    enum layer_shape shape;
    bool records;              /* of table record, whose kind is the id */
    uint32_t minzoom, maxzoom; /* maxzoom: the deepest worth asking; clients overzoom beyond */
    const struct layer_field *fields; /* vector: ends with a NULL name */
    /* Appends the tile; nothing appended = empty. db is NULL for layers made from the atlas. NULL:
     * made by layer_heat.h. */
    bool (*render)(struct buf *out, const struct snapshot *s, const struct layer_query *q,
                   struct db *db, struct error *err);
    const struct legend *legend; /* NULL = none */
    bool needs_db;
    bool no_data; /* the legend has a "no data" class */
};

extern const struct layer layer_facilities, layer_counties, layer_townships, layer_heat;
extern const struct layer layer_places, layer_incidents, layer_basins, layer_rivers, layer_sites,
    layer_samples, layer_zones, layer_contaminated, layer_stations, layer_stocks, layer_layouts;
extern const struct layer layer_doubtful, layer_missing;     /* quality of positions */
extern const struct layer layer_thresholds, layer_anomalies; /* checks of holdings */
extern const struct layer *const layers[];                   /* ends with NULL */
const struct layer *layer_find(const char *id);              /* NULL = none */

/* For .render of layers that PostGIS tiles: appends the one value of the statement. */
bool layer_render_sql(struct buf *out, struct db *db, const struct sql *sql, struct error *err,
                      const struct db_value *values, int count);

/* Single points in a facilities tile before it is aggregated to cells; cells a side, as a power
 * of two. */
enum { LAYER_SINGLES_MAX = 2000, LAYER_CELL_BITS = 4 };

#endif
