/* County and township borders, tiled by PostGIS; the server keeps the tiles by atlas number. */
#include "sql.h"
#include "tiles/layer.h"

static bool areas(struct buf *out, const char *kind, const char *layer, const struct layer_query *q,
                  struct db *db, struct error *err)
{
    struct db_result *r = db_query(db, &SQL_tile_areas, err,
                                   DB_ARGS(db_i64(q->tile.z), db_i64(q->tile.x), db_i64(q->tile.y),
                                           db_text(kind), db_text(layer)));
    if (!r)
        return false;
    size_t len;
    const void *tile = db_get_bytes(r, 0, 0, &len);
    if (tile)
        buf_add(out, tile, len);
    db_done(r);
    return true;
}

static bool render_counties(struct buf *out, const struct snapshot *s, const struct layer_query *q,
                            struct db *db, struct error *err)
{
    (void)s;
    return areas(out, "county", "counties", q, db, err);
}

static bool render_townships(struct buf *out, const struct snapshot *s, const struct layer_query *q,
                             struct db *db, struct error *err)
{
    (void)s;
    return areas(out, "township", "townships", q, db, err);
}

static const struct layer_field fields[] = {{"code", "String"},    {"name", "String"},
                                            {"name_en", "String"}, {"county_code", "String"},
                                            {"county", "String"},  {NULL, NULL}};

const struct layer layer_counties = {
    .id = "counties",
    .title_zh = "縣市",
    .title_en = "Counties",
    .about = "County borders; layer counties_label holds one point a county",
    .kind = LAYER_VECTOR,
    .minzoom = 0,
    .maxzoom = 14,
    .fields = fields,
    .render = render_counties,
    .needs_db = true,
};

const struct layer layer_townships = {
    .id = "townships",
    .title_zh = "鄉鎮市區",
    .title_en = "Townships",
    .about = "Township borders; layer townships_label holds one point a township",
    .kind = LAYER_VECTOR,
    .minzoom = 0,
    .maxzoom = 14,
    .fields = fields,
    .render = render_townships,
    .needs_db = true,
};
