/* DESIGN. An image is not warped here: its pixels go out as they are (averaged down where they are
 * many) with the corners in the file's own coordinate system, so that positions are turned into
 * longitude and latitude by the same code as all others (place.h; TWD67 too). The map lays the
 * image over its four corners. What that leaves out, the bend of the projections within one
 * drawing, is L^2 tan(latitude) / (8 R): 0.9 m in the middle of a drawing of 10 km, 9 mm of one of
 * 1 km. */
#include "import/drawing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "import/drawing_lines.h"
#include "import/view.h"

/* C entry points of libgdal; its only header that declares them is C++. */
void GDALRegister_GTiff(void);
void GDALRegister_PNG(void);
void GDALRegister_JPEG(void);
void GDALRegister_PDF(void);
void GDALRegister_MEM(void);
void RegisterOGRDXF(void);

static const char *const columns[] = {"form", "image", "width", "height", "pixel", "texts"};
enum { FORM, IMAGE, WIDTH, HEIGHT, PIXEL, TEXTS, COLUMNS };

void drawing_prepare(const char *driver)
{
    GDALRegister_MEM();
    GDALRegister_PNG(); /* also to write */
    if (!driver || !strcmp(driver, "GTiff"))
        GDALRegister_GTiff();
    if (!driver || !strcmp(driver, "JPEG"))
        GDALRegister_JPEG();
    if (driver && !strcmp(driver, "PDF"))
        GDALRegister_PDF();
    if (driver && !strcmp(driver, "DXF"))
        RegisterOGRDXF();
    char dpi[16];
    snprintf(dpi, sizeof dpi, "%d", DRAWING_PDF_DPI);
    CPLSetConfigOption("GDAL_PDF_DPI", dpi);
}

/* ---- out ---- */

static bool send_header(struct features *f, const char *crs, struct error *err)
{
    size_t begun = wire_begin(&f->out, WIRE_HEADER);
    f->said.crs = crs;
    f->said.note = "";
    f->said.encoding = "";
    f->said.geometry = true;
    wire_about(&f->out, &f->said);
    wire_u32(&f->out, COLUMNS);
    for (int i = 0; i < COLUMNS; i++)
        wire_text(&f->out, columns[i], strlen(columns[i]));
    wire_end(&f->out, begun);
    return wire_flush(&f->out, f->output) || error_set(err, ERROR_SYSTEM, "nobody takes the rows");
}

static bool send_row(struct features *f, const char *const values[COLUMNS], const void *wkb,
                     size_t wkb_len, uint64_t size, struct error *err)
{
    size_t begun = wire_begin(&f->out, WIRE_ROW);
    wire_u64(&f->out, 1);
    wire_u64(&f->out, size);
    wire_u32(&f->out, COLUMNS);
    for (int i = 0; i < COLUMNS; i++)
        wire_text(&f->out, values[i], values[i] ? strlen(values[i]) : 0);
    wire_text(&f->out, wkb, wkb_len);
    wire_end(&f->out, begun);
    begun = wire_begin(&f->out, WIRE_END);
    wire_u64(&f->out, 1);
    wire_end(&f->out, begun);
    if (f->out.overflow)
        return error_set(err, ERROR_TOO_LARGE, "the drawing is larger than %d MiB",
                         WIRE_RECORD_MAX >> 20);
    return wire_flush(&f->out, f->output) || error_set(err, ERROR_SYSTEM, "nobody takes the rows");
}

/* ---- images ---- */

struct picture {
    int width, height;
    unsigned char *pixels; /* RGBA, row by row; owned */
};

/* One channel to every fourth byte. Averages, but not colours of a palette, which are numbers. */
static bool read_band(struct picture *p, GDALRasterBandH band, int channel, bool palette)
{
    GDALRasterIOExtraArg how;
    INIT_RASTERIO_EXTRA_ARG(how);
    how.eResampleAlg = palette ? GRIORA_NearestNeighbour : GRIORA_Average;
    return GDALRasterIOEx(band, GF_Read, 0, 0, GDALGetRasterBandXSize(band),
                          GDALGetRasterBandYSize(band), p->pixels + channel, p->width, p->height,
                          GDT_Byte, 4, 4 * (GSpacing)p->width, &how) == CE_None;
}

