#include "server/radar_lines.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "analysis/packet_substance.h"
#include "analysis/radar_columns.h"
#include "analysis/radar_options.h"
#include "server/radar_words.h"

enum {
    AXIS_A,
    AXIS_B,
    AXIS_C,
    AXIS_D,
    AXIS_H = 5,
    AXIS_J = 7,
    LINE_MAX = 900,
    SME_EMPLOYEES = 200
};
#define SME_CAPITAL_TWD 80e6 /* as atlas_facilities.sql */

struct line {
    char zh[LINE_MAX], en[LINE_MAX];
};

static void put(struct json *j, const struct line *line)
{
    json_both(j, NULL, line->zh, line->en);
}

__attribute__((format(printf, 2, 3))) static void zh(struct line *l, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(l->zh, sizeof l->zh, format, args);
    va_end(args);
}

__attribute__((format(printf, 2, 3))) static void en(struct line *l, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(l->en, sizeof l->en, format, args);
    va_end(args);
}

static const char *plural(uint32_t n)
{
    return n == 1 ? "" : "s";
}

static const struct radar_axis_name *name_of(enum radar_of of, int axis)
{
    return &radar_axis_names[axis + (of == RADAR_FACILITIES ? RADAR_AXES : 0)];
}

static const uint8_t *order_of(const struct radar *r, enum radar_of of)
{
    return of == RADAR_FACILITIES ? r->options.facility_order : r->options.substance_order;
}

/* "(2.8×2.7 + 2.7×1.5 + 1.5×0.9 + 0.9×2.8) × 1 / 2 = 7.74" */
static void put_area(char *out, size_t size, const struct radar *r, enum radar_of of,
                     const struct radar_score *s)
{
    double x[RADAR_AXES];
    char area[RADAR_NUMBER_MAX];
    radar_words_fixed(area, sizeof area, s->area, 6);
    for (int i = 0; i < RADAR_AXES; i++)
        x[i] = s->axis[order_of(r, of)[i]].weighted;
    snprintf(out, size, "(%.6g×%.6g + %.6g×%.6g + %.6g×%.6g + %.6g×%.6g) × %.10g / 2 = %s", x[0],
             x[1], x[1], x[2], x[2], x[3], x[3], x[0], radar_sine(r->options.angle), area);
}

static void put_formula(struct json *j, const struct radar *r, enum radar_of of)
{
    const uint8_t *o = order_of(r, of);
    const char *x[RADAR_AXES];
    const char *score = of == RADAR_FACILITIES ? "K" : "Y";
    const char *sine = r->options.angle == RADAR_PUBLISHED ? "sin(90 rad)" : "sin(90°)";
    struct line line = {.zh = ""};
    for (int i = 0; i < RADAR_AXES; i++)
        x[i] = name_of(of, o[i])->key;
    zh(&line, "%s = (%s×%s + %s×%s + %s×%s + %s×%s) × %s / 2，%s = %.10g；各軸為等級 × 權重%s。",
       score, x[0], x[1], x[1], x[2], x[2], x[3], x[3], x[0], sine, sine,
       radar_sine(r->options.angle), of == RADAR_FACILITIES ? "（G 為物質平均面積 × 權重）" : "");
    en(&line,
       "%s = (%s×%s + %s×%s + %s×%s + %s×%s) × %s / 2, %s = %.10g; each axis is its class × its "
       "weight%s.",
       score, x[0], x[1], x[1], x[2], x[2], x[3], x[3], x[0], sine, sine,
       radar_sine(r->options.angle),
       of == RADAR_FACILITIES ? " (G: mean area of the substances × weight)" : "");
    put(j, &line);
}

/* How a raw value became its class, by the limits of the classes around it. */
static void put_class(struct json *j, const struct radar *r, int which, const char *key,
                      const struct radar_axis *a)
{
    const struct radar_limits *limits = &r->limits[which];
    int class = (int)a->value;
    char raw[48], low[48], high[48];
    struct line line = {.zh = ""};
    if (!limits->by_rank || a->official || isnan(a->raw) || a->raw <= 0)
        return;
    radar_words_number(raw, sizeof raw, a->raw);
    radar_words_number(low, sizeof low, limits->cut[class - 1]);
    if (class == RADAR_CLASSES) {
        zh(&line, "%s：%u 筆正值由小到大分十級；第 10 級由 %s 起，%s 達到 → 第 10 級。", key,
           limits->population, low, raw);
        en(&line,
           "%s: %u positive value%s, ascending, in ten classes; class 10 begins at %s, %s reaches "
           "it "
           "→ class 10.",
           key, limits->population, plural(limits->population), low, raw);
    } else {
        radar_words_number(high, sizeof high, limits->cut[class]);
        zh(&line,
           "%s：%u 筆正值由小到大分十級；第 %d 級由 %s 起、第 %d 級由 %s 起，%s → 第 %d 級。", key,
           limits->population, class, low, class + 1, high, raw, class);
        en(&line,
           "%s: %u positive value%s, ascending, in ten classes; class %d begins at %s, class %d at "
           "%s; %s → class %d.",
           key, limits->population, plural(limits->population), class, low, class + 1, high, raw,
           class);
    }
    put(j, &line);
}

