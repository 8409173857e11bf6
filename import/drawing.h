/* drawing.h - in the fenced child: a drawing that knows its place (GeoTIFF, GeoPDF, PNG or JPEG
 * with a world file, DXF) as one row. Its columns are
 *
 *     form    "image" or "lines"
 *     image   of an image: a PNG in base64, at most DRAWING_SIDE_MAX pixels a side
 *     width, height   pixels of that PNG
 *     pixel   size of a pixel of the drawing as given, in units of its CRS
 *     texts   of lines: a line each of x, y (file's CRS), angle (degrees, counterclockwise), height
 *             and the text, separated by tabs
 *
 * and its geometry: of an image the outline of its four corners, beginning with that of its first
 * pixel and going along its first row; of lines all of them, curves as short lines. */
#ifndef IMPORT_DRAWING_H
#define IMPORT_DRAWING_H

#include "import/features.h"

enum {
    DRAWING_SIDE_MAX = 4096,      /* pixels of what is kept; larger ones are averaged */
    DRAWING_SOURCE_MAX = 1 << 15, /* pixels a side of what is read */
    DRAWING_BYTES_MAX = 32 << 20, /* of the PNG */
    DRAWING_TEXTS_MAX = 20000,
    DRAWING_PDF_DPI = 200
};

/* Before the fence: drivers for what a drawing may be; NULL = an image in an archive. */
void drawing_prepare(const char *driver);
/* The image of an archive (PNG, JPEG, GeoTIFF), the first by name, and its driver; NULL where there
 * is none. */
const char *drawing_find(char *path, size_t size);
/* path: the file as GDAL sees it, driver: the only one that may open it. Sends header and row;
 * size: bytes of the file. */
bool drawing_send(struct features *f, const char *path, const char *driver, uint64_t size,
                  struct error *err);

#endif