static void spread_palette(struct picture *p, GDALColorTableH table)
{
    size_t count = (size_t)p->width * (size_t)p->height;
    for (size_t i = 0; i < count; i++) {
        unsigned char *at = p->pixels + 4 * i;
        const GDALColorEntry *c = GDALGetColorEntry(table, at[0]);
        at[0] = c ? (unsigned char)c->c1 : 0;
        at[1] = c ? (unsigned char)c->c2 : 0;
        at[2] = c ? (unsigned char)c->c3 : 0;
        at[3] = c ? (unsigned char)c->c4 : 0;
    }
}

/* Channels as they come: grey, grey and alpha, colours, colours and alpha, or a palette. */
static bool read_pixels(struct picture *p, GDALDatasetH data)
{
    int bands = GDALGetRasterCount(data);
    size_t count = (size_t)p->width * (size_t)p->height;
    GDALRasterBandH first = GDALGetRasterBand(data, 1);
    GDALColorTableH table = GDALGetRasterColorTable(first);
    p->pixels = mem_zero(count, 4);
    for (size_t i = 0; i < count; i++)
        p->pixels[4 * i + 3] = 255;
    if (table || bands < 3) {
        if (!read_band(p, first, 0, table != NULL))
            return false;
        for (size_t i = 0; i < count; i++)
            p->pixels[4 * i + 1] = p->pixels[4 * i + 2] = p->pixels[4 * i];
        if (table)
            spread_palette(p, table);
        return table || bands < 2 || read_band(p, GDALGetRasterBand(data, 2), 3, false);
    }
    for (int i = 0; i < (bands > 3 ? 4 : 3); i++)
        if (!read_band(p, GDALGetRasterBand(data, i + 1), i, false))
            return false;
    return true;
}

/* The PNG in base64, owned; NULL with err. */
static char *encode(const struct picture *p, struct error *err)
{
    static const char name[] = "/vsimem/out.png";
    GDALDatasetH plain =
        GDALCreate(GDALGetDriverByName("MEM"), "", p->width, p->height, 4, GDT_Byte, NULL);
    vsi_l_offset len = 0;
    bool ok = plain &&
              GDALDatasetRasterIO(plain, GF_Write, 0, 0, p->width, p->height, p->pixels, p->width,
                                  p->height, GDT_Byte, 4, NULL, 4, 4 * p->width, 1) == CE_None;
    GDALDatasetH png =
        ok ? GDALCreateCopy(GDALGetDriverByName("PNG"), name, plain, FALSE, NULL, NULL, NULL)
           : NULL;
    if (png)
        GDALClose(png);
    if (plain)
        GDALClose(plain);
    GByte *bytes = png ? VSIGetMemFileBuffer(name, &len, FALSE) : NULL;
    if (!bytes || len > DRAWING_BYTES_MAX) {
        error_fill(err, bytes ? ERROR_TOO_LARGE : ERROR_INPUT,
                   bytes ? "the image is larger than %d MiB even at %d pixels a side"
                         : "the image cannot be read (%d MiB, %d pixels a side are the most)",
                   DRAWING_BYTES_MAX >> 20, DRAWING_SIDE_MAX);
        return NULL;
    }
    char *text = CPLBase64Encode((int)len, bytes), *ours = mem_copy(text);
    CPLFree(text);
    VSIUnlink(name);
    return ours;
}

/* The outline as WKB of a polygon: corners of the first pixel, along its row, and around. */
static size_t outline(unsigned char wkb[128], const double g[6], int width, int height)
{
    const double at[5][2] = {{0, 0}, {width, 0}, {width, height}, {0, height}, {0, 0}};
    const unsigned char head[] = {1, 3, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0};
    size_t len = sizeof head;
    memcpy(wkb, head, len);
    for (int i = 0; i < 5; i++) {
        double xy[2] = {g[0] + at[i][0] * g[1] + at[i][1] * g[2],
                        g[3] + at[i][0] * g[4] + at[i][1] * g[5]};
        memcpy(wkb + len, xy, sizeof xy);
        len += sizeof xy;
    }
    return len;
}

