#include <math.h>

#include "tiles/legend.h"

/* Inferno (Smith & van der Walt, matplotlib, CC0) sampled at even steps: its lightness is even too,
 * so the picture reads the same to the colour-blind and in black and white. Light = few by day. */
static const uint8_t ramp[HEAT_CLASSES_MAX][3] = {
    {0xFC, 0xF5, 0xA8}, {0xF6, 0xD7, 0x46}, {0xFC, 0xA5, 0x0A},
    {0xF3, 0x78, 0x19}, {0xDD, 0x51, 0x3A}, {0xBC, 0x37, 0x54},
    {0x93, 0x26, 0x67}, {0x6A, 0x17, 0x6E}, {0x42, 0x0A, 0x68},
};

static const struct {
    const char *zh, *en;
} units[HEAT_BYS] = {
    [HEAT_COUNT] = {"廠場/平方公里", "facilities per km²"},
    [HEAT_QUANTITY] = {"公斤/平方公里", "kg per km²"},
    [HEAT_HAZARD] = {"公斤×危害等級/平方公里", "kg × hazard class per km²"},
    [HEAT_RADAR] = {"警示雷達圖面積/平方公里", "radar score per km²"},
    [HEAT_INCIDENTS] = {"事故件數/平方公里", "incidents per km²"},
    [HEAT_INTENSITY] = {"運作強度 UC/平方公里", "intensity UC per km²"},
};

void legend_heat_unit(const char **zh, const char **en, const struct heat_source *s)
{
    *zh = s->mean ? sample_unit_names[s->query.unit] : units[s->query.by].zh;
    *en = s->mean ? sample_unit_names[s->query.unit] : units[s->query.by].en;
}

void legend_heat_fill(struct legend_heat *out, const struct heat_source *s,
                      const struct heat_classes *classes, bool night)
{
    int n = classes->count, last = HEAT_CLASSES_MAX - 1;
    *out = (struct legend_heat){
        .legend = {.property = s->mean ? "mean" : "density", .classes = out->classes, .count = n}};
    legend_heat_unit(&out->legend.unit_zh, &out->legend.unit_en, s);
    for (int i = 0; i < n; i++) {
        int step = n > 1 ? (int)lround((double)(i * last) / (n - 1)) : last / 2;
        const uint8_t *c = ramp[night ? last - step : step];
        out->classes[i] = (struct legend_class){classes->min[i], c[0], c[1], c[2]};
    }
}
