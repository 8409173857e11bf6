/* DESIGN. A score is four class lookups and seven flops, so all facilities are scored in one pass
 * over the atlas (columns, no allocation inside the loop). Classes come from sorted populations by
 * binary search. Rejected: scores stored in the database (another weight = another table).
 *
 * Sources: the formula is the report's figure 4-119 (substances) and 4-121 (facilities); that the
 * printed areas carry sin(90 radians) was found by recomputing all 25 + 22 rows. The class rule for
 * factors (the report does not print its own) is the decile class of the positive known values:
 * class10(v) = ceil(10 #{x in P: x <= v} / |P|). Age bands are not printed either; ours are in
 * age_bands and are told with each score. */
#include "analysis/radar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gis/mem.h"
#include "gis/text.h"

enum { AXIS_G = 4, AXIS_H, AXIS_I, AXIS_J, BLOCK = 64 };

const struct radar_weights radar_default_weights = {{0.40, 0.30, 0.15, 0.15}};

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

/* Years of age from which the class holds; the oldest first. The report prints classes 10, 8, 6. */
static const struct {
    int years, class;
} age_bands[] = {{30, 10}, {20, 8}, {10, 6}, {0, 4}};

bool radar_parse_weights(struct radar_weights *out, const char *text, struct error *err)
{
    char part[32];
    double sum = 0;
    for (int i = 0; i < RADAR_AXES; i++) {
        size_t len = strcspn(text, ",");
        double value;
        if (len >= sizeof part || (i < RADAR_AXES - 1) != (text[len] == ','))
            return error_set(err, ERROR_INPUT,
                             "weights wants four numbers separated by commas, e.g. 40,30,15,15");
        memcpy(part, text, len);
        part[len] = '\0';
        if (!text_to_double(&value, part) || value < 0 || value > 1e6)
            return error_set(err, ERROR_INPUT,
                             "weights wants numbers from 0 to 1000000, got \"%s\"", part);
        out->w[i] = value;
        sum += value;
        text += len + (text[len] == ',');
    }
    if (sum <= 0)
        return error_set(err, ERROR_INPUT, "weights must not all be 0");
    for (int i = 0; i < RADAR_AXES; i++)
        out->w[i] /= sum;
    return true;
}

bool radar_parse_angle(enum radar_angle *out, const char *text, struct error *err)
{
    if (!strcmp(text, "degrees"))
        return *out = RADAR_DEGREES, true;
    if (!strcmp(text, "published"))
        return *out = RADAR_PUBLISHED, true;
    return error_set(err, ERROR_INPUT,
                     "angle is \"degrees\" (the formula as written) or \"published\" (as printed)");
}

double radar_sine(enum radar_angle angle)
{
    return angle == RADAR_PUBLISHED ? sin(90.0) : 1.0; /* sin(360/4 degrees) = 1 */
}

double radar_area(const double w[RADAR_AXES], enum radar_angle angle)
{
    return (w[0] * w[1] + w[1] * w[2] + w[2] * w[3] + w[3] * w[0]) * radar_sine(angle) / 2;
}

/* ---- classes ---- */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The positive known values of get(), ascending. */
static double *population(uint32_t *size, const struct radar *r, uint32_t count,
                          double (*get)(const struct atlas *, uint32_t))
{
    double *values = mem_zero(count, sizeof *values);
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++) {
        double v = get(r->atlas, i);
        if (v > 0)
            values[n++] = v;
    }
    qsort(values, n, sizeof *values, by_value);
    *size = n;
    return values;
}

static int class_of(const double *sorted, uint32_t n, double v)
{
    if (!n)
        return 1;
    uint32_t lo = 0, hi = n; /* number of values <= v */
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (sorted[mid] <= v)
            lo = mid + 1;
        else
            hi = mid;
    }
    uint64_t up = (10 * (uint64_t)lo + n - 1) / n;
    return up < 1 ? 1 : (int)up;
}

static double raw_hazard(const struct atlas *a, uint32_t i)
{
    const int8_t *nfpa = a->substance[i].nfpa;
    if (nfpa[0] < 0 || nfpa[1] < 0 || nfpa[2] < 0)
        return (double)NAN;
    return nfpa[0] + nfpa[1] + nfpa[2];
}

static double raw_national(const struct atlas *a, uint32_t i)
{
    return a->substance[i].national_kg;
}

static double raw_incidents(const struct atlas *a, uint32_t i)
{
    return a->substance[i].incidents;
}

static double raw_export(const struct atlas *a, uint32_t i)
{
    return a->substance[i].export_value;
}

static double raw_quantity(const struct atlas *a, uint32_t i)
{
    return a->quantity_kg[i];
}

static double (*const raw_of[])(const struct atlas *, uint32_t) = {raw_hazard, raw_national,
                                                                   raw_incidents, raw_export};

static void set_axis(struct radar_axis *axis, const struct radar *r, int which, double raw,
                     double weight)
{
    bool known = raw > 0;
    *axis = (struct radar_axis){.raw = raw, .no_data = isnan(raw)};
    axis->value = known ? class_of(r->sorted[which], r->population[which], raw) : 1;
    axis->weighted = axis->value * weight;
}

