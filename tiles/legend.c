#include "tiles/legend.h"

#include <math.h>
#include <stdio.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

/* ColorBrewer YlOrRd, 5 classes (Harrower & Brewer 2003). Limits: the largest area is
 * (4.95 + 1.5)(3 + 1.5) / 2 = 14.5; the report's highest of 7,000 facilities is 6.87. */
static const struct legend_class score[] = {
    {0.0, 0xFF, 0xFF, 0xB2}, {1.5, 0xFE, 0xCC, 0x5C}, {3.0, 0xFD, 0x8D, 0x3C},
    {4.5, 0xF0, 0x3B, 0x20}, {6.0, 0xBD, 0x00, 0x26},
};
const struct legend legend_score = {"score", "警示雷達圖面積", "radar score (area)", score,
                                    COUNT(score)};

/* Inferno (Smith & van der Walt, matplotlib, CC0) sampled at even steps, light = few, so that the
 * picture reads the same in black and white. */
static const struct legend_class count[] = {
    {1e-6, 0xFC, 0xF5, 0xA8}, {0.1, 0xF6, 0xD7, 0x46}, {0.25, 0xFC, 0xA5, 0x0A},
    {0.5, 0xF3, 0x78, 0x19},  {1, 0xDD, 0x51, 0x3A},   {2, 0xBC, 0x37, 0x54},
    {4, 0x93, 0x26, 0x67},    {8, 0x6A, 0x17, 0x6E},   {16, 0x42, 0x0A, 0x68},
};
static const struct legend_class quantity[] = {
    {1e-6, 0xFC, 0xF5, 0xA8}, {10, 0xF6, 0xD7, 0x46},  {1e2, 0xFC, 0xA5, 0x0A},
    {1e3, 0xF3, 0x78, 0x19},  {1e4, 0xDD, 0x51, 0x3A}, {1e5, 0xBC, 0x37, 0x54},
    {1e6, 0x93, 0x26, 0x67},  {1e7, 0x6A, 0x17, 0x6E}, {1e8, 0x42, 0x0A, 0x68},
};
const struct legend legend_heat[HEAT_BYS] = {
    [HEAT_COUNT] = {"density", "廠場/平方公里", "facilities per km²", count, COUNT(count)},
    [HEAT_QUANTITY] = {"density", "公斤/平方公里", "kg per km²", quantity, COUNT(quantity)},
};

/* ColorBrewer YlGnBu, 5 classes (Harrower & Brewer 2003). */
static const struct legend_class missing[] = {
    {0, 0xFF, 0xFF, 0xCC},  {5, 0xA1, 0xDA, 0xB4},  {10, 0x41, 0xB6, 0xC4},
    {20, 0x2C, 0x7F, 0xB8}, {40, 0x25, 0x34, 0x94},
};
const struct legend legend_missing = {"share", "占廠場百分比", "% of facilities", missing,
                                      COUNT(missing)};

int legend_class_of(const struct legend *l, double value)
{
    int c = -1;
    while (c + 1 < l->count && value >= l->classes[c + 1].min)
        c++;
    return c;
}

/* "0.25", "1,000", "100 million": at most three digits before a unit word. */
static void number(char *out, size_t size, double v)
{
    if (v < 1e-3)
        snprintf(out, size, "0");
    else if (v >= 1e6)
        snprintf(out, size, "%g,000,000", v / 1e6);
    else if (v >= 1e3)
        snprintf(out, size, "%g,000", v / 1e3);
    else
        snprintf(out, size, "%g", v);
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
        json_number(j, "min", c->min < 1e-3 ? 0 : c->min, 6);
        if (last)
            json_null(j, "max");
        else
            json_number(j, "max", c[1].min, 6);
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
