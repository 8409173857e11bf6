#include "tiles/geotiff.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wundef"
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <gdal_frmts.h>
#include <ogr_srs_api.h>
#pragma GCC diagnostic pop

#include "gis/mem.h"
#include "tiles/shrink.h"

enum { CACHE_BYTES = 16 << 20, BLOCK = 512 /* pixels a side of a block */ };

const char *const geotiff_pack_names[GEOTIFF_PACKS + 1] = {"deflate", "zstd", "none", NULL};

/* ---- the folder beside it ---- */

struct beside {
    char *folder, *file;
};

static bool refuse(const char *path, int number, struct error *err)
{
    return error_set(err, number == ENOSPC || number == EDQUOT ? ERROR_NO_SPACE : ERROR_INPUT,
                     "%.300s cannot be written: %s", path, strerrordesc_np(number));
}

static bool beside_make(struct beside *b, const char *path, struct error *err)
{
    struct stat st;
    if (!stat(path, &st) && !S_ISREG(st.st_mode))
        return error_set(err, ERROR_INPUT, "%.300s cannot be written: it is not a plain file",
                         path);
    const char *slash = strrchr(path, '/');
    b->folder = mem_format("%.*s.heat-XXXXXX", slash ? (int)(slash - path + 1) : 0, path);
    if (!mkdtemp(b->folder)) {
        int number = errno;
        free(b->folder);
        b->folder = NULL;
        return refuse(path, number, err);
    }
    b->file = mem_format("%s/heat.tif", b->folder);
    return true;
}

/* The names are all that GDAL makes beside a file it writes. */
static void beside_remove(struct beside *b)
{
    static const char *const endings[] = {"",     ".ovr.tmp", ".msk.ovr.tmp",
                                          ".msk", ".ovr",     ".aux.xml"};
    if (!b->folder)
        return;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char *name = mem_format("%s%s", b->file, endings[i]);
        unlink(name);
        free(name);
    }
    rmdir(b->folder);
    free(b->file);
    free(b->folder);
}

bool geotiff_check(const char *path, struct error *err)
{
    struct beside b = {.folder = NULL};
    size_t len = strlen(path);
    if (!len || path[len - 1] == '/')
        return error_set(err, ERROR_INPUT, "\"%.300s\" is not the name of a file", path);
    bool ok = beside_make(&b, path, err);
    beside_remove(&b);
    return ok;
}

/* ---- GDAL ---- */

struct progress {
    geotiff_tell *tell;
    void *ctx;
    bool cancelled;
};

static int CPL_STDCALL on_progress(double part, const char *message, void *ctx)
{
    struct progress *p = ctx;
    (void)message;
    if (p->tell && !p->tell(p->ctx, part))
        p->cancelled = true;
    return !p->cancelled;
}

static void register_all(void)
{
    GDALRegister_MEM();
    GDALRegister_GTiff();
    GDALRegister_COG();
    GDALSetCacheMax64(CACHE_BYTES);
}

static void register_drivers(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, register_all);
}

static bool describe(GDALDatasetH data, const struct geotiff *g)
{
    double transform[6] = {g->west, g->pixel_x, 0, g->north, 0, -g->pixel_y};
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    GDALRasterBandH band = GDALGetRasterBand(data, 1);
    bool ok =
        band && GDALSetGeoTransform(data, transform) == CE_None &&
        OSRImportFromEPSG(srs, (int)strtol(g->crs + strlen("EPSG:"), NULL, 10)) == OGRERR_NONE;
    if (ok)
        OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
    ok = ok && GDALSetSpatialRef(data, srs) == CE_None;
    OSRDestroySpatialReference(srs);
    for (const struct geotiff_item *i = g->items; ok && i && i->name; i++)
        ok = GDALSetMetadataItem(data, i->name, i->value, NULL) == CE_None;
    if (ok && g->nodata)
        ok = GDALSetRasterNoDataValue(band, *g->nodata) == CE_None;
    if (ok && g->unit)
        ok = GDALSetRasterUnitType(band, g->unit) == CE_None;
    if (ok && g->band)
        GDALSetDescription(band, g->band);
    return ok;
}

static bool shrink_into(GDALRasterBandH band, const struct geotiff *g)
{
    struct shrink s;
    int width = GDALGetRasterBandXSize(band), height = GDALGetRasterBandYSize(band);
    size_t pixel = g->wide ? sizeof(double) : sizeof(float), row = (size_t)g->width * pixel;
    GDALDataType type = GDALGetRasterDataType(band);
    void *means = mem_alloc((size_t)width * pixel);
    bool ok = true;
    shrink_open(&s, g->width, width, g->wide, g->nodata);
    for (int i = 0; ok && i < height; i++) {
        struct shrink_span rows;
        shrink_span(&rows, g->height, height, i);
        for (int k = 0; k < rows.count; k++)
            shrink_add(&s, (const char *)g->cells + (size_t)(rows.first + k) * row,
                       shrink_units(&rows, k));
        shrink_put(means, &s);
        ok = GDALRasterIO(band, GF_Write, 0, i, width, 1, means, width, 1, type, 0, 0) == CE_None;
    }
    shrink_close(&s);
    free(means);
    return ok;
}

