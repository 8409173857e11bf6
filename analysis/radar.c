/* DESIGN. What does not depend on the weights is made once an atlas (radar_columns.c): classes of
 * facilities, packed lists of their substances. New options then cost one pass: classes of some
 * thousand substances, and for each facility a mean over its list, three table lookups and seven
 * flops. Rejected: scores stored in the database (another weight = another table).
 *
 * Sources: the formula is the report's figure 4-119 (substances) and 4-121 (facilities); that the
 * printed areas carry sin(90 radians) was found by recomputing all 25 + 22 rows. That a radar's
 * area depends on the order of its axes (Dias & Domingues 2014; Feldman 2013) is why orders are
 * free and companions stand beside it; the mean area over all orders follows from each pair of axes
 * being neighbours in two of three orders. */
#include "analysis/radar.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/radar_columns.h"
#include "gis/mem.h"

enum { AXIS_C = 2, AXIS_G = 4, AXIS_H, AXIS_I, AXIS_J, BLOCK = 64 };

#define DEFAULT_WEIGHTS                                                                            \
    {                                                                                              \
        {                                                                                          \
            0.40, 0.30, 0.15, 0.15                                                                 \
        }                                                                                          \
    }

const struct radar_options radar_default_options = {
    .substance = DEFAULT_WEIGHTS,
    .facility = DEFAULT_WEIGHTS,
    .substance_order = {0, 1, 2, 3},
    .facility_order = {0, 1, 2, 3},
    .angle = RADAR_DEGREES,
    .incidents_from = INT32_MIN,
    .incidents_to = INT32_MAX,
    .official = true,
};

const struct radar_axis_name radar_axis_names[2 * RADAR_AXES] = {
    {"A", "危害性", "hazard", "NFPA 三項總和", "sum of NFPA ratings"},
    {"B", "全國運作量", "national quantity", "公斤", "kg"},
    {"C", "事故歷史", "incident history", "件", "incidents"},
    {"D", "經濟重要性", "economic weight", "千元", "thousand TWD exported"},
    {"G", "物質平均面積", "mean substance score", "面積", "area"},
    {"H", "運作量", "quantity", "公斤", "kg"},
    {"I", "規模", "size", "1 中小企業、2 大型", "1 SME, 2 large"},
    {"J", "廠齡", "age", "設立年", "year founded"},
};

double radar_sine(enum radar_angle angle)
{
    return angle == RADAR_PUBLISHED ? sin(90.0) : 1.0; /* sin(360/4 degrees) = 1 */
}

/* first … fourth: weighted axes in their order; half: half the sine. */
static inline double area_of(double first, double second, double third, double fourth, double half)
{
    return (first * second + second * third + third * fourth + fourth * first) * half;
}

double radar_area(const double w[RADAR_AXES], const uint8_t order[RADAR_AXES],
                  enum radar_angle angle)
{
    return area_of(w[order[0]], w[order[1]], w[order[2]], w[order[3]], radar_sine(angle) / 2);
}

double radar_mean_area(const struct radar *r, const struct radar_score *s)
{
    double pairs = 0;
    for (int i = 0; i < RADAR_AXES; i++)
        for (int k = 0; k < i; k++)
            pairs += s->axis[i].weighted * s->axis[k].weighted;
    return isnan(s->area) ? (double)NAN : pairs / 3 * radar_sine(r->options.angle);
}

double radar_geometric(const struct radar *r, enum radar_of of, const struct radar_score *s)
{
    const struct radar_options *o = &r->options;
    const double *w = of == RADAR_FACILITIES ? o->facility.w : o->substance.w;
    double product = 1;
    for (int i = 0; i < RADAR_AXES; i++) {
        double value = s->axis[i].value;
        if (of == RADAR_FACILITIES && i == 0 && !o->rescale)
            value = r->y_max > 0 ? value / r->y_max * 10 : 0;
        product *= pow(value, w[i]);
    }
    return isnan(s->area) ? (double)NAN : product;
}

