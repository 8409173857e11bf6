#include "analysis/heat_classes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/heat_sums.h"
#include "analysis/radar_options.h"
#include "gis/mem.h"
#include "gis/text.h"

enum {
    SAMPLES = 1 << 20,   /* kernel values looked at, about */
    STRIDE_BITS_MAX = 4, /* a kernel has at least 9 of them */
    BUCKET_BITS = 13,    /* of a float's mantissa that a bucket leaves out: 0.1 % wide */
    BUCKETS = 1 << (31 - BUCKET_BITS)
};

static const double parts[] = {0.20, 0.40, 0.60, 0.75, 0.87, 0.95, 0.98, 0.995};
enum { PARTS = sizeof parts / sizeof *parts };

struct sampling {
    const struct heat_source *s;
    int bits;          /* every 2^bits-th row and column */
    int64_t *sum[2];   /* by enum heat_of, [HEAT_SUMS]; [1] NULL where not asked */
    uint32_t *buckets; /* [BUCKETS]: positive values by their first bits as floats */
    uint64_t seen;
};

/* Adds a spot's whole numbers at the pixels that are looked at; column0, row0: of the window. */
static void sample_spot(struct sampling *p, enum heat_of of, const struct heat_spot *s,
                        int64_t column0, int64_t row0)
{
    int64_t step = 1 << p->bits, first[2], last[2], at[2] = {s->column - column0, s->row - row0};
    for (int i = 0; i < 2; i++) {
        int64_t from = at[i] - HEAT_SPOT_REACH, to = at[i] + HEAT_SPOT_REACH;
        first[i] = from > 0 ? (from + step - 1) >> p->bits : 0;
        last[i] = to < 0 ? -1 : to >> p->bits;
        last[i] = last[i] < HEAT_SUMS_SIDE - 1 ? last[i] : HEAT_SUMS_SIDE - 1;
    }
    for (int64_t j = first[1]; j <= last[1]; j++) {
        double dy = (double)(j * step - at[1]) + 0.5 - s->fy;
        for (int64_t i = first[0]; i <= last[0]; i++) {
            double u2 = heat_spot_distance2(s, (double)(i * step - at[0]) + 0.5 - s->fx, dy);
            if (u2 <= 1)
                p->sum[of][j * HEAT_SUMS_SIDE + i] +=
                    llrint(s->weight * heat_kernel(p->s->query.shape, u2));
        }
    }
}

static void count_value(struct sampling *p, double value)
{
    float v = (float)value;
    uint32_t bits;
    if (!(v > 0))
        return;
    memcpy(&bits, &v, sizeof bits);
    p->buckets[bits >> BUCKET_BITS]++;
    p->seen++;
}

static void sample_window(struct sampling *p, struct tile t)
{
    const struct heat_source *s = p->s;
    double side = 4294967296.0 / (double)(1u << t.z), x = t.x * side, y = t.y * side;
    bool any = false;
    for (int of = 0; of < 2 && p->sum[of]; of++) {
        struct heat_spots spots = {.spot = NULL};
        heat_spots_gather(&spots, s, (enum heat_of)of, x, y, x + side, y + side);
        any = spots.count > 0;
        if (any)
            memset(p->sum[of], 0, HEAT_SUMS * sizeof *p->sum[of]);
        for (uint32_t i = 0; i < spots.count; i++)
            sample_spot(p, (enum heat_of)of, &spots.spot[i],
                        (int64_t)t.x * HEAT_SUMS_SIDE << p->bits,
                        (int64_t)t.y * HEAT_SUMS_SIDE << p->bits);
        free(spots.spot);
    }
    double unit = heat_sums_unit(s, HEAT_OF_WEIGHTS, 0), one = heat_sums_unit(s, HEAT_OF_ONES, 0);
    for (int i = 0; any && i < HEAT_SUMS; i++)
        if (!p->sum[1])
            count_value(p, (double)p->sum[0][i] * unit);
        else if (p->sum[1][i] > 0)
            count_value(p, (double)p->sum[0][i] * unit / ((double)p->sum[1][i] * one));
}

double heat_two_digits(double v)
{
    if (!(v > 0))
        return 0;
    double unit = pow(10, floor(log10(v)) - 1);
    /* By division where the unit is below 1: 0.1 has no exact double, 10 has. */
    return unit < 1 ? round(v / unit) / round(1 / unit) : round(v / unit) * unit;
}

