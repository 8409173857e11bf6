/* Counties by their facilities without a position, tiled by PostGIS; the server keeps the tiles by
 * atlas number. A county without any facility has no share: no data, grey. */
#include "sql.h"
#include "tiles/layer.h"

static bool render(struct buf *out, const struct snapshot *s, const struct layer_query *q,
                   struct db *db, struct error *err)
{
    (void)s;
    return layer_render_sql(
        out, db, &SQL_tile_missing, err,
        DB_ARGS(db_i64(q->tile.z), db_i64(q->tile.x), db_i64(q->tile.y), db_text(q->layer->id)));
}

static const struct layer_field fields[] = {
    {"code", "String"},    {"name", "String"},  {"name_en", "String"}, {"facilities", "Number"},
    {"missing", "Number"}, {"share", "Number"}, {NULL, NULL}};

const struct layer layer_missing = {
    .id = "missing_positions",
    .title_zh = "缺位置廠場（依縣市）",
    .title_en = "Facilities without a position, by county",
    .about = "Counties with the number and the share (percent) of their facilities that have no "
             "position that can be drawn; no share = no facility is known there",
    .kind = LAYER_VECTOR,
    .shape = LAYER_AREAS,
    .minzoom = 0,
    .maxzoom = 12,
    .fields = fields,
    .render = render,
    .legend = &legend_missing,
    .needs_db = true,
    .no_data = true,
};
