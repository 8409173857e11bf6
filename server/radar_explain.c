/* DESIGN: what is told is enough to compute the score again, by other people's programs, without
 * this one's data: raw values, the least raw value of each class, classes, weights, the order of
 * the axes and the sine. A class is the number of its axis' class_limits that the raw value
 * reaches; no value, or none above 0, is class 1; an official class stands as it is. The area is
 * (x1 x2 + x2 x3 + x3 x4 + x4 x1) sin / 2 with x = class x weight in the order told, in this order
 * of operations; so it comes out bit for bit. */
#include "server/radar_explain.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/radar_columns.h"
#include "gis/mem.h"
#include "server/radar_json.h"
#include "server/radar_words.h"

static const double *weights_of(const struct radar *r, enum radar_of of)
{
    return of == RADAR_FACILITIES ? r->options.facility.w : r->options.substance.w;
}

static void put_value(struct json *j, const struct radar_axis *a, double weight)
{
    json_exact(j, "raw", a->raw);
    json_exact(j, "value", a->value);
    json_exact(j, "weight", weight);
    json_exact(j, "weighted", a->weighted);
    json_bool(j, "no_data", a->no_data);
    if (a->future)
        json_text(j, "no_data_reason", "year_in_future");
    json_bool(j, "official", a->official);
}

static void put_limits(struct json *j, const struct radar_limits *limits)
{
    json_int(j, "population", limits->population);
    if (!limits->by_rank)
        return;
    json_open(j, "class_limits", '[');
    for (int k = 0; k < RADAR_CLASSES; k++)
        json_exact(j, NULL, limits->cut[k]);
    json_close(j, ']');
}

static void put_axes(struct json *j, const struct radar *r, enum radar_of of,
                     const struct radar_score *s)
{
    json_open(j, "axes", '[');
    for (int i = 0; i < RADAR_AXES; i++) {
        int which = i + (of == RADAR_FACILITIES ? RADAR_AXES : 0);
        const struct radar_axis_name *name = &radar_axis_names[which];
        struct radar_words words = {.zh = ""};
        json_open(j, NULL, '{');
        json_text(j, "key", name->key);
        json_both(j, "label", name->zh, name->en);
        json_both(j, "unit", name->unit_zh, name->unit_en);
        put_value(j, &s->axis[i], weights_of(r, of)[i]);
        put_limits(j, &r->limits[which]);
        radar_words_axis(&words, r, of, i, &s->axis[i]);
        json_both(j, "explain", words.zh, words.en);
        json_close(j, '}');
    }
    json_close(j, ']');
}

/* How many scores are higher, those that the lists take for equal left out, plus one. */
static void put_rank(struct json *j, const double *area, uint32_t count, uint32_t index)
{
    uint32_t higher = 0, scored = 0;
    double scale = radar_rank_scale(area, count);
    uint64_t key = radar_rank_key(area[index], scale);
    for (uint32_t i = 0; i < count; i++) {
        higher += radar_rank_key(area[i], scale) > key;
        scored += isnan(area[i]) ? 0 : 1;
    }
    if (isnan(area[index]))
        json_null(j, "rank");
    else
        json_int(j, "rank", higher + 1);
    json_int(j, "ranked", scored);
}

/* ---- a facility ---- */

