/* /api/v1/heat.tif: heat of an extent as a Cloud Optimized GeoTIFF, exact at the centres of its
 * pixels, which lie on one lattice: any two files of one pixel and system fit on each other. */
#include <math.h>

#include "server/answer.h"
#include "server/api.h"
#include "server/heat_out.h"
#include "server/heat_query.h"
#include "server/heat_tif.h"
#include "server/reply.h"

struct wish {
    struct heat_query query;
    struct heat_tif tif;
    const char *crs;
    double nodata;
    bool nodata_told;
};

static bool take_wish(struct wish *w, const struct request *r, struct error *err)
{
    const char *crs = request_query(r, "crs");
    w->crs = crs ? crs : "EPSG:3826";
    w->nodata = NAN;
    w->nodata_told = request_query(r, "nodata") != NULL;
    return heat_tif_parse(&w->tif, r, err) &&
           request_double(&w->nodata, r, "nodata", -1e30, 1e30, err) &&
           heat_query_parse(&w->query, r, err);
}

static bool put_file(struct reply *reply, const struct request *r, struct wish *w,
                     const struct heat_source *s, struct error *err)
{
    static const struct heat_out_limits limits = {.fine = 25, .pixels = HEAT_RASTER_PIXELS_MAX};
    struct heat_raster raster = {.cells = NULL};
    if (!heat_out_lay(&raster, r, w->crs, &s, 1, &limits, err))
        return false;
    if (w->nodata_told && !s->mean)
        raster.grid.empty = &w->nodata;
    bool ok = heat_out_fill(&raster, r, s, err);
    size_t count = (size_t)raster.grid.width * (size_t)raster.grid.height;
    for (size_t i = 0; ok && s->mean && w->nodata_told && i < count; i++)
        if (isnan(raster.cells[i]))
            raster.cells[i] = w->nodata;
    w->tif.band = s->mean ? "mean" : "density";
    w->tif.unit = s->mean ? "" : "1/km2";
    w->tif.nodata = s->mean || w->nodata_told ? &w->nodata : NULL;
    heat_tif_add(&w->tif, "HEAT_ATLAS", "%s", s->atlas->tag);
    heat_tif_add_source(&w->tif, "HEAT_", s);
    if (!s->mean)
        heat_tif_add(&w->tif, "HEAT_WEIGHT_ON_GRID", "%.17g", raster.grid.integral);
    ok = ok && heat_tif_put(reply, &w->tif, &raster, err);
    heat_raster_free(&raster);
    return ok;
}

static bool get_tif(struct reply *reply, const struct request *r, struct error *err)
{
    bool done, ok;
    struct wish w = {.crs = NULL};
    if (!answer_begin(&done, reply, r, err) || !take_wish(&w, r, err))
        return false;
    if (done)
        return true;
    const struct heat_source *s = heat_source_take(r->snapshot, &w.query);
    ok = put_file(reply, r, &w, s, err);
    heat_tif_free(&w.tif);
    heat_source_put(r->snapshot, s);
    reply_file(reply, "heat.tif");
    return ok;
}

static const struct parameter parameters[] = {
    HEAT_OUT_PARAMETERS(
        "side of a pixel: metres, with EPSG:4326 also degrees below 0.1; the radius "
        "/ 25 by default, or more where that would be too many"),
    HEAT_TIF_CRS_PARAMETER,
    HEAT_TIF_PARAMETERS,
    {"nodata", PARAMETER_NUMBER, -1e30, 1e30, NULL, NULL,
     "value of pixels that no point reaches; without it 0, of means NaN"},
    HEAT_PARAMETERS,
    {.name = NULL}};

const struct route heat_tif_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/heat.tif",
     .handler = get_tif,
     .heavy = route_heavy,
     .parameters = parameters,
     .answer = "image/tiff",
     .tag = "analysis",
     .summary = "Heat of an extent as a Cloud Optimized GeoTIFF, exact at the centres of pixels"},
    {.pattern = NULL}};
