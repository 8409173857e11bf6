/* DESIGN. Both runs stand by id, so one merge pairs them; left-overs are paired by name and county
 * with two sorted lists: O(n log n), some 30 ms for 75 k facilities on each side. */
#include "analysis/run_compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"

const char *const run_change_names[RUN_CHANGES] = {"rose", "fell",   "same",    "new",
                                                   "gone", "scored", "unscored"};

/* ---- pairs ---- */

static bool same_text(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

struct named { /* a left-over facility */
    const char *name, *county;
    uint32_t change;
};

static int by_name(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : strcmp(x->county, y->county);
}

/* Left-overs of one side, by name and county. */
static struct named *left_over(uint32_t *count, const struct run_compare *c, int side)
{
    const struct radar_run *run = c->run[side];
    struct named *out = mem_zero((size_t)c->facility_count + 1, sizeof *out);
    *count = 0;
    for (uint32_t i = 0; i < c->facility_count; i++) {
        const struct run_change *change = &c->facilities[i];
        if (change->index[side] < 0 || change->index[1 - side] >= 0)
            continue;
        const struct radar_run_facility *f = &run->facilities[change->index[side]];
        bool placed = f->county != RADAR_RUN_NO_REGION;
        if (placed && *f->name)
            out[(*count)++] = (struct named){f->name, run->counties[f->county].code, i};
    }
    qsort(out, *count, sizeof *out, by_name);
    return out;
}

/* Past the last that is named as at[i]. */
static uint32_t alike(const struct named *at, uint32_t i, uint32_t count)
{
    uint32_t end = i + 1;
    while (end < count && !by_name(&at[i], &at[end]))
        end++;
    return end;
}

static void pair_by_name(struct run_compare *c)
{
    uint32_t gone_count, new_count;
    struct named *gone = left_over(&gone_count, c, 0), *fresh = left_over(&new_count, c, 1);
    for (uint32_t i = 0, k = 0; i < gone_count && k < new_count;) {
        uint32_t i_end = alike(gone, i, gone_count), k_end = alike(fresh, k, new_count);
        int order = by_name(&gone[i], &fresh[k]);
        if (!order && i_end == i + 1 && k_end == k + 1) {
            c->facilities[gone[i].change].index[1] = c->facilities[fresh[k].change].index[1];
            c->facilities[gone[i].change].by_name = true;
            c->facilities[fresh[k].change].index[1] = -1; /* empty: taken out below */
        }
        if (order <= 0)
            i = i_end;
        if (order >= 0)
            k = k_end;
    }
    free(gone);
    free(fresh);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < c->facility_count; i++)
        if (c->facilities[i].index[0] >= 0 || c->facilities[i].index[1] >= 0)
            c->facilities[kept++] = c->facilities[i];
    c->facility_count = kept;
}

static void pair_facilities(struct run_compare *c)
{
    const struct radar_run *a = c->run[0], *b = c->run[1];
    size_t most = (size_t)a->facility_count + b->facility_count;
    c->facilities = mem_zero(most + 1, sizeof *c->facilities);
    for (uint32_t i = 0, k = 0; i < a->facility_count || k < b->facility_count;) {
        bool no_a = i == a->facility_count, no_b = k == b->facility_count;
        bool take_a = no_b || (!no_a && a->facilities[i].id <= b->facilities[k].id);
        bool take_b = no_a || (!no_b && b->facilities[k].id <= a->facilities[i].id);
        struct run_change *change = &c->facilities[c->facility_count++];
        change->index[0] = take_a ? (int64_t)i++ : -1;
        change->index[1] = take_b ? (int64_t)k++ : -1;
    }
    pair_by_name(c);
}

static int64_t find_substance(const struct radar_run *run, const char *cas)
{
    for (uint32_t i = 0; i < run->substance_count; i++)
        if (!strcmp(run->substances[i].cas, cas))
            return i;
    return -1;
}

static void pair_substances(struct run_compare *c)
{
    const struct radar_run *a = c->run[0], *b = c->run[1];
    size_t most = (size_t)a->substance_count + b->substance_count;
    c->substances = mem_zero(most + 1, sizeof *c->substances);
    for (uint32_t i = 0; i < a->substance_count; i++) {
        /* Most stand where they stood. */
        bool there = i < b->substance_count && !strcmp(a->substances[i].cas, b->substances[i].cas);
        c->substances[c->substance_count++].index[0] = i;
        c->substances[i].index[1] = there ? i : find_substance(b, a->substances[i].cas);
    }
    for (uint32_t i = 0; i < b->substance_count; i++) {
        bool there = i < a->substance_count && !strcmp(a->substances[i].cas, b->substances[i].cas);
        if (!there && find_substance(a, b->substances[i].cas) < 0)
            c->substances[c->substance_count++] = (struct run_change){.index = {-1, i}};
    }
}

