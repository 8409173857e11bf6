#include "tiles/png.h"

#include <png.h>
#include <stdlib.h>
#include <zlib.h>

#include "gis/mem.h"

static void write_part(png_structp png, png_bytep data, png_size_t len)
{
    buf_add(png_get_io_ptr(png), data, len);
}

static void flush(png_structp png)
{
    (void)png;
}

static bool begin(png_structp *png, png_infop *info, struct error *err)
{
    *png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    *info = *png ? png_create_info_struct(*png) : NULL;
    if (*info)
        return true;
    png_destroy_write_struct(png, info);
    return error_set(err, ERROR_INTERNAL, "the picture could not be written");
}

bool png_encode(struct buf *out, const uint8_t *index, uint32_t width, uint32_t height,
                const struct png_color *palette, int colors, struct error *err)
{
    png_color rgb[256];
    png_byte alpha[256];
    for (int i = 0; i < colors; i++) {
        rgb[i] = (png_color){palette[i].r, palette[i].g, palette[i].b};
        alpha[i] = palette[i].a;
    }
    png_structp png;
    png_infop info;
    if (!begin(&png, &info, err))
        return false;
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return error_set(err, ERROR_INTERNAL, "the picture could not be written");
    }
    png_set_write_fn(png, out, write_part, flush);
    /* Flat areas of few colours: the fastest level with run lengths is within 10 % of the best. */
    png_set_compression_level(png, 2);
    png_set_compression_strategy(png, Z_RLE);
    png_set_filter(png, 0, PNG_FILTER_NONE);
    png_set_IHDR(png, info, width, height, colors > 16 ? 8 : 4, PNG_COLOR_TYPE_PALETTE,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_PLTE(png, info, rgb, colors);
    png_set_tRNS(png, info, alpha, colors, NULL);
    png_write_info(png, info);
    png_set_packing(png);
    for (uint32_t y = 0; y < height; y++)
        png_write_row(png, index + (size_t)y * width);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return true;
}

bool png_encode_values(struct buf *out, const uint16_t *value, uint32_t width, uint32_t height,
                       struct error *err)
{
    png_structp png;
    png_infop info;
    if (!begin(&png, &info, err))
        return false;
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return error_set(err, ERROR_INTERNAL, "the picture could not be written");
    }
    png_set_write_fn(png, out, write_part, flush);
    /* Smooth surfaces: the difference to the row above is small. */
    png_set_compression_level(png, 2);
    png_set_filter(png, 0, PNG_FILTER_UP);
    png_set_IHDR(png, info, width, height, 16, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    png_set_swap(png); /* values are little-endian here, PNG is not */
    for (uint32_t y = 0; y < height; y++)
        png_write_row(png, (png_const_bytep)(const void *)(value + (size_t)y * width));
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return true;
}
