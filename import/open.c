#include "import/open.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* GDAL's own headers are not clean under our warnings. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wundef"
#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#pragma GCC diagnostic pop

#include "gis/buf.h"
#include "gis/mem.h"
#include "gis/text.h"
#include "import/reader.h"
#include "import/wire.h"

/* C entry points of libgdal; its only header that declares them is C++. */
void RegisterOGRGeoJSON(void);
void RegisterOGRTopoJSON(void);

#define OPEN_FOLDER "/hazatlas/"
#define OPEN_FILE "input.geojson" /* GDAL gives the callbacks the name without the folder */

enum { SEND_AT = 1 << 18 };

/* ---- the only file GDAL can see ---- */

struct view {
    int fd;
    vsi_l_offset at, size;
    bool ended;
};

static int view_stat(void *ctx, const char *name, VSIStatBufL *st, int flags)
{
    (void)flags;
    memset(st, 0, sizeof *st);
    const struct view *v = ctx;
    if (strcmp(name, OPEN_FILE))
        return -1;
    st->st_mode = S_IFREG;
    st->st_size = (off_t)v->size;
    return 0;
}

static void *view_open(void *ctx, const char *name, const char *access)
{
    VSIStatBufL st;
    if (strchr(access, 'w') || strchr(access, '+') || strchr(access, 'a') ||
        view_stat(ctx, name, &st, 0))
        return NULL;
    struct view *v = mem_zero(1, sizeof *v);
    *v = *(const struct view *)ctx;
    return v;
}

static vsi_l_offset view_tell(void *file)
{
    return ((struct view *)file)->at;
}

static int view_seek(void *file, vsi_l_offset offset, int whence)
{
    struct view *v = file;
    v->at = offset + (whence == SEEK_CUR ? v->at : whence == SEEK_END ? v->size : 0);
    v->ended = false;
    return 0;
}

static size_t view_read(void *file, void *to, size_t size, size_t count)
{
    struct view *v = file;
    size_t want = size * count, have = 0;
    while (have < want) {
        ssize_t n = pread(v->fd, (char *)to + have, want - have, (off_t)v->at);
        if (n <= 0)
            break;
        have += (size_t)n;
        v->at += (vsi_l_offset)n;
    }
    v->ended = have < want;
    return size ? have / size : 0;
}

static int view_eof(void *file)
{
    return ((struct view *)file)->ended;
}

static int view_close(void *file)
{
    free(file);
    return 0;
}

static void quiet(CPLErr level, CPLErrorNum number, const char *text)
{
    (void)level;
    (void)number;
    (void)text; /* CPLGetLastErrorMsg keeps it */
}

static struct view only; /* the callbacks' context: this process reads one file */

bool open_prepare(struct error *err)
{
    CPLSetErrorHandler(quiet);
    CPLSetConfigOption("GDAL_DISABLE_READDIR_ON_OPEN", "EMPTY_DIR");
    CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");
    CPLSetConfigOption("GDAL_NUM_THREADS", "1");
    OSRSetPROJEnableNetwork(false);
    VSIFilesystemPluginCallbacksStruct *cb = VSIAllocFilesystemPluginCallbacksStruct();
    cb->pUserData = &only;
    cb->stat = view_stat;
    cb->open = view_open;
    cb->tell = view_tell;
    cb->seek = view_seek;
    cb->read = view_read;
    cb->eof = view_eof;
    cb->close = view_close;
    int installed = VSIInstallPluginHandler(OPEN_FOLDER, cb);
    VSIFreeFilesystemPluginCallbacksStruct(cb);
    RegisterOGRGeoJSON();
    RegisterOGRTopoJSON();
    /* PROJ opens its database at first use, which the fence would refuse. */
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    bool ready = OSRImportFromEPSG(srs, 3826) == OGRERR_NONE;
    OSRDestroySpatialReference(srs);
    return (ready && !installed) || error_set(err, ERROR_SYSTEM, "GDAL or PROJ does not start");
}

/* ---- features ---- */

