/* heat_order.h - the points of a heat map in one order that depends neither on the order in which
 * they came nor on the extent of the grid, so that every pixel adds the same numbers in the same
 * order. Places that coincide become one point. */
#ifndef ANALYSIS_HEAT_ORDER_H
#define ANALYSIS_HEAT_ORDER_H

#include <stdbool.h>

#include "analysis/heat_rows.h"

enum {
    HEAT_ORDER_ROWS = 16, /* rows of the lattice that a strip of points has */
    HEAT_ORDER_THREADS_MAX = 64
};

/* What of a lattice's plane is wanted: rows are counted to the south, columns to the east. */
struct heat_order_box {
    double pixel_x, pixel_y;
    double column_at, row_at; /* column = x / pixel_x - column_at, row = row_at - y / pixel_y */
    int64_t row, column;      /* the first of the grid */
    int height, width;
    int reach_y; /* rows and columns beyond, from which a kernel may reach */
    double reach_x;
};

struct heat_order {
    struct heat_mark *marks;
    int64_t strip0; /* number of the first strip: its first row / HEAT_ORDER_ROWS, rounded down */
    int strips;
    size_t *first, *end; /* [strips]: marks of each, with gaps between */
    size_t taken;        /* points within the box */
    size_t dropped;      /* marks that were given back */
};

/* Weights (NULL = 1 each) are multiplied by peak. keep: also points of weight 0. threads >= 1.
 * x, y and weight are taken over: given back as the marks are made, and freed. */
void heat_order_make(struct heat_order *o, const struct heat_order_box *box, size_t count,
                     double *x, double *y, double *weight, double peak, bool keep, int threads);
/* The marks of the strips before this one are no longer wanted. */
void heat_order_drop(struct heat_order *o, int strip);
void heat_order_free(struct heat_order *o);

#endif
