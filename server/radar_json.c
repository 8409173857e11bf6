#include "server/radar_json.h"

#include <math.h>
#include <stdio.h>

/* "408,888,000": what a person reads; below a thousand up to six digits. */
static void plain(char *out, size_t size, double v)
{
    char digits[32];
    int len = v >= 1000 && v < 1e15 ? snprintf(digits, sizeof digits, "%.0f", v) : 0;
    if (!len) {
        snprintf(out, size, "%.6g", v);
        return;
    }
    size_t at = 0;
    for (int i = 0; i < len && at + 2 < size; i++) {
        if (i && (len - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
}

/* One sentence a person can follow: raw value, how it became a class, times the weight. */
static void explain(struct json *j, const struct radar *r, const struct radar_axis *axis,
                    const struct radar_axis_name *name, int which, double weight)
{
    char zh[400], en[400];
    char raw[48];
    double percent = weight * 100;
    plain(raw, sizeof raw, axis->raw);
    if (which == RADAR_AXES) { /* G */
        if (axis->no_data) {
            snprintf(zh, sizeof zh, "沒有可對應的化學物質，無法計算平均面積。");
            snprintf(en, sizeof en, "No substance is linked, so there is no mean score.");
        } else {
            snprintf(zh, sizeof zh, "各物質雷達圖面積平均 %.3f × 權重 %g%% = %.3f。", axis->raw,
                     percent, axis->weighted);
            snprintf(en, sizeof en,
                     "Mean radar score of its substances %.3f × weight %g %% = %.3f.", axis->raw,
                     percent, axis->weighted);
        }
    } else if (axis->no_data) {
        snprintf(zh, sizeof zh, "無資料，以第 1 級 × 權重 %g%% = %.3f 計，並標示為無資料。",
                 percent, axis->weighted);
        snprintf(en, sizeof en, "No data: counted as class 1 × weight %g %% = %.3f and flagged.",
                 percent, axis->weighted);
    } else if (r->limits[which].by_rank) {
        snprintf(zh, sizeof zh, "%s %s，在 %u 筆已知值中屬第 %g 級（十分位）× 權重 %g%% = %.3f。",
                 raw, name->unit_zh, r->limits[which].population, axis->value, percent,
                 axis->weighted);
        snprintf(en, sizeof en,
                 "%s %s: class %g (decile of %u known values) × weight %g %% = %.3f.", raw,
                 name->unit_en, axis->value, r->limits[which].population, percent, axis->weighted);
    } else {
        snprintf(zh, sizeof zh, "%s：%.0f，屬第 %g 級 × 權重 %g%% = %.3f。", name->unit_zh,
                 axis->raw, axis->value, percent, axis->weighted);
        snprintf(en, sizeof en, "%s: %.0f, class %g × weight %g %% = %.3f.", name->unit_en,
                 axis->raw, axis->value, percent, axis->weighted);
    }
    json_both(j, "explain", zh, en);
}

void radar_json_axes(struct json *j, const char *key, const struct radar *r,
                     const struct radar_score *score, bool facility)
{
    int base = facility ? RADAR_AXES : 0;
    const double *w = facility ? r->options.facility.w : r->options.substance.w;
    double g_max = r->options.rescale ? 10 : r->y_max;
    json_open(j, key, '[');
    for (int i = 0; i < RADAR_AXES; i++) {
        const struct radar_axis *axis = &score->axis[i];
        const struct radar_axis_name *name = &radar_axis_names[base + i];
        bool mean = base + i == RADAR_AXES;
        json_open(j, NULL, '{');
        json_text(j, "key", name->key);
        json_both(j, "label", name->zh, name->en);
        json_both(j, "unit", name->unit_zh, name->unit_en);
        json_number(j, "raw", axis->raw, 6);
        if (mean)
            json_null(j, "class");
        else
            json_int(j, "class", (int64_t)axis->value);
        json_number(j, "weight", w[i], 6);
        json_number(j, "weighted", axis->weighted, 6);
        json_number(j, "max", (mean ? g_max : 10) * w[i], 6);
        json_int(j, "population", r->limits[base + i].population);
        json_bool(j, "no_data", axis->no_data);
        explain(j, r, axis, name, base + i, w[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
}
