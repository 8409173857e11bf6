/* DESIGN. A heat map of any filter is one pass over the atlas (2 ms at 75 k facilities), after
 * which only points matter: their place and their weight. So the filters live in one file
 * (heat_weights.c) and everything that draws, sums or explains knows points only. Sources in use
 * stay with the snapshot that they were made from (memo.h). Rejected: filters asked again for each
 * tile (radar scores and parts of stocks are too dear for that), sources that outlive the atlas
 * (their points would be stale). */
#include "analysis/heat_source.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/heat_public.h"
#include "analysis/heat_sums.h"
#include "analysis/heat_weights.h"
#include "analysis/radar_options.h"
#include "gis/mem.h"

const char *const heat_by_names[HEAT_BYS + 1] = {
    [HEAT_COUNT] = "count",         [HEAT_QUANTITY] = "quantity",
    [HEAT_HAZARD] = "hazard",       [HEAT_RADAR] = "radar",
    [HEAT_INCIDENTS] = "incidents", [HEAT_CONCENTRATION] = "concentration",
    [HEAT_INTENSITY] = "intensity",
};

/* The radar's defaults stand in radar.c, a constant that no initialiser may name here. */
void heat_query_begin(struct heat_query *q)
{
    *q = (struct heat_query){.radius = HEAT_RADIUS_M,
                             .county = -1,
                             .industry = -1,
                             .unit = -1,
                             .radar = radar_default_options};
}

void heat_query_key(struct buf *out, const struct heat_query *q)
{
    buf_format(out, "%d,%d,%.17g,%d,%lld,%lld,%d,%d,%d,%d", (int)q->by, (int)q->shape, q->radius,
               q->behaviours, (long long)q->county, (long long)q->industry, q->from, q->to, q->unit,
               q->public_tier);
    for (int i = 0; i < q->substance_count; i++)
        buf_format(out, "/%u", q->substance[i]);
    if (q->by == HEAT_RADAR) {
        buf_text(out, "&");
        radar_options_text(out, &q->radar, RADAR_FACILITIES);
    }
}

/* ---- one source ---- */

/* The power of two that brings a total weight into [2^61, 2^62). */
static int scale_of(double total)
{
    int exponent = 0;
    if (total > 0)
        frexp(total, &exponent);
    return 62 - exponent;
}

struct heat_source *heat_source_new(const struct atlas *a, const struct radar *radar,
                                    const struct heat_query *q)
{
    struct heat_source *s = mem_zero(1, sizeof *s);
    s->query = *q;
    s->atlas = a;
    s->mean = q->by == HEAT_CONCENTRATION;
    s->zoom = heat_lattice_zoom(q->radius);
    s->peak = s->mean ? 1 : heat_kernel_norm(q->shape) * 1e6 / (q->radius * q->radius);
    heat_weights_fill(s, radar);
    if (q->public_tier)
        heat_public_reduce(s);
    for (uint32_t i = 0; i < s->count; i++) {
        s->total += s->weight[i];
        s->largest = fmax(s->largest, s->weight[i]);
    }
    s->scale[0] = scale_of(s->total);
    s->scale[1] = scale_of(s->count);
    s->coarse = heat_coarse_new();
    s->bytes += sizeof *s + heat_coarse_bytes(s);
    return s;
}

void heat_source_free(struct heat_source *s)
{
    if (!s)
        return;
    free(s->key);
    free(s->lon);
    free(s->lat);
    free(s->weight);
    free(s->who);
    heat_coarse_free(s->coarse);
    free(s);
}

/* ---- the sources of a snapshot ---- */

struct wanted {
    struct snapshot *snapshot;
    const struct heat_query *query;
};

static void *make_source(void *ctx, size_t *bytes)
{
    const struct wanted *w = ctx;
    const struct radar *radar = w->snapshot->radar;
    if (w->query->by == HEAT_RADAR)
        radar = snapshot_radar(w->snapshot, &w->query->radar);
    struct heat_source *s = heat_source_new(w->snapshot->atlas, radar, w->query);
    if (w->query->by == HEAT_RADAR)
        snapshot_radar_put(w->snapshot, radar);
    *bytes = s->bytes;
    return s;
}

static void drop_source(void *thing)
{
    heat_source_free(thing);
}

const struct heat_source *heat_source_take(struct snapshot *s, const struct heat_query *q)
{
    struct buf key = {.data = NULL};
    struct wanted wanted = {.snapshot = s, .query = q};
    buf_text(&key, "heat?");
    heat_query_key(&key, q);
    const struct heat_source *source =
        memo_take(s->memo, buf_string(&key), make_source, drop_source, &wanted);
    buf_free(&key);
    return source;
}

void heat_source_put(struct snapshot *s, const struct heat_source *source)
{
    if (source)
        memo_put(s->memo, source);
}
