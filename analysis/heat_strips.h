/* heat_strips.h - heat on a raster of longitude and latitude that would be too large for memory,
 * strip of rows by strip, and only where points reach: for sums over areas and comparisons.
 *
 * Sums of pixels stand for integrals only where a radius has some pixels: never fewer than
 * HEAT_STRIPS_FINE_LEAST. What the pixels of one point's kernel add up to differs from its weight
 * still (5 pixels: to 1e-3 quartic, 4e-2 uniform), so each source has a second raster, `mend`: of
 * the weights that make each point's sum its weight. Values of the first are exact at the centres;
 * added, the two integrate over any partition of the plane to the total weight. */
#ifndef ANALYSIS_HEAT_STRIPS_H
#define ANALYSIS_HEAT_STRIPS_H

#include "analysis/heat_raster.h"

enum {
    HEAT_STRIPS_SOURCES = 2,
    HEAT_STRIPS_FINE = 10,     /* pixels of a radius, where the limits allow */
    HEAT_STRIPS_FINE_LEAST = 5 /* where they do not, or what may be told */
};

struct heat_strips {
    const struct heat_source *source[HEAT_STRIPS_SOURCES];
    int count;
    double box[4]; /* longitude, latitude; what lies outside is not visited */
    bool mends;    /* with `mend`, for densities */
    heat_grid_tell *tell;
    void *tell_ctx;
    /* Set by lay. */
    double pixel, pixel_x, pixel_y;   /* metres at 23.5 N; degrees */
    int64_t west, east, south, north; /* pixels of the lattice */
    int rows;                         /* of a strip */
};

struct heat_strip {
    struct heat_raster raster[HEAT_STRIPS_SOURCES];
    struct heat_raster mend[HEAT_STRIPS_SOURCES]; /* cells NULL = nothing to mend */
};

typedef bool heat_strip_visit(void *ctx, const struct heat_strip *strip, struct error *err);

/* pixel: metres; 0 = chosen here. The box is clipped to what the points reach. */
bool heat_strips_lay(struct heat_strips *s, double pixel, struct error *err);
/* Strips from south to north. */
bool heat_strips_walk(struct heat_strips *s, heat_strip_visit *visit, void *ctx, struct error *err);
/* Estimated relative error of the unmended sum of all pixels of a source: that of one kernel by
 * the first terms of Poisson's sum formula, less where many points share the weight. */
double heat_strips_error(const struct heat_strips *s, int source);

#endif
