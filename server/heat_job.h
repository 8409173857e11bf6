/* heat_job.h - from a file of points to a GeoTIFF of their heat. */
#ifndef SERVER_HEAT_JOB_H
#define SERVER_HEAT_JOB_H

#include "analysis/heat_grid.h"
#include "import/mask.h"
#include "import/points.h"
#include "tiles/geotiff.h"

enum heat_job_stage { HEAT_JOB_READ, HEAT_JOB_COMPUTE, HEAT_JOB_WRITE, HEAT_JOB_STAGES };

/* stage: "reading" …; part 0-1; false = cancel. */
typedef bool heat_job_tell(void *ctx, const char *stage, double part);

/* What pixels outside a mask have where nothing was told, as QGIS. */
#define HEAT_JOB_NODATA (-9999.0)

struct heat_job {
    int fd;           /* the file, borrowed */
    const char *name; /* without folder */
    const char *output;
    struct points_wish wish;
    enum heat_shape shape;
    enum heat_unit unit;
    double radius;    /* m on the ground */
    double decay;     /* of the triangular kernel */
    double pixel;     /* m; on a grid in degrees below 0.1: degrees */
    double extent[4]; /* xmin, ymin, xmax, ymax in the grid's system */
    bool extent_told, nodata_told, wide;
    bool loose;                 /* the grid begins at the extent's corner, not on the lattice */
    int mask_fd;                /* of a file of polygons, borrowed; -1 = none */
    const char *mask_name;      /* without folder */
    struct mask_wish mask_wish; /* to is set here */
    double nodata;
    enum geotiff_pack pack;
    int threads; /* 0 = one a core */
    heat_job_tell *tell;
    void *ctx;
    /* Out. */
    struct points points;
    struct heat_grid grid;
    struct area mask;
    uint64_t mask_features;
    double pixel_m;  /* about, on the ground */
    double reach[4]; /* of the points: least and largest x and y, as `extent` */
    double seconds[HEAT_JOB_STAGES];
};

bool heat_job_run(struct heat_job *job, struct error *err);
void heat_job_free(struct heat_job *job);
/* "weight per km2" … */
const char *heat_job_unit(enum heat_unit unit);

#endif
