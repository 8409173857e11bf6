/* County and township borders, tiled by PostGIS; the server keeps the tiles by atlas number. */
#include "sql.h"
#include "tiles/layer.h"

static bool render(struct buf *out, const struct snapshot *s, const struct layer_query *q,
                   struct db *db, struct error *err)
{
    (void)s;
    const char *kind = q->layer == &layer_counties ? "county" : "township";
    return layer_render_sql(out, db, &SQL_tile_areas, err,
                            DB_ARGS(db_i64(q->tile.z), db_i64(q->tile.x), db_i64(q->tile.y),
                                    db_text(kind), db_text(q->layer->id)));
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
    .render = render,
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
    .render = render,
    .needs_db = true,
};
