#include "server/radar_json.h"

#include <stdio.h>

#include "analysis/radar_options.h"
#include "gis/text.h"
#include "server/radar_words.h"

static void put_weights(struct json *j, const char *key, const struct radar_weights *w)
{
    json_open(j, key, '[');
    for (int i = 0; i < RADAR_AXES; i++)
        json_exact(j, NULL, text_round15(w->w[i] * 100));
    json_close(j, ']');
}

void radar_json_parameters(struct json *j, const struct radar *r, enum radar_of of)
{
    const struct radar_options *o = &r->options;
    bool facilities = of == RADAR_FACILITIES;
    struct buf text = {.data = NULL};
    char order[RADAR_AXES + 1];
    put_weights(j, "weights", facilities ? &o->facility : &o->substance);
    radar_order_text(order, of, facilities ? o->facility_order : o->substance_order);
    json_text(j, "order", order);
    if (facilities) {
        put_weights(j, "substance_weights", &o->substance);
        radar_order_text(order, RADAR_SUBSTANCES, o->substance_order);
        json_text(j, "substance_order", order);
    }
    json_text(j, "angle", o->angle == RADAR_PUBLISHED ? "published" : "degrees");
    json_exact(j, "sin", radar_sine(o->angle));
    json_bool(j, "rescale", o->rescale);
    json_bool(j, "official", o->official);
    json_open(j, "incidents", '{');
    json_day(j, "from", o->incidents_from);
    json_day(j, "to", o->incidents_to);
    json_close(j, '}');
    radar_options_text(&text, o, of);
    json_text(j, "parameters", buf_string(&text));
    buf_free(&text);
    radar_json_remarks(j, o, of);
}

void radar_json_remarks(struct json *j, const struct radar_options *o, enum radar_of of)
{
    struct radar_words words[RADAR_REMARKS_MAX];
    int count = radar_words_remarks(words, o, of);
    json_bool(j, "all_zero", radar_all_zero(o, of));
    json_open(j, "remarks", '[');
    for (int i = 0; i < count; i++)
        json_both(j, NULL, words[i].zh, words[i].en);
    json_close(j, ']');
}

void radar_json_factors(struct json *j, const char *key, const struct radar *r, enum radar_of of)
{
    json_open(j, key, '[');
    for (int i = 0; i < RADAR_AXES; i++) {
        int which = i + (of == RADAR_FACILITIES ? RADAR_AXES : 0);
        const struct radar_axis_name *n = &radar_axis_names[which];
        const struct radar_limits *limits = &r->limits[which];
        json_open(j, NULL, '{');
        json_text(j, "key", n->key);
        json_both(j, "label", n->zh, n->en);
        json_both(j, "unit", n->unit_zh, n->unit_en);
        json_int(j, "population", limits->population);
        if (limits->by_rank) {
            json_open(j, "class_limits", '[');
            for (int k = 0; k < RADAR_CLASSES; k++)
                json_exact(j, NULL, limits->cut[k]);
            json_close(j, ']');
        }
        json_close(j, '}');
    }
    json_close(j, ']');
}

void radar_json_axes(struct json *j, const char *key, const struct radar *r,
                     const struct radar_score *score, bool facility)
{
    enum radar_of of = facility ? RADAR_FACILITIES : RADAR_SUBSTANCES;
    const double *w = facility ? r->options.facility.w : r->options.substance.w;
    double g_max = r->options.rescale ? 10 : r->y_max;
    json_open(j, key, '[');
    for (int i = 0; i < RADAR_AXES; i++) {
        int which = i + (facility ? RADAR_AXES : 0);
        const struct radar_axis *axis = &score->axis[i];
        const struct radar_axis_name *name = &radar_axis_names[which];
        bool mean = which == RADAR_AXES;
        struct radar_words words = {.zh = ""};
        json_open(j, NULL, '{');
        json_text(j, "key", name->key);
        json_both(j, "label", name->zh, name->en);
        json_both(j, "unit", name->unit_zh, name->unit_en);
        json_exact(j, "raw", axis->raw);
        if (mean)
            json_null(j, "class");
        else
            json_int(j, "class", (int64_t)axis->value);
        json_exact(j, "weight", w[i]);
        json_exact(j, "weighted", axis->weighted);
        json_exact(j, "max", (mean ? g_max : 10) * w[i]);
        json_int(j, "population", r->limits[which].population);
        json_bool(j, "no_data", axis->no_data);
        if (axis->future)
            json_text(j, "no_data_reason", "year_in_future");
        json_bool(j, "official", axis->official);
        radar_words_axis(&words, r, of, i, axis);
        json_both(j, "explain", words.zh, words.en);
        json_close(j, '}');
    }
    json_close(j, ']');
}

void radar_json_companions(struct json *j, const struct radar *r, enum radar_of of,
                           const struct radar_score *score)
{
    json_exact(j, "mean_area", radar_mean_area(r, score));
    json_exact(j, "geometric", radar_geometric(r, of, score));
}

void radar_json_ranks(struct json *j, const struct radar_ranks *ranks)
{
    if (!ranks->best) {
        json_null(j, "ranks");
        return;
    }
    json_open(j, "ranks", '{');
    json_int(j, "best", ranks->best);
    json_int(j, "worst", ranks->worst);
    json_close(j, '}');
}
