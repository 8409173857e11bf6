/* /api/v1/radar/….svg: the chart of one warning radar score as a file. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analysis/radar_options.h"
#include "gis/clock.h"
#include "server/api.h"
#include "server/radar_query.h"
#include "server/radar_svg.h"
#include "server/radar_words.h"
#include "server/reply.h"

enum { AXIS_A, AXIS_B, AXIS_C, AXIS_D, AXIS_G, AXIS_H, AXIS_I, AXIS_J };

static void put_raw(char *out, size_t size, int which, const struct radar_axis *a)
{
    char number[48];
    radar_words_number(number, sizeof number, a->raw);
    if (isnan(a->raw))
        snprintf(out, size, "無資料 no data");
    else if (which == AXIS_A)
        snprintf(out, size, "NFPA %s", number);
    else if (which == AXIS_G)
        snprintf(out, size, "平均 mean %.3f", a->raw);
    else if (which == AXIS_I)
        snprintf(out, size, "%s", a->raw < 1.5 ? "中小企業 SME" : "大型企業 large");
    else if (which == AXIS_J)
        snprintf(out, size, "%.0f 年設立 founded", a->raw);
    else if (which == AXIS_C)
        snprintf(out, size, "%s 件 incidents", number);
    else if (which == AXIS_D)
        snprintf(out, size, "%s 千元 thousand TWD", number);
    else
        snprintf(out, size, "%s 公斤 kg", number);
}

static void put_axis(struct radar_svg_axis *out, const struct radar *r, int which,
                     const struct radar_axis *a)
{
    bool mean = which == AXIS_G;
    double weight = which < RADAR_AXES ? r->options.substance.w[which]
                                       : r->options.facility.w[which - RADAR_AXES];
    const struct radar_axis_name *name = &radar_axis_names[which];
    *out = (struct radar_svg_axis){.key = name->key,
                                   .zh = name->zh,
                                   .en = name->en,
                                   .weighted = a->weighted,
                                   .no_data = a->no_data,
                                   .official = a->official};
    out->max = weight * (!mean ? 10 : r->options.rescale ? 10 : r->y_max);
    put_raw(out->raw, sizeof out->raw, which, a);
    if (mean && a->no_data)
        snprintf(out->how, sizeof out->how, "無法計算 none");
    else if (mean)
        snprintf(out->how, sizeof out->how, "%.3f × %.4g %% = %.3f", a->value, weight * 100,
                 a->weighted);
    else
        snprintf(out->how, sizeof out->how, "%s %.4g × %.4g %% = %.3f",
                 a->official ? "官方等級 official class" : "等級 class", a->value, weight * 100,
                 a->weighted);
}

static void put_notes(struct radar_svg *c, const struct radar *r, enum radar_of of,
                      const struct radar_score *s)
{
    const struct radar_options *o = &r->options;
    const char *sine = o->angle == RADAR_PUBLISHED ? "sin(90 rad)" : "sin(90°)";
    char order[RADAR_AXES + 1], built[CLOCK_TEXT_MAX];
    int n = 0;
    bool none = false;
    radar_order_text(order, of, of == RADAR_FACILITIES ? o->facility_order : o->substance_order);
    clock_day_text(built, (int32_t)(r->atlas->built_at / CLOCK_DAY_S));
    for (int i = 0; i < RADAR_AXES; i++)
        none |= s->axis[i].no_data;
    if (none && !isnan(s->area))
        snprintf(c->notes[n++], sizeof *c->notes,
                 "○ 空心、虛線：無資料，以第 1 級計。Hollow, dashed: no data, counted as class 1.");
    snprintf(
        c->notes[n++], sizeof *c->notes,
        "面積 area = (%c×%c + %c×%c + %c×%c + %c×%c) × %s / 2；細線 thin lines：等級 class 5, 10",
        order[0], order[1], order[1], order[2], order[2], order[3], order[3], order[0], sine);
    if (!isnan(s->area))
        snprintf(c->notes[n++], sizeof *c->notes,
                 "不受軸順序影響 independent of the order：平均面積 mean area %.3f，加權幾何平均 "
                 "geometric "
                 "mean %.3f",
                 radar_mean_area(r, s), radar_geometric(r, of, s));
    snprintf(c->notes[n], sizeof *c->notes, "HazAtlas，圖資 atlas %llu，%s",
             (unsigned long long)r->atlas->number, built);
}

static void put_axes(struct radar_svg *c, const struct radar *r, enum radar_of of,
                     const struct radar_score *s)
{
    const uint8_t *order =
        of == RADAR_FACILITIES ? r->options.facility_order : r->options.substance_order;
    for (int i = 0; i < RADAR_AXES; i++)
        put_axis(&c->axis[i], r, order[i] + (of == RADAR_FACILITIES ? RADAR_AXES : 0),
                 &s->axis[order[i]]);
    c->area = s->area;
    c->none_zh = "沒有可對應的化學物質，不計分。";
    c->none_en = "No substance is linked, so there is no score.";
    put_notes(c, r, of, s);
}

static bool write_chart(struct reply *reply, const struct request *r, enum radar_of of,
                        struct error *err)
{
    uint32_t index;
    bool done;
    const char *theme = request_query(r, "theme");
    struct radar_options options;
    struct radar_score s;
    struct radar_svg chart = {.theme = theme && !strcmp(theme, "night") ? RADAR_SVG_NIGHT
                                                                        : RADAR_SVG_DAY};
    if (!radar_query_begin(&index, &done, reply, of, r, err))
        return false;
    if (done)
        return true;
    if (!radar_query_options(&options, of, r, err))
        return false;
    const struct radar *radar = snapshot_radar(r->snapshot, &options);
    const struct atlas *a = radar->atlas;
    if (of == RADAR_FACILITIES) {
        bool known = a->county[index] != ATLAS_NO_COUNTY;
        radar_explain_facility(&s, radar, index);
        chart.title_zh = a->names + a->name[index];
        snprintf(chart.subtitle, sizeof chart.subtitle, "編號 facility %lld%s%.60s",
                 (long long)a->id[index], known ? " · " : "",
                 known ? a->counties[a->county[index]].name : "");
    } else {
        radar_explain_substance(&s, radar, index);
        chart.title_zh = a->substance[index].name_zh;
        chart.title_en = a->substance[index].name_en;
        snprintf(chart.subtitle, sizeof chart.subtitle, "CAS %.20s", a->substance[index].cas);
    }
    put_axes(&chart, radar, of, &s);
    reply->type = "image/svg+xml";
    radar_svg_write(&reply->body, &chart);
    snapshot_radar_put(r->snapshot, radar);
    return true;
}

static bool get_facility(struct reply *reply, const struct request *r, struct error *err)
{
    return write_chart(reply, r, RADAR_FACILITIES, err);
}

static bool get_substance(struct reply *reply, const struct request *r, struct error *err)
{
    return write_chart(reply, r, RADAR_SUBSTANCES, err);
}

static const struct parameter parameters[] = {
    RADAR_PARAMETERS,
    {"theme", PARAMETER_CHOICE, 0, 0, "day|night", "day", "white or dark ground"},
    {.name = NULL}};

const struct route chart_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/radar/facilities/{id}.svg",
     .handler = get_facility,
     .parameters = parameters,
     .answer = "image/svg+xml",
     .tag = "analysis",
     .summary = "One facility's warning radar as a chart, zh-TW and English, fit for print"},
    {.method = "GET",
     .pattern = "/api/v1/radar/substances/{cas}.svg",
     .handler = get_substance,
     .parameters = parameters,
     .answer = "image/svg+xml",
     .tag = "analysis",
     .summary = "The same of a substance"},
    {.pattern = NULL}};
