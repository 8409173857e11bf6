#include "import/open.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* GDAL's own headers are not clean under our warnings. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wundef"
#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#pragma GCC diagnostic pop

#include "gis/buf.h"
#include "gis/mem.h"
#include "gis/text.h"
#include "import/reader.h"
#include "import/view.h"
#include "import/wire.h"

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

enum { SEND_AT = 1 << 18 };

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

bool open_prepare(const struct format *format, struct error *err)
{
    CPLSetErrorHandler(quiet);
    /* Only an archive has other files beside the one. */
    CPLSetConfigOption("GDAL_DISABLE_READDIR_ON_OPEN", format->zip ? "TRUE" : "EMPTY_DIR");
    CPLSetConfigOption("SQLITE_USE_OGR_VFS", "YES");
    /* The first row of a sheet is its header, and values stay as they are written. */
    CPLSetConfigOption("OGR_XLSX_HEADERS", "FORCE");
    CPLSetConfigOption("OGR_XLSX_FIELD_TYPES", "STRING");
    CPLSetConfigOption("OGR_ODS_HEADERS", "FORCE");
    CPLSetConfigOption("OGR_ODS_FIELD_TYPES", "STRING");
    CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");
    CPLSetConfigOption("GDAL_NUM_THREADS", "1");
    OSRSetPROJEnableNetwork(false);
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

/* ---- features ---- */

struct features {
    const struct open_how *how;
    enum encoding encoding; /* of a Shapefile's texts; else UTF-8 */
    const char *why;        /* they are taken to be in that encoding */
    OGRLayerH layer;
    OGRFeatureDefnH about;
    int fields;
    int output;
    struct buf out, text, converted;
};

/* A field's text; lists are joined by '|', numbers keep all their digits. NULL = no value. */
static const char *field_text(struct features *f, OGRFeatureH feature, int i)
{
    if (!OGR_F_IsFieldSetAndNotNull(feature, i))
        return NULL;
    OGRFieldType type = OGR_Fld_GetType(OGR_FD_GetFieldDefn(f->about, i));
    buf_clear(&f->text);
    if (type == OFTReal) {
        double value = OGR_F_GetFieldAsDouble(feature, i), back;
        char text[40];
        snprintf(text, sizeof text, "%.15g", value);
        if (!text_to_double(&back, text) || back < value || back > value)
            snprintf(text, sizeof text, "%.17g", value);
        buf_text(&f->text, text);
    } else if (type == OFTStringList) {
        char **list = OGR_F_GetFieldAsStringList(feature, i);
        for (int n = 0; list && list[n]; n++) {
            buf_text(&f->text, n ? "|" : "");
            buf_text(&f->text, list[n]);
        }
    } else {
        return OGR_F_GetFieldAsString(feature, i);
    }
    return buf_string(&f->text);
}

static void send_geometry(struct buf *out, OGRFeatureH feature)
{
    OGRGeometryH g = OGR_F_GetGeometryRef(feature);
    if (!g) {
        wire_text(out, NULL, 0);
        return;
    }
    if (OGR_G_HasCurveGeometry(g, 0)) { /* arcs to short lines: what comes after knows no arcs */
        OGR_F_SetGeometryDirectly(feature, OGR_G_GetLinearGeometry(g, 0, NULL));
        g = OGR_F_GetGeometryRef(feature);
    }
    OGR_G_FlattenTo2D(g);
    int size = OGR_G_WkbSize(g);
    char *room;
    wire_u32(out, (uint32_t)size);
    if (size < 0 || !(room = buf_room(out, (size_t)size)))
        return;
    OGR_G_ExportToWkb(g, wkbNDR, (unsigned char *)room);
    out->len += (size_t)size;
    buf_char(out, '\0');
}

/* Where the text is not of its encoding the row is bad, and its bytes are sent as \xHH. */
static bool send_text(struct features *f, const char *text)
{
    struct buf *out = &f->out;
    size_t len = text ? strlen(text) : 0;
    if (!text) {
        wire_text(out, NULL, 0);
        return true;
    }
    if (encoding_text(&f->converted, f->how->kit, f->encoding, text)) {
        wire_text(out, buf_string(&f->converted), f->converted.len);
        return true;
    }
    struct buf shown = {.max = WIRE_RECORD_MAX};
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] < 0x80)
            buf_char(&shown, text[i]);
        else
            buf_format(&shown, "\\x%02X", (unsigned char)text[i]);
    wire_text(out, buf_string(&shown), shown.len);
    buf_free(&shown);
    return false;
}

