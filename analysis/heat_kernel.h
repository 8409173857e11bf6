/* heat_kernel.h - the inner loop of heat: one point's kernel added to a lattice of pixels. */
#ifndef ANALYSIS_HEAT_KERNEL_H
#define ANALYSIS_HEAT_KERNEL_H

#include <stdint.h>

/* Part of a global lattice of square pixels: columns x0 … x0+width-1, rows y0 … y0+height-1,
 * counted from the north-west corner of the world. */
struct lattice {
    int64_t x0, y0;
    int width, height;
    float *value; /* [height * width] */
};

/* A point in pixels of that lattice (its column and row, and where in that pixel, 0-1). */
struct lattice_point {
    int64_t column, row;
    double fx, fy;
    double sx, sy; /* kernel radii are 1/sx, 1/sy pixels: sx = metres a pixel / h */
    float weight;  /* factor of (1 - d^2)^2 */
};

/* Adds weight (1 - d^2)^2 at every pixel centre with d < 1. The value added depends on the global
 * pixel and the point only, so any two lattices agree bit for bit. */
void heat_kernel_add(const struct lattice *l, const struct lattice_point *p);

/* The same for pixels 2^shift times as wide: means over their 4^shift parts, in double. The
 * coarse pixels are columns cx0 …, rows cy0 …, of a width x height array. */
void heat_kernel_add_coarse(double *value, int64_t cx0, int64_t cy0, int width, int height,
                            int shift, const struct lattice_point *p);

#endif