/* ---- kinds, ranks, order ---- */

/* What the order of a sum can do to a score is no change (radar_rank.h draws the same line). */
static bool equal_scores(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmin(1, fmax(fabs(a), fabs(b)));
}

static void set_kind(struct run_change *c, double before, double after)
{
    c->area[0] = before;
    c->area[1] = after;
    if (c->index[0] < 0)
        c->kind = RUN_NEW;
    else if (c->index[1] < 0)
        c->kind = RUN_GONE;
    else if ((isnan(before) && isnan(after)) || equal_scores(before, after))
        c->kind = RUN_SAME;
    else if (isnan(before))
        c->kind = RUN_SCORED;
    else if (isnan(after))
        c->kind = RUN_UNSCORED;
    else
        c->kind = after > before ? RUN_ROSE : RUN_FELL;
}

static int by_change(const void *a, const void *b)
{
    static const int order[RUN_CHANGES] = {0, 1, 6, 2, 3, 4, 5}; /* the same ones last */
    const struct run_change *x = a, *y = b;
    if (x->kind != y->kind)
        return order[x->kind] < order[y->kind] ? -1 : 1;
    bool both = x->kind == RUN_ROSE || x->kind == RUN_FELL;
    double p = both ? fabs(x->area[1] - x->area[0]) : fmax(x->area[0], x->area[1]);
    double q = both ? fabs(y->area[1] - y->area[0]) : fmax(y->area[0], y->area[1]);
    if (isnan(p) != isnan(q))
        return isnan(p) ? 1 : -1;
    if (p != q && !isnan(p))
        return p > q ? -1 : 1;
    for (int side = 1; side >= 0; side--)
        if (x->index[side] != y->index[side])
            return x->index[side] < y->index[side] ? -1 : 1;
    return 0;
}

static bool in_county(const struct run_compare *c, const struct run_change *change,
                      const char *county)
{
    int side = change->index[1] >= 0;
    const struct radar_run_facility *f = &c->run[side]->facilities[change->index[side]];
    return f->county != RADAR_RUN_NO_REGION &&
           same_text(c->run[side]->counties[f->county].code, county);
}

static void classify_facilities(struct run_compare *c, const char *county)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < c->facility_count; i++) {
        struct run_change change = c->facilities[i];
        double area[2] = {(double)NAN, (double)NAN};
        if (county && !in_county(c, &change, county))
            continue;
        for (int side = 0; side < 2; side++)
            if (change.index[side] >= 0) {
                const struct radar_run_facility *f = &c->run[side]->facilities[change.index[side]];
                area[side] = f->area;
                change.rank[side] = f->rank;
            }
        set_kind(&change, area[0], area[1]);
        c->counts[change.kind]++;
        c->facilities[kept++] = change;
    }
    c->facility_count = kept;
    qsort(c->facilities, kept, sizeof *c->facilities, by_change);
}

static void classify_substances(struct run_compare *c)
{
    for (uint32_t i = 0; i < c->substance_count; i++) {
        struct run_change *change = &c->substances[i];
        double area[2] = {(double)NAN, (double)NAN};
        for (int side = 0; side < 2; side++)
            if (change->index[side] >= 0) {
                const struct radar_run_substance *s =
                    &c->run[side]->substances[change->index[side]];
                area[side] = s->area;
                change->rank[side] = s->rank;
            }
        set_kind(change, area[0], area[1]);
        c->substance_counts[change->kind]++;
    }
    qsort(c->substances, c->substance_count, sizeof *c->substances, by_change);
}

struct run_compare *run_compare_new(const struct radar_run *before, const struct radar_run *after,
                                    const char *county)
{
    struct run_compare *c = mem_zero(1, sizeof *c);
    c->run[0] = before;
    c->run[1] = after;
    pair_facilities(c);
    classify_facilities(c, county);
    pair_substances(c);
    classify_substances(c);
    return c;
}

void run_compare_free(struct run_compare *c)
{
    if (!c)
        return;
    free(c->facilities);
    free(c->substances);
    free(c);
}