static bool send_feature(struct features *f, OGRFeatureH feature, uint64_t number, uint64_t size,
                         struct error *err)
{
    struct buf *out = &f->out;
    int fault = -1;
    size_t begun = wire_begin(out, WIRE_ROW);
    /* GDAL numbers the rows of a sheet as the sheet does. */
    wire_u64(out, f->how->format->sheets ? (uint64_t)OGR_F_GetFID(feature) : number);
    wire_u64(out, size);
    wire_u32(out, (uint32_t)f->fields);
    for (int i = 0; i < f->fields; i++)
        if (!send_text(f, field_text(f, feature, i)))
            fault = i;
    send_geometry(out, feature);
    if (fault >= 0 && !out->overflow) {
        bool utf8 = f->encoding == ENCODING_UTF8;
        const char *code = utf8 ? "not_utf8" : "not_in_encoding";
        char reason[80];
        snprintf(reason, sizeof reason, "the row's text is not %s", encoding_names[f->encoding]);
        out->data[begun] = WIRE_BAD;
        wire_text(out, code, strlen(code));
        wire_text(out, reason, strlen(reason));
        wire_u32(out, (uint32_t)fault + 1);
    }
    wire_end(out, begun);
    if (out->overflow)
        return error_set(err, ERROR_TOO_LARGE, "feature %llu is larger than %d MiB",
                         (unsigned long long)number, WIRE_RECORD_MAX >> 20);
    return out->len < SEND_AT || wire_flush(out, f->output) ||
           error_set(err, ERROR_SYSTEM, "nobody takes the rows");
}

static const char *layer_crs(OGRLayerH layer, char *code, size_t size)
{
    OGRSpatialReferenceH srs = OGR_L_GetSpatialRef(layer);
    if (!srs)
        return "";
    const char *authority = OSRGetAuthorityName(srs, NULL),
               *number = OSRGetAuthorityCode(srs, NULL);
    if (!authority || !number)
        return "unknown";
    if (!strcmp(number, "CRS84"))
        return "EPSG:4326"; /* the same in our order: longitude, latitude */
    snprintf(code, size, "%s:%s", authority, number);
    return code;
}

static bool send_header(struct features *f, const char *note, struct error *err)
{
    char code[64];
    size_t begun = wire_begin(&f->out, WIRE_HEADER);
    struct wire_about about = {.crs = layer_crs(f->layer, code, sizeof code), .note = note};
    bool shape = !strcmp(f->how->format->driver, "ESRI Shapefile");
    about.encoding = shape ? encoding_names[f->encoding] : "";
    about.geometry = OGR_L_GetGeomType(f->layer) != wkbNone;
    if (shape)
        wire_note(&about, "encoding", about.encoding, f->why);
    wire_about(&f->out, &about);
    wire_u32(&f->out, (uint32_t)f->fields);
    for (int i = 0; i < f->fields; i++)
        if (!send_text(f, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(f->about, i))))
            return error_set(err, ERROR_INPUT, "the name of a column is not %s",
                             encoding_names[f->encoding]);
    wire_end(&f->out, begun);
    return wire_flush(&f->out, f->output) || error_set(err, ERROR_SYSTEM, "nobody takes the rows");
}

static void add_name(struct buf *list, const char *name)
{
    buf_text(list, list->len ? ", " : "");
    buf_text(list, name);
}

/* The layer asked for by name; the first sheet; the largest layer. NULL: there is none such. */
static OGRLayerH choose_layer(GDALDatasetH data, const struct open_how *how, struct buf *others)
{
    OGRLayerH best = NULL;
    GIntBig most = -1;
    int count = GDALDatasetGetLayerCount(data);
    for (int i = 0; i < count; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(data, i);
        GIntBig n = how->sheet            ? !strcmp(OGR_L_GetName(layer), how->sheet)
                    : how->format->sheets ? !i
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

/* A spreadsheet's empty rows are blank lines. */
static bool is_blank(const struct features *f, OGRFeatureH feature)
{
    for (int i = 0; f->how->format->sheets && i < f->fields; i++)
        if (OGR_F_IsFieldSetAndNotNull(feature, i) && *OGR_F_GetFieldAsString(feature, i))
            return false;
    return f->how->format->sheets;
}

static bool send_layer(struct features *f, uint64_t size, struct error *err)
{
    uint64_t number = 0;
    OGRFeatureH feature;
    CPLErrorReset();
    while ((feature = OGR_L_GetNextFeature(f->layer))) {
        bool ok = is_blank(f, feature) || send_feature(f, feature, ++number, size, err);
        OGR_F_Destroy(feature);
        if (!ok)
            return false;
    }
    if (CPLGetLastErrorType() >= CE_Failure)
        return error_set(err, ERROR_INPUT, "reading stopped after feature %llu: %.200s",
                         (unsigned long long)number, CPLGetLastErrorMsg());
    size_t begun = wire_begin(&f->out, WIRE_END);
    wire_u64(&f->out, number);
    wire_end(&f->out, begun);
    return wire_flush(&f->out, f->output) || error_set(err, ERROR_SYSTEM, "nobody takes the rows");
}

/* ---- Shapefiles: their texts come as they are stored ---- */

/* True where every text and column name of the layer is of this encoding. */
static bool layer_holds(struct features *f, enum encoding encoding)
{
    OGRFeatureH feature;
    OGRFeatureDefnH about = OGR_L_GetLayerDefn(f->layer);
    int fields = OGR_FD_GetFieldCount(about);
    bool holds = true;
    for (int i = 0; i < fields && holds; i++)
        holds = encoding_text(&f->converted, f->how->kit, encoding,
                              OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(about, i)));
    OGR_L_ResetReading(f->layer);
    while (holds && (feature = OGR_L_GetNextFeature(f->layer))) {
        for (int i = 0; i < fields && holds; i++)
            if (OGR_Fld_GetType(OGR_FD_GetFieldDefn(about, i)) == OFTString)
                holds = encoding_text(&f->converted, f->how->kit, encoding,
                                      OGR_F_GetFieldAsString(feature, i));
        OGR_F_Destroy(feature);
    }
    OGR_L_ResetReading(f->layer);
    return holds;
}

/* What is told; what the .cpg says if that is so; what holds for all texts. */
static bool find_encoding(struct features *f, const char *path, struct error *err)
{
    static const enum encoding asked[] = {ENCODING_UTF8, ENCODING_CP950};
    char said[32] = "";
    f->why = "as told";
    if (f->how->encoding)
        return encoding_find(&f->encoding, f->how->encoding, err);
    VSILFILE *cpg = VSIFOpenL(CPLResetExtension(path, "cpg"), "rb");
    if (cpg) {
        said[VSIFReadL(said, 1, sizeof said - 1, cpg)] = '\0';
        VSIFCloseL(cpg);
        said[strcspn(said, "\r\n ")] = '\0';
    }
    f->why = "its .cpg says so";
    if (*said && encoding_find(&f->encoding, said, NULL) && layer_holds(f, f->encoding))
        return true;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        f->encoding = asked[i];
        f->why =
            *said ? "its .cpg is wrong; every text is of this" : "no .cpg; every text is of this";
        if (layer_holds(f, asked[i]))
            return true;
    }
    return error_set(err, ERROR_INPUT,
                     "the Shapefile's texts are neither UTF-8 nor CP950 throughout; say the "
                     "encoding they are to be read in");
}

