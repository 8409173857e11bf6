/* heat_raster.h - the values of a heat source on a raster of any system and pixel, exact at the
 * centres of its pixels: what files, contours, sums over areas and comparisons are made from. */
#ifndef ANALYSIS_HEAT_RASTER_H
#define ANALYSIS_HEAT_RASTER_H

#include "analysis/heat_grid.h"
#include "analysis/heat_source.h"

/* Limits of what one request may cost. */
enum { HEAT_RASTER_PIXELS_MAX = 8000000, HEAT_RASTER_SIDE_MAX = 65536 };
#define HEAT_RASTER_WORK_MAX 6e9 /* additions of a kernel to a pixel: some seconds of a core */

#define HEAT_RASTER_PIXEL_LAT 23.5 /* where pixels in degrees have their metres */

struct heat_raster {
    const char *crs;       /* EPSG:3826, 3825, 4326 or 3857; static text */
    struct heat_grid grid; /* cells are double: per km2 (means: in their unit, NaN = no sample) */
    double *cells;         /* grid.cells, owned */
    heat_grid_tell *tell;  /* asked while it is computed whether to go on; NULL = yes */
    void *tell_ctx;
    uint64_t contributors; /* points within reach */
};

extern const char *const heat_raster_crs[]; /* the four; ends with NULL */

/* Lays a raster out: box west, south, east, north in units of crs, out to multiples of the pixel.
 * pixel: metres; in degrees (EPSG:4326) below 0.1 degrees, from 1 metres at 23.5 N; EPSG:3857: its
 * own metres. Allocates nothing. */
bool heat_raster_lay(struct heat_raster *r, const char *crs, const double box[4], double pixel,
                     struct error *err);
/* Whether so many points of the source would not ask for too many additions there; the error names
 * a pixel that would pass. */
bool heat_raster_check(const struct heat_raster *r, const struct heat_source *s, double points,
                       struct error *err);
/* Number of points that may reach a box of longitudes and latitudes. */
double heat_raster_near(const struct heat_source *s, const double box[4]);
/* Computes the cells. Points are taken to the raster's system by move, which
 * says false for one that has no place there (NULL: longitude and latitude as they are). */
typedef bool heat_raster_move(void *ctx, double *x, double *y, double lon, double lat);
bool heat_raster_fill(struct heat_raster *r, const struct heat_source *s, heat_raster_move *move,
                      void *ctx, struct error *err);
void heat_raster_free(struct heat_raster *r);

/* Longitude and latitude: the box of all points of a source and what they reach; false: no point.
 */
bool heat_raster_box(double box[4], const struct heat_source *s);
/* Area of a pixel of a row on the ground, km2. */
double heat_raster_pixel_km2(const struct heat_raster *r, int row);
/* Centre of a column, of a row. */
double heat_raster_x(const struct heat_raster *r, int column);
double heat_raster_y(const struct heat_raster *r, int row);

#endif
