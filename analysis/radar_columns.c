/* DESIGN. Classes by rank need the population in order once; what is kept of it are ten cut values.
 * class10(v) = ceil(10 c / n) with c = #{x in P: x <= v} is k or more exactly where c > (k-1) n /
 * 10, that is where v >= the value that stands at place floor((k-1) n / 10) of P in ascending order
 * (counted from 0). So the class is the number of cut values that v reaches: ten comparisons, and
 * the same limits that people are told. Substances that a facility holds are kept as one packed
 * list, because a pass over the stocks themselves would read four times as much memory.
 *
 * The report does not print its class rule; the decile rule agrees with all that can be checked in
 * it. Age bands are not printed either; they are data, data/radar_age_bands.csv, and
 * are told with each score. */
#include "analysis/radar_columns.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gis/mem.h"

enum { AXIS_A, AXIS_B, AXIS_C, AXIS_D, AXIS_G, AXIS_H, AXIS_I, AXIS_J };

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

void radar_limits_make(struct radar_limits *out, const double *column, uint32_t count)
{
    double *values = mem_alloc((count + 1ul) * sizeof *values);
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++)
        if (column[i] > 0)
            values[n++] = column[i];
    qsort(values, n, sizeof *values, by_value);
    *out = (struct radar_limits){.population = n, .by_rank = true};
    for (uint64_t k = 0; k < RADAR_CLASSES; k++)
        out->cut[k] = n ? values[k * n / RADAR_CLASSES] : (double)NAN;
    free(values);
}

int radar_class(const struct radar_limits *limits, double raw)
{
    int class = 0;
    for (int k = 0; k < RADAR_CLASSES; k++)
        class += raw >= limits->cut[k]; /* false for NaN on either side */
    return class ? class : 1;
}

static double hazard_of(const struct atlas_substance *s)
{
    if (s->nfpa[0] < 0 || s->nfpa[1] < 0 || s->nfpa[2] < 0)
        return (double)NAN;
    return s->nfpa[0] + s->nfpa[1] + s->nfpa[2];
}

static void set_substances(struct radar_columns *c)
{
    const struct atlas *a = c->atlas;
    c->national = radar_national_new(a);
    c->events = radar_events_new(a);
    for (int i = 0; i < RADAR_AXES; i++)
        c->raw[i] = i == AXIS_C ? NULL : mem_zero(a->substance_count, sizeof *c->raw[i]);
    for (uint32_t i = 0; i < a->substance_count; i++) {
        c->raw[AXIS_A][i] = hazard_of(&a->substance[i]);
        c->raw[AXIS_B][i] = c->national[i].kg;
        c->raw[AXIS_D][i] = a->substance[i].export_value;
    }
    for (int i = 0; i < RADAR_AXES; i++)
        if (c->raw[i])
            radar_limits_make(&c->limits[i], c->raw[i], a->substance_count);
}

int radar_founded(int founded, int year)
{
    return founded <= year ? founded : 0;
}

uint8_t radar_age_class(const struct atlas_ages *ages, int founded, int year)
{
    for (uint32_t i = 0; founded && i < ages->count; i++)
        if (year - founded >= ages->band[i].years)
            return ages->band[i].class;
    return 1;
}

static void set_facilities(struct radar_columns *c)
{
    const struct atlas *a = c->atlas;
    const struct radar_limits *quantity = &c->limits[AXIS_H];
    radar_limits_make(&c->limits[AXIS_H], a->quantity_kg, a->count);
    c->facility = mem_zero(a->count, sizeof *c->facility);
    for (uint32_t i = 0; i < a->count; i++) {
        int size = a->size[i], founded = radar_founded(a->established[i], c->year);
        c->facility[i] = (struct radar_facility_classes){
            .h = (uint8_t)(a->quantity_kg[i] > 0 ? radar_class(quantity, a->quantity_kg[i]) : 1),
            .i = size == SIZE_SME     ? 10
                 : size == SIZE_LARGE ? 5
                                      : 1,
            .j = radar_age_class(&a->ages, founded, c->year)};
        c->limits[AXIS_I].population += size != SIZE_UNKNOWN;
        c->limits[AXIS_J].population += founded != 0;
    }
}

static void set_links(struct radar_columns *c)
{
    const struct atlas *a = c->atlas;
    uint32_t n = 0;
    c->link_first = mem_zero((size_t)a->count + 1, sizeof *c->link_first);
    c->link = mem_alloc((a->stock_first[a->count] + 1ul) * sizeof *c->link);
    for (uint32_t i = 0; i < a->count; i++) {
        for (uint32_t k = a->stock_first[i]; k < a->stock_first[i + 1]; k++)
            if (a->stocks[k].substance != ATLAS_UNLINKED)
                c->link[n++] = a->stocks[k].substance;
        c->link_first[i + 1] = n;
    }
}

struct radar_columns *radar_columns_new(const struct atlas *a)
{
    struct radar_columns *c = mem_zero(1, sizeof *c);
    time_t built = (time_t)a->built_at;
    struct tm utc;
    gmtime_r(&built, &utc);
    c->atlas = a;
    c->year = utc.tm_year + 1900;
    atomic_init(&c->holders, 1);
    set_substances(c);
    set_facilities(c);
    set_links(c);
    return c;
}

struct radar_columns *radar_columns_share(struct radar_columns *c)
{
    atomic_fetch_add_explicit(&c->holders, 1, memory_order_relaxed);
    return c;
}

void radar_columns_release(struct radar_columns *c)
{
    if (!c || atomic_fetch_sub_explicit(&c->holders, 1, memory_order_acq_rel) != 1)
        return;
    for (int i = 0; i < RADAR_AXES; i++)
        free(c->raw[i]);
    free(c->national);
    radar_events_free(c->events);
    free(c->facility);
    free(c->link_first);
    free(c->link);
    free(c);
}
