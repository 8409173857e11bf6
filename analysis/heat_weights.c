#include "analysis/heat_weights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"

/* Far above any quantity, and 2^32 of them are still a number. */
#define HEAT_WEIGHT_MAX 1e200

/* What a query asks of stocks, in a form that is quick to look up. */
struct wish {
    const struct heat_query *q;
    const struct atlas *a;
    uint8_t *wanted;    /* by substance; NULL = all */
    double *class;      /* hazard class A by substance; NULL = not asked */
    double *largest;    /* quantity by industry; NULL = not asked */
    bool stocks, parts; /* whether the filters ask for stocks, for parts of stocks */
};

static void add(struct heat_source *s, uint64_t key, double lon, double lat, double weight,
                uint32_t who)
{
    uint32_t i = s->count++;
    s->key[i] = key;
    s->lon[i] = lon;
    s->lat[i] = lat;
    s->weight[i] = weight;
    s->who[i] = who;
}

static bool year_passes(const struct heat_query *q, int year)
{
    if (!q->from && !q->to)
        return true;
    return year && (!q->from || year >= q->from) && (!q->to || year <= q->to);
}

int32_t heat_weights_day(int32_t year)
{
    /* Gregorian days before the year, less those before 1970. */
    int32_t y = year - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 - 719162;
}

static bool day_passes(const struct heat_query *q, int32_t day)
{
    if (!q->from && !q->to)
        return true;
    return day != ATLAS_NO_DAY && (!q->from || day >= heat_weights_day(q->from)) &&
           (!q->to || day < heat_weights_day(q->to + 1));
}

/* Whether one stock passes; *kg: the largest of its parts that pass, NaN = none readable. */
static bool stock_passes(double *kg, const struct wish *w, uint32_t stock)
{
    const struct atlas *a = w->a;
    const struct atlas_stock *s = &a->stocks[stock];
    *kg = s->quantity_kg;
    if (w->wanted && (s->substance == ATLAS_UNLINKED || !w->wanted[s->substance]))
        return false;
    if (!w->parts)
        return true;
    bool any = false;
    *kg = (double)NAN;
    for (uint32_t i = a->part_first[stock]; i < a->part_first[stock + 1]; i++) {
        const struct atlas_part *p = &a->parts[i];
        if (w->q->behaviours && !(w->q->behaviours >> p->behaviour & 1))
            continue;
        if (!year_passes(w->q, p->year))
            continue;
        any = true;
        if (!isnan(p->kg) && !(*kg >= p->kg))
            *kg = p->kg;
    }
    return any;
}

/* What is not linked to a substance has no hazard that is known: class 1, as a substance of which
 * none is known. */
static double class_of(const struct wish *w, uint32_t substance)
{
    return substance == ATLAS_UNLINKED ? 1 : w->class[substance];
}

/* Sum over the stocks that pass, kg (x class where asked), NaN where none of them is known; false:
 * none passes. */
static bool facility_sum(double *sum, const struct wish *w, uint32_t f)
{
    const struct atlas *a = w->a;
    bool any = false, known = false;
    double s = 0;
    for (uint32_t i = a->stock_first[f]; i < a->stock_first[f + 1]; i++) {
        double kg;
        if (!stock_passes(&kg, w, i))
            continue;
        any = true;
        if (isnan(kg))
            continue;
        known = true;
        s += w->class ? kg * class_of(w, a->stocks[i].substance) : kg;
    }
    *sum = known ? s : (double)NAN;
    return any;
}

/* NaN where the industry has no ratio. */
static double intensity(const struct wish *w, uint32_t f, double quantity)
{
    uint16_t industry = w->a->industry[f];
    if (industry == ATLAS_NO_INDUSTRY || isnan(w->a->industries[industry].ratio))
        return (double)NAN;
    const struct atlas_industry *i = &w->a->industries[industry];
    double largest = w->largest[industry];
    return largest > 0 ? i->ratio * (quantity / largest) * i->factor : 0;
}

static bool can_weigh(double weight)
{
    return weight >= 0 && weight < HEAT_WEIGHT_MAX;
}

/* False: the filters do not take the facility. A weight of 0 adds nothing, or is left out: of the
 * reasons one is set. */
static bool facility_weight(double *weight, struct heat_left_out *reason, const struct wish *w,
                            const struct radar *radar, uint32_t f)
{
    enum heat_by by = w->q->by;
    double kg = 0;
    *weight = 1;
    *reason = (struct heat_left_out){.no_position = f >= w->a->drawn};
    if ((w->stocks || w->class) && !facility_sum(&kg, w, f) && w->stocks)
        return false;
    if (reason->no_position || by == HEAT_COUNT)
        return true;
    if (!w->stocks && !w->class)
        kg = w->a->quantity_kg[f];
    if (by == HEAT_RADAR)
        *weight = radar->facility_area[f];
    else if (!can_weigh(kg))
        *weight = 0, reason->no_quantity = 1;
    else
        *weight = by == HEAT_INTENSITY ? intensity(w, f, kg) : kg;
    if (!can_weigh(*weight))
        *weight = 0, reason->no_factor = 1;
    return true;
}

static void find_largest(struct wish *w)
{
    const struct atlas *a = w->a;
    w->largest = mem_zero(a->industry_count, sizeof *w->largest);
    for (uint32_t f = 0; f < a->count; f++) {
        double sum;
        if (a->industry[f] == ATLAS_NO_INDUSTRY)
            continue;
        if (facility_sum(&sum, w, f) && sum > w->largest[a->industry[f]])
            w->largest[a->industry[f]] = sum;
    }
}

