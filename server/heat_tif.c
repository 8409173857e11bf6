#include "server/heat_tif.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"
#include "server/heat_query.h"
#include "tiles/legend.h"

bool heat_tif_parse(struct heat_tif *t, const struct request *r, struct error *err)
{
    const char *type = request_query(r, "type"), *compress = request_query(r, "compress");
    int pack = GEOTIFF_DEFLATE;
    *t = (struct heat_tif){.wide = type && !strcmp(type, "float64")};
    while (compress && pack < GEOTIFF_PACKS && strcmp(geotiff_pack_names[pack], compress) != 0)
        pack++;
    t->pack = (enum geotiff_pack)pack;
    return pack < GEOTIFF_PACKS ||
           error_set(err, ERROR_INPUT, "compress: there is no \"%.40s\"", compress);
}

void heat_tif_add(struct heat_tif *t, const char *name, const char *format, ...)
{
    char text[2000];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (t->count == HEAT_TIF_ITEMS_MAX)
        return;
    t->name[t->count] = mem_copy(name);
    t->value[t->count++] = mem_copy(text);
}

__attribute__((format(printf, 4, 5))) static void add(struct heat_tif *t, const char *prefix,
                                                      const char *name, const char *format, ...)
{
    char text[2000], *whole = mem_format("%s%s", prefix, name);
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    heat_tif_add(t, whole, "%s", text);
    free(whole);
}

void heat_tif_add_source(struct heat_tif *t, const char *prefix, const struct heat_source *s)
{
    struct buf query = {.data = NULL};
    const char *zh, *en;
    char sign = '?', number[TEXT_EXACT_MAX];
    legend_heat_unit(&zh, &en, s);
    heat_query_put(&query, &sign, s->atlas, &s->query);
    add(t, prefix, "BY", "%s", heat_by_names[s->query.by]);
    add(t, prefix, "UNIT", "%s", en);
    add(t, prefix, "KERNEL", "%s", heat_shape_names[s->query.shape]);
    text_exact(number, s->query.radius);
    add(t, prefix, "RADIUS_M", "%s", number);
    add(t, prefix, "QUERY", "%s", query.len ? buf_string(&query) : "(the defaults)");
    add(t, prefix, "POINTS", "%u", s->count);
    text_exact(number, s->total);
    add(t, prefix, "TOTAL_WEIGHT", "%s", number);
    buf_free(&query);
}

static void add_raster(struct heat_tif *t, const struct heat_raster *raster)
{
    const struct heat_grid *g = &raster->grid;
    heat_tif_add(t, "AREA_OR_POINT", "Area");
    heat_tif_add(t, "TIFFTAG_SOFTWARE", "hazatlas %s", HAZATLAS_VERSION);
    heat_tif_add(t, "HEAT_DISTANCE", "%s",
                 g->degrees || g->mercator ? "on the ellipsoid GRS 80" : "in the plane of the CRS");
    char x[TEXT_EXACT_MAX], y[TEXT_EXACT_MAX];
    text_exact(x, g->pixel_x);
    text_exact(y, g->pixel_y);
    heat_tif_add(t, "HEAT_PIXEL", "%s x %s %s", x, y, g->degrees ? "deg" : "m");
}

static void narrow(struct heat_raster *raster)
{
    size_t count = (size_t)raster->grid.width * (size_t)raster->grid.height;
    char *out = (char *)raster->cells;
    for (size_t i = 0; i < count; i++) { /* in place: a float lies before the doubles to come */
        float v = (float)raster->cells[i];
        memcpy(out + i * sizeof v, &v, sizeof v);
    }
}

bool heat_tif_put(struct reply *reply, struct heat_tif *t, struct heat_raster *raster,
                  struct error *err)
{
    struct geotiff_item items[HEAT_TIF_ITEMS_MAX + 1] = {{.name = NULL}};
    const struct heat_grid *g = &raster->grid;
    add_raster(t, raster);
    for (int i = 0; i < t->count; i++)
        items[i] = (struct geotiff_item){t->name[i], t->value[i]};
    if (!t->wide)
        narrow(raster);
    struct geotiff tiff = {.width = g->width,
                           .height = g->height,
                           .wide = t->wide,
                           .cells = raster->cells,
                           .west = g->west,
                           .north = g->north,
                           .pixel_x = g->pixel_x,
                           .pixel_y = g->pixel_y,
                           .crs = raster->crs,
                           .nodata = t->nodata,
                           .band = t->band,
                           .unit = t->unit,
                           .items = items,
                           .pack = t->pack,
                           .threads = 1};
    reply->type = "image/tiff; application=geotiff; profile=cloud-optimized";
    reply->precompressed_ok = false;
    return geotiff_make(&reply->body, &tiff, raster->tell, raster->tell_ctx, err);
}

void heat_tif_free(struct heat_tif *t)
{
    for (int i = 0; i < t->count; i++) {
        free(t->name[i]);
        free(t->value[i]);
    }
    t->count = 0;
}