/* What the mean of Y is multiplied by to be axis G. */
static double mean_scale(const struct radar *r)
{
    if (!r->options.rescale)
        return 1;
    return r->y_max > 0 ? 10 / r->y_max : 0;
}

static double raw_of(const struct radar *r, int axis, uint32_t substance)
{
    return axis == AXIS_C ? r->incidents[substance] : r->columns->raw[axis][substance];
}

void radar_explain_substance(struct radar_score *out, const struct radar *r, uint32_t substance)
{
    const struct radar_options *o = &r->options;
    double weighted[RADAR_AXES];
    for (int i = 0; i < RADAR_AXES; i++) {
        double raw = raw_of(r, i, substance), value = r->substance[substance][i];
        bool official = o->official && !isnan(r->atlas->substance[substance].official[i]);
        weighted[i] = value * o->substance.w[i];
        out->axis[i] = (struct radar_axis){.raw = raw,
                                           .value = value,
                                           .weighted = weighted[i],
                                           .no_data = isnan(raw) && !official,
                                           .official = official};
    }
    out->area = radar_area(weighted, o->substance_order, o->angle);
}

/* Mean Y of the linked substances of a facility; NaN if it has none. */
static inline double mean_of(const struct radar *r, uint32_t facility)
{
    const struct radar_columns *c = r->columns;
    uint32_t first = c->link_first[facility], end = c->link_first[facility + 1];
    double sum = 0;
    for (uint32_t k = first; k < end; k++)
        sum += r->substance_area[c->link[k]];
    return sum / (end - first); /* 0 / 0 = NaN */
}

void radar_explain_facility(struct radar_score *out, const struct radar *r, uint32_t f)
{
    const struct atlas *a = r->atlas;
    const struct radar_options *o = &r->options;
    const struct radar_facility_classes *c = &r->columns->facility[f];
    double mean = mean_of(r, f), weighted[RADAR_AXES];
    int founded = radar_founded(a->established[f], r->year);
    const double raw[] = {mean, a->quantity_kg[f],
                          a->size[f] == SIZE_UNKNOWN ? (double)NAN : a->size[f],
                          founded ? founded : (double)NAN};
    const double value[] = {mean * mean_scale(r), c->h, c->i, c->j};
    for (int i = 0; i < RADAR_AXES; i++) {
        weighted[i] = isnan(value[i]) ? 0 : value[i] * o->facility.w[i];
        out->axis[i] = (struct radar_axis){
            .raw = raw[i], .value = value[i], .weighted = weighted[i], .no_data = isnan(raw[i])};
    }
    out->axis[RADAR_AXES - 1].future = founded ? 0 : a->established[f];
    out->area = isnan(mean) ? (double)NAN : radar_area(weighted, o->facility_order, o->angle);
}

/* ---- everything ---- */

static void count_incidents(struct radar *r)
{
    const struct atlas *a = r->atlas;
    r->incidents = mem_zero(a->substance_count, sizeof *r->incidents);
    for (uint32_t i = 0; i < a->substance_count; i++) {
        struct radar_incidents n;
        radar_count_incidents(&n, r->columns->events, i, r->options.incidents_from,
                              r->options.incidents_to);
        r->incidents[i] = n.count;
    }
    radar_limits_make(&r->limits[AXIS_C], r->incidents, a->substance_count);
}

static void score_substances(struct radar *r)
{
    const struct atlas *a = r->atlas;
    const struct radar_options *o = &r->options;
    r->substance = mem_zero(a->substance_count, sizeof *r->substance);
    r->substance_area = mem_zero(a->substance_count, sizeof *r->substance_area);
    for (uint32_t i = 0; i < a->substance_count; i++) {
        double weighted[RADAR_AXES];
        for (int k = 0; k < RADAR_AXES; k++) {
            double raw = raw_of(r, k, i), official = a->substance[i].official[k];
            double class = raw > 0 ? radar_class(&r->limits[k], raw) : 1;
            r->substance[i][k] = o->official && !isnan(official) ? official : class;
            weighted[k] = r->substance[i][k] * o->substance.w[k];
        }
        r->substance_area[i] = radar_area(weighted, o->substance_order, o->angle);
    }
}