static void put_substances(struct json *j, const struct radar *r, uint32_t f)
{
    const struct radar_columns *c = r->columns;
    json_open(j, "substances", '[');
    for (uint32_t k = c->link_first[f]; k < c->link_first[f + 1]; k++) {
        const struct atlas_substance *about = &r->atlas->substance[c->link[k]];
        struct radar_score s;
        radar_explain_substance(&s, r, c->link[k]);
        json_open(j, NULL, '{');
        json_text(j, "cas", about->cas);
        json_text(j, "name_zh", about->name_zh);
        json_text(j, "name_en", about->name_en);
        json_exact(j, "area", s.area);
        json_open(j, "axes", '[');
        for (int i = 0; i < RADAR_AXES; i++) {
            json_open(j, NULL, '{');
            json_text(j, "key", radar_axis_names[i].key);
            put_value(j, &s.axis[i], r->options.substance.w[i]);
            json_close(j, '}');
        }
        json_close(j, ']');
        json_close(j, '}');
    }
    json_close(j, ']');
    json_open(j, "substance_axes", '[');
    for (int i = 0; i < RADAR_AXES; i++) {
        const struct radar_axis_name *name = &radar_axis_names[i];
        json_open(j, NULL, '{');
        json_text(j, "key", name->key);
        json_both(j, "label", name->zh, name->en);
        json_both(j, "unit", name->unit_zh, name->unit_en);
        put_limits(j, &r->limits[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_exact(j, "mean_scale", r->options.rescale ? 10 / r->y_max : 1);
}

static void put_part(struct json *j, const struct atlas *a, const struct atlas_part *p)
{
    const struct atlas_source *source = &a->sources[p->source];
    json_text(j, "source", source->name);
    json_text(j, "source_title", source->title);
    json_text(j, "behaviour", behaviour_names[p->behaviour]);
    if (p->year)
        json_int(j, "year", p->year);
    else
        json_null(j, "year");
    json_exact(j, "kg", p->kg);
}

static void put_quantity(struct json *j, const struct atlas *a, uint32_t f)
{
    json_open(j, "quantity", '{');
    json_exact(j, "kg", a->quantity_kg[f]);
    json_open(j, "stocks", '[');
    for (uint32_t k = a->stock_first[f]; k < a->stock_first[f + 1]; k++) {
        uint32_t substance = a->stocks[k].substance;
        json_open(j, NULL, '{');
        json_text(j, "cas", substance == ATLAS_UNLINKED ? NULL : a->substance[substance].cas);
        json_exact(j, "kg", a->stocks[k].quantity_kg);
        json_open(j, "sums", '[');
        for (uint32_t p = a->part_first[k]; p < a->part_first[k + 1]; p++) {
            json_open(j, NULL, '{');
            put_part(j, a, &a->parts[p]);
            json_close(j, '}');
        }
        json_close(j, ']');
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}

static void put_age_bands(struct json *j, const struct atlas_ages *ages, int year)
{
    json_int(j, "year", year);
    json_open(j, "age_bands", '[');
    for (uint32_t i = ages->count; i-- > 0;) { /* youngest first */
        json_open(j, NULL, '{');
        json_int(j, "from_years", ages->band[i].years);
        json_int(j, "class", ages->band[i].class);
        json_close(j, '}');
    }
    json_close(j, ']');
}

/* ---- a substance ---- */

struct sum {
    struct atlas_part part; /* kg = the sum; facility unused */
    uint32_t reports;
};

struct sums {
    struct sum *list;
    uint32_t count, room;
};

static void add_part(struct sums *s, const struct atlas_part *p)
{
    uint32_t i = 0;
    while (i < s->count &&
           (s->list[i].part.source != p->source || s->list[i].part.behaviour != p->behaviour ||
            s->list[i].part.year != p->year))
        i++;
    if (i == s->count) {
        if (s->count == s->room)
            s->list = mem_resize(s->list, s->room = s->room ? 2 * s->room : 64, sizeof *s->list);
        s->list[s->count++] = (struct sum){*p, 1};
        return;
    }
    s->list[i].part.kg += p->kg;
    s->list[i].reports++;
}

static int by_kg(const void *a, const void *b)
{
    const struct sum *x = a, *y = b;
    return x->part.kg > y->part.kg ? -1 : x->part.kg < y->part.kg;
}

static bool is_national(uint8_t behaviour)
{
    return behaviour == BEHAVIOUR_MANUFACTURE || behaviour == BEHAVIOUR_USE ||
           behaviour == BEHAVIOUR_STORE;
}

static void put_national(struct json *j, const struct radar *r, uint32_t substance)
{
    const struct atlas *a = r->atlas;
    const struct radar_national *n = &r->columns->national[substance];
    struct sums sums = {.list = NULL};
    for (uint32_t k = 0; k < a->stock_first[a->count]; k++)
        for (uint32_t p = a->part_first[k];
             a->stocks[k].substance == substance && p < a->part_first[k + 1]; p++)
            if (!isnan(a->parts[p].kg))
                add_part(&sums, &a->parts[p]);
    if (sums.count)
        qsort(sums.list, sums.count, sizeof *sums.list, by_kg);
    json_open(j, "national", '{');
    json_exact(j, "kg", n->kg);
    json_bool(j, "stated", n->stated);
    json_text(j, "system", n->system);
    json_text(j, "behaviour", isnan(n->kg) ? NULL : behaviour_names[n->behaviour]);
    if (n->year)
        json_int(j, "year", n->year);
    else
        json_null(j, "year");
    json_open(j, "sums", '[');
    for (uint32_t i = 0; i < sums.count; i++) {
        json_open(j, NULL, '{');
        put_part(j, a, &sums.list[i].part);
        json_int(j, "facilities", sums.list[i].reports);
        json_bool(j, "counts", is_national(sums.list[i].part.behaviour));
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
    free(sums.list);
}

static void put_incidents(struct json *j, const struct radar *r, uint32_t substance)
{
    struct radar_incidents n;
    radar_count_incidents(&n, r->columns->events, substance, r->options.incidents_from,
                          r->options.incidents_to);
    json_open(j, "incidents", '{');
    json_exact(j, "count", n.count);
    json_int(j, "stored", n.stored);
    json_exact(j, "printed_more", n.printed);
    json_close(j, '}');
}

void radar_explain_write(struct json *j, const struct radar *r, enum radar_of of, uint32_t index,
                         const struct radar_ranks *ranks)
{
    const struct atlas *a = r->atlas;
    bool facility = of == RADAR_FACILITIES;
    struct radar_score s;
    if (facility)
        radar_explain_facility(&s, r, index);
    else
        radar_explain_substance(&s, r, index);
    json_exact(j, "score", s.area);
    put_axes(j, r, of, &s);
    json_exact(j, "mean_area", radar_mean_area(r, &s));
    json_exact(j, "geometric", radar_geometric(r, of, &s));
    radar_json_ranks(j, &ranks[index]);
    put_rank(j, facility ? r->facility_area : r->substance_area,
             facility ? a->count : a->substance_count, index);
    if (facility) {
        put_substances(j, r, index);
        put_quantity(j, a, index);
        put_age_bands(j, &r->atlas->ages, r->year);
    } else {
        put_national(j, r, index);
        put_incidents(j, r, index);
    }
}
