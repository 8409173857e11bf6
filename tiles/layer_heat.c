#include "tiles/layer_heat.h"

#include <math.h>
#include <stdlib.h>

#include "gis/mem.h"
#include "tiles/layer.h"
#include "tiles/png.h"

enum { PIXELS = HEAT_TILE * HEAT_TILE };

static bool nothing(const struct heat_source *s, float value)
{
    return s->mean ? isnan(value) : value <= 0;
}

bool layer_heat_picture(struct buf *out, const struct heat_source *s,
                        const struct heat_classes *classes, bool night, struct tile t,
                        struct error *err)
{
    struct legend_heat legend;
    struct png_color palette[HEAT_CLASSES_MAX + 1] = {{0, 0, 0, 0}};
    legend_heat_fill(&legend, s, classes, night);
    for (int i = 0; i < legend.legend.count; i++)
        palette[i + 1] =
            (struct png_color){legend.classes[i].r, legend.classes[i].g, legend.classes[i].b, 255};
    float *value = mem_alloc(sizeof(float) * PIXELS);
    uint8_t *index = mem_zero(PIXELS, 1);
    if (heat_tile(value, s, t))
        for (int i = 0; i < PIXELS; i++)
            if (!nothing(s, value[i]))
                index[i] = (uint8_t)(heat_classes_of(classes, (double)value[i]) + 1);
    bool ok = png_encode(out, index, HEAT_TILE, HEAT_TILE, palette, legend.legend.count + 1, err);
    free(index);
    free(value);
    return ok;
}

static uint16_t raw_of(float value)
{
    double raw = value > 0 ? round(log2((double)value) * LAYER_HEAT_STEPS) + LAYER_HEAT_ZERO : 1;
    return (uint16_t)fmin(fmax(raw, 1), 65535);
}

bool layer_heat_values(struct buf *out, const struct heat_source *s, struct tile t,
                       struct error *err)
{
    float *value = mem_alloc(sizeof(float) * PIXELS);
    uint16_t *raw = mem_zero(PIXELS, sizeof *raw);
    if (heat_tile(value, s, t))
        for (int i = 0; i < PIXELS; i++)
            raw[i] = nothing(s, value[i]) ? 0 : raw_of(value[i]);
    bool ok = png_encode_values(out, raw, HEAT_TILE, HEAT_TILE, err);
    free(raw);
    free(value);
    return ok;
}

const struct layer layer_heat = {
    .id = "heat",
    .title_zh = "熱區圖",
    .title_en = "Heat map",
    .about = "Density of facilities, quantities, scores or incidents, or mean concentration: exact "
             "kernels with a radius in metres on the ground",
    .kind = LAYER_RASTER,
    .minzoom = 0,
    .maxzoom = TILE_ZOOM_MAX,
};