struct features {
    OGRLayerH layer;
    OGRFeatureDefnH about;
    int fields;
    int output;
    struct buf out, text;
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

/* Where the text is no UTF-8 the row is bad, and those bytes are sent as '?'. */
static bool send_text(struct buf *out, const char *text)
{
    size_t len = text ? strlen(text) : 0;
    if (!text || text_utf8_valid(text, len)) {
        wire_text(out, text, len);
        return true;
    }
    char *copy = mem_copy_n(text, len);
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)copy[i] >= 0x80)
            copy[i] = '?';
    wire_text(out, copy, len);
    free(copy);
    return false;
}

static bool send_feature(struct features *f, OGRFeatureH feature, uint64_t number, uint64_t size,
                         struct error *err)
{
    struct buf *out = &f->out;
    int fault = -1;
    size_t begun = wire_begin(out, WIRE_ROW);
    wire_u64(out, number);
    wire_u64(out, size);
    wire_u32(out, (uint32_t)f->fields);
    for (int i = 0; i < f->fields; i++)
        if (!send_text(out, field_text(f, feature, i)))
            fault = i;
    send_geometry(out, feature);
    if (fault >= 0 && !out->overflow) {
        static const char code[] = "not_utf8", reason[] = "the feature's text is not UTF-8";
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
    const char *crs = layer_crs(f->layer, code, sizeof code);
    wire_text(&f->out, crs, strlen(crs));
    send_text(&f->out, note);
    wire_text(&f->out, "", 0);
    wire_u32(&f->out, 1);
    wire_u32(&f->out, (uint32_t)f->fields);
    for (int i = 0; i < f->fields; i++)
        if (!send_text(&f->out, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(f->about, i))))
            return error_set(err, ERROR_INPUT, "the name of a property is not UTF-8");
    wire_end(&f->out, begun);
    return wire_flush(&f->out, f->output) || error_set(err, ERROR_SYSTEM, "nobody takes the rows");
}

static OGRLayerH largest_layer(GDALDatasetH data, struct buf *others)
{
    OGRLayerH best = NULL;
    GIntBig most = -1;
    int count = GDALDatasetGetLayerCount(data);
    for (int i = 0; i < count; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(data, i);
        GIntBig n = OGR_L_GetFeatureCount(layer, 1);
        if (n > most) {
            best = layer;
            most = n;
        }
    }
    for (int i = 0; i < count; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(data, i);
        if (layer == best)
            continue;
        buf_text(others, others->len ? ", " : "");
        buf_text(others, OGR_L_GetName(layer));
    }
    return best;
}

static bool send_layer(struct features *f, uint64_t size, struct error *err)
{
    uint64_t number = 0;
    OGRFeatureH feature;
    CPLErrorReset();
    while ((feature = OGR_L_GetNextFeature(f->layer))) {
        bool ok = send_feature(f, feature, ++number, size, err);
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

bool open_features(int input, uint64_t size, int output, struct error *err)
{
    static const char *const drivers[] = {"GeoJSON", "TopoJSON", NULL};
    if (!size)
        return error_set(err, ERROR_INPUT, "the file is empty");
    only = (struct view){.fd = input, .size = size};
    GDALDatasetH data =
        GDALOpenEx(OPEN_FOLDER OPEN_FILE, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, NULL, NULL);
    if (!data)
        return error_set(err, ERROR_INPUT,
                         "the file is not GeoJSON or TopoJSON, or is cut off or damaged");
    struct features f = {.output = output, .out.max = WIRE_RECORD_MAX + SEND_AT};
    struct buf others = {.max = 1000};
    f.layer = largest_layer(data, &others);
    bool ok = f.layer || error_set(err, ERROR_INPUT, "the file holds no features");
    if (ok) {
        f.about = OGR_L_GetLayerDefn(f.layer);
        f.fields = OGR_FD_GetFieldCount(f.about);
        ok = f.fields <= READER_COLUMNS_MAX ||
             error_set(err, ERROR_TOO_LARGE, "the features have more than %d properties",
                       READER_COLUMNS_MAX);
    }
    ok = ok && send_header(&f, buf_string(&others), err) && send_layer(&f, size, err);
    buf_free(&others);
    buf_free(&f.out);
    buf_free(&f.text);
    GDALClose(data);
    return ok;
}

const char *open_library_version(void)
{
    return GDALVersionInfo("RELEASE_NAME");
}