static bool send_image(struct features *f, GDALDatasetH data, uint64_t size, struct error *err)
{
    double g[6];
    char width[16], height[16], pixel[40], code[64];
    unsigned char wkb[128];
    int full_width = GDALGetRasterXSize(data), full_height = GDALGetRasterYSize(data);
    if (full_width > DRAWING_SOURCE_MAX || full_height > DRAWING_SOURCE_MAX)
        return error_set(err, ERROR_TOO_LARGE, "the image has %d x %d pixels; %d a side are read",
                         full_width, full_height, DRAWING_SOURCE_MAX);
    if (GDALGetGeoTransform(data, g) != CE_None)
        return error_set(
            err, ERROR_INPUT,
            "the drawing does not say where it lies: give a GeoTIFF, a GeoPDF, or the "
            "image with its world file (.pgw, .jgw, .wld) beside it, or both in a .zip");
    int most = full_width > full_height ? full_width : full_height;
    double part = most > DRAWING_SIDE_MAX ? (double)DRAWING_SIDE_MAX / most : 1;
    struct picture p = {.width = (int)fmax(1, round(full_width * part)),
                        .height = (int)fmax(1, round(full_height * part))};
    if (!read_pixels(&p, data)) {
        free(p.pixels);
        return error_set(err, ERROR_INPUT, "the image is cut off or damaged");
    }
    char *image = encode(&p, err);
    free(p.pixels);
    if (!image)
        return false;
    snprintf(width, sizeof width, "%d", p.width);
    snprintf(height, sizeof height, "%d", p.height);
    snprintf(pixel, sizeof pixel, "%.9g", hypot(g[1], g[4]));
    const char *const values[COLUMNS] = {
        [FORM] = "image", [IMAGE] = image, [WIDTH] = width, [HEIGHT] = height, [PIXEL] = pixel};
    bool ok = send_header(f, features_crs(GDALGetSpatialRef(data), code, sizeof code), err) &&
              send_row(f, values, wkb, outline(wkb, g, full_width, full_height), size, err);
    free(image);
    return ok;
}

/* ---- lines ---- */

static bool send_lines(struct features *f, GDALDatasetH data, uint64_t size, struct error *err)
{
    struct buf texts = {.max = DRAWING_BYTES_MAX};
    char code[64];
    OGRGeometryH lines = drawing_lines(&texts, data, err);
    bool ok = lines != NULL;
    int len = ok ? OGR_G_WkbSize(lines) : 0;
    unsigned char *wkb = ok ? mem_zero((size_t)len, 1) : NULL;
    ok = ok && OGR_G_ExportToWkb(lines, wkbNDR, wkb) == OGRERR_NONE;
    const char *const values[COLUMNS] = {
        [FORM] = "lines", [TEXTS] = texts.len && !texts.overflow ? buf_string(&texts) : NULL};
    OGRLayerH layer = GDALDatasetGetLayer(data, 0);
    ok = ok &&
         send_header(f, features_crs(layer ? OGR_L_GetSpatialRef(layer) : NULL, code, sizeof code),
                     err) &&
         send_row(f, values, wkb, (size_t)len, size, err);
    if (lines)
        OGR_G_DestroyGeometry(lines);
    free(wkb);
    buf_free(&texts);
    return ok;
}

const char *drawing_find(char *path, size_t size)
{
    static const char *const known[][2] = {
        {"png", "PNG"}, {"jpg", "JPEG"}, {"jpeg", "JPEG"}, {"tif", "GTiff"}, {"tiff", "GTiff"}};
    char archive[64];
    const char *driver = NULL;
    snprintf(archive, sizeof archive, "/vsizip/" VIEW_FOLDER "%s", view_name());
    char **names = VSIReadDirRecursive(archive);
    for (int i = 0; names && names[i] && !driver; i++)
        for (size_t k = 0; k < sizeof known / sizeof *known && !driver; k++)
            if (EQUAL(CPLGetExtension(names[i]), known[k][0])) {
                snprintf(path, size, "%s/%s", archive, names[i]);
                driver = known[k][1];
            }
    CSLDestroy(names);
    return driver;
}

bool drawing_send(struct features *f, const char *path, const char *driver, uint64_t size,
                  struct error *err)
{
    bool lines = !strcmp(driver, "DXF");
    const char *const allowed[] = {driver, NULL};
    GDALDatasetH data =
        GDALOpenEx(path, (unsigned)(lines ? GDAL_OF_VECTOR : GDAL_OF_RASTER) | GDAL_OF_READONLY,
                   allowed, NULL, NULL);
    if (!data)
        return error_set(err, ERROR_INPUT, "the file is not %s, or is cut off or damaged",
                         f->how->format->ending);
    bool ok = lines ? send_lines(f, data, size, err) : send_image(f, data, size, err);
    GDALClose(data);
    return ok;
}