static void put_axis(struct json *j, const struct radar *r, enum radar_of of, int axis,
                     const struct radar_score *s)
{
    struct radar_words words = {.zh = ""};
    struct line line = {.zh = ""};
    radar_words_axis(&words, r, of, axis, &s->axis[axis]);
    zh(&line, "%s %s：%s", name_of(of, axis)->key, name_of(of, axis)->zh, words.zh);
    en(&line, "%s %s: %s", name_of(of, axis)->key, name_of(of, axis)->en, words.en);
    put(j, &line);
}

/* ---- a substance ---- */

static void put_hazard(struct json *j, const struct radar *r, uint32_t index)
{
    const int8_t *n = r->atlas->substance[index].nfpa;
    struct line line = {.zh = ""};
    if (n[0] < 0 || n[1] < 0 || n[2] < 0)
        return;
    zh(&line, "A：NFPA 健康 %d + 易燃 %d + 反應 %d = %d（各項取各來源最高）。", n[0], n[1], n[2],
       n[0] + n[1] + n[2]);
    en(&line, "A: NFPA health %d + flammability %d + instability %d = %d (highest of all sources).",
       n[0], n[1], n[2], n[0] + n[1] + n[2]);
    put(j, &line);
}

static void put_national(struct json *j, const struct radar *r, uint32_t index)
{
    const struct radar_national *n = &r->columns->national[index];
    const char *behaviour_zh, *behaviour_en;
    char kg[48], year[16] = "?";
    struct line line = {.zh = ""};
    if (isnan(n->kg))
        return;
    packet_behaviour_words(&behaviour_zh, &behaviour_en, behaviour_names[n->behaviour]);
    radar_words_number(kg, sizeof kg, n->kg);
    if (n->year)
        snprintf(year, sizeof year, "%d", n->year);
    zh(&line, "B：各「系統 × 行為 × 年」之合計取最大：%.120s，%s，%s 年，%s 公斤%s。", n->system,
       behaviour_zh, year, kg, n->stated ? "（系統自述之全國合計）" : "");
    en(&line, "B: largest of the sums by system × behaviour × year: %.120s, %s, %s, %s kg%s.",
       n->system, behaviour_en, year, kg, n->stated ? " (as the system states it)" : "");
    put(j, &line);
}

static void put_incidents(struct json *j, const struct radar *r, uint32_t index)
{
    struct radar_incidents n;
    struct line line = {.zh = ""};
    radar_count_incidents(&n, r->columns->events, index, r->options.incidents_from,
                          r->options.incidents_to);
    if (isnan(n.count))
        return;
    zh(&line, "C：逐件登錄 %u 件（同日同縣市以件數最多的來源計）+ 刊載統計另有 %.6g 件 = %.6g 件。",
       n.stored, n.printed, n.count);
    en(&line,
       "C: %u told one by one (of a day and county as many as the source with the most) + %.6g "
       "more counted in print = %.6g "
       "incidents.",
       n.stored, n.printed, n.count);
    put(j, &line);
}

static void write_substance(struct json *j, const struct radar *r, uint32_t index)
{
    struct radar_score s;
    struct line line = {.zh = ""};
    char area[300];
    radar_explain_substance(&s, r, index);
    put_formula(j, r, RADAR_SUBSTANCES);
    for (int i = 0; i < RADAR_AXES; i++) {
        if (i == AXIS_A)
            put_hazard(j, r, index);
        if (i == AXIS_B)
            put_national(j, r, index);
        if (i == AXIS_C)
            put_incidents(j, r, index);
        put_class(j, r, i, name_of(RADAR_SUBSTANCES, i)->key, &s.axis[i]);
        put_axis(j, r, RADAR_SUBSTANCES, i, &s);
    }
    put_area(area, sizeof area, r, RADAR_SUBSTANCES, &s);
    zh(&line, "Y = %s", area);
    en(&line, "Y = %s", area);
    put(j, &line);
}

/* ---- a facility ---- */

