/* Facilities against the regulated quantities that come with the product, sum of shares > 1; made
 * from the list that the lists and cards are made from (analysis/threshold_list.h). */
#include <math.h>

#include "analysis/threshold_list.h"
#include "tiles/layer.h"
#include "tiles/site_tile.h"

enum { KEY_ID, KEY_NAME, KEY_ANSWER, KEY_INDEX, KEY_COUNTY, KEY_COUNT, KEY_REPORT };
static const char *const keys[] = {"id",     "name",  "answer", "index",
                                   "county", "count", "report", NULL};
static const struct layer_field fields[] = {
    {"id", "Number"},     {"name", "String"},  {"answer", "String"}, {"index", "Number"},
    {"county", "String"}, {"count", "Number"}, {"report", "Number"}, {NULL, NULL}};

struct context {
    const struct threshold_list *list;
    const struct atlas *atlas;
};

static const struct threshold_site *site(const struct context *c, uint32_t entry)
{
    return &c->list->sites[c->list->by_place[entry]];
}

static uint32_t index_of(const void *ctx, uint32_t entry)
{
    return site(ctx, entry)->index;
}

/* Four places; what lies just above or below 1 stays on its side. */
static double rounded(double index)
{
    double r = round(index * 1e4) / 1e4;
    return (r < 1) == (index < 1) && (r > 1) == (index > 1) ? r : index;
}

static void put(struct mvt *m, const void *ctx, uint32_t first, uint32_t end, uint32_t facilities)
{
    const struct context *c = ctx;
    double largest = (double)NAN;
    uint32_t report = 0;
    for (uint32_t i = first; i < end; i++) {
        const struct threshold_site *s = site(c, i);
        if (s->arithmetic)
            largest = fmax(largest, s->sum);
        report += s->answer[THRESHOLD_GT] == THRESHOLD_REPORT;
    }
    if (facilities == 1) {
        const struct threshold_site *s = site(c, first);
        const struct atlas *a = c->atlas;
        mvt_own_int(m, KEY_ID, s->facility);
        mvt_text(m, KEY_NAME, a->names + a->name[s->index]);
        mvt_shared_text(m, KEY_ANSWER, threshold_answer_names[s->answer[THRESHOLD_GT]],
                        UINT32_MAX - s->answer[THRESHOLD_GT]);
        if (a->county[s->index] != ATLAS_NO_COUNTY)
            mvt_shared_text(m, KEY_COUNTY, a->counties[a->county[s->index]].name,
                            a->county[s->index]);
    } else {
        mvt_int(m, KEY_COUNT, facilities);
    }
    if (!isnan(largest))
        mvt_double(m, KEY_INDEX, rounded(largest));
    mvt_int(m, KEY_REPORT, report);
}

static bool render(struct buf *out, const struct snapshot *s, const struct layer_query *q,
                   struct db *db, struct error *err)
{
    const struct threshold_list *l = threshold_list_take(s, threshold_default_set, db, err);
    if (!l)
        return false;
    struct context c = {l, s->atlas};
    site_tile_render(out, s->atlas, q->tile,
                     &(struct site_tile){.layer = q->layer->id,
                                         .keys = keys,
                                         .count = l->drawn_count,
                                         .ctx = &c,
                                         .index_of = index_of,
                                         .put = put});
    threshold_list_put(s, l);
    return true;
}

const struct layer layer_thresholds = {
    .id = "thresholds",
    .title_zh = "管制量檢核",
    .title_en = "Regulated quantities",
    .about = "Facilities that report substances on site, by the sum of shares of the regulated "
             "quantities (綜合管制指數); answer says whether they must report; no index = nothing "
             "could be summed. More than 2,000 come as cells with their count, how many must "
             "report, and the largest index",
    .kind = LAYER_VECTOR,
    .shape = LAYER_POINTS,
    .minzoom = 0,
    .maxzoom = TILE_ZOOM_MAX,
    .fields = fields,
    .render = render,
    .legend = &legend_threshold,
    .needs_db = true,
    .no_data = true,
};
