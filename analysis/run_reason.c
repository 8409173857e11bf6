/* DESIGN. The scores of substances under both runs' parameters, data and surroundings are made once
 * (`y`); then a facility costs a mean over its substances for each of the eight states of
 * run_why.h. Classes that changed because another period of incidents, or official classes or not,
 * were asked for cannot be told from what the data did meanwhile when all there is are two saved
 * runs: they count as the parameters' (run_reasons_fixed). */
#include "analysis/run_reason.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/radar_columns.h"
#include "analysis/run_why.h"
#include "gis/mem.h"

enum { AXIS_C = 2, LIMITS_H = 5 };

const char *const run_cause_names[RUN_CAUSES] = {"own", "others", "time", "parameters"};
const char *const run_official_names[] = {NULL, "given", "changed", "withdrawn"};

struct run_reasons {
    const struct run_compare *c;
    bool fixed[RADAR_AXES];
    uint8_t *official[2]; /* of the substances of run before, after: bit c: enum run_official c */
    double *y[2][2][2];   /* of the substances of run before, after: by parameters, data */
};

/* More than the order of a sum can do. */
static bool differ(double a, double b)
{
    return fabs(a - b) > 1e-12 * fmax(1, fabs(a));
}

/* ---- official classes ---- */

static bool class_moved(const struct run_reasons *r, const int64_t index[2], int axis)
{
    const double *was = r->c->run[0]->substances[index[0]].class;
    const double *is = r->c->run[1]->substances[index[1]].class;
    return differ(was[axis], is[axis]);
}

/* Parameters that ask for official classes or not are no import of them. */
static enum run_official official_change(const struct run_reasons *r, const int64_t index[2],
                                         int axis)
{
    if (index[0] < 0 || index[1] < 0 ||
        r->c->run[0]->options.official != r->c->run[1]->options.official)
        return RUN_OFFICIAL_NOTHING;
    const struct radar_run_substance *was = &r->c->run[0]->substances[index[0]];
    const struct radar_run_substance *is = &r->c->run[1]->substances[index[1]];
    bool before = was->official >> axis & 1, after = is->official >> axis & 1;
    if (before != after)
        return after ? RUN_OFFICIAL_GIVEN : RUN_OFFICIAL_WITHDRAWN;
    return before && class_moved(r, index, axis) ? RUN_OFFICIAL_CHANGED : RUN_OFFICIAL_NOTHING;
}

/* Notes which changes of official classes moved a class of substance `index`. */
static void note_official(struct run_reasons *r, const int64_t index[2])
{
    for (int axis = 0; axis < RADAR_AXES; axis++) {
        enum run_official change = official_change(r, index, axis);
        if (change != RUN_OFFICIAL_NOTHING && class_moved(r, index, axis))
            for (int side = 0; side < 2; side++)
                r->official[side][index[side]] |= (uint8_t)(1u << change);
    }
}

/* Of the substances that a facility holds; of several kinds: changed. */
static enum run_official official_of_facility(const struct run_reasons *r, const int64_t index[2])
{
    unsigned all = 0;
    for (int side = 0; side < 2; side++) {
        const struct radar_run *run = r->c->run[side];
        const struct radar_run_facility *f = &run->facilities[index[side]];
        for (uint32_t k = f[0].first; k < f[1].first; k++)
            all |= r->official[side][run->links[k]];
    }
    if (!all)
        return RUN_OFFICIAL_NOTHING;
    return all == 1u << RUN_OFFICIAL_GIVEN       ? RUN_OFFICIAL_GIVEN
           : all == 1u << RUN_OFFICIAL_WITHDRAWN ? RUN_OFFICIAL_WITHDRAWN
                                                 : RUN_OFFICIAL_CHANGED;
}

/* ---- substances ---- */

/* Class of an axis of substance i of run `own` as it would be among those of run `others`. */
static double class_among(const struct run_reasons *r, int own, uint32_t i, int others, int axis)
{
    const struct radar_run_substance *s = &r->c->run[own]->substances[i];
    if (own == others || s->official >> axis & 1)
        return s->class[axis];
    return s->raw[axis] > 0 ? radar_class(&r->c->run[others]->limits[axis], s->raw[axis]) : 1;
}

/* Values of one substance by parameters, own data, surroundings. index: in run before, after;
 * where it is in one alone, that stands for both. */
static void substance_values(double out[2][2][2][RADAR_AXES], const struct run_reasons *r,
                             const int64_t index[2])
{
    for (int t = 0; t < 2; t++)
        for (int o = 0; o < 2; o++)
            for (int s = 0; s < 2; s++)
                for (int axis = 0; axis < RADAR_AXES; axis++) {
                    int own = r->fixed[axis] ? t : o, others = r->fixed[axis] ? t : s;
                    if (index[own] < 0)
                        own = others = 1 - own;
                    out[t][o][s][axis] = class_among(r, own, (uint32_t)index[own], others, axis);
                }
}