static void put_substance(struct json *j, const struct radar *r, uint32_t substance)
{
    const struct atlas_substance *about = &r->atlas->substance[substance];
    struct radar_score s;
    struct line line = {.zh = ""};
    char classes[200] = "", area[300];
    size_t at = 0;
    radar_explain_substance(&s, r, substance);
    for (int i = 0; i < RADAR_AXES; i++) {
        int used = snprintf(classes + at, sizeof classes - at, "%s%s %.6g×%.6g%%=%.6g",
                            i ? ", " : "", name_of(RADAR_SUBSTANCES, i)->key, s.axis[i].value,
                            100 * r->options.substance.w[i], s.axis[i].weighted);
        at += used > 0 && (size_t)used < sizeof classes - at ? (size_t)used : 0;
    }
    put_area(area, sizeof area, r, RADAR_SUBSTANCES, &s);
    zh(&line, "%.90s %s：%s；Y = %s", about->name_zh, about->cas, classes, area);
    en(&line, "%.90s %s: %s; Y = %s", about->name_en, about->cas, classes, area);
    put(j, &line);
}

static void put_mean(struct json *j, const struct radar *r, uint32_t f)
{
    const struct radar_columns *c = r->columns;
    uint32_t first = c->link_first[f], n = c->link_first[f + 1] - first;
    double sum = 0;
    struct line line = {.zh = ""};
    for (uint32_t k = 0; k < n; k++) {
        if (k < RADAR_LINES_SUBSTANCES_MAX)
            put_substance(j, r, c->link[first + k]);
        sum += r->substance_area[c->link[first + k]];
    }
    if (!n)
        return;
    if (n > RADAR_LINES_SUBSTANCES_MAX) {
        zh(&line, "另有 %u 種物質，見 substances。", n - RADAR_LINES_SUBSTANCES_MAX);
        en(&line, "%u more substance%s, see the member substances.", n - RADAR_LINES_SUBSTANCES_MAX,
           plural(n - RADAR_LINES_SUBSTANCES_MAX));
        put(j, &line);
    }
    char total[RADAR_NUMBER_MAX], mean[RADAR_NUMBER_MAX];
    radar_words_fixed(total, sizeof total, sum, 6);
    radar_words_fixed(mean, sizeof mean, sum / n, 6);
    zh(&line, "平均 Y = %s / %u = %s", total, n, mean);
    en(&line, "Mean Y = %s / %u = %s", total, n, mean);
    put(j, &line);
}

/* The largest sum of a stock. */
static void put_stock(struct json *j, const struct atlas *a, uint32_t stock)
{
    const struct atlas_part *best = NULL;
    const char *behaviour_zh, *behaviour_en, *name_zh = "（未對應之物質）",
                                             *name_en = "(a substance not linked)";
    char kg[48], year[16] = "?";
    struct line line = {.zh = ""};
    for (uint32_t p = a->part_first[stock]; p < a->part_first[stock + 1]; p++)
        if (!isnan(a->parts[p].kg) && (!best || a->parts[p].kg > best->kg))
            best = &a->parts[p];
    if (!best)
        return;
    if (best->substance != ATLAS_UNLINKED) {
        name_zh = a->substance[best->substance].name_zh;
        name_en = a->substance[best->substance].name_en;
    }
    packet_behaviour_words(&behaviour_zh, &behaviour_en, behaviour_names[best->behaviour]);
    radar_words_number(kg, sizeof kg, best->kg);
    if (best->year)
        snprintf(year, sizeof year, "%d", best->year);
    uint32_t sums = a->part_first[stock + 1] - a->part_first[stock];
    if (sums == 1) {
        zh(&line, "H：%.90s：%.90s，%s 年，%s，%s 公斤（唯一一項合計）", name_zh,
           a->sources[best->source].title, year, behaviour_zh, kg);
        en(&line, "H: %.90s: %.90s, %s, %s, %s kg (the only sum)", name_en,
           a->sources[best->source].title, year, behaviour_en, kg);
    } else {
        zh(&line, "H：%.90s：%.90s，%s 年，%s，%s 公斤（%u 項「來源 × 行為 × 年」合計之最大）",
           name_zh, a->sources[best->source].title, year, behaviour_zh, kg, sums);
        en(&line,
           "H: %.90s: %.90s, %s, %s, %s kg (largest of %u sums by source × behaviour × year)",
           name_en, a->sources[best->source].title, year, behaviour_en, kg, sums);
    }
    put(j, &line);
}

