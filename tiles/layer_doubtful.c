/* Points whose position is doubtful, tiled by PostGIS; the server keeps the tiles by atlas number.
 */
#include "analysis/quality.h"
#include "sql.h"
#include "tiles/layer.h"

static bool render(struct buf *out, const struct snapshot *s, const struct layer_query *q,
                   struct db *db, struct error *err)
{
    (void)s;
    return layer_render_sql(out, db, &SQL_tile_doubtful, err,
                            DB_ARGS(db_i64(q->tile.z), db_i64(q->tile.x), db_i64(q->tile.y),
                                    db_i64(QUALITY_SHARED), db_text(q->layer->id)));
}

static const struct layer_field fields[] = {
    {"id", "Number"},      {"kind", "String"},  {"name", "String"},
    {"name_en", "String"}, {"class", "String"}, {"check", "String"},
    {"shared", "Number"},  {"count", "Number"}, {NULL, NULL}};

const struct layer layer_doubtful = {
    .id = "doubtful_positions",
    .title_zh = "位置存疑",
    .title_en = "Doubtful positions",
    .about =
        "Facilities and records whose position check is not ok, that share the very same point "
        "with 4 others or more, or that lie far from their river; class says which",
    .kind = LAYER_VECTOR,
    .shape = LAYER_POINTS,
    .minzoom = 0,
    .maxzoom = 15,
    .fields = fields,
    .render = render,
    .needs_db = true,
};
