/* DESIGN. Ranks are wanted of all facilities, many times a second while a slider moves, so they are
 * sorted by radix: a score becomes a whole number of 1e-9 (36 bits hold 68.7, and no score passes
 * 16; lopsided weights give small scores, which are taken as shares of the highest), three passes
 * of 12 bits. The sort is stable, so ties are settled by sorting for the last key first. The whole
 * number also is what makes scores equal that the same factors gave in another order of additions.
 */
#include "analysis/radar_rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/radar_columns.h"
#include "gis/mem.h"

enum { DIGIT_BITS = 12, DIGITS = 3, DIGIT_SIZE = 1 << DIGIT_BITS };

const char *const radar_sort_names[RADAR_SORTS] = {"area", "mean", "geometric"};

static uint32_t size_of(const struct radar *r, enum radar_of of)
{
    return of == RADAR_FACILITIES ? r->atlas->count : r->atlas->substance_count;
}

static const double *area_of(const struct radar *r, enum radar_of of)
{
    return of == RADAR_FACILITIES ? r->facility_area : r->substance_area;
}

double *radar_column(const struct radar *r, enum radar_of of, enum radar_sort sort)
{
    uint32_t n = size_of(r, of);
    double *column = mem_alloc((n + 1ul) * sizeof *column);
    if (sort == RADAR_BY_AREA) {
        memcpy(column, area_of(r, of), n * sizeof *column);
        return column;
    }
    for (uint32_t i = 0; i < n; i++) {
        struct radar_score s;
        if (of == RADAR_FACILITIES)
            radar_explain_facility(&s, r, i);
        else
            radar_explain_substance(&s, r, i);
        column[i] = sort == RADAR_BY_MEAN ? radar_mean_area(r, &s) : radar_geometric(r, of, &s);
    }
    return column;
}

/* ---- the sort ---- */

struct item {
    uint64_t key; /* larger first */
    uint32_t index;
};

double radar_rank_scale(const double *column, uint32_t count)
{
    double most = 0;
    for (uint32_t i = 0; i < count; i++)
        most = fmax(most, column[i]); /* NaN is passed over */
    return most > 0 && most < 1 ? most : 1;
}

uint64_t radar_rank_key(double score, double scale)
{
    return isnan(score) ? 0 : (uint64_t)llround(fmax(0, score) / scale * 1e9) + 1;
}

/* Sorts by key, highest first, stable; `other` is room for as many. */
static void sort(struct item *items, struct item *other, uint32_t n)
{
    static const uint64_t mask = DIGIT_SIZE - 1;
    uint32_t(*place)[DIGIT_SIZE] = mem_zero(DIGITS, sizeof *place);
    for (uint32_t i = 0; i < n; i++)
        for (int d = 0; d < DIGITS; d++)
            place[d][mask - ((items[i].key >> (d * DIGIT_BITS)) & mask)]++;
    for (int d = 0; d < DIGITS; d++) {
        uint32_t before = 0;
        for (uint32_t v = 0; v < DIGIT_SIZE; v++) {
            uint32_t here = place[d][v];
            place[d][v] = before;
            before += here;
        }
        for (uint32_t i = 0; i < n; i++)
            other[place[d][mask - ((items[i].key >> (d * DIGIT_BITS)) & mask)]++] = items[i];
        struct item *swap = items;
        items = other;
        other = swap;
    }
    memcpy(other, items, n * sizeof *items); /* an odd number of digits: back to where it was */
    free(place);
}

struct named {
    const char *cas;
    uint32_t index;
};

static int by_cas(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    return strcmp(x->cas, y->cas);
}

/* All indexes in the order of the last key. */
static void set_order(struct item *items, const struct radar *r, enum radar_of of)
{
    const struct atlas *a = r->atlas;
    uint32_t n = size_of(r, of);
    if (of == RADAR_FACILITIES) {
        for (uint32_t i = 0; i < n; i++)
            items[i].index = a->by_id[i];
        return;
    }
    struct named *names = mem_alloc((n + 1ul) * sizeof *names);
    for (uint32_t i = 0; i < n; i++)
        names[i] = (struct named){a->substance[i].cas, i};
    qsort(names, n, sizeof *names, by_cas);
    for (uint32_t i = 0; i < n; i++)
        items[i].index = names[i].index;
    free(names);
}

/* Class of hazard of a substance, or the highest of a facility's. */
static double hazard_of(const struct radar *r, enum radar_of of, uint32_t index)
{
    const struct radar_columns *c = r->columns;
    double most = 0;
    if (of == RADAR_SUBSTANCES)
        return r->substance[index][0];
    for (uint32_t k = c->link_first[index]; k < c->link_first[index + 1]; k++)
        most = fmax(most, r->substance[c->link[k]][0]);
    return most;
}

static bool passes(const struct radar *r, enum radar_of of, const struct radar_filter *f,
                   uint32_t i)
{
    if (!f)
        return true;
    return of == RADAR_FACILITIES ? radar_filter_passes(f, r, i)
                                  : isinf(f->min_score) || r->substance_area[i] >= f->min_score;
}

