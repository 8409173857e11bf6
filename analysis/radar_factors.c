/* DESIGN. Sums by substance, source, behaviour and year are few (thousands) beside the parts they
 * are made of (millions): one pass with a small hash table by a key of 64 bits.
 *
 * Incidents are known in two ways: told one by one, and counted by a publication for a period. The
 * larger of both counts where a printed period lies wholly within the asked one. Printed periods
 * may overlap (a year and its first four months), so what is added to the stored ones is the best
 * sum of surpluses, printed less stored, over periods that do not overlap: weighted interval
 * scheduling by dynamic programming over the periods in order of their last day. A printed count
 * whose period is not understood can overlap anything: it counts only where it alone is more than
 * all the rest. */
#include "analysis/radar_factors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"

/* ---- national quantity ---- */

struct sum {
    uint64_t key; /* 0 = free */
    long double kg;
};

struct sums { /* open addressing, at most half full */
    struct sum *slot;
    size_t mask, count;
};

static struct sum *slot_of(const struct sums *s, uint64_t key)
{
    uint64_t h = key * 0x9E3779B97F4A7C15u;
    size_t at = (size_t)(h ^ h >> 32) & s->mask; /* the substance is in the high bits alone */
    while (s->slot[at].key && s->slot[at].key != key)
        at = (at + 1) & s->mask;
    return &s->slot[at];
}

static void make_room(struct sums *s)
{
    if (s->slot && 2 * s->count <= s->mask)
        return;
    struct sums old = *s;
    s->mask = old.slot ? 2 * old.mask + 1 : 4095;
    s->slot = mem_zero(s->mask + 1, sizeof *s->slot);
    for (size_t i = 0; old.slot && i <= old.mask; i++)
        if (old.slot[i].key)
            *slot_of(s, old.slot[i].key) = old.slot[i];
    free(old.slot);
}

/* substance 24 bits (there are fewer than 16 million), source 16, behaviour 4, year 16; and a 1, so
 * that no key is 0. */
static uint64_t key_of(const struct atlas_part *p)
{
    return (uint64_t)p->substance << 40 | (uint64_t)p->source << 24 | (uint64_t)p->behaviour << 20 |
           (uint64_t)(uint16_t)p->year << 4 | 1;
}

static bool counts(uint8_t behaviour)
{
    return behaviour == BEHAVIOUR_MANUFACTURE || behaviour == BEHAVIOUR_USE ||
           behaviour == BEHAVIOUR_STORE;
}

/* The larger one stays; of equals the earlier behaviour, the later year, the first name. */
static void take(struct radar_national *best, const struct radar_national *n)
{
    bool better = isnan(best->kg) || n->kg > best->kg;
    if (!better && n->kg >= best->kg) {
        if (n->behaviour != best->behaviour)
            better = n->behaviour < best->behaviour;
        else if (n->year != best->year)
            better = n->year > best->year;
        else
            better = strcmp(n->system, best->system) < 0;
    }
    if (better)
        *best = *n;
}

struct radar_national *radar_national_new(const struct atlas *a)
{
    struct radar_national *out = mem_zero(a->substance_count + 1ul, sizeof *out);
    struct sums sums = {.slot = NULL};
    for (uint32_t i = 0; i < a->substance_count; i++)
        out[i].kg = (double)NAN;
    uint32_t parts = a->part_first[a->stock_first[a->count]];
    make_room(&sums);
    for (uint32_t i = 0; i < parts; i++) {
        const struct atlas_part *p = &a->parts[i];
        if (p->substance == ATLAS_UNLINKED || isnan(p->kg) || !counts(p->behaviour))
            continue;
        uint64_t key = key_of(p);
        struct sum *sum = slot_of(&sums, key);
        if (!sum->key) {
            sum->key = key;
            sums.count++;
        }
        sum->kg += p->kg;
        make_room(&sums);
    }
    for (size_t i = 0; i <= sums.mask; i++) {
        const struct sum *s = &sums.slot[i];
        if (!s->key)
            continue;
        const struct atlas_source *source = &a->sources[(s->key >> 24) & 0xFFFF];
        struct radar_national n = {.kg = text_round15((double)s->kg),
                                   .system = source->title ? source->title : source->name,
                                   .behaviour = (s->key >> 20) & 0xF,
                                   .year = (int16_t)(uint16_t)((s->key >> 4) & 0xFFFF)};
        take(&out[s->key >> 40], &n);
    }
    free(sums.slot);
    for (uint32_t i = 0; i < a->stated_count; i++) {
        const struct atlas_stated *s = &a->stated[i];
        struct radar_national n = {.kg = s->kg,
                                   .stated = true,
                                   .system = s->system ? s->system : "",
                                   .behaviour = s->behaviour,
                                   .year = s->year};
        if (!isnan(s->kg) && counts(s->behaviour))
            take(&out[s->substance], &n);
    }
    return out;
}

