/* Families of records (incidents, samples, zones, places …), tiled by PostGIS; the server keeps the
 * tiles by atlas number. The id of a layer is the kind of its records. */
#include "sql.h"
#include "tiles/layer.h"

static bool render(struct buf *out, const struct snapshot *s, const struct layer_query *q,
                   struct db *db, struct error *err)
{
    (void)s;
    return layer_render_sql(out, db, &SQL_tile_records, err,
                            DB_ARGS(db_i64(q->tile.z), db_i64(q->tile.x), db_i64(q->tile.y),
                                    db_text(q->layer->id), db_text(q->layer->id)));
}

static const struct layer_field fields[] = {
    {"id", "Number"},    {"name", "String"},  {"name_en", "String"}, {"class", "String"},
    {"check", "String"}, {"count", "Number"}, {NULL, NULL}};

/* maxzoom: points gain nothing beyond 14, drawn borders do. */
#define RECORDS(kind_id, zh, en, what, shape_of)                                                   \
    {                                                                                              \
        .id = (kind_id), .title_zh = (zh), .title_en = (en), .about = (what),                      \
        .kind = LAYER_VECTOR, .shape = (shape_of), .records = true, .minzoom = 0, .maxzoom = 15,   \
        .fields = fields, .render = render, .needs_db = true                                       \
    }

const struct layer layer_places =
    RECORDS("places", "應變據點", "Places that matter",
            "Hospitals, fire stations, shelters, schools, hydrants, water intakes", LAYER_POINTS);
const struct layer layer_incidents = RECORDS(
    "incidents", "事件", "Incidents", "Chemical incidents whose place is known", LAYER_POINTS);
const struct layer layer_basins =
    RECORDS("basins", "流域", "River basins", "River basins", LAYER_AREAS);
const struct layer layer_rivers = RECORDS("rivers", "河川", "Rivers", "Rivers", LAYER_LINES);
const struct layer layer_sites =
    RECORDS("sites", "採樣點", "Sampling sites", "Sampling sites in rivers", LAYER_POINTS);
const struct layer layer_samples =
    RECORDS("samples", "採樣", "Samples", "Measured concentrations", LAYER_POINTS);
const struct layer layer_zones =
    RECORDS("zones", "責任區", "Responsibility zones",
            "Areas that joint-response organisations answer for", LAYER_AREAS);
const struct layer layer_contaminated =
    RECORDS("contaminated", "污染場址", "Contaminated sites",
            "Soil and groundwater pollution sites", LAYER_POINTS);
const struct layer layer_stations =
    RECORDS("stations", "監測站", "Monitoring stations",
            "Air, water, groundwater and other monitoring stations", LAYER_POINTS);
const struct layer layer_layouts =
    RECORDS("layouts", "配置圖", "Layouts",
            "Outlines of layout drawings, and the lines of those that are lines", LAYER_LINES);
const struct layer layer_stocks =
    RECORDS("stocks", "校園化學品", "Campus stocks",
            "Chemical stocks of schools whose place is known", LAYER_POINTS);
