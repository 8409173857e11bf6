/* DESIGN. Columns one after the other: ids as differences, small numbers as varints (7 bits a
 * byte), doubles as a bitmap of those that are known and then their 8 bytes; so a facility without
 * a score costs some 45 bytes, most of them name and position, and PostgreSQL's own compression
 * finds columns alike. Rejected: rows of a table (75 k rows a run take seconds and ten times the
 * space); JSON (loses bits or is longer). Reading trusts nothing: every count and index is checked
 * against what is there. */
#include "analysis/radar_run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"

static const char magic[8] = "HZRUN02";

/* ---- out ---- */

static void put_uint(struct buf *b, uint64_t v)
{
    for (; v >= 0x80; v >>= 7)
        buf_char(b, (char)(v | 0x80));
    buf_char(b, (char)v);
}

static void put_double(struct buf *b, double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    for (int i = 0; i < 8; i++)
        buf_char(b, (char)(bits >> (8 * i)));
}

static void put_text(struct buf *b, const char *text) /* its length + 1; 0 = NULL */
{
    put_uint(b, text ? strlen(text) + 1 : 0);
    if (text)
        buf_text(b, text);
}

/* A column of doubles that are `step` bytes apart. */
static void put_doubles(struct buf *b, const void *first, size_t step, uint32_t count)
{
    const char *at = first;
    for (uint32_t i = 0; i < count; i += 8) {
        unsigned known = 0;
        for (uint32_t k = i; k < count && k < i + 8; k++) {
            double v;
            memcpy(&v, at + k * step, sizeof v);
            known |= (isnan(v) ? 0u : 1u) << (k - i);
        }
        buf_char(b, (char)known);
    }
    for (uint32_t i = 0; i < count; i++) {
        double v;
        memcpy(&v, at + i * step, sizeof v);
        if (!isnan(v))
            put_double(b, v);
    }
}

static void put_options(struct buf *b, const struct radar_run *run)
{
    const struct radar_options *o = &run->options;
    put_doubles(b, o->substance.w, sizeof(double), RADAR_AXES);
    put_doubles(b, o->facility.w, sizeof(double), RADAR_AXES);
    buf_add(b, o->substance_order, RADAR_AXES);
    buf_add(b, o->facility_order, RADAR_AXES);
    put_uint(b, (uint64_t)o->angle);
    put_uint(b, (uint32_t)o->incidents_from);
    put_uint(b, (uint32_t)o->incidents_to);
    put_uint(b, (o->rescale ? 1u : 0u) | (o->official ? 2u : 0u));
    put_double(b, run->y_max);
    put_uint(b, (uint64_t)run->year);
    put_uint(b, run->ages.count);
    for (uint32_t i = 0; i < run->ages.count; i++) {
        put_uint(b, (uint64_t)run->ages.band[i].years);
        put_uint(b, run->ages.band[i].class);
    }
    for (int i = 0; i < 2 * RADAR_AXES; i++) {
        put_uint(b, run->limits[i].population);
        put_uint(b, run->limits[i].by_rank);
        put_doubles(b, run->limits[i].cut, sizeof(double), RADAR_CLASSES);
    }
}

static void put_regions(struct buf *b, const struct radar_run_region *regions, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        put_text(b, regions[i].code);
        put_text(b, regions[i].name);
        put_text(b, regions[i].name_en);
        put_uint(b, (uint16_t)(regions[i].county + 1)); /* 0 = none */
    }
}

static void put_substances(struct buf *b, const struct radar_run *run)
{
    const struct radar_run_substance *s = run->substances;
    uint32_t n = run->substance_count;
    for (uint32_t i = 0; i < n; i++) {
        put_text(b, s[i].cas);
        put_text(b, s[i].name_zh);
        put_text(b, s[i].name_en);
        put_uint(b, s[i].official);
        put_uint(b, s[i].rank);
    }
    for (int k = 0; k < RADAR_AXES; k++) {
        put_doubles(b, &s->raw[k], sizeof *s, n);
        put_doubles(b, &s->class[k], sizeof *s, n);
    }
    put_doubles(b, &s->area, sizeof *s, n);
}