/* The .shp to read, of those in the archive: the first by name, or the one called how->sheet. */
static bool find_shape(char *path, size_t size, const struct open_how *how, struct buf *others)
{
    char archive[64];
    snprintf(archive, sizeof archive, "/vsizip/" VIEW_FOLDER "%s", view_name());
    char **names = VSIReadDirRecursive(archive);
    *path = '\0';
    for (int i = 0; names && names[i]; i++) {
        const char *base = CPLGetBasename(names[i]);
        if (!EQUAL(CPLGetExtension(names[i]), "shp"))
            continue;
        if (!*path && (!how->sheet || !strcmp(base, how->sheet)))
            snprintf(path, size, "%s/%s", archive, names[i]);
        else
            add_name(others, base);
    }
    CSLDestroy(names);
    return *path != '\0';
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
    if (shape && !find_shape(path, size, how, others)) {
        error_fill(err, ERROR_INPUT,
                   how->sheet ? "the archive holds no Shapefile of that name; it has: %.200s"
                              : "the archive holds no Shapefile (.shp)%s",
                   buf_string(others));
        return NULL;
    }
    GDALDatasetH data =
        GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, allowed, shape ? raw : NULL, NULL);
    if (!data)
        error_fill(err, ERROR_INPUT, "the file is not %s%s, or is cut off or damaged",
                   json ? "GeoJSON" : how->format->ending, json ? " or TopoJSON" : "");
    return data;
}

static bool open_layer(struct features *f, GDALDatasetH data, const char *path, struct buf *others,
                       struct error *err)
{
    bool shape = !strcmp(f->how->format->driver, "ESRI Shapefile");
    f->layer = shape ? GDALDatasetGetLayer(data, 0) : choose_layer(data, f->how, others);
    if (!f->layer && f->how->sheet)
        return error_set(err, ERROR_INPUT,
                         "there is no sheet or layer \"%.60s\"; there are: %.200s", f->how->sheet,
                         buf_string(others));
    if (!f->layer)
        return error_set(err, ERROR_INPUT, "the file holds no features");
    if (shape && !find_encoding(f, path, err))
        return false;
    f->about = OGR_L_GetLayerDefn(f->layer);
    f->fields = OGR_FD_GetFieldCount(f->about);
    return f->fields <= READER_COLUMNS_MAX ||
           error_set(err, ERROR_TOO_LARGE, "the features have more than %d properties",
                     READER_COLUMNS_MAX);
}

bool open_features(int input, uint64_t size, const struct open_how *how, int output,
                   struct error *err)
{
    char name[32], path[1200];
    if (!size)
        return error_set(err, ERROR_INPUT, "the file is empty");
    snprintf(name, sizeof name, "input%s", how->format->ending);
    view_show(name, input, size);
    struct features f = {.how = how, .output = output, .out.max = WIRE_RECORD_MAX + SEND_AT};
    f.converted.max = WIRE_RECORD_MAX;
    struct buf others = {.max = 1000};
    GDALDatasetH data = open_file(path, sizeof path, how, &others, err);
    bool ok = data && open_layer(&f, data, path, &others, err) &&
              send_header(&f, buf_string(&others), err) && send_layer(&f, size, err);
    buf_free(&others);
    buf_free(&f.out);
    buf_free(&f.text);
    buf_free(&f.converted);
    if (data)
        GDALClose(data);
    return ok;
}

const char *open_library_version(void)
{
    return GDALVersionInfo("RELEASE_NAME");
}