static double area_of(const struct radar_score *s, enum radar_angle angle)
{
    double w[RADAR_AXES];
    for (int i = 0; i < RADAR_AXES; i++)
        w[i] = s->axis[i].weighted;
    return radar_area(w, angle);
}

void radar_explain_substance(struct radar_score *out, const struct radar *r, uint32_t substance)
{
    for (int i = 0; i < RADAR_AXES; i++)
        set_axis(&out->axis[i], r, i, raw_of[i](r->atlas, substance), r->substance_weights.w[i]);
    out->area = area_of(out, r->angle);
}

/* Mean Y of the linked substances of a facility; NaN if it has none. */
static double mean_area(const struct radar *r, uint32_t facility)
{
    const struct atlas *a = r->atlas;
    double sum = 0;
    uint32_t n = 0;
    for (uint32_t i = a->stock_first[facility]; i < a->stock_first[facility + 1]; i++) {
        if (a->stocks[i].substance == ATLAS_UNLINKED)
            continue;
        sum += r->substance_area[a->stocks[i].substance];
        n++;
    }
    return n ? sum / n : (double)NAN;
}

void radar_explain_facility(struct radar_score *out, const struct radar *r, uint32_t f)
{
    const struct atlas *a = r->atlas;
    const double *w = r->facility_weights.w;
    double mean = mean_area(r, f);
    out->axis[0] = (struct radar_axis){.raw = mean, .value = mean, .no_data = isnan(mean)};
    out->axis[0].weighted = isnan(mean) ? 0 : mean * w[0];
    set_axis(&out->axis[1], r, AXIS_H, raw_quantity(a, f), w[1]);

    int size = a->size[f];
    double size_class = size == SIZE_SME ? 10 : size == SIZE_LARGE ? 5 : 1;
    out->axis[2] = (struct radar_axis){.raw = size == SIZE_UNKNOWN ? (double)NAN : size,
                                       .value = size_class,
                                       .weighted = size_class * w[2],
                                       .no_data = size == SIZE_UNKNOWN};

    int founded = a->established[f], age_class = 1;
    for (size_t i = 0; founded && age_class == 1 && i < sizeof age_bands / sizeof *age_bands; i++)
        if (r->year - founded >= age_bands[i].years)
            age_class = age_bands[i].class;
    out->axis[3] = (struct radar_axis){.raw = founded ? founded : (double)NAN,
                                       .value = age_class,
                                       .weighted = age_class * w[3],
                                       .no_data = !founded};
    out->area = isnan(mean) ? (double)NAN : area_of(out, r->angle);
}

static int year_of(int64_t time_s)
{
    time_t t = (time_t)time_s;
    struct tm utc;
    gmtime_r(&t, &utc);
    return utc.tm_year + 1900;
}

struct radar *radar_build(const struct atlas *a, struct radar_weights substance_weights,
                          struct radar_weights facility_weights, enum radar_angle angle)
{
    struct radar *r = mem_zero(1, sizeof *r);
    r->atlas = a;
    r->substance_weights = substance_weights;
    r->facility_weights = facility_weights;
    r->angle = angle;
    r->year = year_of(a->built_at);
    for (int i = 0; i < RADAR_AXES; i++)
        r->sorted[i] = population(&r->population[i], r, a->substance_count, raw_of[i]);
    r->sorted[AXIS_H] = population(&r->population[AXIS_H], r, a->count, raw_quantity);

    struct radar_score score;
    r->substance_area = mem_zero(a->substance_count, sizeof *r->substance_area);
    for (uint32_t i = 0; i < a->substance_count; i++) {
        radar_explain_substance(&score, r, i);
        r->substance_area[i] = score.area;
    }
    uint32_t blocks = a->drawn / BLOCK + 1;
    r->facility_area = mem_zero(a->count, sizeof *r->facility_area);
    r->block_max = mem_zero(blocks, sizeof *r->block_max);
    for (uint32_t i = 0; i < blocks; i++)
        r->block_max[i] = -HUGE_VALF;
    for (uint32_t i = 0; i < a->count; i++) {
        radar_explain_facility(&score, r, i);
        r->facility_area[i] = (float)score.area;
        for (int k = 0; k < RADAR_AXES; k += k ? 1 : 2) /* H is a population already */
            r->population[AXIS_G + k] += !score.axis[k].no_data;
        if (i < a->drawn && r->facility_area[i] > r->block_max[i / BLOCK])
            r->block_max[i / BLOCK] = r->facility_area[i];
    }
    return r;
}

void radar_free(struct radar *r)
{
    if (!r)
        return;
    for (int i = 0; i < 2 * RADAR_AXES; i++)
        free(r->sorted[i]);
    free(r->substance_area);
    free(r->facility_area);
    free(r->block_max);
    free(r);
}

double radar_range_max(const struct radar *r, uint32_t first, uint32_t end)
{
    float best = -HUGE_VALF;
    uint32_t i = first;
    while (i < end) {
        if (i % BLOCK == 0 && i + BLOCK <= end) {
            best = fmaxf(best, r->block_max[i / BLOCK]);
            i += BLOCK;
        } else {
            best = fmaxf(best, r->facility_area[i]); /* fmaxf passes NaN by */
            i++;
        }
    }
    return best == -HUGE_VALF ? (double)NAN : (double)best;
}
