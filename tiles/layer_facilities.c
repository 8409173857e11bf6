/* DESIGN. The points of a tile are one range of the atlas. Up to LAYER_SINGLES_MAX of them go out
 * one by one; more are aggregated to the 16 x 16 quadtree cells of the tile, each of which is again
 * one range: count, mean position and quantity by prefix sums, largest score by blocks. Nothing is
 * ever dropped: counts of cells and single points always add up to the points of the tile. With a
 * filter the points that pass are listed first; a substance's points come from its own list, and
 * their quantity is that of the substance. */
#include <math.h>
#include <stdlib.h>

#include "gis/mem.h"
#include "tiles/layer.h"
#include "tiles/mvt.h"

enum {
    KEY_ID,
    KEY_NAME,
    KEY_SCORE,
    KEY_SUBSTANCES,
    KEY_COUNTY,
    KEY_COUNT,
    KEY_MAX,
    KEY_QUANTITY,
    KEY_CLASS
};
static const char *const keys[] = {"id",    "name",      "score",       "substances",  "county",
                                   "count", "max_score", "quantity_kg", "score_class", NULL};
static const struct layer_field fields[] = {{"id", "Number"},          {"name", "String"},
                                            {"score", "Number"},       {"substances", "Number"},
                                            {"county", "String"},      {"count", "Number"},
                                            {"max_score", "Number"},   {"quantity_kg", "Number"},
                                            {"score_class", "Number"}, {NULL, NULL}};

struct work {
    struct mvt mvt;
    const struct atlas *a;
    const struct radar *r;
    struct tile tile;
    struct legend_scaled legend; /* of these weights */
    double unit;                 /* scores are rounded to whole numbers of 1 / unit */
};

/* Two decimals, more where the weights allow no score of 1: what a score is told with, and few
 * different values to write. */
static double rounded(const struct work *w, double score)
{
    return round(score * w->unit) / w->unit;
}

/* The score, and its class of the legend counted from 1: colours by class stay as they are while
 * weights, and with them the limits of the classes, move. */
static void put_score(struct work *w, uint32_t key, double score)
{
    if (isnan(score))
        return;
    mvt_double(&w->mvt, key, rounded(w, score));
    mvt_int(&w->mvt, KEY_CLASS, 1 + legend_class_of(&w->legend.legend, rounded(w, score)));
}

static uint32_t in_tile(uint32_t world, uint32_t tile, uint32_t z)
{
    uint32_t offset = world - (z ? tile << (32 - z) : 0);
    return offset >> (32 - z - 12); /* z <= 20, so the shift is never negative */
}

/* Kilograms; most are whole numbers, which take half the bytes. */
static void put_quantity(struct work *w, double kg)
{
    if (isnan(kg))
        return;
    int64_t whole = kg < 1e15 ? (int64_t)kg : 0;
    if ((double)whole >= kg)
        mvt_own_int(&w->mvt, KEY_QUANTITY, whole);
    else
        mvt_own_double(&w->mvt, KEY_QUANTITY, kg);
}

static void single(struct work *w, uint32_t i, double quantity)
{
    const struct atlas *a = w->a;
    uint32_t x, y;
    morton_xy(&x, &y, a->key[i]);
    mvt_point(&w->mvt, (uint64_t)a->id[i], in_tile(x, w->tile.x, w->tile.z),
              in_tile(y, w->tile.y, w->tile.z));
    mvt_own_int(&w->mvt, KEY_ID, a->id[i]);
    mvt_text(&w->mvt, KEY_NAME, a->names + a->name[i]);
    put_score(w, KEY_SCORE, w->r->facility_area[i]);
    mvt_int(&w->mvt, KEY_SUBSTANCES, a->substances[i]);
    put_quantity(w, quantity);
    if (a->county[i] != ATLAS_NO_COUNTY)
        mvt_shared_text(&w->mvt, KEY_COUNTY, a->counties[a->county[i]].name, a->county[i]);
    mvt_point_end(&w->mvt);
}

static void cell(struct work *w, uint32_t count, uint64_t sum_x, uint64_t sum_y, double max_score,
                 double quantity)
{
    mvt_point(&w->mvt, 0, in_tile((uint32_t)(sum_x / count), w->tile.x, w->tile.z),
              in_tile((uint32_t)(sum_y / count), w->tile.y, w->tile.z));
    mvt_int(&w->mvt, KEY_COUNT, count);
    put_score(w, KEY_MAX, max_score);
    mvt_double(&w->mvt, KEY_QUANTITY, quantity);
    mvt_point_end(&w->mvt);
}

/* Key just past the tile's cell that holds key. The last cell of the world gives 0. */
static uint64_t past_cell(const struct work *w, uint64_t key)
{
    uint32_t shift = 64 - 2 * (w->tile.z + LAYER_CELL_BITS);
    return ((key >> shift) + 1) << shift;
}