static void put_facilities(struct buf *b, const struct radar_run *run)
{
    const struct radar_run_facility *f = run->facilities;
    uint32_t n = run->facility_count;
    for (uint32_t i = 0; i < n; i++)
        put_uint(b, (uint64_t)f[i].id - (i ? (uint64_t)f[i - 1].id : 0));
    for (uint32_t i = 0; i < n; i++)
        put_text(b, f[i].name);
    for (uint32_t i = 0; i < n; i++)
        put_uint(b, (uint16_t)(f[i].county + 1));
    for (uint32_t i = 0; i < n; i++)
        put_uint(b, (uint16_t)(f[i].township + 1));
    for (uint32_t i = 0; i < n; i++)
        put_uint(b, (uint16_t)f[i].established);
    for (uint32_t i = 0; i < n; i++)
        buf_add(b, (const uint8_t[]){f[i].size, f[i].h, f[i].i, f[i].j}, 4);
    for (uint32_t i = 0; i < n; i++)
        put_uint(b, f[i].rank);
    for (uint32_t i = 0; i < n; i++)
        put_uint(b, f[i + 1].first - f[i].first);
    for (uint32_t i = 0; i < run->link_count; i++)
        put_uint(b, run->links[i]);
    const double *columns[] = {&f->lon, &f->lat, &f->mean, &f->value, &f->kg, &f->area};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        put_doubles(b, columns[i], sizeof *f, n);
}

void radar_run_pack(struct buf *out, const struct radar_run *run)
{
    buf_add(out, magic, sizeof magic);
    put_uint(out, run->county_count);
    put_uint(out, run->township_count);
    put_uint(out, run->substance_count);
    put_uint(out, run->facility_count);
    put_uint(out, run->link_count);
    put_options(out, run);
    put_regions(out, run->counties, run->county_count);
    put_regions(out, run->townships, run->township_count);
    put_substances(out, run);
    put_facilities(out, run);
}

/* ---- in ---- */

struct in {
    const unsigned char *at, *end;
    char *text; /* where the next text goes */
    bool bad;   /* something was not as it must be; what is read then does not matter */
};

static uint64_t get_uint(struct in *in, uint64_t most)
{
    uint64_t v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        if (in->at == in->end)
            break;
        v |= (uint64_t)(*in->at & 0x7F) << shift;
        if (!(*in->at++ & 0x80)) {
            in->bad |= v > most;
            return in->bad ? 0 : v;
        }
    }
    in->bad = true;
    return 0;
}

/* Copies n bytes; zeros where they are not there. */
static void get_bytes(struct in *in, void *out, size_t n)
{
    in->bad |= (size_t)(in->end - in->at) < n;
    if (in->bad) {
        memset(out, 0, n);
        return;
    }
    memcpy(out, in->at, n);
    in->at += n;
}

static double get_double(struct in *in)
{
    unsigned char bytes[8];
    uint64_t bits = 0;
    double v;
    get_bytes(in, bytes, sizeof bytes);
    for (int i = 0; i < 8; i++)
        bits |= (uint64_t)bytes[i] << (8 * i);
    memcpy(&v, &bits, sizeof v);
    return v;
}

static const char *get_text(struct in *in)
{
    uint64_t len = get_uint(in, (uint64_t)(in->end - in->at) + 1);
    if (!len)
        return NULL;
    char *text = in->text;
    get_bytes(in, text, len - 1);
    text[len - 1] = '\0';
    in->text += len;
    return text;
}

static const char *get_name(struct in *in) /* one that must be there */
{
    const char *text = get_text(in);
    in->bad |= !text;
    return text ? text : "";
}

