/* /api/v1/radar/sensitivity: how much of the top of a list stays when one weight moves. */
#include <stdio.h>
#include <string.h>

#include "analysis/radar_rank.h"
#include "gis/text.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/radar_json.h"
#include "server/radar_list.h"
#include "server/radar_query.h"
#include "server/reply.h"

enum { TOP_DEFAULT = 100, TOP_MAX = 10000 };
static const double points_default = 5;

static const struct radar_axis_name *name_of(enum radar_of of, int axis)
{
    return &radar_axis_names[axis + (of == RADAR_FACILITIES ? RADAR_AXES : 0)];
}

static void put_variant(struct json *j, const char *key, const struct radar_sensitivity *s,
                        int axis, int way)
{
    json_open(j, key, '{');
    json_open(j, "weights", '[');
    for (int i = 0; i < RADAR_AXES; i++)
        json_exact(j, NULL, text_round15(100 * s->variant[axis][way].weights.w[i]));
    json_close(j, ']');
    json_int(j, "stay", s->variant[axis][way].stay);
    json_close(j, '}');
}

static void put_axes(struct json *j, const struct radar_sensitivity *s, enum radar_of of)
{
    json_open(j, "axes", '[');
    for (int i = 0; i < RADAR_AXES; i++) {
        json_open(j, NULL, '{');
        json_text(j, "key", name_of(of, i)->key);
        json_both(j, "label", name_of(of, i)->zh, name_of(of, i)->en);
        put_variant(j, "lower", s, i, 0);
        put_variant(j, "higher", s, i, 1);
        json_int(j, "stay", s->stay_axis[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
}

/* The first of the list, each with whether it stays. */
static void put_first(struct json *j, const struct radar_sensitivity *s, const struct radar *r,
                      enum radar_of of, const struct radar_ranks *ranks)
{
    const struct atlas *a = r->atlas;
    json_open(j, of == RADAR_FACILITIES ? "facilities" : "substances", '[');
    for (uint32_t k = 0; k < s->top; k++) {
        uint32_t i = s->first[k];
        json_open(j, NULL, '{');
        json_int(j, "rank", k + 1);
        if (of == RADAR_FACILITIES) {
            json_int(j, "id", a->id[i]);
            json_text(j, "name", a->names + a->name[i]);
            json_exact(j, "area", r->facility_area[i]);
        } else {
            json_text(j, "cas", a->substance[i].cas);
            json_text(j, "name_zh", a->substance[i].name_zh);
            json_text(j, "name_en", a->substance[i].name_en);
            json_exact(j, "area", r->substance_area[i]);
        }
        json_bool(j, "stays", s->stays[k]);
        radar_json_ranks(j, &ranks[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_sentence(struct json *j, const struct radar_sensitivity *s, enum radar_of of,
                         double points)
{
    char zh[300], en[300];
    int weakest = 0;
    if (s->stay_all == s->top) {
        snprintf(zh, sizeof zh, "任一權重增減 %g 個百分點，前 %u 名全數留在前 %u 名，沒有變動。",
                 points, s->top, s->top);
        snprintf(en, sizeof en,
                 "With any one weight %g points higher or lower, all of the first %u stay among "
                 "them: nothing changes.",
                 points, s->top);
        json_both(j, "says", zh, en);
        return;
    }
    for (int i = 1; i < RADAR_AXES; i++)
        if (s->stay_axis[i] < s->stay_axis[weakest])
            weakest = i;
    snprintf(zh, sizeof zh,
             "任一權重增減 %g 個百分點，前 %u 名中有 %u 名（%.0f%%）不變；最敏感的是 %s %s（留下 "
             "%u 名）。",
             points, s->top, s->stay_all, s->top ? 100.0 * s->stay_all / s->top : 100.0,
             name_of(of, weakest)->key, name_of(of, weakest)->zh, s->stay_axis[weakest]);
    snprintf(
        en, sizeof en,
        "With any one weight %g points higher or lower, %u of the first %u (%.0f %%) stay among "
        "them; most depends on %s %s (%u stay).",
        points, s->stay_all, s->top, s->top ? 100.0 * s->stay_all / s->top : 100.0,
        name_of(of, weakest)->key, name_of(of, weakest)->en, s->stay_axis[weakest]);
    json_both(j, "says", zh, en);
}

static bool get_sensitivity(struct reply *reply, const struct request *r, struct error *err)
{
    const char *what = request_query(r, "of");
    enum radar_of of = what && !strcmp(what, "substances") ? RADAR_SUBSTANCES : RADAR_FACILITIES;
    struct radar_options options;
    struct radar_sensitivity s;
    double points = points_default;
    int64_t top = TOP_DEFAULT;
    bool done;
    if (!answer_begin(&done, reply, r, err) || !radar_query_options(&options, of, r, err) ||
        !request_double(&points, r, "points", 0, 100, err) ||
        !request_int(&top, r, "top", 1, TOP_MAX, err))
        return false;
    if (done)
        return true;
    const struct radar *radar = snapshot_radar(r->snapshot, &options);
    const struct radar_ranks *ranks = radar_list_ranks(r->snapshot, radar, of);
    radar_sensitivity(&s, radar, of, (uint32_t)top, points);
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    json_text(&j, "of", of == RADAR_FACILITIES ? "facilities" : "substances");
    radar_json_parameters(&j, radar, of);
    json_int(&j, "atlas", (int64_t)radar->atlas->number);
    json_exact(&j, "points", points);
    json_int(&j, "top", s.top);
    json_int(&j, "stay", s.stay_all);
    put_sentence(&j, &s, of, points);
    put_axes(&j, &s, of);
    put_first(&j, &s, radar, of, ranks);
    json_close(&j, '}');
    radar_sensitivity_free(&s);
    memo_put(r->snapshot->memo, ranks);
    snapshot_radar_put(r->snapshot, radar);
    return true;
}

static const struct parameter parameters[] = {
    RADAR_PARAMETERS,
    {"of", PARAMETER_CHOICE, 0, 0, "facilities|substances", "facilities", "whose scores"},
    {"points", PARAMETER_NUMBER, 0, 100, NULL, "5",
     "percent points that one weight moves down and up, the others scaled to keep 100 %"},
    {"top", PARAMETER_INTEGER, 1, TOP_MAX, NULL, "100", "how many of the first are looked at"},
    {.name = NULL}};

const struct route stability_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/radar/sensitivity",
     .handler = get_sensitivity,
     .parameters = parameters,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "How many of the first of a warning radar list stay when one weight moves, and "
                "their ranks under every order of the axes"},
    {.pattern = NULL}};
