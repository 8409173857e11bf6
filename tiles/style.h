/* style.h - the map as a MapLibre style: one layer a class with a plain filter, which QGIS 3.22
 * reads too (it skips step, case, concat and data-driven match with scalar labels). */
#ifndef TILES_STYLE_H
#define TILES_STYLE_H

#include "gis/buf.h"

/* base_url: "http://127.0.0.1:8080" */
void style_main(struct buf *out, const char *base_url);

#endif
