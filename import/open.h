/* open.h - the one place that speaks GDAL's opening, and only in the fenced child: GeoJSON and
 * TopoJSON features to wire records. GDAL sees one file, the descriptor it is given, by a name that
 * is ours; no other driver is registered. */
#ifndef IMPORT_OPEN_H
#define IMPORT_OPEN_H

#include <stdint.h>

#include "gis/error.h"

/* Before fence_seal: registers the drivers and opens PROJ's database. */
bool open_prepare(struct error *err);
/* size: bytes of the file. Returns when all is sent; false with err where the file cannot be read
 * at all. Of several layers the one with the most features is read; the header's note names the
 * others. */
bool open_features(int input, uint64_t size, int output, struct error *err);

/* GDAL of this program, e.g. "3.6.2". */
const char *open_library_version(void);

#endif
