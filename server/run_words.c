#include "server/run_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "server/radar_words.h"

enum { AXIS_G = 4, AXIS_I = 6, AXIS_J = 7 };

static const char *const cause_zh[RUN_CAUSES] = {"自身變動", "其他廠場或級距變動", "年度變動",
                                                 "參數變動"};
static const char *const cause_zh_substance[RUN_CAUSES] = {"自身變動", "其他物質或級距變動",
                                                           "年度變動", "參數變動"};
static const char *const cause_en[RUN_CAUSES] = {"its own data", "the others or the class limits",
                                                 "the year", "the parameters"};

/* Of a substance, and of axis G: of the substances of a facility. */
static const char *const official_zh[2][4] = {
    {"", "（新給官方等級）", "（官方等級變更）", "（官方等級撤銷）"},
    {"", "（其物質新給官方等級）", "（其物質之官方等級變更）", "（其物質之官方等級撤銷）"}};
static const char *const official_en[2][4] = {
    {"", " (an official class was given)", " (the official class was changed)",
     " (the official class was withdrawn)"},
    {"", " (official classes were given to its substances)",
     " (official classes of its substances were changed)",
     " (official classes of its substances were withdrawn)"}};

/* Raw values before and after: sizes by name, years as years. */
static void put_raw(char zh[2][RADAR_NUMBER_MAX], char en[2][RADAR_NUMBER_MAX], int which,
                    const double raw[2])
{
    radar_words_pair(zh, raw);
    for (int i = 0; i < 2; i++) {
        if (which == AXIS_J && !isnan(raw[i]))
            snprintf(zh[i], RADAR_NUMBER_MAX, "%.0f", raw[i]);
        snprintf(en[i], RADAR_NUMBER_MAX, "%s", zh[i]);
        if (which != AXIS_I || isnan(raw[i]))
            continue;
        snprintf(zh[i], RADAR_NUMBER_MAX, "%s", raw[i] < 1.5 ? "中小企業" : "大型企業");
        snprintf(en[i], RADAR_NUMBER_MAX, "%s", raw[i] < 1.5 ? "SME" : "large");
    }
}

/* The causes with what each did to the score; the parameters' is told once for all axes. */
static void put_causes(char zh[RUN_WORDS_MAX / 2], char en[RUN_WORDS_MAX / 2], enum radar_of of,
                       const struct run_axis_reason *r)
{
    for (int c = 0; c < RUN_CAUSES; c++) {
        if (!(r->moved >> c & 1))
            continue;
        size_t at_zh = strlen(zh), at_en = strlen(en);
        char part[32] = " ";
        if (c == RUN_PARAMETERS)
            part[0] = '\0';
        else
            radar_words_signed(part + 1, sizeof part - 1, r->by[c]);
        snprintf(zh + at_zh, RUN_WORDS_MAX / 2 - at_zh, "%s%s%s", at_zh ? "、" : "",
                 of == RADAR_FACILITIES ? cause_zh[c] : cause_zh_substance[c], part);
        snprintf(en + at_en, RUN_WORDS_MAX / 2 - at_en, "%s%s%s", at_en ? ", " : "", cause_en[c],
                 part);
    }
}

void run_reason_words(char zh[RUN_WORDS_MAX], char en[RUN_WORDS_MAX], enum radar_of of, int axis,
                      const struct run_axis_reason *r)
{
    int which = axis + (of == RADAR_FACILITIES ? RADAR_AXES : 0);
    const struct radar_axis_name *n = &radar_axis_names[which];
    char raw_zh[2][RADAR_NUMBER_MAX], raw_en[2][RADAR_NUMBER_MAX], value[2][RADAR_NUMBER_MAX];
    char by_zh[RUN_WORDS_MAX / 2] = "", by_en[RUN_WORDS_MAX / 2] = "";
    char unit_zh[48] = "", unit_en[48] = "";
    put_raw(raw_zh, raw_en, which, r->raw);
    radar_words_pair(value, r->value);
    put_causes(by_zh, by_en, of, r);
    if (which != AXIS_I) {
        snprintf(unit_zh, sizeof unit_zh, "（%s）", n->unit_zh);
        snprintf(unit_en, sizeof unit_en, " (%s)", n->unit_en);
    }
    snprintf(zh, RUN_WORDS_MAX, "%s %s%s：%s → %s，%s %s → %s%s%s%s%s", n->key, n->zh, unit_zh,
             raw_zh[0], raw_zh[1], which == AXIS_G ? "軸值" : "等級", value[0], value[1],
             official_zh[which == AXIS_G][r->official_change], *by_zh ? "：" : "", by_zh,
             *by_zh ? "" : "，未變動");
    snprintf(en, RUN_WORDS_MAX, "%s %s%s: %s → %s, %s %s → %s%s%s%s%s", n->key, n->en, unit_en,
             raw_en[0], raw_en[1], which == AXIS_G ? "value" : "class", value[0], value[1],
             official_en[which == AXIS_G][r->official_change], *by_en ? ": " : "", by_en,
             *by_en ? "" : "; not moved");
}

void run_parameters_words(char zh[RUN_WORDS_MAX], char en[RUN_WORDS_MAX], double by)
{
    char part[32];
    radar_words_signed(part, sizeof part, by);
    snprintf(zh, RUN_WORDS_MAX, "%s %s", cause_zh[RUN_PARAMETERS], part);
    snprintf(en, RUN_WORDS_MAX, "%s %s", cause_en[RUN_PARAMETERS], part);
}