static void set_limits(struct heat_classes *out, const struct sampling *p)
{
    uint64_t below = 0;
    int part = 0;
    out->count = p->s->count ? 1 : 0;
    out->min[0] = 0;
    for (uint32_t b = 0; b < BUCKETS && part < PARTS && p->seen; b++) {
        below += p->buckets[b];
        uint32_t bits = b << BUCKET_BITS;
        float low;
        memcpy(&low, &bits, sizeof low);
        for (; part < PARTS && (double)below >= parts[part] * (double)p->seen; part++) {
            double limit = heat_two_digits((double)low);
            if (limit > out->min[out->count - 1])
                out->min[out->count++] = limit;
        }
    }
}

void heat_classes_find(struct heat_classes *out, const struct heat_source *s)
{
    struct sampling p = {.s = s, .buckets = mem_zero(BUCKETS, sizeof *p.buckets)};
    p.sum[0] = mem_alloc(HEAT_SUMS * sizeof(int64_t));
    p.sum[1] = s->mean ? mem_alloc(HEAT_SUMS * sizeof(int64_t)) : NULL;
    while (p.bits < STRIDE_BITS_MAX && s->count * 4000.0 / (1 << 2 * p.bits) > SAMPLES)
        p.bits++;
    struct tile_box box;
    if (heat_reached_tiles(&box, s, (uint32_t)(s->zoom - p.bits)))
        for (uint32_t y = box.y0; y <= box.y1; y++)
            for (uint32_t x = box.x0; x <= box.x1; x++)
                sample_window(&p, (struct tile){(uint32_t)(s->zoom - p.bits), x, y});
    *out = (struct heat_classes){.count = 0};
    set_limits(out, &p);
    free(p.sum[0]);
    free(p.sum[1]);
    free(p.buckets);
}

/* ---- kept with the snapshot ---- */

struct wanted {
    struct snapshot *snapshot;
    const struct heat_query *query;
};

static void *make_classes(void *ctx, size_t *bytes)
{
    const struct wanted *w = ctx;
    struct heat_classes *c = mem_zero(1, sizeof *c);
    const struct heat_source *s = heat_source_take(w->snapshot, w->query);
    heat_classes_find(c, s);
    heat_source_put(w->snapshot, s);
    *bytes = sizeof *c;
    return c;
}

static void drop_classes(void *thing)
{
    free(thing);
}

/* Limits that become the same number become one. */
static void scale_limits(struct heat_classes *c, double factor)
{
    int count = c->count ? 1 : 0;
    for (int i = 1; i < c->count; i++) {
        double limit = heat_two_digits(c->min[i] * factor);
        if (limit > c->min[count - 1])
            c->min[count++] = limit;
    }
    c->count = count;
}

void heat_classes_take(struct heat_classes *out, struct snapshot *s, const struct heat_query *q)
{
    struct heat_query plain = *q;
    struct wanted wanted = {.snapshot = s, .query = &plain};
    struct buf key = {.data = NULL};
    plain.radar = radar_default_options;
    buf_text(&key, "heat classes?");
    heat_query_key(&key, &plain);
    const struct heat_classes *kept =
        memo_take(s->memo, buf_string(&key), make_classes, drop_classes, &wanted);
    *out = *kept;
    memo_put(s->memo, kept);
    buf_free(&key);
    if (q->by != HEAT_RADAR)
        return;
    double largest = radar_largest(&q->radar), usual = radar_largest(&radar_default_options);
    if (largest > 0 && fabs(largest - usual) > 1e-9 * usual)
        scale_limits(out, largest / usual);
}

/* ---- the user's own ---- */

bool heat_classes_parse(struct heat_classes *out, const char *text, struct error *err)
{
    *out = (struct heat_classes){.count = 0};
    for (const char *p = text;; p++) {
        char part[32];
        size_t len = strcspn(p, ",");
        double v;
        if (out->count == HEAT_CLASSES_MAX)
            return error_set(err, ERROR_INPUT, "classes takes at most %d numbers",
                             HEAT_CLASSES_MAX);
        if (len < sizeof part) {
            memcpy(part, p, len);
            part[len] = '\0';
        }
        if (len >= sizeof part || !text_to_double(&v, part) || v < 0 || v > 1e30)
            return error_set(err, ERROR_INPUT,
                             "classes wants numbers from 0 to 1e30 separated by commas, e.g. "
                             "0.1,1,10; got \"%.40s\"",
                             text);
        if (out->count && v <= out->min[out->count - 1])
            return error_set(err, ERROR_INPUT, "classes must ascend: %g follows %g", v,
                             out->min[out->count - 1]);
        out->min[out->count++] = v;
        p += len;
        if (!*p)
            break;
    }
    if (out->count < 2)
        return error_set(err, ERROR_INPUT, "classes wants at least two numbers");
    return true;
}

int heat_classes_of(const struct heat_classes *c, double value)
{
    int i = -1;
    if (isnan(value))
        return i;
    while (i + 1 < c->count && value >= c->min[i + 1])
        i++;
    return i;
}
