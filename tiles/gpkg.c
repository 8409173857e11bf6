#include "tiles/gpkg.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wundef"
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#pragma GCC diagnostic pop

#include "gis/mem.h"

/* GDAL declares it for C++ only; it is a C function. */
void RegisterOGRGeoPackage(void);

static void register_drivers(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, RegisterOGRGeoPackage);
}

static OGRGeometryH polygons(const struct area *a)
{
    OGRGeometryH all = OGR_G_CreateGeometry(wkbMultiPolygon);
    for (size_t p = 0; p < a->polygons; p++) {
        size_t end = p + 1 < a->polygons ? a->polygon[p + 1] : a->rings;
        OGRGeometryH polygon = OGR_G_CreateGeometry(wkbPolygon);
        for (size_t r = a->polygon[p]; r < end; r++) {
            size_t first = a->ring[r], last = r + 1 < a->rings ? a->ring[r + 1] : a->vertices;
            OGRGeometryH ring = OGR_G_CreateGeometry(wkbLinearRing);
            OGR_G_SetPoints(ring, (int)(last - first), a->x + first, sizeof(double), a->y + first,
                            sizeof(double), NULL, 0);
            OGR_G_AddGeometryDirectly(polygon, ring);
        }
        OGR_G_AddGeometryDirectly(all, polygon);
    }
    return all;
}

static bool add_feature(OGRLayerH layer, const struct gpkg *g, const struct gpkg_feature *from)
{
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    for (int i = 0; g->fields[i]; i++)
        if (isfinite(from->numbers[i]))
            OGR_F_SetFieldDouble(feature, i, from->numbers[i]);
    bool ok = OGR_F_SetGeometryDirectly(feature, polygons(from->area)) == OGRERR_NONE &&
              OGR_L_CreateFeature(layer, feature) == OGRERR_NONE;
    OGR_F_Destroy(feature);
    return ok;
}

static OGRLayerH add_layer(GDALDatasetH data, const struct gpkg *g)
{
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    bool ok = OSRImportFromEPSG(srs, g->epsg) == OGRERR_NONE;
    OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
    char **options = CSLSetNameValue(NULL, "DESCRIPTION", g->description);
    OGRLayerH layer =
        ok ? GDALDatasetCreateLayer(data, g->layer, srs, wkbMultiPolygon, options) : NULL;
    CSLDestroy(options);
    OSRDestroySpatialReference(srs);
    for (int i = 0; layer && g->fields[i]; i++) {
        OGRFieldDefnH field = OGR_Fld_Create(g->fields[i], OFTReal);
        ok = ok && OGR_L_CreateField(layer, field, TRUE) == OGRERR_NONE;
        OGR_Fld_Destroy(field);
    }
    for (const struct gpkg_item *i = g->items; ok && layer && i && i->name; i++)
        ok = GDALSetMetadataItem(layer, i->name, i->value, NULL) == CE_None;
    return ok ? layer : NULL;
}

static bool write_file(const char *name, const struct gpkg *g)
{
    GDALDatasetH data = GDALCreate(GDALGetDriverByName("GPKG"), name, 0, 0, 0, GDT_Unknown, NULL);
    OGRLayerH layer = data ? add_layer(data, g) : NULL;
    bool ok = layer && GDALDatasetStartTransaction(data, FALSE) == OGRERR_NONE;
    for (int i = 0; ok && i < g->count; i++)
        ok = add_feature(layer, g, &g->features[i]);
    ok = ok && GDALDatasetCommitTransaction(data) == OGRERR_NONE;
    if (data)
        GDALClose(data);
    return ok && CPLGetLastErrorType() < CE_Failure;
}

bool gpkg_make(struct buf *out, const struct gpkg *g, struct error *err)
{
    vsi_l_offset len = 0;
    char *name = mem_format("/vsimem/heat-%p.gpkg", (void *)out); /* one a reply */
    register_drivers();
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    bool ok = write_file(name, g);
    GByte *data = ok ? VSIGetMemFileBuffer(name, &len, FALSE) : NULL;
    if (data)
        buf_add(out, data, (size_t)len);
    VSIUnlink(name);
    CPLPopErrorHandler();
    free(name);
    if (!data)
        return error_set(err, ERROR_SYSTEM, "the GeoPackage could not be written");
    return !out->overflow ||
           error_set(err, ERROR_TOO_LARGE, "the GeoPackage is larger than an answer may be");
}