static void score_facilities(struct radar *r)
{
    const struct atlas *a = r->atlas;
    const struct radar_options *o = &r->options;
    const uint8_t *order = o->facility_order;
    const double *w = o->facility.w, half = radar_sine(o->angle) / 2, scale = mean_scale(r);
    uint32_t blocks = a->drawn / BLOCK + 1;
    r->facility_area = mem_zero(a->count, sizeof *r->facility_area);
    r->block_max = mem_zero(blocks, sizeof *r->block_max);
    for (uint32_t i = 0; i < blocks; i++)
        r->block_max[i] = -HUGE_VAL;
    for (uint32_t i = 0; i < a->count; i++) {
        const struct radar_facility_classes *c = &r->columns->facility[i];
        double axis[] = {mean_of(r, i) * scale * w[0], c->h * w[1], c->i * w[2], c->j * w[3]};
        double area = area_of(axis[order[0]], axis[order[1]], axis[order[2]], axis[order[3]], half);
        r->facility_area[i] = area;
        r->limits[AXIS_G].population += isnan(area) ? 0 : 1;
        if (i < a->drawn && area > r->block_max[i / BLOCK])
            r->block_max[i / BLOCK] = area;
    }
    r->bytes = (a->count + blocks) * sizeof(double) +
               a->substance_count * (RADAR_AXES + 2ul) * sizeof(double) + sizeof *r;
}

double radar_largest_substance(const struct radar_options *options)
{
    double top[RADAR_AXES];
    for (int i = 0; i < RADAR_AXES; i++)
        top[i] = 10 * options->substance.w[i];
    return radar_area(top, options->substance_order, options->angle);
}

double radar_largest(const struct radar_options *options)
{
    double top[RADAR_AXES];
    for (int i = 0; i < RADAR_AXES; i++)
        top[i] = 10 * options->facility.w[i];
    if (!options->rescale)
        top[0] = radar_largest_substance(options) * options->facility.w[0];
    return radar_area(top, options->facility_order, options->angle);
}

bool radar_all_zero(const struct radar_options *options, enum radar_of of)
{
    return !((of == RADAR_FACILITIES ? radar_largest(options) : radar_largest_substance(options)) >
             0);
}

struct radar *radar_build_on(struct radar_columns *columns, const struct radar_options *options)
{
    struct radar *r = mem_zero(1, sizeof *r);
    r->atlas = columns->atlas;
    r->columns = radar_columns_share(columns);
    r->options = *options;
    r->year = columns->year;
    for (int i = 0; i < 2 * RADAR_AXES; i++)
        r->limits[i] = columns->limits[i];
    r->y_max = radar_largest_substance(options);
    count_incidents(r);
    score_substances(r);
    score_facilities(r);
    return r;
}

struct radar *radar_build(const struct atlas *a, const struct radar_options *options)
{
    struct radar_columns *columns = radar_columns_new(a);
    struct radar *r = radar_build_on(columns, options);
    radar_columns_release(columns);
    return r;
}

void radar_free(struct radar *r)
{
    if (!r)
        return;
    radar_columns_release(r->columns);
    free(r->substance);
    free(r->incidents);
    free(r->substance_area);
    free(r->facility_area);
    free(r->block_max);
    free(r);
}

double radar_range_max(const struct radar *r, uint32_t first, uint32_t end)
{
    double best = -HUGE_VAL;
    uint32_t i = first;
    while (i < end) {
        if (i % BLOCK == 0 && i + BLOCK <= end) {
            best = fmax(best, r->block_max[i / BLOCK]);
            i += BLOCK;
        } else {
            best = fmax(best, r->facility_area[i]); /* fmax passes NaN by */
            i++;
        }
    }
    return isinf(best) ? (double)NAN : best;
}