uint32_t *radar_ranking(uint32_t *count, const struct radar *r, enum radar_of of,
                        enum radar_sort sort_by, const struct radar_filter *filter)
{
    uint32_t n = size_of(r, of), kept = 0;
    const double *area = area_of(r, of);
    struct item *items = mem_alloc((n + 1ul) * sizeof *items);
    struct item *other = mem_alloc((n + 1ul) * sizeof *other);
    uint32_t *out = mem_alloc((n + 1ul) * sizeof *out);
    set_order(items, r, of);
    for (uint32_t i = 0; i < n; i++)
        if (passes(r, of, filter, items[i].index))
            items[kept++].index = items[i].index;
    for (uint32_t i = 0; i < kept; i++)
        items[i].key = radar_rank_key(hazard_of(r, of, items[i].index), 1);
    sort(items, other, kept);
    double scale = radar_rank_scale(area, n);
    for (uint32_t i = 0; i < kept; i++)
        items[i].key = radar_rank_key(area[items[i].index], scale);
    sort(items, other, kept);
    if (sort_by != RADAR_BY_AREA) {
        double *column = radar_column(r, of, sort_by);
        scale = radar_rank_scale(column, n);
        for (uint32_t i = 0; i < kept; i++)
            items[i].key = radar_rank_key(column[items[i].index], scale);
        sort(items, other, kept);
        free(column);
    }
    for (uint32_t i = 0; i < kept; i++)
        out[i] = items[i].index;
    free(items);
    free(other);
    *count = kept;
    return out;
}

/* ---- under other orders of the axes ---- */

static void widen(struct radar_ranks *ranks, uint32_t best, uint32_t worst)
{
    if (!ranks->best || best < ranks->best)
        ranks->best = best;
    if (worst > ranks->worst)
        ranks->worst = worst;
}

struct radar_ranks *radar_rank_intervals(const struct radar *r, enum radar_of of)
{
    static const uint8_t orders[][RADAR_AXES] = {{0, 1, 2, 3}, {0, 2, 1, 3}, {0, 1, 3, 2}};
    uint32_t n = size_of(r, of);
    struct radar_ranks *out = mem_zero(n + 1ul, sizeof *out);
    struct item *items = mem_alloc((n + 1ul) * sizeof *items);
    struct item *other = mem_alloc((n + 1ul) * sizeof *other);
    double *column = mem_alloc((n + 1ul) * sizeof *column);
    for (size_t o = 0; o < sizeof orders / sizeof *orders; o++) {
        for (uint32_t i = 0; i < n; i++) {
            struct radar_score s;
            double weighted[RADAR_AXES];
            if (of == RADAR_FACILITIES)
                radar_explain_facility(&s, r, i);
            else
                radar_explain_substance(&s, r, i);
            for (int k = 0; k < RADAR_AXES; k++)
                weighted[k] = s.axis[k].weighted;
            double area = radar_area(weighted, orders[o], r->options.angle);
            column[i] = isnan(s.area) ? s.area : area;
        }
        double scale = radar_rank_scale(column, n);
        for (uint32_t i = 0; i < n; i++)
            items[i] = (struct item){radar_rank_key(column[i], scale), i};
        sort(items, other, n);
        for (uint32_t first = 0, end; first < n && items[first].key; first = end) {
            end = first + 1; /* those with an equal area */
            while (end < n && items[end].key == items[first].key)
                end++;
            for (uint32_t i = first; i < end; i++)
                widen(&out[items[i].index], first + 1, end);
        }
    }
    free(column);
    free(items);
    free(other);
    return out;
}

/* ---- under other weights ---- */

static struct radar_weights moved(const struct radar_weights *w, int axis, double points)
{
    struct radar_weights out;
    double now = w->w[axis], then = fmin(1, fmax(0, now + points / 100));
    for (int i = 0; i < RADAR_AXES; i++) /* nothing to scale: the rest goes to all alike */
        out.w[i] = now < 1 ? w->w[i] * (1 - then) / (1 - now) : (1 - then) / (RADAR_AXES - 1);
    out.w[axis] = then;
    return out;
}

/* Marks in hits those of the first `top` of `other`; they count once a variant. */
static void count_stayers(struct radar_sensitivity *s, uint8_t *hits, const struct radar *other,
                          enum radar_of of, int axis, int up)
{
    uint32_t n;
    uint32_t *ranking = radar_ranking(&n, other, of, RADAR_BY_AREA, NULL);
    bool *among = mem_zero(n + 1ul, sizeof *among);
    for (uint32_t i = 0; i < s->top; i++)
        among[ranking[i]] = true;
    for (uint32_t i = 0; i < s->top; i++)
        if (among[s->first[i]]) {
            s->variant[axis][up].stay++;
            hits[i] |= (uint8_t)(1u << (2 * axis + up));
        }
    free(among);
    free(ranking);
}

void radar_sensitivity(struct radar_sensitivity *out, const struct radar *r, enum radar_of of,
                       uint32_t top, double points)
{
    uint32_t scored = 0, n;
    *out = (struct radar_sensitivity){.first = radar_ranking(&n, r, of, RADAR_BY_AREA, NULL)};
    while (scored < n && scored < top && !isnan(area_of(r, of)[out->first[scored]]))
        scored++;
    out->top = scored;
    out->stays = mem_zero(scored + 1ul, sizeof *out->stays);
    uint8_t *hits = mem_zero(scored + 1ul, sizeof *hits); /* bit 2 axis + up: stays under it */
    for (int axis = 0; axis < RADAR_AXES; axis++)
        for (int up = 0; up < 2; up++) {
            struct radar_options o = r->options;
            struct radar_weights *w = of == RADAR_FACILITIES ? &o.facility : &o.substance;
            *w = out->variant[axis][up].weights = moved(w, axis, up ? points : -points);
            struct radar *other = radar_build_on(r->columns, &o);
            count_stayers(out, hits, other, of, axis, up);
            radar_free(other);
        }
    for (uint32_t i = 0; i < scored; i++) {
        for (int axis = 0; axis < RADAR_AXES; axis++)
            out->stay_axis[axis] += (hits[i] >> (2 * axis) & 3) == 3;
        out->stays[i] = hits[i] == 0xFF;
        out->stay_all += out->stays[i];
    }
    free(hits);
}

void radar_sensitivity_free(struct radar_sensitivity *s)
{
    free(s->first);
    free(s->stays);
}