/* ---- incidents ---- */

struct event {
    uint32_t substance;
    int32_t day;
    uint16_t county;
};

static int event_order(const void *a, const void *b)
{
    const struct event *x = a, *y = b;
    if (x->substance != y->substance)
        return x->substance < y->substance ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return x->county < y->county ? -1 : x->county > y->county;
}

struct radar_events *radar_events_new(const struct atlas *a)
{
    struct radar_events *e = mem_zero(1, sizeof *e);
    struct event *all = mem_zero(a->incident_count + 1ul, sizeof *all);
    uint32_t counted = 0;
    for (uint32_t i = 0; i < a->incident_count; i++) {
        const struct atlas_incident *n = &a->incidents[i];
        if (!n->uncounted && n->substance != ATLAS_UNLINKED)
            all[counted++] = (struct event){n->substance, n->day, n->county};
    }
    qsort(all, counted, sizeof *all, event_order);
    e->atlas = a;
    e->first = mem_zero(a->substance_count + 1ul, sizeof *e->first);
    e->day = mem_zero(counted + 1ul, sizeof *e->day);
    e->printed_first = mem_zero(a->substance_count + 1ul, sizeof *e->printed_first);
    uint32_t n = 0;
    for (uint32_t i = 0; i < counted; i++) {
        e->day[n++] = all[i].day;
        e->first[all[i].substance + 1]++;
    }
    for (uint32_t i = 0; i < a->printed_count; i++)
        e->printed_first[a->printed[i].substance + 1]++;
    for (uint32_t i = 0; i < a->substance_count; i++) {
        e->first[i + 1] += e->first[i];
        e->printed_first[i + 1] += e->printed_first[i];
    }
    free(all);
    return e;
}

void radar_events_free(struct radar_events *e)
{
    if (!e)
        return;
    free(e->first);
    free(e->day);
    free(e->printed_first);
    free(e);
}

/* Stored incidents of a substance on days from … to. */
static uint32_t stored_within(const struct radar_events *e, uint32_t substance, int32_t from,
                              int32_t to)
{
    uint32_t n = 0;
    for (uint32_t i = e->first[substance]; i < e->first[substance + 1]; i++)
        n += e->day[i] >= from && e->day[i] <= to;
    return n;
}

struct surplus { /* of one printed period */
    int32_t first, last;
    double more;
};

static int by_last(const void *a, const void *b)
{
    const struct surplus *x = a, *y = b;
    return x->last < y->last ? -1 : x->last > y->last;
}

/* The best sum of surpluses of periods that do not overlap. */
static double best_sum(struct surplus *s, uint32_t n)
{
    double *best = mem_zero(n + 1ul, sizeof *best); /* of the first i periods */
    qsort(s, n, sizeof *s, by_last);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t apart = i; /* so many of the periods before end before this one begins */
        while (apart && s[apart - 1].last >= s[i].first)
            apart--;
        best[i + 1] = fmax(best[i], best[apart] + s[i].more);
    }
    double sum = best[n];
    free(best);
    return sum;
}

void radar_count_incidents(struct radar_incidents *out, const struct radar_events *e,
                           uint32_t substance, int32_t from, int32_t to)
{
    uint32_t first = e->printed_first[substance], end = e->printed_first[substance + 1], n = 0;
    bool all = from == INT32_MIN && to == INT32_MAX; /* then ATLAS_NO_DAY lies within, too */
    struct surplus *periods = first < end ? mem_zero(end - first, sizeof *periods) : NULL;
    double undated = 0;
    if (!all && from == ATLAS_NO_DAY)
        from++;
    *out = (struct radar_incidents){.stored = stored_within(e, substance, from, to)};
    for (uint32_t i = first; i < end; i++) {
        const struct atlas_printed *p = &e->atlas->printed[i];
        if (p->first == ATLAS_NO_DAY || p->last == ATLAS_NO_DAY)
            undated = all ? fmax(undated, p->count) : 0;
        else if (p->first >= from && p->last <= to)
            periods[n++] = (struct surplus){
                p->first, p->last,
                fmax(0, p->count - stored_within(e, substance, p->first, p->last))};
    }
    out->printed = n ? best_sum(periods, n) : 0;
    free(periods);
    out->printed = fmax(out->printed, undated - out->stored);
    bool known = first < end || e->first[substance] < e->first[substance + 1];
    out->count = known ? out->stored + out->printed : (double)NAN;
}
