/* Heat tiles: the densities of analysis/heat in the fixed classes of the legend; transparent where
 * the density is 0. */
#include <stdlib.h>

#include "gis/mem.h"
#include "tiles/layer.h"
#include "tiles/png.h"

static bool render(struct buf *out, const struct snapshot *s, const struct layer_query *q,
                   struct db *db, struct error *err)
{
    (void)db;
    const struct legend *legend = &legend_heat[q->by];
    struct heat_query heat = {.by = q->by, .substance = q->filter.substance};
    struct png_color palette[16] = {{0, 0, 0, 0}};
    for (int i = 0; i < legend->count; i++)
        palette[i + 1] = (struct png_color){legend->classes[i].r, legend->classes[i].g,
                                            legend->classes[i].b, 255};
    float *value = mem_alloc(sizeof(float) * HEAT_TILE * HEAT_TILE);
    uint8_t *index = mem_zero(HEAT_TILE * HEAT_TILE, 1);
    if (heat_tile(value, s->atlas, &heat, q->tile))
        for (int i = 0; i < HEAT_TILE * HEAT_TILE; i++)
            index[i] = (uint8_t)(legend_class_of(legend, (double)value[i]) + 1);
    bool ok = png_encode(out, index, HEAT_TILE, HEAT_TILE, palette, legend->count + 1, err);
    free(index);
    free(value);
    return ok;
}

static const struct legend *legend(const struct layer_query *q)
{
    return &legend_heat[q->by];
}

const struct layer layer_heat = {
    .id = "heat",
    .title_zh = "熱區圖",
    .title_en = "Heat map",
    .about = "Density of facilities or quantities: exact quartic kernel, 2.5 km on the ground",
    .kind = LAYER_RASTER,
    .minzoom = 0,
    .maxzoom = TILE_ZOOM_MAX,
    .render = render,
    .legend = legend,
};
