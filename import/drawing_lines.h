/* drawing_lines.h - in the fenced child: a drawing of lines (DXF) as one geometry, and its texts.
 */
#ifndef IMPORT_DRAWING_LINES_H
#define IMPORT_DRAWING_LINES_H

#include "gis/buf.h"
#include "gis/error.h"
#include "import/gdal.h"

/* All lines and the edges of all areas, as a multiline to be destroyed; NULL with err where there
 * are none or too many. texts: as drawing.h describes. */
OGRGeometryH drawing_lines(struct buf *texts, GDALDatasetH data, struct error *err);

#endif
