#include "tiles/legend.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "gis/text.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

/* ColorBrewer YlOrRd, 5 classes (Harrower & Brewer 2003). Limits: the largest area is
 * (4.95 + 1.5)(3 + 1.5) / 2 = 14.5; the report's highest of 7,000 facilities is 6.87. */
static const struct legend_class score[LEGEND_SCORES] = {
    {0.0, 0xFF, 0xFF, 0xB2}, {1.5, 0xFE, 0xCC, 0x5C}, {3.0, 0xFD, 0x8D, 0x3C},
    {4.5, 0xF0, 0x3B, 0x20}, {6.0, 0xBD, 0x00, 0x26},
};
const struct legend legend_score = {"score", "警示雷達圖面積", "radar score (area)", score,
                                    COUNT(score)};

void legend_score_scale(struct legend_scaled *out, double largest)
{
    static const double usual = 14.5125;
    if (!(largest > 0)) /* a single weight: every area is 0 */
        largest = usual;
    out->legend = legend_score;
    out->legend.classes = out->classes;
    for (int i = 0; i < LEGEND_SCORES; i++) {
        out->classes[i] = score[i];
        double limit = score[i].min * largest / usual;
        if (limit > 0 && fabs(largest - usual) > 1e-9) {
            double digits = pow(10, 1 - floor(log10(limit)));
            limit = round(limit * digits) / digits;
        }
        out->classes[i].min = limit;
    }
}

/* ColorBrewer YlGnBu, 5 classes (Harrower & Brewer 2003). */
static const struct legend_class missing[] = {
    {0, 0xFF, 0xFF, 0xCC},  {5, 0xA1, 0xDA, 0xB4},  {10, 0x41, 0xB6, 0xC4},
    {20, 0x2C, 0x7F, 0xB8}, {40, 0x25, 0x34, 0x94},
};
const struct legend legend_missing = {"share", "占廠場百分比", "% of facilities", missing,
                                      COUNT(missing)};

/* The classes of scores on limits of the rule: half of it, it, twice, ten times. */
static const struct legend_class threshold[] = {
    {0, 0xFF, 0xFF, 0xB2}, {0.5, 0xFE, 0xCC, 0x5C}, {1, 0xFD, 0x8D, 0x3C},
    {2, 0xF0, 0x3B, 0x20}, {10, 0xBD, 0x00, 0x26},
};
const struct legend legend_threshold = {"index", "綜合管制指數", "sum of shares (1 = regulated)",
                                        threshold, COUNT(threshold)};

/* ColorBrewer BuPu, 5 classes (Harrower & Brewer 2003), without its near-white. */
static const struct legend_class anomaly[] = {
    {0, 0xBF, 0xD3, 0xE6},   {100, 0x9E, 0xBC, 0xDA}, {1e4, 0x8C, 0x96, 0xC6},
    {1e5, 0x88, 0x41, 0x9D}, {1e6, 0x4D, 0x00, 0x4B},
};
const struct legend legend_anomaly = {"excess", "超出量（公斤）", "past its limit by, kg", anomaly,
                                      COUNT(anomaly)};

int legend_class_of(const struct legend *l, double value)
{
    int c = -1;
    while (c + 1 < l->count && value >= l->classes[c + 1].min)
        c++;
    return c;
}

/* "0", "0.00025", "0.25", "1,500": no more digits than the limit has, thousands apart. */
static void number(char *out, size_t size, double v)
{
    char plain[64];
    if (v > 0 && v < 1e-6) {
        snprintf(out, size, "%.3g", v);
        return;
    }
    int decimals = v > 0 && v < 1000 ? (int)fmax(0, 3 - ceil(log10(v))) : 0;
    int n = snprintf(plain, sizeof plain, v < 1e21 ? "%.*f" : "%.*g", v < 1e21 ? decimals : 3, v);
    if (decimals) {
        while (plain[n - 1] == '0')
            n--;
        n -= plain[n - 1] == '.';
        plain[n] = '\0';
    }
    size_t at = 0;
    for (int i = 0; i < n && at + 2 < size; i++) {
        if (i && !decimals && v < 1e21 && (n - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = plain[i];
    }
    out[at] = '\0';
}

void legend_json(struct json *j, const char *key, const struct legend *l, bool no_data)
{
    json_open(j, key, '{');
    json_text(j, "property", l->property);
    json_both(j, "unit", l->unit_zh, l->unit_en);
    json_open(j, "classes", '[');
    for (int i = 0; i < l->count; i++) {
        const struct legend_class *c = &l->classes[i];
        bool last = i + 1 == l->count;
        char color[8], low[32], high[32], label[80];
        snprintf(color, sizeof color, "#%02x%02x%02x", c->r, c->g, c->b);
        number(low, sizeof low, c->min);
        number(high, sizeof high, last ? 0 : c[1].min);
        if (last)
            snprintf(label, sizeof label, "≥ %s", low);
        else
            snprintf(label, sizeof label, "%s – %s", low, high);
        json_open(j, NULL, '{');
        json_exact(j, "min", text_round15(c->min));
        if (last)
            json_null(j, "max");
        else
            json_exact(j, "max", text_round15(c[1].min));
        json_text(j, "color", color);
        json_both(j, "label", label, label);
        json_close(j, '}');
    }
    json_close(j, ']');
    if (no_data) {
        char grey[8];
        snprintf(grey, sizeof grey, "#%02x%02x%02x", LEGEND_NO_DATA, LEGEND_NO_DATA,
                 LEGEND_NO_DATA);
        json_open(j, "no_data", '{');
        json_text(j, "color", grey);
        json_both(j, "label", "無資料", "no data");
        json_close(j, '}');
    }
    json_close(j, '}');
}
