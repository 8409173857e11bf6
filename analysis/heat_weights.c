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

/* Sum over the stocks that pass, kg (x class where asked); false: none passes. */
static bool facility_sum(double *sum, const struct wish *w, uint32_t f)
{
    const struct atlas *a = w->a;
    bool any = false;
    *sum = 0;
    for (uint32_t i = a->stock_first[f]; i < a->stock_first[f + 1]; i++) {
        double kg;
        if (!stock_passes(&kg, w, i))
            continue;
        any = true;
        if (isnan(kg))
            continue;
        uint32_t substance = a->stocks[i].substance;
        if (!w->class)
            *sum += kg;
        else if (substance != ATLAS_UNLINKED)
            *sum += kg * w->class[substance];
    }
    return any;
}

static double intensity(const struct wish *w, uint32_t f, double quantity)
{
    uint16_t industry = w->a->industry[f];
    if (industry == ATLAS_NO_INDUSTRY || !(w->largest[industry] > 0))
        return 0;
    const struct atlas_industry *i = &w->a->industries[industry];
    return isnan(i->ratio) ? 0 : i->ratio * (quantity / w->largest[industry]) * i->factor;
}

/* 0 = the facility is not taken. */
static double facility_weight(const struct wish *w, const struct radar *radar, uint32_t f)
{
    enum heat_by by = w->q->by;
    bool counted = by == HEAT_COUNT || by == HEAT_RADAR;
    double sum = 0;
    if (!counted && !w->stocks && !w->class) {
        sum = w->a->quantity_kg[f];
        sum = isnan(sum) ? 0 : sum;
    } else if (w->stocks || !counted) {
        if (!facility_sum(&sum, w, f))
            return 0;
    }
    if (by == HEAT_COUNT)
        return 1;
    if (by == HEAT_RADAR) {
        double k = radar->facility_area[f];
        return isnan(k) ? 0 : k;
    }
    return by == HEAT_INTENSITY ? intensity(w, f, sum) : sum;
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
    for (uint32_t f = 0; f < a->drawn; f++) {
        if ((q->county >= 0 && a->county[f] != q->county) ||
            (q->industry >= 0 && a->industry[f] != q->industry))
            continue;
        double weight = facility_weight(w, radar, f);
        if (weight > 0 && weight < HEAT_WEIGHT_MAX)
            add(s, a->key[f], a->lon[f], a->lat[f], weight, f);
    }
}

/* An incident with several substances is one incident: its rows have one place and one id. */
static void fill_incidents(struct heat_source *s, const struct wish *w)
{
    const struct atlas *a = w->a;
    for (uint32_t i = 0; i < a->incident_drawn; i++) {
        const struct atlas_incident *e = &a->incidents[i];
        if (w->wanted && (e->substance >= a->substance_count || !w->wanted[e->substance]))
            continue;
        if ((w->q->county >= 0 && e->county != w->q->county) || !day_passes(w->q, e->day))
            continue;
        bool again = false;
        for (uint32_t k = s->count; k-- && s->key[k] == e->key && !again;)
            again = a->incidents[s->who[k]].id == e->id;
        if (!again)
            add(s, e->key, e->lon, e->lat, 1, i);
    }
}

static bool sample_passes(const struct wish *w, const struct atlas_sample *e)
{
    return (!w->wanted || (e->substance < w->a->substance_count && w->wanted[e->substance])) &&
           (w->q->county < 0 || e->county == w->q->county) && day_passes(w->q, e->day) &&
           e->value >= 0 && e->value < HEAT_WEIGHT_MAX;
}

static void fill_samples(struct heat_source *s, const struct wish *w)
{
    const struct atlas *a = w->a;
    if (s->query.unit < 0) {
        uint32_t seen[SAMPLE_UNITS] = {0};
        for (uint32_t i = 0; i < a->sample_count; i++)
            seen[a->samples[i].unit] += sample_passes(w, &a->samples[i]);
        s->query.unit = 0;
        for (int u = 1; u < SAMPLE_UNITS; u++)
            if (seen[u] > seen[s->query.unit])
                s->query.unit = u;
    }
    for (uint32_t i = 0; i < a->sample_count; i++) {
        const struct atlas_sample *e = &a->samples[i];
        if (e->unit == s->query.unit && sample_passes(w, e))
            add(s, e->key, e->lon, e->lat, e->value, i);
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
                  : s->kind == HEAT_WHO_SAMPLE ? a->sample_count
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
