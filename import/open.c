#include "import/open.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "gis/buf.h"
#include "import/drawing.h"
#include "import/features.h"
#include "import/shape.h"
#include "import/sheet.h"
#include "import/view.h"

/* C entry points of libgdal; its only header that declares them is C++. */
void RegisterOGRGeoJSON(void);
void RegisterOGRTopoJSON(void);
void RegisterOGRGeoJSONSeq(void);
void RegisterOGRXLSX(void);
void RegisterOGRODS(void);
void RegisterOGRGeoPackage(void);
void RegisterOGRFlatGeobuf(void);
void RegisterOGRLIBKML(void);
void RegisterOGRShape(void);

static const struct {
    const char *name;
    void (*add)(void);
} drivers[] = {
    {"GeoJSON", RegisterOGRGeoJSON},
    {"TopoJSON", RegisterOGRTopoJSON},
    {"GeoJSONSeq", RegisterOGRGeoJSONSeq},
    {"XLSX", RegisterOGRXLSX},
    {"ODS", RegisterOGRODS},
    {"GPKG", RegisterOGRGeoPackage},
    {"FlatGeobuf", RegisterOGRFlatGeobuf},
    {"LIBKML", RegisterOGRLIBKML},
    {"ESRI Shapefile", RegisterOGRShape},
};

static void quiet(CPLErr level, CPLErrorNum number, const char *text)
{
    (void)level;
    (void)number;
    (void)text; /* CPLGetLastErrorMsg keeps it */
}

/* GeoJSON and TopoJSON are both called .json, and each other's names. */
static bool is_json(const char *driver)
{
    return !strcmp(driver, "GeoJSON") || !strcmp(driver, "TopoJSON");
}

/* A .zip, which may also hold an image and its world file. */
static bool is_shape_archive(const struct format *format)
{
    return format->zip && !strcmp(format->driver, "ESRI Shapefile");
}

bool open_prepare(const struct format *format, struct error *err)
{
    CPLSetErrorHandler(quiet);
    /* Only archives, Shapefiles and images have other files beside the one. */
    bool alone = !format->zip && !format->drawing && strcmp(format->driver, "ESRI Shapefile") != 0;
    CPLSetConfigOption("GDAL_DISABLE_READDIR_ON_OPEN", alone ? "EMPTY_DIR" : "TRUE");
    CPLSetConfigOption("SQLITE_USE_OGR_VFS", "YES");
    /* Every row of a sheet comes, sheet.h finds the header, and values stay as they are written. */
    CPLSetConfigOption("OGR_XLSX_HEADERS", "DISABLE");
    CPLSetConfigOption("OGR_XLSX_FIELD_TYPES", "STRING");
    CPLSetConfigOption("OGR_ODS_HEADERS", "DISABLE");
    CPLSetConfigOption("OGR_ODS_FIELD_TYPES", "STRING");
    CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");
    CPLSetConfigOption("GDAL_NUM_THREADS", "1");
    OSRSetPROJEnableNetwork(false);
    if (format->drawing || is_shape_archive(format))
        drawing_prepare(format->drawing ? format->driver : NULL);
    bool installed = view_install();
    bool json = is_json(format->driver);
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++)
        if (!strcmp(drivers[i].name, format->driver) || (json && is_json(drivers[i].name)))
            drivers[i].add();
    /* PROJ opens its database at first use, which the fence would refuse. */
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    bool ready = OSRImportFromEPSG(srs, 3826) == OGRERR_NONE;
    OSRDestroySpatialReference(srs);
    return (ready && installed) || error_set(err, ERROR_SYSTEM, "GDAL or PROJ does not start");
}

static void add_name(struct buf *list, const char *name)
{
    buf_text(list, list->len ? ", " : "");
    buf_text(list, name);
}

/* The layer asked for by name, or the largest. NULL: there is none such. */
static OGRLayerH choose_layer(GDALDatasetH data, const struct open_how *how, struct buf *others)
{
    OGRLayerH best = NULL;
    GIntBig most = -1;
    int count = GDALDatasetGetLayerCount(data);
    for (int i = 0; i < count; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(data, i);
        GIntBig n = how->sheet ? !strcmp(OGR_L_GetName(layer), how->sheet)
                               : OGR_L_GetFeatureCount(layer, 1);
        if (n > most && (n || !how->sheet)) {
            best = layer;
            most = n;
        }
    }
    for (int i = 0; i < count; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(data, i);
        if (layer != best)
            add_name(others, OGR_L_GetName(layer));
    }
    return best;
}

/* ---- the whole file ---- */