static void set_terms(struct run_terms *out, const struct radar_options *o, enum radar_of of)
{
    bool facility = of == RADAR_FACILITIES;
    memcpy(out->w, facility ? o->facility.w : o->substance.w, sizeof out->w);
    memcpy(out->order, facility ? o->facility_order : o->substance_order, sizeof out->order);
    out->angle = o->angle;
}

static double area_of(const struct run_terms *t, const double *value)
{
    double weighted[RADAR_AXES];
    for (int i = 0; i < RADAR_AXES; i++)
        weighted[i] = value[i] * t->w[i];
    return radar_area(weighted, t->order, t->angle);
}

/* Y of every substance under parameters t and data d, whichever of the runs it is looked up in. */
static void score_substances(struct run_reasons *r)
{
    struct run_terms terms[2];
    for (int t = 0; t < 2; t++)
        set_terms(&terms[t], &r->c->run[t]->options, RADAR_SUBSTANCES);
    for (int side = 0; side < 2; side++)
        for (int k = 0; k < 4; k++)
            r->y[side][k >> 1][k & 1] = mem_zero((size_t)r->c->run[side]->substance_count + 1,
                                                 sizeof *r->y[side][k >> 1][k & 1]);
    for (uint32_t i = 0; i < r->c->substance_count; i++) {
        double value[2][2][2][RADAR_AXES];
        const int64_t *index = r->c->substances[i].index;
        substance_values(value, r, index);
        for (int k = 0; k < 4; k++)
            for (int side = 0; side < 2; side++)
                if (index[side] >= 0)
                    r->y[side][k >> 1][k & 1][index[side]] =
                        area_of(&terms[k >> 1], value[k >> 1][k & 1][k & 1]);
    }
}

/* ---- facilities ---- */

/* Axis G of the substances that facility `index` of run `own` holds, under parameters t, with the
 * scores of data d. NaN: it holds none. */
static double mean_value(const struct run_reasons *r, int own, int64_t index, int t, int d)
{
    const struct radar_run *run = r->c->run[own], *as = r->c->run[t];
    uint32_t first = run->facilities[index].first, end = run->facilities[index + 1].first;
    double sum = 0, scale = 1;
    for (uint32_t k = first; k < end; k++)
        sum += r->y[own][t][d][run->links[k]];
    if (as->options.rescale)
        scale = as->y_max > 0 ? 10 / as->y_max : 0;
    return sum / (end - first) * scale; /* 0 / 0 = NaN */
}

static double quantity_class(const struct run_reasons *r, int own, int64_t index, int others)
{
    const struct radar_run_facility *f = &r->c->run[own]->facilities[index];
    if (own == others)
        return f->h;
    return f->kg > 0 ? radar_class(&r->c->run[others]->limits[LIMITS_H], f->kg) : 1;
}

static void facility_values(double out[2][2][2][RADAR_AXES], const struct run_reasons *r,
                            const int64_t index[2])
{
    for (int t = 0; t < 2; t++)
        for (int o = 0; o < 2; o++)
            for (int s = 0; s < 2; s++) {
                const struct radar_run_facility *f = &r->c->run[o]->facilities[index[o]];
                double *value = out[t][o][s];
                value[0] = mean_value(r, o, index[o], t, s);
                value[1] = quantity_class(r, o, index[o], s);
                value[2] = f->i;
                value[3] = radar_age_class(&r->c->run[s]->ages, f->established, r->c->run[s]->year);
            }
}

static void set_facility_axes(struct run_reason *out, const struct run_reasons *r,
                              const struct run_change *change)
{
    for (int side = 0; side < 2; side++) {
        double none = (double)NAN, raw[RADAR_AXES] = {none, none, none, none};
        double value[RADAR_AXES] = {none, none, none, none};
        if (change->index[side] >= 0) {
            const struct radar_run_facility *f = &r->c->run[side]->facilities[change->index[side]];
            int founded = radar_founded(f->established, r->c->run[side]->year);
            raw[0] = f->mean;
            raw[1] = f->kg;
            raw[2] = f->size == SIZE_UNKNOWN ? none : f->size;
            raw[3] = founded ? founded : none;
            value[0] = f->value;
            value[1] = f->h;
            value[2] = f->i;
            value[3] = f->j;
        }
        for (int i = 0; i < RADAR_AXES; i++) {
            out->axis[i].raw[side] = raw[i];
            out->axis[i].value[side] = value[i];
        }
    }
}

/* ---- reasons ---- */

