/* heat_cells.h - a row of sums in double to the cells of a grid, and what is told of them. */
#ifndef ANALYSIS_HEAT_CELLS_H
#define ANALYSIS_HEAT_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HEAT_CELLS_LANES = 8 }; /* the sum of a row is that of its columns modulo 8, in this order */

struct heat_cells {
    double least, most;
    uint64_t outside;
};

/* What a row is made of; NULL for reached and inside = all. */
struct heat_cells_row {
    const double *sum;
    const uint8_t *reached; /* a byte a column */
    const uint8_t *inside;  /* a bit a column, lowest first */
    int width;
    double empty, outside; /* values of columns that are not reached, not inside */
    bool wide;             /* cells are double, else float */
    void *cells;
};

/* Writes the cells, brings c up to date, returns the sum of the row's values. */
double heat_cells_write(struct heat_cells *c, const struct heat_cells_row *row);

#endif
