/* Facilities with reported quantities out of the ordinary (mean +- 3 s) that nobody allowed; made
 * from the list that the lists and cards are made from (analysis/anomaly_list.h). */
#include <math.h>

#include "analysis/anomaly_list.h"
#include "tiles/layer.h"
#include "tiles/site_tile.h"

enum { KEY_ID, KEY_NAME, KEY_ANOMALIES, KEY_LATEST, KEY_EXCESS, KEY_COUNTY, KEY_COUNT };
static const char *const keys[] = {"id",     "name",   "anomalies", "latest",
                                   "excess", "county", "count",     NULL};
static const struct layer_field fields[] = {
    {"id", "Number"},     {"name", "String"},   {"anomalies", "Number"}, {"latest", "Number"},
    {"excess", "Number"}, {"county", "String"}, {"count", "Number"},     {NULL, NULL}};

struct context {
    const struct anomaly_list *list;
    const struct atlas *atlas;
};

static const struct anomaly_hit *hit(const struct context *c, uint32_t entry)
{
    return &c->list->hits[c->list->shown[entry]];
}

static uint32_t index_of(const void *ctx, uint32_t entry)
{
    return hit(ctx, entry)->index;
}

static void put(struct mvt *m, const void *ctx, uint32_t first, uint32_t end, uint32_t facilities)
{
    const struct context *c = ctx;
    const struct atlas *a = c->atlas;
    uint32_t index = hit(c, first)->index, latest = 0;
    double excess = 0;
    for (uint32_t i = first; i < end; i++) {
        latest += hit(c, i)->latest;
        excess = fmax(excess, hit(c, i)->judged.mean.excess);
    }
    if (facilities == 1) {
        mvt_own_int(m, KEY_ID, a->id[index]);
        mvt_text(m, KEY_NAME, a->names + a->name[index]);
        if (a->county[index] != ATLAS_NO_COUNTY)
            mvt_shared_text(m, KEY_COUNTY, a->counties[a->county[index]].name, a->county[index]);
    } else {
        mvt_int(m, KEY_COUNT, facilities);
    }
    mvt_int(m, KEY_ANOMALIES, end - first);
    mvt_int(m, KEY_LATEST, latest);
    mvt_double(m, KEY_EXCESS, excess);
}

static bool render(struct buf *out, const struct snapshot *s, const struct layer_query *q,
                   struct db *db, struct error *err)
{
    const struct anomaly_list *l = anomaly_list_take(s, ANOMALY_LINEAR, db, err);
    if (!l)
        return false;
    struct context c = {.list = l, .atlas = s->atlas};
    site_tile_render(out, s->atlas, q->tile,
                     &(struct site_tile){.layer = q->layer->id,
                                         .keys = keys,
                                         .count = l->shown_count,
                                         .ctx = &c,
                                         .index_of = index_of,
                                         .put = put});
    anomaly_list_put(s, l);
    return true;
}

const struct layer layer_anomalies = {
    .id = "anomalies",
    .title_zh = "數量異常",
    .title_en = "Quantity anomalies",
    .about = "Facilities with reported quantities past mean +- 3 s of those before them and on no "
             "whitelist: how many, how many of them are the latest of their series, and the "
             "furthest past its limit (kg, or L where a series is in litres). More than 2,000 come "
             "as cells",
    .kind = LAYER_VECTOR,
    .shape = LAYER_POINTS,
    .minzoom = 0,
    .maxzoom = TILE_ZOOM_MAX,
    .fields = fields,
    .render = render,
    .legend = &legend_anomaly,
    .needs_db = true,
};