static void find_classes(struct wish *w, const struct radar *radar)
{
    w->class = mem_zero(w->a->substance_count, sizeof *w->class);
    for (uint32_t i = 0; i < w->a->substance_count; i++) {
        struct radar_score score;
        radar_explain_substance(&score, radar, i);
        w->class[i] = score.axis[0].value;
    }
}

static void fill_facilities(struct heat_source *s, struct wish *w, const struct radar *radar)
{
    const struct heat_query *q = w->q;
    const struct atlas *a = w->a;
    if (q->by == HEAT_HAZARD)
        find_classes(w, radar);
    if (q->by == HEAT_INTENSITY)
        find_largest(w);
    for (uint32_t f = 0; f < a->count; f++) {
        double weight;
        struct heat_left_out reason;
        if ((q->county >= 0 && a->county[f] != q->county) ||
            (q->industry >= 0 && a->industry[f] != q->industry) ||
            !facility_weight(&weight, &reason, w, radar, f))
            continue;
        s->left_out.no_position += reason.no_position;
        s->left_out.no_quantity += reason.no_quantity;
        s->left_out.no_factor += reason.no_factor;
        if (weight > 0 && f < a->drawn)
            add(s, a->key[f], a->lon[f], a->lat[f], weight, f);
    }
}

static bool same_incident(const struct atlas_incident *a, const struct atlas_incident *b)
{
    return a->event == b->event && a->drawn == b->drawn && a->key == b->key;
}

/* Several rows about one incident (its substances) follow each other and count once. */
static void fill_incidents(struct heat_source *s, const struct wish *w)
{
    const struct atlas *a = w->a;
    const struct atlas_incident *last = NULL;
    for (uint32_t i = 0; i < a->incident_count; i++) {
        const struct atlas_incident *e = &a->incidents[i];
        if (w->wanted && (e->substance >= a->substance_count || !w->wanted[e->substance]))
            continue;
        if ((w->q->county >= 0 && e->county != w->q->county) || !day_passes(w->q, e->day))
            continue;
        if (last && same_incident(last, e))
            continue;
        last = e;
        if (e->drawn)
            add(s, e->key, e->lon, e->lat, 1, i);
        else
            s->left_out.no_position++;
    }
}

static bool sample_passes(const struct wish *w, const struct atlas_sample *e)
{
    return (!w->wanted || (e->substance < w->a->substance_count && w->wanted[e->substance])) &&
           (w->q->county < 0 || e->county == w->q->county) && day_passes(w->q, e->day);
}

static bool sample_known(const struct atlas_sample *e)
{
    return e->unit < SAMPLE_UNITS && can_weigh(e->value);
}

/* The unit that most samples have. */
static int usual_unit(const struct wish *w)
{
    uint32_t seen[SAMPLE_UNITS] = {0};
    int unit = 0;
    for (uint32_t i = 0; i < w->a->sample_drawn; i++) {
        const struct atlas_sample *e = &w->a->samples[i];
        if (sample_known(e))
            seen[e->unit] += sample_passes(w, e);
    }
    for (int u = 1; u < SAMPLE_UNITS; u++)
        if (seen[u] > seen[unit])
            unit = u;
    return unit;
}

/* Samples of other units are not asked for; those of which unit or value could not be read are
 * left out. */
static void fill_samples(struct heat_source *s, const struct wish *w)
{
    const struct atlas *a = w->a;
    if (s->query.unit < 0)
        s->query.unit = usual_unit(w);
    for (uint32_t i = 0; i < a->sample_count; i++) {
        const struct atlas_sample *e = &a->samples[i];
        bool known = sample_known(e);
        if ((known && e->unit != s->query.unit) || !sample_passes(w, e))
            continue;
        if (i >= a->sample_drawn)
            s->left_out.no_position++;
        else if (known)
            add(s, e->key, e->lon, e->lat, e->value, i);
        else
            s->left_out.no_quantity++;
    }
}

void heat_weights_fill(struct heat_source *s, const struct radar *radar)
{
    const struct heat_query *q = &s->query;
    const struct atlas *a = s->atlas;
    struct wish w = {.q = q, .a = a};
    s->kind = q->by == HEAT_INCIDENTS       ? HEAT_WHO_INCIDENT
              : q->by == HEAT_CONCENTRATION ? HEAT_WHO_SAMPLE
                                            : HEAT_WHO_FACILITY;
    size_t most = s->kind == HEAT_WHO_INCIDENT ? a->incident_drawn
                  : s->kind == HEAT_WHO_SAMPLE ? a->sample_drawn
                                               : a->drawn;
    s->key = mem_zero(most, sizeof *s->key);
    s->lon = mem_zero(most, sizeof *s->lon);
    s->lat = mem_zero(most, sizeof *s->lat);
    s->weight = mem_zero(most, sizeof *s->weight);
    s->who = mem_zero(most, sizeof *s->who);
    s->bytes = most * (4 * 8 + 4);
    if (q->substance_count) {
        w.wanted = mem_zero(a->substance_count, 1);
        for (int i = 0; i < q->substance_count; i++)
            w.wanted[q->substance[i]] = 1;
    }
    w.parts = q->behaviours || q->from || q->to;
    w.stocks = w.parts || w.wanted;
    if (s->kind == HEAT_WHO_INCIDENT)
        fill_incidents(s, &w);
    else if (s->kind == HEAT_WHO_SAMPLE)
        fill_samples(s, &w);
    else
        fill_facilities(s, &w, radar);
    free(w.wanted);
    free(w.class);
    free(w.largest);
}