static void cells_of_range(struct work *w, uint32_t first, uint32_t end)
{
    const struct atlas *a = w->a;
    while (first < end) {
        uint64_t past = past_cell(w, a->key[first]);
        uint32_t lo = first + 1, hi = end;
        while (past && lo < hi) {
            uint32_t mid = lo + (hi - lo) / 2;
            if (a->key[mid] < past)
                lo = mid + 1;
            else
                hi = mid;
        }
        uint32_t next = past ? lo : end;
        if (next - first == 1)
            single(w, first, a->quantity_kg[first]);
        else
            cell(w, next - first, a->sum_x[next] - a->sum_x[first],
                 a->sum_y[next] - a->sum_y[first], radar_range_max(w->r, first, next),
                 fmax(0, a->sum_quantity[next] - a->sum_quantity[first]));
        first = next;
    }
}

struct chosen { /* points that pass a filter, in Z-order */
    uint32_t *index;
    double *quantity; /* kg of what was asked for; NaN = not known */
    uint32_t count;
};

static void choose(struct chosen *c, const struct work *w, const struct layer_query *q,
                   uint32_t first, uint32_t end)
{
    const struct atlas *a = w->a;
    struct radar_filter rest = q->filter;
    int64_t substance = q->filter.substance;
    uint32_t from = first, to = end;
    rest.substance = -1; /* its own list says who holds it */
    if (substance >= 0)
        atlas_substance_range(&from, &to, a, (uint32_t)substance, first, end);
    c->index = mem_zero(to - from, sizeof *c->index);
    c->quantity = mem_zero(to - from, sizeof *c->quantity);
    for (uint32_t k = from; k < to; k++) {
        uint32_t i = substance >= 0 ? a->by_substance[k].facility : k;
        if (!radar_filter_passes(&rest, w->r, i))
            continue;
        c->index[c->count] = i;
        c->quantity[c->count++] =
            substance >= 0 ? a->by_substance[k].quantity_kg : a->quantity_kg[i];
    }
}

static void cells_of_chosen(struct work *w, const struct chosen *c)
{
    const struct atlas *a = w->a;
    for (uint32_t k = 0; k < c->count;) {
        uint64_t past = past_cell(w, a->key[c->index[k]]);
        uint64_t sum_x = 0, sum_y = 0;
        double quantity = 0, best = (double)NAN;
        uint32_t from = k;
        do {
            uint32_t x, y;
            morton_xy(&x, &y, a->key[c->index[k]]);
            sum_x += x;
            sum_y += y;
            quantity += isnan(c->quantity[k]) ? 0 : c->quantity[k];
            best = fmax(best, w->r->facility_area[c->index[k]]);
        } while (++k < c->count && (!past || a->key[c->index[k]] < past));
        if (k - from == 1)
            single(w, c->index[from], c->quantity[from]);
        else
            cell(w, k - from, sum_x, sum_y, best, quantity);
    }
}

static bool render(struct buf *out, const struct snapshot *s, const struct layer_query *q,
                   struct db *db, struct error *err)
{
    (void)db, (void)err;
    struct work w = {.a = s->atlas, .r = q->radar ? q->radar : s->radar, .tile = q->tile};
    uint32_t first, end;
    double largest = radar_largest(&w.r->options);
    legend_score_scale(&w.legend, largest);
    w.unit = largest < 1 && largest > 1e-290 ? pow(10, 2 - floor(log10(largest))) : 100;
    mvt_begin(&w.mvt, "facilities", keys);
    atlas_range(&first, &end, w.a, q->tile);
    if (radar_filter_is_none(&q->filter)) {
        if (end - first > LAYER_SINGLES_MAX)
            cells_of_range(&w, first, end);
        else
            for (uint32_t i = first; i < end; i++)
                single(&w, i, w.a->quantity_kg[i]);
    } else {
        struct chosen c = {.count = 0};
        choose(&c, &w, q, first, end);
        if (c.count > LAYER_SINGLES_MAX)
            cells_of_chosen(&w, &c);
        else
            for (uint32_t k = 0; k < c.count; k++)
                single(&w, c.index[k], c.quantity[k]);
        free(c.index);
        free(c.quantity);
    }
    mvt_finish(out, &w.mvt);
    return true;
}

const struct layer layer_facilities = {
    .id = "facilities",
    .title_zh = "廠場",
    .title_en = "Facilities",
    .about = "Facilities as points; where a tile would hold more than 2,000, cells with their "
             "count, largest radar score and total quantity",
    .kind = LAYER_VECTOR,
    .minzoom = 0,
    .maxzoom = TILE_ZOOM_MAX,
    .fields = fields,
    .render = render,
    .legend = &legend_score,
    .no_data = true,
};
