/* DESIGN. Each facility gets a key (index of its area, or row and column of its hexagon), the pairs
 * are sorted once, equal keys are one region: O(n log n), 75 k facilities in some 20 ms, of which
 * most is the transformation to EPSG:3826. Rejected: a join with polygons (slower, and a point on a
 * border may be in two or in none); running sums in the order of facilities (another atlas, other
 * last bits). */
#include "analysis/region.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/crs.h"
#include "gis/mem.h"
#include "gis/text.h"

const char *const region_by_names[REGION_BYS] = {"county", "township", "hexagon"};

#define NOWHERE UINT64_MAX

struct placed {
    uint64_t key;
    uint32_t facility;
};

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

double region_p90(const double *ascending, uint32_t n)
{
    uint64_t rank = (9 * (uint64_t)n + 9) / 10; /* ceil(0.9 n) without a fraction */
    return ascending[rank - 1];
}

void region_sum_make(struct region_sum *out, uint32_t facilities, double *areas, uint32_t scored,
                     double *kgs, uint32_t weighed)
{
    *out = (struct region_sum){.facilities = facilities,
                               .scored = scored,
                               .weighed = weighed,
                               .sum = (double)NAN,
                               .mean = (double)NAN,
                               .maximum = (double)NAN,
                               .p90 = (double)NAN,
                               .kg = (double)NAN};
    if (scored) {
        qsort(areas, scored, sizeof *areas, by_value);
        out->sum = 0;
        for (uint32_t i = 0; i < scored; i++)
            out->sum += areas[i];
        out->mean = out->sum / scored;
        out->maximum = areas[scored - 1];
        out->p90 = region_p90(areas, scored);
    }
    if (weighed) {
        qsort(kgs, weighed, sizeof *kgs, by_value);
        out->kg = 0;
        for (uint32_t i = 0; i < weighed; i++)
            out->kg += kgs[i];
    }
}

/* ---- which region ---- */

static uint64_t hexagon_key(struct hexagon h)
{
    return (uint64_t)((uint32_t)h.r ^ 0x80000000u) << 32 | ((uint32_t)h.q ^ 0x80000000u);
}

static struct hexagon hexagon_of(uint64_t key)
{
    return (struct hexagon){.r = (int32_t)((uint32_t)(key >> 32) ^ 0x80000000u),
                            .q = (int32_t)((uint32_t)key ^ 0x80000000u)};
}

/* A township of another county than its facility's (where they come from two sources) is not listed
 * where one county is asked for: its facilities are nowhere then. */
static uint64_t key_of(const struct radar_run *run, const struct radar_run_facility *f,
                       const struct region_query *q, struct crs *crs)
{
    double x, y;
    if (q->by == REGION_HEXAGON) {
        if (isnan(f->lon) || !crs_from_lonlat(crs, &x, &y, f->lon, f->lat))
            return NOWHERE;
        return hexagon_key(hexagon_at(x, y, q->size));
    }
    uint16_t area = q->by == REGION_COUNTY ? f->county : f->township;
    if (area == RADAR_RUN_NO_REGION ||
        (q->by == REGION_TOWNSHIP && q->county && run->townships[area].county != f->county))
        return NOWHERE;
    return area;
}

static int by_key(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* The facilities that the query wants, sorted by region. */
static struct placed *place(uint32_t *count, const struct radar_run *run,
                            const struct region_query *q, int64_t county, struct error *err)
{
    struct crs *crs = q->by == REGION_HEXAGON ? crs_open("EPSG:3826", err) : NULL;
    if (q->by == REGION_HEXAGON && !crs)
        return NULL;
    struct placed *placed = mem_zero((size_t)run->facility_count + 1, sizeof *placed);
    *count = 0;
    for (uint32_t i = 0; i < run->facility_count; i++)
        if (!q->county || run->facilities[i].county == county)
            placed[(*count)++] = (struct placed){key_of(run, &run->facilities[i], q, crs), i};
    crs_close(crs);
    qsort(placed, *count, sizeof *placed, by_key);
    return placed;
}

/* ---- sums ---- */

struct scratch { /* room for the values of all facilities */
    double *areas, *kgs;
};

static void sum_up(struct region_sum *out, const struct radar_run *run, const struct placed *placed,
                   uint32_t count, const struct scratch *s)
{
    uint32_t scored = 0, weighed = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct radar_run_facility *f = &run->facilities[placed[i].facility];
        if (!isnan(f->area))
            s->areas[scored++] = f->area;
        if (!isnan(f->kg))
            s->kgs[weighed++] = f->kg;
    }
    region_sum_make(out, count, s->areas, scored, s->kgs, weighed);
}

