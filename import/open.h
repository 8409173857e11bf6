/* open.h - the one place that speaks GDAL's opening, and only in the fenced child: features
 * and rows of sheets to wire records. GDAL sees one file, the descriptor it is given, by a name
 * that is ours; no driver but that of the file's format is registered. */
#ifndef IMPORT_OPEN_H
#define IMPORT_OPEN_H

#include <stdint.h>

#include "import/encoding.h"
#include "import/format.h"
#include "import/import.h"
#include "import/zip.h"

struct open_how {
    const struct format *format;
    const struct encoding_kit *kit;
    const char *encoding; /* of a Shapefile's texts; NULL = .cpg, else detected */
    const char *sheet;    /* sheet or layer; NULL = found out (sheet.h), the largest layer */
    const struct import_kind *kind; /* by which headers are recognised; NULL = by nothing */
    const struct import_map *maps;
    int map_count;
    const struct zip_directory *zip;            /* of an archive */
    struct import_part parts[IMPORT_PARTS_MAX]; /* of a bare .shp */
    int part_count;
    bool lean; /* as in reader_how */
};

/* Before fence_seal: registers the drivers and opens PROJ's database. */
bool open_prepare(const struct format *format, struct error *err);
/* size: bytes of the file. Returns when all is sent; false with err where the file cannot be read
 * at all. The header's note names the layers or sheets that are left unread. */
bool open_features(int input, uint64_t size, const struct open_how *how, int output,
                   struct error *err);

/* GDAL of this program, e.g. "3.6.2". */
const char *open_library_version(void);

#endif