static GDALDatasetH open_file(char *path, size_t size, const struct open_how *how,
                              struct buf *others, struct error *err)
{
    static const char *const raw[] = {"ENCODING=", NULL};
    bool shape = !strcmp(how->format->driver, "ESRI Shapefile"),
         json = is_json(how->format->driver);
    const char *const allowed[] = {json ? "GeoJSON" : how->format->driver, json ? "TopoJSON" : NULL,
                                   NULL};
    snprintf(path, size, VIEW_FOLDER "%s", view_name());
    if (shape && how->format->zip && !shape_find(path, size, how, others)) {
        error_fill(err, ERROR_INPUT,
                   how->sheet ? "the archive holds no Shapefile of that name; it has: %.200s"
                              : "the archive holds no Shapefile (.shp)%s",
                   buf_string(others));
        return NULL;
    }
    if (shape && !shape_has_table(path)) {
        error_fill(err, ERROR_INPUT,
                   "the .shp has no .dbf, where its columns are: put .shp, .shx, .dbf, .prj and "
                   ".cpg together into one .zip, or beside each other%s",
                   how->zip && how->zip->links ? " (symbolic links are not followed)" : "");
        return NULL;
    }
    GDALDatasetH data =
        GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, allowed, shape ? raw : NULL, NULL);
    if (!data)
        error_fill(err, ERROR_INPUT, "the file is not %s%s, or is cut off or damaged",
                   json ? "GeoJSON" : how->format->ending, json ? " or TopoJSON" : "");
    return data;
}

static bool take_layer(struct features *f, GDALDatasetH data, const char *path, struct buf *others,
                       struct error *err)
{
    bool shape = !strcmp(f->how->format->driver, "ESRI Shapefile");
    if (f->how->format->sheets)
        return sheet_choose(f, data, others, err);
    OGRLayerH layer = shape ? GDALDatasetGetLayer(data, 0) : choose_layer(data, f->how, others);
    if (!layer || !features_take(f, layer, err))
        return !layer;
    if (!shape && (others->len || f->how->sheet))
        wire_note(&f->said, "layer", OGR_L_GetName(layer),
                  f->how->sheet ? "as told" : "it is the largest");
    return !shape || shape_encoding(f, path, err);
}

static bool open_layer(struct features *f, GDALDatasetH data, const char *path, struct buf *others,
                       struct error *err)
{
    if (!take_layer(f, data, path, others, err))
        return false;
    if (!f->layer && f->how->sheet)
        return error_set(err, ERROR_INPUT,
                         "there is no sheet or layer \"%.60s\"; there are: %.200s", f->how->sheet,
                         buf_string(others));
    if (f->layer && f->how->format->sheets)
        sheet_look_inside(f);
    return f->layer || error_set(err, ERROR_INPUT, "the file holds no features");
}

/* A part beside the .shp, under the same name of ours. */
static void show_part(char *name, size_t size, const struct import_part *part)
{
    struct stat s;
    snprintf(name, size, "input%s", part->ending);
    if (!fstat(part->fd, &s) && S_ISREG(s.st_mode))
        view_show(name, part->fd, (uint64_t)s.st_size);
}

bool open_features(int input, uint64_t size, const struct open_how *how, int output,
                   struct error *err)
{
    char name[32], path[1200];
    /* GDAL knows lines of GeoJSON by this ending only. */
    snprintf(name, sizeof name, "input%s", how->format->lines ? ".geojsonl" : how->format->ending);
    view_show(name, input, size);
    char parts[IMPORT_PARTS_MAX][16];
    for (int i = 0; i < how->part_count; i++)
        show_part(parts[i], sizeof parts[i], &how->parts[i]);
    if (how->zip && how->zip->bytes)
        view_overlay(how->zip->at, how->zip->bytes, how->zip->size);
    struct features f = {
        .how = how, .output = output, .out.max = WIRE_RECORD_MAX + FEATURES_SEND_AT};
    f.converted.max = WIRE_RECORD_MAX;
    if (how->zip && how->zip->links)
        wire_note(&f.said, "links", how->zip->link,
                  "symbolic links in the archive are not followed and not read");
    if (how->format->drawing) {
        snprintf(path, sizeof path, VIEW_FOLDER "%s", view_name());
        bool sent = drawing_send(&f, path, how->format->driver, size, err);
        features_free(&f);
        return sent;
    }
    struct buf others = {.max = 1000};
    const char *image = NULL;
    if (is_shape_archive(how->format) && !shape_find(path, sizeof path, how, &others) &&
        (image = drawing_find(path, sizeof path))) {
        bool sent = drawing_send(&f, path, image, size, err);
        features_free(&f);
        buf_free(&others);
        return sent;
    }
    buf_clear(&others);
    GDALDatasetH data = open_file(path, sizeof path, how, &others, err);
    bool ok = data && open_layer(&f, data, path, &others, err) &&
              features_send(&f, buf_string(&others), size, err);
    buf_free(&others);
    features_free(&f);
    if (data)
        GDALClose(data);
    return ok;
}

const char *open_library_version(void)
{
    return GDALVersionInfo("RELEASE_NAME");
}
