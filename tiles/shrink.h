/* shrink.h - a raster at a smaller size, row by row: means by the area that each pixel of the small
 * one covers, also where that is no whole number of pixels, so that the integral is kept. */
#ifndef TILES_SHRINK_H
#define TILES_SHRINK_H

#include <stdbool.h>

/* What a row (column) of the small raster covers, in units in which all edges are whole numbers:
 * the large size over the small one is the size of a small pixel over that of a large one. */
struct shrink_span {
    int first, count;   /* rows (columns) of the large raster */
    double head, whole; /* units of the first one, of those in the middle, */
    double tail;        /* of the last if there are several */
};

struct shrink {
    int from, to;               /* widths */
    bool wide;                  /* pixels are double, else float */
    const double *nodata;       /* pixels of this value have no part in a mean; NULL = none */
    struct shrink_span *column; /* [to] */
    double *sum, *has;          /* [from]: of the rows so far; has: NULL without nodata */
    double rows;                /* units of these rows */
};

/* 1 <= to <= from. */
void shrink_open(struct shrink *s, int from, int to, bool wide, const double *nodata);
void shrink_close(struct shrink *s);
void shrink_span(struct shrink_span *out, int from, int to, int at);
/* Of the first (at = 0), the second … of what it covers. */
double shrink_units(const struct shrink_span *s, int at);
/* Adds so many units of a row. */
void shrink_add(struct shrink *s, const void *row, double units);
/* The row of the small raster of what was added; begins the next. */
void shrink_put(void *out, struct shrink *s);

#endif
