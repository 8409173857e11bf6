/* Layout drawings (配置圖) that know their place: one drawing a file (drawing.h). */
#include <math.h>
#include <string.h>

#include "gis/text.h"
#include "import/importers.h"
#include "import/record.h"
#include "import/value.h"
#include "sql.h"

enum {
    TITLE,
    EMS_NO,
    FACTORY_NO,
    FLOOR,
    DRAWN_ON,
    NOTE,
    FORM,
    WIDTH,
    HEIGHT,
    PIXEL,
    IMAGE,
    TEXTS,
    FIELDS
};

static const struct import_field fields[] = {
    [TITLE] = {"title", "圖名|名稱", "name of the drawing; --set title=…, else that of the file",
               false},
    [EMS_NO] = {"ems_no", "管制編號", "control number of its facility: --set ems_no=…", false},
    [FACTORY_NO] = {"factory_no", "工廠登記編號",
                    "factory registration number of its facility: --set factory_no=…", false},
    [FLOOR] = {"floor", "樓層", "storey: --set floor=…", false},
    [DRAWN_ON] = {"drawn_on", "繪製日期|圖面日期", "day it was drawn: --set drawn_on=…", false},
    [NOTE] = {"note", "備註", "remarks: --set note=…", false},
    [FORM] = {"form", "圖形式", "image or lines; out of the file", true},
    [WIDTH] = {"width", "寬度（像素）", "pixels; out of the file", false},
    [HEIGHT] = {"height", "高度（像素）", "pixels; out of the file", false},
    [PIXEL] = {"pixel", "像素大小",
               "size of a pixel as given, in units of the CRS; out of the file", false},
    [IMAGE] = {"image", "圖像", "the picture; out of the file", false},
    [TEXTS] = {"texts", "文字", "texts of a DXF; out of the file", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [TITLE] = {.role = IMPORT_ROLE_NAME, .key = true},
    [EMS_NO] = {.key = true},
    [FACTORY_NO] = {.key = true},
    [FLOOR] = {.key = true},
    [DRAWN_ON] = {.type = IMPORT_DATE},
    [FORM] = {.type = IMPORT_WORD, .words = "image;lines"},
    [WIDTH] = {.type = IMPORT_INTEGER, .least = 1, .most = 32768},
    [HEIGHT] = {.type = IMPORT_INTEGER, .least = 1, .most = 32768},
    [PIXEL] = {.type = IMPORT_NUMBER},
    [IMAGE] = {.role = IMPORT_ROLE_APART},
    [TEXTS] = {.role = IMPORT_ROLE_APART},
};

static bool begin(struct import_run *run, struct error *err)
{
    const struct reader_header *header = reader_header(run->reader);
    if (run->request->crs || (*header->crs && strcmp(header->crs, "unknown") != 0))
        return true;
    return error_set(err, ERROR_INPUT,
                     "the drawing does not say in which coordinate system it lies; say it, e.g. "
                     "--crs EPSG:3826 (TWD97 TM2 121)");
}

/* The drawing is called as its file where nobody named it. */
static bool check(struct import_run *run, struct record_row *r)
{
    char number[VALUE_NUMBER_MAX];
    for (int f = EMS_NO; f <= FACTORY_NO; f++)
        if (r->value[f].text && !value_number(number, r->value[f].text)) {
            import_reject(run, f, "number_invalid",
                          "not a registration number (letters, digits and '-', at most 40)");
            return false;
        }
    if (!r->value[TITLE].text)
        r->value[TITLE].text = run->request->name;
    r->name = r->value[TITLE].text;
    return true;
}

/* One line of texts (drawing.h), with its place in longitude and latitude. */
static void write_text(struct json *j, struct import_run *run, const char *line, size_t len)
{
    double at[4], lon, lat;
    for (int i = 0; i < 4; i++) {
        char number[40];
        size_t n = strcspn(line, "\t");
        if (n >= sizeof number || n >= len)
            return;
        memcpy(number, line, n);
        number[n] = '\0';
        if (!text_to_double(&at[i], number))
            return;
        line += n + 1;
        len -= n + 1;
    }
    if (place_check(&run->place, &lon, &lat, at[0], at[1]) != PLACE_ACCEPTED)
        return;
    json_open(j, NULL, '{');
    json_text_n(j, "text", line, len);
    json_number(j, "lon", lon, 8);
    json_number(j, "lat", lat, 8);
    json_number(j, "angle", at[2], 1);
    json_number(j, "height", at[3], 2);
    json_close(j, '}');
}

static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    const char *image = import_value(run, IMAGE), *texts = import_value(run, TEXTS);
    (void)r;
    if (image) {
        struct sha256 s;
        unsigned char digest[SHA256_BYTES];
        char hex[SHA256_HEX];
        sha256_begin(&s);
        sha256_add(&s, image, strlen(image));
        sha256_end(digest, &s);
        sha256_hex(hex, digest, SHA256_BYTES);
        json_text(j, "image_sha256", hex);
    }
    if (!texts)
        return;
    json_open(j, "texts", '[');
    for (const char *line = texts; *line;) {
        size_t len = strcspn(line, "\n");
        write_text(j, run, line, len);
        line += len + (line[len] == '\n');
    }
    json_close(j, ']');
}

static bool keep_images(struct import_run *run, struct error *err)
{
    return import_sql(NULL, run, &SQL_import_layout_images, err,
                      DB_ARGS(db_i64(run->column[IMAGE])));
}

static const struct record_family family = {.geometry = RECORD_SHAPE,
                                            .geometry_wanted = true,
                                            .begin = begin,
                                            .check = check,
                                            .more = more,
                                            .judge = &SQL_import_layout_judge,
                                            .after = keep_images};

const struct importer importer_layouts = {
    .kind = {.name = "layouts",
             .title_zh = "配置圖",
             .title_en = "Layouts",
             .about = "layout drawings that know their place: GeoTIFF, GeoPDF, PNG or JPEG with a "
                      "world file, DXF with --crs",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(record_publish, &family),
};
