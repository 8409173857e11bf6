#include "server/radar_list.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/radar_options.h"
#include "gis/mem.h"

/* ---- ranks, kept with the snapshot ---- */

struct wanted_ranks {
    const struct radar *radar;
    enum radar_of of;
};

static void *make_ranks(void *ctx, size_t *bytes)
{
    const struct wanted_ranks *w = ctx;
    const struct atlas *a = w->radar->atlas;
    *bytes =
        (w->of == RADAR_FACILITIES ? a->count : a->substance_count) * sizeof(struct radar_ranks);
    return radar_rank_intervals(w->radar, w->of);
}

const struct radar_ranks *radar_list_ranks(struct snapshot *s, const struct radar *r,
                                           enum radar_of of)
{
    struct wanted_ranks wanted = {r, of};
    struct buf key = {.data = NULL};
    buf_format(&key, "ranks?of=%d&", (int)of);
    radar_options_text(&key, &r->options, RADAR_FACILITIES); /* names all of them */
    const void *ranks = memo_take(s->memo, buf_string(&key), make_ranks, free, &wanted);
    buf_free(&key);
    return ranks;
}

/* ---- rows ---- */

/* Which substances the facilities of the filter hold; NULL = nothing is asked. */
static bool *held_there(const struct radar_list *l)
{
    const struct atlas *a = l->radar->atlas;
    struct radar_filter there = l->filter;
    there.min_score = radar_filter_none.min_score; /* is of substances here */
    there.substance = -1;
    if (radar_filter_is_none(&there))
        return NULL;
    bool *held = mem_zero(a->substance_count + 1, sizeof *held);
    for (uint32_t i = 0; i < a->count; i++)
        if (radar_filter_passes(&there, l->radar, i))
            for (uint32_t k = a->stock_first[i]; k < a->stock_first[i + 1]; k++)
                if (a->stocks[k].substance != ATLAS_UNLINKED)
                    held[a->stocks[k].substance] = true;
    return held;
}

/* radar_ranking looks at the score of substances only. */
static void keep_wanted_substances(struct radar_list *l)
{
    bool *held = held_there(l);
    uint32_t kept = 0;
    for (uint32_t k = 0; k < l->count; k++) {
        uint32_t i = l->index[k];
        if ((!held || held[i]) && (l->filter.substance < 0 || l->filter.substance == i))
            l->index[kept++] = i;
    }
    l->count = kept;
    free(held);
}

void radar_list_make(struct radar_list *l, struct snapshot *s, enum radar_of of,
                     const struct radar_options *options, const struct radar_filter *filter,
                     enum radar_sort sort, int64_t after, int64_t limit)
{
    *l = (struct radar_list){.of = of,
                             .snapshot = s,
                             .radar = snapshot_radar(s, options),
                             .filter = *filter,
                             .sort = sort};
    l->ranks = radar_list_ranks(s, l->radar, of);
    l->index = radar_ranking(&l->count, l->radar, of, sort, filter);
    if (of == RADAR_SUBSTANCES)
        keep_wanted_substances(l);
    l->after = after < l->count ? after : l->count;
    l->end = limit < l->count - l->after ? l->after + limit : l->count;
}

void radar_list_free(struct radar_list *l)
{
    memo_put(l->snapshot->memo, l->ranks);
    snapshot_radar_put(l->snapshot, l->radar);
    free(l->index);
}
