/* png.h - the one place that speaks libpng: pictures of palette indexes and of 16-bit values out.
 */
#ifndef TILES_PNG_H
#define TILES_PNG_H

#include <stdint.h>

#include "gis/buf.h"
#include "gis/error.h"

struct png_color {
    uint8_t r, g, b, a; /* a: 0 transparent … 255 opaque */
};

/* Appends a PNG of width x height palette indexes (row by row from the north) to out. */
bool png_encode(struct buf *out, const uint8_t *index, uint32_t width, uint32_t height,
                const struct png_color *palette, int colors, struct error *err);
/* The same of 16-bit grey values. */
bool png_encode_values(struct buf *out, const uint16_t *value, uint32_t width, uint32_t height,
                       struct error *err);

#endif