static void get_doubles(struct in *in, void *first, size_t step, uint32_t count)
{
    char *at = first;
    const unsigned char *known = in->at;
    size_t bytes = ((size_t)count + 7) / 8;
    if (in->bad || (size_t)(in->end - in->at) < bytes) {
        in->bad = true;
        return;
    }
    in->at += bytes;
    for (uint32_t i = 0; i < count; i++) {
        double v = known[i / 8] >> (i % 8) & 1 ? get_double(in) : (double)NAN;
        memcpy(at + i * step, &v, sizeof v);
    }
}

static void get_order(struct in *in, uint8_t order[RADAR_AXES])
{
    unsigned seen = 0;
    get_bytes(in, order, RADAR_AXES);
    for (int i = 0; i < RADAR_AXES; i++)
        seen |= order[i] < RADAR_AXES ? 1u << order[i] : 0;
    in->bad |= seen != (1u << RADAR_AXES) - 1;
}

static void get_options(struct in *in, struct radar_run *run)
{
    struct radar_options *o = &run->options;
    get_doubles(in, o->substance.w, sizeof(double), RADAR_AXES);
    get_doubles(in, o->facility.w, sizeof(double), RADAR_AXES);
    get_order(in, o->substance_order);
    get_order(in, o->facility_order);
    o->angle = (enum radar_angle)get_uint(in, RADAR_PUBLISHED);
    o->incidents_from = (int32_t)(uint32_t)get_uint(in, UINT32_MAX);
    o->incidents_to = (int32_t)(uint32_t)get_uint(in, UINT32_MAX);
    uint64_t flags = get_uint(in, 3);
    o->rescale = flags & 1;
    o->official = flags & 2;
    run->y_max = get_double(in);
    run->year = (int)get_uint(in, 9999);
    run->ages.count = (uint32_t)get_uint(in, ATLAS_AGE_BANDS);
    for (uint32_t i = 0; i < run->ages.count && !in->bad; i++) {
        run->ages.band[i].years = (int16_t)get_uint(in, INT16_MAX);
        run->ages.band[i].class = (uint8_t)get_uint(in, RADAR_CLASSES);
    }
    for (int i = 0; i < 2 * RADAR_AXES; i++) {
        run->limits[i].population = (uint32_t)get_uint(in, UINT32_MAX);
        run->limits[i].by_rank = get_uint(in, 1);
        get_doubles(in, run->limits[i].cut, sizeof(double), RADAR_CLASSES);
    }
}

/* Index + 1 of one of count things; 0 = none. */
static uint16_t get_region(struct in *in, uint32_t count)
{
    uint64_t v = get_uint(in, count);
    return v ? (uint16_t)(v - 1) : RADAR_RUN_NO_REGION;
}

static struct radar_run_region *get_regions(struct in *in, uint32_t count, uint32_t counties)
{
    struct radar_run_region *regions = mem_zero((size_t)count + 1, sizeof *regions);
    for (uint32_t i = 0; i < count && !in->bad; i++) {
        regions[i].code = get_name(in);
        regions[i].name = get_name(in);
        regions[i].name_en = get_text(in);
        regions[i].county = get_region(in, counties);
    }
    return regions;
}

static void get_substances(struct in *in, struct radar_run *run)
{
    uint32_t n = run->substance_count;
    struct radar_run_substance *s = mem_zero((size_t)n + 1, sizeof *s);
    run->substances = s;
    for (uint32_t i = 0; i < n && !in->bad; i++) {
        s[i].cas = get_name(in);
        s[i].name_zh = get_text(in);
        s[i].name_en = get_text(in);
        s[i].official = (uint8_t)get_uint(in, (1u << RADAR_AXES) - 1);
        s[i].rank = (uint32_t)get_uint(in, n);
    }
    for (int k = 0; k < RADAR_AXES; k++) {
        get_doubles(in, &s->raw[k], sizeof *s, n);
        get_doubles(in, &s->class[k], sizeof *s, n);
    }
    get_doubles(in, &s->area, sizeof *s, n);
}