/* Which causes moved an axis by themselves, from either side. */
static unsigned moved_by(const struct run_states *s, int i, enum run_cause others)
{
    unsigned moved = 0;
    for (int a = 0; a < 2; a++)
        for (int b = 0; b < 2; b++) {
            moved |= differ(s->value[a][0][b][i], s->value[a][1][b][i]) ? 1u << RUN_OWN : 0;
            moved |= differ(s->value[a][b][0][i], s->value[a][b][1][i]) ? 1u << others : 0;
        }
    for (int d = 0; d < 2; d++)
        moved |= differ(s->value[0][d][d][i], s->value[1][d][d][i]) ? 1u << RUN_PARAMETERS : 0;
    return moved;
}

/* time_axis: the axis whose surroundings are the year; -1 = none. */
static void explain(struct run_reason *out, const struct run_states *states, int time_axis)
{
    struct run_why why;
    run_why_make(&why, states);
    for (int i = 0; i < RADAR_AXES; i++) {
        enum run_cause others = i == time_axis ? RUN_TIME : RUN_OTHERS;
        out->axis[i].by[RUN_OWN] = why.own[i];
        out->axis[i].by[others] = why.others[i];
        out->axis[i].moved = moved_by(states, i, others);
        out->by[RUN_OWN] += why.own[i];
        out->by[others] += why.others[i];
    }
    out->by[RUN_PARAMETERS] = why.parameters;
    out->difference = why.difference;
}

void run_reason_facility(struct run_reason *out, const struct run_reasons *r,
                         const struct run_change *change)
{
    struct run_states states;
    *out = (struct run_reason){.scored = !isnan(change->area[0]) && !isnan(change->area[1])};
    set_facility_axes(out, r, change);
    if (!out->scored)
        return;
    for (int t = 0; t < 2; t++)
        set_terms(&states.terms[t], &r->c->run[t]->options, RADAR_FACILITIES);
    facility_values(states.value, r, change->index);
    explain(out, &states, RADAR_AXES - 1);
    if (out->axis[0].moved >> RUN_OTHERS & 1)
        out->axis[0].official_change = official_of_facility(r, change->index);
}

void run_reason_substance(struct run_reason *out, const struct run_reasons *r,
                          const struct run_change *change)
{
    struct run_states states;
    *out = (struct run_reason){.scored = change->index[0] >= 0 && change->index[1] >= 0};
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < RADAR_AXES; i++) {
            bool there = change->index[side] >= 0;
            const struct radar_run_substance *s =
                &r->c->run[side]->substances[there ? change->index[side] : 0];
            out->axis[i].raw[side] = there ? s->raw[i] : (double)NAN;
            out->axis[i].value[side] = there ? s->class[i] : (double)NAN;
            out->axis[i].official[side] = there && (s->official >> i & 1);
        }
    if (!out->scored)
        return;
    for (int i = 0; i < RADAR_AXES; i++)
        out->axis[i].official_change = official_change(r, change->index, i);
    for (int t = 0; t < 2; t++)
        set_terms(&states.terms[t], &r->c->run[t]->options, RADAR_SUBSTANCES);
    substance_values(states.value, r, change->index);
    explain(out, &states, -1);
}

struct run_reasons *run_reasons_new(const struct run_compare *c)
{
    struct run_reasons *r = mem_zero(1, sizeof *r);
    const struct radar_options *a = &c->run[0]->options, *b = &c->run[1]->options;
    r->c = c;
    for (int i = 0; i < RADAR_AXES; i++)
        r->fixed[i] = a->official != b->official;
    r->fixed[AXIS_C] |=
        a->incidents_from != b->incidents_from || a->incidents_to != b->incidents_to;
    for (int side = 0; side < 2; side++)
        r->official[side] = mem_zero((size_t)c->run[side]->substance_count + 1, 1);
    for (uint32_t i = 0; i < c->substance_count; i++)
        note_official(r, c->substances[i].index);
    score_substances(r);
    return r;
}

void run_reasons_free(struct run_reasons *r)
{
    if (!r)
        return;
    for (int i = 0; i < 8; i++)
        free(r->y[i >> 2][i >> 1 & 1][i & 1]);
    for (int side = 0; side < 2; side++)
        free(r->official[side]);
    free(r);
}

double run_reasons_sum(double by[RUN_CAUSES], const struct run_reasons *r)
{
    double difference = 0;
    struct run_reason one;
    for (int i = 0; i < RUN_CAUSES; i++)
        by[i] = 0;
    for (uint32_t k = 0; k < r->c->facility_count; k++) {
        run_reason_facility(&one, r, &r->c->facilities[k]);
        for (int i = 0; i < RUN_CAUSES; i++)
            by[i] += one.by[i];
        difference += one.difference;
    }
    return difference;
}

bool run_reasons_fixed(const struct run_reasons *r, int axis)
{
    return r->fixed[axis];
}