/* All counties, or all townships (of the county asked for), with nothing in them yet. */
static void list_areas(struct region_table *t, const struct radar_run *run, int64_t wanted)
{
    bool counties = t->query.by == REGION_COUNTY;
    const struct radar_run_region *areas = counties ? run->counties : run->townships;
    uint32_t n = counties ? run->county_count : run->township_count;
    t->rows = mem_zero((size_t)n + 1, sizeof *t->rows);
    for (uint32_t i = 0; i < n; i++) {
        if (t->query.county && (counties ? i : areas[i].county) != wanted)
            continue;
        struct region *r = &t->rows[t->count++];
        text_copy(r->code, sizeof r->code, areas[i].code);
        r->name = areas[i].name;
        r->name_en = areas[i].name_en;
        if (!counties && areas[i].county < run->county_count) {
            const struct radar_run_region *county = &run->counties[areas[i].county];
            r->county = county->code;
            r->county_name = county->name;
            r->county_name_en = county->name_en;
        }
        region_sum_make(&r->sum, 0, NULL, 0, NULL, 0);
    }
}

static int compare_codes(const void *code, const void *row)
{
    const struct region *r = row;
    return strcmp(code, r->code);
}

static struct region *row_of(struct region_table *t, const struct radar_run *run, uint64_t key)
{
    if (t->query.by == REGION_HEXAGON) {
        struct region *r = &t->rows[t->count++];
        r->hexagon = hexagon_of(key);
        snprintf(r->code, sizeof r->code, "h%d:%d:%d", t->query.size, r->hexagon.q, r->hexagon.r);
        return r;
    }
    const char *code =
        t->query.by == REGION_COUNTY ? run->counties[key].code : run->townships[key].code;
    return bsearch(code, t->rows, t->count, sizeof *t->rows, compare_codes);
}

static uint32_t count_keys(const struct placed *placed, uint32_t count)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < count && placed[i].key != NOWHERE; i++)
        n += !i || placed[i].key != placed[i - 1].key;
    return n;
}

static void fill(struct region_table *t, const struct radar_run *run, const struct placed *placed,
                 uint32_t count)
{
    struct scratch s = {mem_zero((size_t)count + 1, sizeof *s.areas),
                        mem_zero((size_t)count + 1, sizeof *s.kgs)};
    region_sum_make(&t->nowhere, 0, NULL, 0, NULL, 0);
    for (uint32_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && placed[end].key == placed[i].key; end++)
            ;
        struct region *row = placed[i].key == NOWHERE ? NULL : row_of(t, run, placed[i].key);
        sum_up(row ? &row->sum : &t->nowhere, run, placed + i, end - i, &s);
    }
    sum_up(&t->all, run, placed, count, &s);
    free(s.areas);
    free(s.kgs);
}

struct region_table *region_summarise(const struct radar_run *run, const struct region_query *q,
                                      struct error *err)
{
    int64_t county =
        q->county ? radar_run_find_region(run->counties, run->county_count, q->county) : -1;
    uint32_t count;
    struct placed *placed = place(&count, run, q, county, err);
    if (!placed)
        return NULL;
    uint32_t hexagons = q->by == REGION_HEXAGON ? count_keys(placed, count) : 0;
    if (hexagons > REGION_ROWS_MAX) {
        free(placed);
        error_fill(err, ERROR_TOO_LARGE,
                   "hexagons of %d m would be %u rows, more than %d; ask for a larger size or one "
                   "county",
                   q->size, hexagons, REGION_ROWS_MAX);
        return NULL;
    }
    struct region_table *t = mem_zero(1, sizeof *t);
    t->query = *q;
    if (q->by == REGION_HEXAGON)
        t->rows = mem_zero((size_t)hexagons + 1, sizeof *t->rows);
    else
        list_areas(t, run, county);
    fill(t, run, placed, count);
    free(placed);
    return t;
}

void region_table_free(struct region_table *t)
{
    if (!t)
        return;
    free(t->rows);
    free(t);
}

const struct region *region_find(const struct region_table *t, const struct region *like)
{
    if (t->query.by != REGION_HEXAGON)
        return bsearch(like->code, t->rows, t->count, sizeof *t->rows, compare_codes);
    uint32_t lo = 0, hi = t->count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (hexagon_compare(t->rows[mid].hexagon, like->hexagon) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < t->count && !hexagon_compare(t->rows[lo].hexagon, like->hexagon) ? &t->rows[lo]
                                                                                 : NULL;
}

static int by_place(const void *a, const void *b)
{
    const struct region *x = a, *y = b;
    int order = hexagon_compare(x->hexagon, y->hexagon); /* all 0, 0 of areas */
    return order ? order : strcmp(x->code, y->code);
}

void region_table_cover(struct region_table *t, const struct region_table *other)
{
    uint32_t had = t->count, count = had;
    t->rows = mem_resize(t->rows, (size_t)had + other->count + 1, sizeof *t->rows);
    for (uint32_t i = 0; i < other->count; i++)
        if (!region_find(t, &other->rows[i])) {
            t->rows[count] = other->rows[i];
            region_sum_make(&t->rows[count++].sum, 0, NULL, 0, NULL, 0);
        }
    t->count = count; /* only now: what was searched had to stay in order */
    if (count > had)
        qsort(t->rows, count, sizeof *t->rows, by_place);
}