/* Means, so that the integral is kept; in memory (a third of the cells), because the driver would
 * write, pack, read and unpack a file for them. Whole or halved sizes down to one block. Rejected:
 * GDAL's own (AVERAGE), which copies 10 MB of the cells at a time and, where the height is odd,
 * leaves pixels out of the means at the edges of these (up to 1 % of the maximum in 3.6). */
static bool add_overviews(GDALDatasetH data, const struct geotiff *g)
{
    int factors[24], count = 0;
    int side = g->width > g->height ? g->width : g->height;
    for (int f = 2; side > BLOCK && count < 24; f *= 2, side /= 2)
        factors[count++] = f;
    bool ok =
        !count || GDALBuildOverviews(data, "NONE", count, factors, 0, NULL, NULL, NULL) == CE_None;
    for (int i = 0; ok && i < count; i++) {
        GDALRasterBandH band = GDALGetOverview(GDALGetRasterBand(data, 1), i);
        ok = band && shrink_into(band, g);
    }
    return ok;
}

/* The cells as they lie in memory; NULL where GDAL refuses. */
static GDALDatasetH in_memory(const struct geotiff *g)
{
    char pointer[64];
    GDALDatasetH data = GDALCreate(GDALGetDriverByName("MEM"), "", g->width, g->height, 0,
                                   g->wide ? GDT_Float64 : GDT_Float32, NULL);
    if (!data)
        return NULL;
    int len = CPLPrintPointer(pointer, g->cells, (int)sizeof pointer - 1);
    pointer[len] = '\0';
    char **options = CSLSetNameValue(NULL, "DATAPOINTER", pointer);
    bool ok = GDALAddBand(data, g->wide ? GDT_Float64 : GDT_Float32, options) == CE_None &&
              describe(data, g) && add_overviews(data, g);
    CSLDestroy(options);
    if (ok)
        return data;
    GDALClose(data);
    return NULL;
}

static char **creation_options(const struct geotiff *g)
{
    static const char *const compress[GEOTIFF_PACKS] = {
        [GEOTIFF_DEFLATE] = "DEFLATE", [GEOTIFF_ZSTD] = "ZSTD", [GEOTIFF_NONE] = "NONE"};
    char threads[16];
    char **o = CSLSetNameValue(NULL, "COMPRESS", compress[g->pack]);
    snprintf(threads, sizeof threads, "%d", g->threads);
    o = CSLSetNameValue(o, "NUM_THREADS", g->threads > 0 ? threads : "ALL_CPUS");
    o = CSLSetNameValue(o, "BIGTIFF", "IF_SAFER");
    o = CSLSetNameValue(o, "SPARSE_OK", "TRUE"); /* the sea */
    if (g->pack != GEOTIFF_NONE) /* the fastest: values of doubled length gain little by more */
        o = CSLSetNameValue(o, "LEVEL", "1");
    return o;
}

static bool write_file(const char *file, const struct geotiff *g, struct progress *p,
                       struct error *err)
{
    register_drivers();
    CPLPushErrorHandler(CPLQuietErrorHandler);
    CPLErrorReset();
    GDALDatasetH memory = in_memory(g), out = NULL;
    char **options = creation_options(g);
    if (memory)
        out = GDALCreateCopy(GDALGetDriverByName("COG"), file, memory, FALSE, options, on_progress,
                             p);
    bool ok = out != NULL;
    if (out) {
        GDALClose(out);
        ok = CPLGetLastErrorType() < CE_Failure;
    }
    if (memory)
        GDALClose(memory);
    CSLDestroy(options);
    CPLPopErrorHandler();
    if (ok || p->cancelled)
        return ok;
    return error_set(err, errno == ENOSPC ? ERROR_NO_SPACE : ERROR_SYSTEM,
                     "the GeoTIFF could not be written; is the disk full? (%.100s)",
                     errno == ENOSPC ? strerrordesc_np(errno) : "GDAL gave up");
}

bool geotiff_write(const char *path, const struct geotiff *g, geotiff_tell *tell, void *ctx,
                   struct error *err)
{
    struct beside b = {.folder = NULL};
    struct progress p = {.tell = tell, .ctx = ctx};
    if (!beside_make(&b, path, err))
        return false;
    bool ok = write_file(b.file, g, &p, err);
    if (ok && tell && !tell(ctx, 1)) {
        p.cancelled = true;
        ok = false;
    }
    if (ok && rename(b.file, path))
        ok = refuse(path, errno, err);
    beside_remove(&b);
    if (p.cancelled)
        return error_set(err, ERROR_CONFLICT, "the heat map was cancelled; nothing was written");
    return ok;
}

bool geotiff_make(struct buf *out, const struct geotiff *g, geotiff_tell *tell, void *ctx,
                  struct error *err)
{
    struct progress p = {.tell = tell, .ctx = ctx};
    vsi_l_offset len = 0;
    char *name = mem_format("/vsimem/heat-%p.tif", (void *)out); /* one a reply */
    bool ok = write_file(name, g, &p, err);
    GByte *data = ok ? VSIGetMemFileBuffer(name, &len, FALSE) : NULL;
    if (ok && data)
        buf_add(out, data, (size_t)len);
    VSIUnlink(name);
    free(name);
    if (p.cancelled)
        return error_set(err, ERROR_CONFLICT, "the GeoTIFF was cancelled");
    return ok && ((data && !out->overflow) ||
                  error_set(err, ERROR_TOO_LARGE, "the GeoTIFF is larger than an answer may be"));
}
