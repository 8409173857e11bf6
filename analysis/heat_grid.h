/* heat_grid.h - heat of weighted points on a grid of any extent and pixel: exact truncated kernels,
 *
 *     value(pixel) = factor * sum of weight * K(d / h) over the points with d <= h,
 *
 * d from the pixel's centre to the point, K as in heat_rows.h. In a system of metres d is taken in
 * its plane (TM2: within 0.1 % of the ground from Penghu to Kinmen); in one of degrees on the
 * ellipsoid GRS 80, 1e-6 exact up to 20 km (in Web Mercator 4e-6).
 *
 * Pixels are those of a lattice: whole numbers of pixels from where the corner stands within a
 * pixel (taken to 2^-24 of one). The value of a pixel of that lattice is the same, bit for bit,
 * whatever the extent, the order of the points and the number of threads are, and a point that is
 * added and taken away again (the same place, the opposite weight) changes no bit. Method and cost:
 * heat_grid.c, heat_order.h. */
#ifndef ANALYSIS_HEAT_GRID_H
#define ANALYSIS_HEAT_GRID_H

#include "analysis/heat_order.h"
#include "gis/error.h"

enum {
    HEAT_GRID_PIXELS_MAX = 1 << 28, /* 1 GiB of 4 bytes each */
    HEAT_GRID_SIDE_MAX = 1 << 20,
    HEAT_GRID_REACH_MAX = 10000, /* pixels that a radius may have */
    HEAT_GRID_THREADS_MAX = HEAT_ORDER_THREADS_MAX
};
#define HEAT_GRID_RADIUS_MAX 100000.0 /* m */
#define HEAT_GRID_DECAY_MAX 100.0     /* as QGIS; below 0 for raw values only */

enum heat_unit {
    HEAT_UNIT_KM2, /* weight per km2, integrates to the weight */
    HEAT_UNIT_M2,  /* the same per m2 */
    HEAT_UNIT_RAW, /* a point's peak is its weight, as the raw values of QGIS */
    HEAT_UNITS
};

struct area; /* area.h */

struct heat_grid {
    enum heat_shape shape;
    enum heat_unit unit;
    double radius;                        /* m on the ground */
    double decay;                         /* of the triangular kernel: 1 - (1 - decay) d / h */
    bool degrees;                         /* x and y are longitude and latitude; else metres */
    bool mercator;                        /* x and y are of EPSG:3857; else as above */
    double west, north, pixel_x, pixel_y; /* corner and size of pixels, units of x and y */
    int width, height;
    bool wide;               /* cells are double, else float */
    const double *empty;     /* value of pixels that no kernel reaches; NULL = 0 */
    const struct area *mask; /* pixels outside get `outside`; NULL = none are */
    double outside;
    int threads; /* 0 = one a core */
    void *cells; /* [height * width], from the north-west; owned by the caller */
    /* Out. */
    double integral; /* of the values over the ground, km2 (m2): the weight inside; 0 for raw */
    double least, most;
    uint64_t points_used; /* whose kernels may touch the grid */
    uint64_t masked;      /* pixels outside the mask */
};

struct heat_points {
    size_t count;
    double *x, *y, *weight; /* weight NULL = 1 each */
    bool given;             /* heat_grid_fill takes them over: they are gone as it orders them */
};

/* part: 0-1 of the work; false = cancel. Called in the caller's thread, about ten times a second.
 */
typedef bool heat_grid_tell(void *ctx, double part);

/* Names of shapes and units, by their number; end with NULL. */
extern const char *const heat_shape_names[HEAT_SHAPES + 1], *const heat_unit_names[HEAT_UNITS + 1];

/* Whether size, pixel and radius are within the limits above. */
bool heat_grid_check(const struct heat_grid *g, struct error *err);
/* Peak of the kernel of a weight of 1, in the grid's unit. */
double heat_grid_peak(const struct heat_grid *g);
/* Metres of a degree of longitude and of latitude. */
void heat_grid_degree(double *east, double *north, double lat);
/* Fills the cells; tell NULL allowed. Takes 24 bytes a point besides, with
 * those of points that are given; of others a copy, too. */
bool heat_grid_fill(struct heat_grid *g, const struct heat_points *points, heat_grid_tell *tell,
                    void *ctx, struct error *err);

#endif
