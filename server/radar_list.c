#include "server/radar_list.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"

bool radar_list_sort_named(enum radar_sort *out, const char *name, struct error *err)
{
    static const char *const names[] = {"area", "mean", "geometric"};
    for (int i = 0; i < 3; i++)
        if (!strcmp(name, names[i]))
            return *out = (enum radar_sort)i, true;
    return error_set(err, ERROR_INPUT, "sort is area, mean or geometric, not \"%.40s\"", name);
}

/* Highest key first; no key last; then the tie, smaller first. */
static int by_rank(const void *a, const void *b)
{
    const struct radar_ranked *x = a, *y = b;
    bool nx = isnan(x->key), ny = isnan(y->key);
    if (nx != ny)
        return nx ? 1 : -1;
    if (!nx && x->key > y->key)
        return -1;
    if (!nx && x->key < y->key)
        return 1;
    return x->tie < y->tie ? -1 : x->tie > y->tie;
}

static double key_of(const struct radar_list *l, uint32_t i, double area)
{
    struct radar_score s;
    if (l->sort == RADAR_SORT_AREA)
        return area;
    if (l->of == RADAR_FACILITIES)
        radar_explain_facility(&s, l->radar, i);
    else
        radar_explain_substance(&s, l->radar, i);
    return l->sort == RADAR_SORT_MEAN ? radar_mean_area(l->radar, &s)
                                      : radar_geometric(l->radar, l->of, &s);
}

static void add_facilities(struct radar_list *l)
{
    const struct atlas *a = l->radar->atlas;
    l->rows = mem_zero(a->count, sizeof *l->rows);
    for (uint32_t i = 0; i < a->count; i++) {
        double area = l->radar->facility_area[i];
        if (radar_filter_passes(&l->filter, l->radar, i))
            l->rows[l->count++] = (struct radar_ranked){key_of(l, i, area), a->id[i], i};
    }
}

/* CAS numbers as numbers of their digits, so that equal scores stand in their order. */
static int64_t cas_number(const char *cas)
{
    int64_t n = 0;
    for (; *cas; cas++)
        if (*cas >= '0' && *cas <= '9')
            n = n * 10 + (*cas - '0');
    return n;
}

/* Which substances the facilities of the filter hold; NULL = all, nothing is asked. */
static bool *held_there(const struct radar_list *l)
{
    const struct atlas *a = l->radar->atlas;
    const struct radar_filter *f = &l->filter;
    if (f->county < 0 && f->township < 0 && f->industry < 0)
        return NULL;
    struct radar_filter there = *f;
    there.min_score = -INFINITY; /* that is of substances here */
    there.substance = -1;
    bool *held = mem_zero(a->substance_count + 1, sizeof *held);
    for (uint32_t i = 0; i < a->count; i++)
        if (radar_filter_passes(&there, l->radar, i))
            for (uint32_t k = a->stock_first[i]; k < a->stock_first[i + 1]; k++)
                if (a->stocks[k].substance != ATLAS_UNLINKED)
                    held[a->stocks[k].substance] = true;
    return held;
}

static void add_substances(struct radar_list *l)
{
    const struct atlas *a = l->radar->atlas;
    bool *held = held_there(l);
    l->rows = mem_zero(a->substance_count, sizeof *l->rows);
    for (uint32_t i = 0; i < a->substance_count; i++) {
        double area = l->radar->substance_area[i];
        if ((held && !held[i]) || area < l->filter.min_score ||
            (l->filter.substance >= 0 && l->filter.substance != i))
            continue;
        struct radar_score s;
        radar_explain_substance(&s, l->radar, i);
        int64_t hazard = s.axis[0].no_data ? 0 : (int64_t)s.axis[0].raw; /* 0 … 12 */
        int64_t tie = ((100 - hazard) << 40) + cas_number(a->substance[i].cas);
        l->rows[l->count++] = (struct radar_ranked){key_of(l, i, area), tie, i};
    }
    free(held);
}

void radar_list_make(struct radar_list *l, enum radar_of of, const struct radar *r,
                     const struct radar_filter *filter, enum radar_sort sort, int64_t after,
                     int64_t limit)
{
    *l = (struct radar_list){.of = of, .radar = r, .filter = *filter, .sort = sort};
    if (of == RADAR_FACILITIES)
        add_facilities(l);
    else
        add_substances(l);
    qsort(l->rows, l->count, sizeof *l->rows, by_rank);
    l->after = after < l->count ? after : l->count;
    l->end = limit < l->count - l->after ? l->after + limit : l->count;
}

void radar_list_free(struct radar_list *l)
{
    free(l->rows);
    l->rows = NULL;
}
