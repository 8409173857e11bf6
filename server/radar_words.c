#include "server/radar_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { AXIS_A, AXIS_B, AXIS_C, AXIS_D, AXIS_G, AXIS_H, AXIS_I, AXIS_J };

/* Of a double there is nothing to read behind so many. */
enum { DECIMALS_MAX = 12, DIGITS = 6 };

/* v with separators of thousands and at most so many decimals, none of them 0 at the end. */
static void put_number(char *out, size_t size, double v, int decimals)
{
    char digits[400];
    int len = snprintf(digits, sizeof digits, "%.*f", decimals, v);
    int whole = (int)strcspn(digits, "."), first = digits[0] == '-';
    while (len > whole && (digits[len - 1] == '0' || digits[len - 1] == '.'))
        if (digits[--len] == '.')
            break;
    size_t at = 0;
    for (int i = 0; i < len && at + 2 < size; i++) {
        if (i > first && i < whole && (whole - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
}

/* Decimals of a number that stands alone: six digits, of thousands and more none. */
static int decimals_of(double v)
{
    double size = fabs(v);
    if (!(size > 0) || size >= 1000)
        return 0;
    int places = DIGITS - 1 - (int)floor(log10(size));
    return places < DECIMALS_MAX ? places : DECIMALS_MAX;
}

void radar_words_number(char *out, size_t size, double v)
{
    if (isfinite(v) && fabs(v) < 1e18)
        put_number(out, size, v, decimals_of(v));
    else
        snprintf(out, size, "%.6g", v);
}

void radar_words_pair(char out[2][RADAR_NUMBER_MAX], const double v[2])
{
    for (int i = 0; i < 2; i++)
        if (isnan(v[i]))
            snprintf(out[i], RADAR_NUMBER_MAX, "–");
        else
            radar_words_number(out[i], RADAR_NUMBER_MAX, v[i]);
    if (!(v[0] < v[1] || v[0] > v[1]) || !(fmax(fabs(v[0]), fabs(v[1])) < 1e18))
        return;
    for (int decimals = 1; decimals <= DECIMALS_MAX && !strcmp(out[0], out[1]); decimals++)
        for (int i = 0; i < 2; i++)
            put_number(out[i], RADAR_NUMBER_MAX, v[i],
                       decimals > decimals_of(v[i]) ? decimals : decimals_of(v[i]));
}

void radar_words_signed(char *out, size_t size, double v)
{
    int decimals = 3;
    while (decimals < DECIMALS_MAX && fabs(v) > 0 && fabs(v) < 0.5 * pow(10, -decimals))
        decimals++;
    snprintf(out, size, "%+.*f", decimals, v);
}

static void say(struct radar_words *out, const char *zh, const char *en)
{
    snprintf(out->zh, sizeof out->zh, "%s", zh);
    snprintf(out->en, sizeof out->en, "%s", en);
}

void radar_words_fixed(char *out, size_t size, double v, int decimals)
{
    if (v != 0 && fabs(v) < pow(10, 1 - decimals))
        snprintf(out, size, "%.*g", decimals + 1, v);
    else
        snprintf(out, size, "%.*f", decimals, v);
}

void radar_words_raw(struct radar_words *out, enum radar_of of, int axis,
                     const struct radar_axis *value)
{
    int which = axis + (of == RADAR_FACILITIES ? RADAR_AXES : 0);
    const struct radar_axis_name *name = &radar_axis_names[which];
    char number[RADAR_NUMBER_MAX];
    radar_words_number(number, sizeof number, value->raw);
    if (isnan(value->raw)) {
        say(out, "無資料", "no data");
    } else if (which == AXIS_A || which == AXIS_G) {
        snprintf(out->zh, sizeof out->zh, "%s %s", which == AXIS_A ? "NFPA 總和" : "平均面積",
                 number);
        snprintf(out->en, sizeof out->en, "%s %s", which == AXIS_A ? "NFPA sum" : "mean area",
                 number);
    } else if (which == AXIS_I) {
        bool small = value->raw < 1.5;
        say(out, small ? "中小企業" : "大型企業", small ? "SME" : "large");
    } else if (which == AXIS_J) {
        snprintf(out->zh, sizeof out->zh, "%.0f 年設立", value->raw);
        snprintf(out->en, sizeof out->en, "founded %.0f", value->raw);
    } else {
        snprintf(out->zh, sizeof out->zh, "%s %s", number, name->unit_zh);
        snprintf(out->en, sizeof out->en, "%s %s", number, name->unit_en);
    }
}

int radar_words_remarks(struct radar_words out[RADAR_REMARKS_MAX], const struct radar_options *o,
                        enum radar_of of)
{
    int count = 0;
    if (radar_all_zero(o, of))
        say(&out[count++],
            "相對的兩軸權重都是 0（或小到無法計算），所有分數都成為 0。請調整權重或軸的順序。",
            "Two opposite axes both weigh 0 (or too little to be reckoned with), so every score is "
            "0. Change the weights or the order of the axes.");
    if (of == RADAR_FACILITIES && radar_all_zero(o, RADAR_SUBSTANCES))
        say(&out[count++],
            "物質的相對兩軸權重都是 0（或小到無法計算），所有物質的面積 Y 都成為 0，廠場的 G 也是 "
            "0。請調整 substance_weights 或 substance_order。",
            "Two opposite axes of substances both weigh 0 (or too little to be reckoned with), so "
            "every area Y is 0, and G of every facility too. Change substance_weights or "
            "substance_order.");
    return count;
}

static void say_mean(struct radar_words *out, const struct radar *r, const struct radar_axis *a,
                     double percent)
{
    char scaled[64] = "", mean[RADAR_NUMBER_MAX], weighted[RADAR_NUMBER_MAX];
    if (a->no_data) {
        say(out, "沒有可對應的化學物質，無法計算平均面積。",
            "No substance is linked, so there is no mean score.");
        return;
    }
    if (r->options.rescale)
        snprintf(scaled, sizeof scaled, " × 10 / %.6g", r->y_max);
    radar_words_fixed(mean, sizeof mean, a->raw, 3);
    radar_words_fixed(weighted, sizeof weighted, a->weighted, 3);
    snprintf(out->zh, sizeof out->zh, "各物質雷達圖面積平均 %s%s × 權重 %g%% = %s。", mean, scaled,
             percent, weighted);
    snprintf(out->en, sizeof out->en,
             "Mean radar score of its substances %s%s × weight %g %% = %s.", mean, scaled, percent,
             weighted);
}

void radar_words_axis(struct radar_words *out, const struct radar *r, enum radar_of of, int axis,
                      const struct radar_axis *a)
{
    int which = axis + (of == RADAR_FACILITIES ? RADAR_AXES : 0);
    const struct radar_limits *limits = &r->limits[which];
    double percent =
        100 * (of == RADAR_FACILITIES ? r->options.facility.w[axis] : r->options.substance.w[axis]);
    struct radar_words raw = {.zh = ""};
    char weighted[RADAR_NUMBER_MAX];
    radar_words_raw(&raw, of, axis, a);
    radar_words_fixed(weighted, sizeof weighted, a->weighted, 3);
    if (which == AXIS_G) {
        say_mean(out, r, a, percent);
    } else if (a->official) {
        snprintf(out->zh, sizeof out->zh,
                 "匯入之官方等級第 %g 級（原始值：%.80s）× 權重 %g%% = %s。", a->value, raw.zh,
                 percent, weighted);
        snprintf(out->en, sizeof out->en,
                 "Imported official class %g (raw value: %.80s) × weight %g %% = %s.", a->value,
                 raw.en, percent, weighted);
    } else if (a->future) {
        snprintf(out->zh, sizeof out->zh,
                 "設立年 %d 在計算年度 %d 之後，視為無資料，以第 1 級 × 權重 %g%% = %s 計，並標示為"
                 "無資料。",
                 a->future, r->year, percent, weighted);
        snprintf(out->en, sizeof out->en,
                 "Founded %d, which is after %d, the year that ages are counted to: no data, "
                 "counted as class 1 × weight %g %% = %s and flagged.",
                 a->future, r->year, percent, weighted);
    } else if (a->no_data) {
        snprintf(out->zh, sizeof out->zh, "無資料，以第 1 級 × 權重 %g%% = %s 計，並標示為無資料。",
                 percent, weighted);
        snprintf(out->en, sizeof out->en,
                 "No data: counted as class 1 × weight %g %% = %s and flagged.", percent, weighted);
    } else if (limits->by_rank) {
        snprintf(out->zh, sizeof out->zh,
                 "%.80s，在 %u 筆已知值中屬第 %g 級（十分位）× 權重 %g%% = %s。", raw.zh,
                 limits->population, a->value, percent, weighted);
        snprintf(out->en, sizeof out->en,
                 "%.80s: class %g (decile of %u known value%s) × weight %g %% = %s.", raw.en,
                 a->value, limits->population, limits->population == 1 ? "" : "s", percent,
                 weighted);
    } else {
        snprintf(out->zh, sizeof out->zh, "%.80s，屬第 %g 級 × 權重 %g%% = %s。", raw.zh, a->value,
                 percent, weighted);
        snprintf(out->en, sizeof out->en, "%.80s: class %g × weight %g %% = %s.", raw.en, a->value,
                 percent, weighted);
    }
}