static void get_facilities(struct in *in, struct radar_run *run)
{
    uint32_t n = run->facility_count;
    uint64_t links = 0;
    struct radar_run_facility *f = mem_zero((size_t)n + 1, sizeof *f);
    run->facilities = f;
    for (uint32_t i = 0; i < n; i++)
        f[i].id = (int64_t)((i ? (uint64_t)f[i - 1].id : 0) + get_uint(in, INT64_MAX));
    for (uint32_t i = 0; i < n; i++)
        f[i].name = get_name(in);
    for (uint32_t i = 0; i < n; i++)
        f[i].county = get_region(in, run->county_count);
    for (uint32_t i = 0; i < n; i++)
        f[i].township = get_region(in, run->township_count);
    for (uint32_t i = 0; i < n; i++)
        f[i].established = (int16_t)get_uint(in, INT16_MAX);
    for (uint32_t i = 0; i < n; i++) {
        uint8_t small[4];
        get_bytes(in, small, sizeof small);
        f[i].size = small[0];
        f[i].h = small[1];
        f[i].i = small[2];
        f[i].j = small[3];
    }
    for (uint32_t i = 0; i < n; i++)
        f[i].rank = (uint32_t)get_uint(in, n);
    for (uint32_t i = 0; i < n; i++) {
        f[i].first = (uint32_t)links;
        links += get_uint(in, run->link_count - links);
    }
    f[n].first = (uint32_t)links;
    in->bad |= links != run->link_count;
    run->links = mem_zero((size_t)run->link_count + 1, sizeof *run->links);
    for (uint32_t i = 0; i < run->link_count && !in->bad; i++) {
        in->bad |= !run->substance_count;
        run->links[i] = (uint32_t)get_uint(in, (uint64_t)run->substance_count - 1);
    }
    double *columns[] = {&f->lon, &f->lat, &f->mean, &f->value, &f->kg, &f->area};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        get_doubles(in, columns[i], sizeof *f, n);
    for (uint32_t i = 0; i < n; i++) {
        in->bad |= isnan(f[i].area) ? f[i].rank != 0 : !f[i].rank; /* who has a score has a rank */
        run->head.scored += f[i].rank ? 1 : 0;
    }
}

/* Every thing takes a byte at least, so no count passes the bytes that are left. */
static uint32_t get_count(struct in *in, uint64_t most)
{
    uint64_t left = (uint64_t)(in->end - in->at);
    return (uint32_t)get_uint(in, left < most ? left : most);
}

struct radar_run *radar_run_unpack(const void *bytes, size_t len, struct error *err)
{
    char start[sizeof magic];
    struct radar_run *run = mem_zero(1, sizeof *run);
    run->texts = mem_zero(len + 1, 1); /* a text takes a byte for its length: room for its NUL */
    struct in in = {.at = bytes, .end = (const unsigned char *)bytes + len, .text = run->texts};
    get_bytes(&in, start, sizeof start);
    in.bad |= memcmp(start, magic, sizeof magic) != 0;
    run->county_count = get_count(&in, RADAR_RUN_NO_REGION - 1);
    run->township_count = get_count(&in, RADAR_RUN_NO_REGION - 1);
    run->substance_count = get_count(&in, UINT32_MAX - 1);
    run->facility_count = get_count(&in, UINT32_MAX - 1);
    run->link_count = get_count(&in, UINT32_MAX - 1);
    get_options(&in, run);
    run->counties = get_regions(&in, run->county_count, run->county_count);
    run->townships = get_regions(&in, run->township_count, run->county_count);
    get_substances(&in, run);
    get_facilities(&in, run);
    if (in.bad || in.at != in.end) {
        radar_run_free(run);
        error_fill(err, ERROR_DATABASE,
                   "the saved run cannot be read: it is damaged, or of another version of this "
                   "program");
        return NULL;
    }
    run->head.facilities = run->facility_count;
    run->head.substances = run->substance_count;
    run->head.name = run->head.note = run->head.parameters = run->head.atlas_tag = "";
    return run;
}
