#include "import/format.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "import/zip.h"

#define ZIP "PK\3\4"

static const struct format formats[] = {
    {.ending = ".csv"},
    {.ending = ".csv.gz", .gzip = true},
    {.ending = ".tsv", .tab = true},
    {.ending = ".tsv.gz", .tab = true, .gzip = true},
    {.ending = ".txt"},
    {.ending = ".txt.gz", .gzip = true},
    {.ending = ".xlsx", .driver = "XLSX", .begins = ZIP, .zip = true, .sheets = true},
    {.ending = ".xlsm", .driver = "XLSX", .begins = ZIP, .zip = true, .sheets = true},
    {.ending = ".ods", .driver = "ODS", .begins = ZIP, .zip = true, .sheets = true},
    {.ending = ".geojson", .driver = "GeoJSON"},
    {.ending = ".topojson", .driver = "TopoJSON"},
    {.ending = ".json", .driver = "GeoJSON", .json = true}, /* or TopoJSON, or a plain list */
    {.ending = ".json.gz", .gzip = true, .json = true},
    {.ending = ".jsonl", .driver = "GeoJSONSeq", .json = true, .lines = true},
    {.ending = ".ndjson", .driver = "GeoJSONSeq", .json = true, .lines = true},
    {.ending = ".jsonl.gz", .gzip = true, .json = true, .lines = true},
    {.ending = ".ndjson.gz", .gzip = true, .json = true, .lines = true},
    {.ending = ".geojsonl", .driver = "GeoJSONSeq"},
    {.ending = ".geojsons", .driver = "GeoJSONSeq"},
    {.ending = ".gpkg", .driver = "GPKG", .begins = "SQLite format 3"},
    {.ending = ".fgb", .driver = "FlatGeobuf", .begins = "fgb\3fgb"},
    {.ending = ".kml", .driver = "LIBKML"},
    {.ending = ".kmz", .driver = "LIBKML", .begins = ZIP, .zip = true},
    {.ending = ".shp", .driver = "ESRI Shapefile"},
    {.ending = ".tif", .driver = "GTiff", .drawing = true},
    {.ending = ".tiff", .driver = "GTiff", .drawing = true},
    {.ending = ".png", .driver = "PNG", .begins = "\211PNG", .drawing = true},
    {.ending = ".jpg", .driver = "JPEG", .begins = "\377\330\377", .drawing = true},
    {.ending = ".jpeg", .driver = "JPEG", .begins = "\377\330\377", .drawing = true},
    {.ending = ".pdf", .driver = "PDF", .begins = "%PDF-", .drawing = true},
    {.ending = ".dxf", .driver = "DXF", .drawing = true},
    {.ending = ".zip", .driver = "ESRI Shapefile", .begins = ZIP, .zip = true},
};

static const char endings[] =
    ".csv .tsv .txt (each also .gz), .xlsx .xlsm .ods, .geojson .topojson "
    ".json .geojsonl .geojsons .jsonl .ndjson, .gpkg .fgb .kml .kmz, .shp (its parts beside it) or "
    ".zip (a Shapefile, or an image with its world file); drawings: .tif .pdf (with their place), "
    ".png .jpg (world file beside "
    "them), "
    ".dxf";

const char *format_endings(void)
{
    return endings;
}

const struct format *format_find(const char *name, struct error *err)
{
    size_t len = strlen(name);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        size_t n = strlen(formats[i].ending);
        if (len > n && !strcasecmp(name + len - n, formats[i].ending))
            return &formats[i];
    }
    static const char *const old[] = {".xls", ".doc", ".docx", ".mdb", ".accdb"};
    for (size_t i = 0; i < sizeof old / sizeof *old; i++) {
        size_t n = strlen(old[i]);
        if (len > n && !strcasecmp(name + len - n, old[i])) {
            error_fill(err, ERROR_UNSUPPORTED,
                       "%s is not read: open it in the program it comes from and save the table as "
                       ".xlsx, .ods or .csv",
                       old[i]);
            return NULL;
        }
    }
    error_fill(err, ERROR_UNSUPPORTED,
               "the format of this file is not known by its name; read are %s", endings);
    return NULL;
}

bool format_check(struct zip_directory *zip, const struct format *f, int fd, uint64_t bytes,
                  struct error *err)
{
    char head[32];
    size_t len = f->begins ? strlen(f->begins) : 0;
    if (len && (pread(fd, head, len, 0) != (ssize_t)len || memcmp(head, f->begins, len) != 0))
        return error_set(err, ERROR_INPUT, "the file is named %s and is something else", f->ending);
    return !f->zip || zip_check(zip, fd, bytes, err);
}
