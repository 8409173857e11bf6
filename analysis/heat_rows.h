/* heat_rows.h - the inner loop of heat on grids: the kernels of many points added to a band of
 * rows. All sums in double; the same bits on every processor (no fused multiply-add). */
#ifndef ANALYSIS_HEAT_ROWS_H
#define ANALYSIS_HEAT_ROWS_H

#include <stddef.h>
#include <stdint.h>

/* By u = d / h, on 0 … 1: (1 - u^2)^2, 1 - (1 - decay) u, 1, (1 - u^2)^3, 1 - u^2. */
enum heat_shape {
    HEAT_QUARTIC,
    HEAT_TRIANGULAR,
    HEAT_UNIFORM,
    HEAT_TRIWEIGHT,
    HEAT_EPANECHNIKOV,
    HEAT_SHAPES
};

enum { HEAT_ROWS_PAD = 16 /* doubles behind the last column of centres and of each row */ };

/* Metres on the ground of a unit of x and of y at a row of a grid, and how they change towards a
 * point: a series in half of the difference of y in radians. */
struct heat_scale {
    double east[3], north[2];
};

struct heat_mark { /* a point */
    double x, y, weight;
};

struct heat_band {
    enum heat_shape shape;
    double radius;                  /* m */
    double decay;                   /* of the triangular kernel: its value on the circle */
    const double *centre_x;         /* of every column, and HEAT_ROWS_PAD more */
    const double *centre_y;         /* of every row of the band */
    const struct heat_scale *at;    /* of every row of the band; NULL = x and y are metres */
    double half;                    /* radians of half a unit of y */
    double column0, columns_a_unit; /* a place's column (centres are whole) = (x - column0) * … */
    int width, height, stride;
    int top, reach; /* row of the grid that the band begins with; rows a kernel may reach */
    double row0, rows_a_unit; /* a place's row = (row0 - y) * rows_a_unit */
    double *sum;              /* [height * stride] */
    double *square;           /* [stride], for the work; not for degrees */
    uint8_t *reached;         /* [height * stride], 1 where a point's d <= h; NULL = not asked */
};

void heat_rows_add(const struct heat_band *b, const struct heat_mark *points, size_t count);

#endif