static void put_quantity(struct json *j, const struct radar *r, uint32_t f)
{
    const struct atlas *a = r->atlas;
    uint32_t first = a->stock_first[f], n = a->stock_first[f + 1] - first;
    char kg[48];
    struct line line = {.zh = ""};
    for (uint32_t k = 0; k < n && k < RADAR_LINES_SUBSTANCES_MAX; k++)
        put_stock(j, a, first + k);
    if (n > RADAR_LINES_SUBSTANCES_MAX) {
        zh(&line, "H：另有 %u 種物質，見 quantity。", n - RADAR_LINES_SUBSTANCES_MAX);
        en(&line, "H: %u more substance%s, see the member quantity.",
           n - RADAR_LINES_SUBSTANCES_MAX, plural(n - RADAR_LINES_SUBSTANCES_MAX));
        put(j, &line);
    }
    if (isnan(a->quantity_kg[f]))
        return;
    radar_words_number(kg, sizeof kg, a->quantity_kg[f]);
    zh(&line, "H：合計 %s 公斤", kg);
    en(&line, "H: together %s kg", kg);
    put(j, &line);
}

static void put_size(struct json *j, const struct radar_lines_size *size)
{
    char capital[48] = "?", employees[48] = "?";
    struct line line = {.zh = ""};
    if (!size || (isnan(size->capital_twd) && isnan(size->employees)))
        return;
    if (!isnan(size->capital_twd))
        radar_words_number(capital, sizeof capital, size->capital_twd);
    if (!isnan(size->employees))
        radar_words_number(employees, sizeof employees, size->employees);
    bool small = size->capital_twd <= SME_CAPITAL_TWD || size->employees < SME_EMPLOYEES;
    zh(&line, "I：實收資本額 %s 元（≤ 80,000,000）或員工 %s 人（< 200）%s → %s。", capital,
       employees, small ? "符合其一" : "皆不符", small ? "中小企業" : "大型企業");
    en(&line, "I: paid-in capital TWD %s (<= 80,000,000) or employees %s (< 200): %s → %s.",
       capital, employees, small ? "one holds" : "neither holds", small ? "SME" : "large");
    put(j, &line);
}

/* The bands, oldest first, come with the atlas. */
static void put_age(struct json *j, const struct radar *r, double founded)
{
    const struct atlas_ages *ages = &r->atlas->ages;
    char bands_zh[400] = "", bands_en[400] = "";
    size_t at_zh = 0, at_en = 0;
    struct line line = {.zh = ""};
    for (uint32_t i = 0; i < ages->count; i++) {
        int n = snprintf(bands_zh + at_zh, sizeof bands_zh - at_zh, "%s滿 %d 年第 %d 級",
                         i ? "、" : "", ages->band[i].years, ages->band[i].class);
        at_zh += n > 0 && (size_t)n < sizeof bands_zh - at_zh ? (size_t)n : 0;
        n = snprintf(bands_en + at_en, sizeof bands_en - at_en, "%sclass %d from %d years on",
                     i ? ", " : "", ages->band[i].class, ages->band[i].years);
        at_en += n > 0 && (size_t)n < sizeof bands_en - at_en ? (size_t)n : 0;
    }
    zh(&line, "J：%d − %.0f = %.0f 年；%s，其餘第 1 級。", r->year, founded, r->year - founded,
       bands_zh);
    en(&line, "J: %d − %.0f = %.0f years; %s, else class 1.", r->year, founded, r->year - founded,
       bands_en);
    put(j, &line);
}

static void write_facility(struct json *j, const struct radar *r, uint32_t f,
                           const struct radar_lines_size *size)
{
    struct radar_score s;
    struct line line = {.zh = ""};
    char area[300];
    radar_explain_facility(&s, r, f);
    put_formula(j, r, RADAR_FACILITIES);
    if (!s.axis[0].no_data)
        put_formula(j, r, RADAR_SUBSTANCES);
    put_mean(j, r, f);
    put_axis(j, r, RADAR_FACILITIES, 0, &s);
    put_quantity(j, r, f);
    put_class(j, r, AXIS_H, "H", &s.axis[1]);
    put_axis(j, r, RADAR_FACILITIES, 1, &s);
    put_size(j, size);
    put_axis(j, r, RADAR_FACILITIES, 2, &s);
    if (!s.axis[3].no_data)
        put_age(j, r, s.axis[3].raw);
    put_axis(j, r, RADAR_FACILITIES, 3, &s);
    if (isnan(s.area)) {
        zh(&line, "K：沒有可對應的化學物質，不計分。");
        en(&line, "K: no substance is linked, so there is no score.");
    } else {
        put_area(area, sizeof area, r, RADAR_FACILITIES, &s);
        zh(&line, "K = %s", area);
        en(&line, "K = %s", area);
    }
    put(j, &line);
}

void radar_lines_write(struct json *j, const char *key, const struct radar *r, enum radar_of of,
                       uint32_t index, const struct radar_lines_size *size)
{
    json_open(j, key, '[');
    if (of == RADAR_FACILITIES)
        write_facility(j, r, index, size);
    else
        write_substance(j, r, index);
    json_close(j, ']');
}
