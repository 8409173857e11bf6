/* heat_source.h - the weighted points of one heat query, in Z-order: what every heat output (tiles,
 * values, rasters, contours) is computed from. Made once a query and atlas, kept with the snapshot.
 *
 * by          weight of a point                                              value per km2
 * count       1 a facility                                                   facilities
 * quantity    kg: largest of the sums by source x behaviour x year that      kg
 *             pass the filters, per substance, then summed
 * hazard      kg as above x hazard class A (1-10) of the substance; 1 where  kg x class
 *             it is not known or nothing is linked
 * radar       radar score K of the facility                                  score
 * intensity   UC = R PR v: R, v of its industry, PR = its quantity over the  UC
 *             largest of its industry in the country under the same filters
 * incidents   1 an incident, with or without a known substance               incidents
 * concentration  not a density: the kernel-weighted mean of samples of one substance and unit,
 *             sum(w K) / sum(K) (Nadaraya 1964, Watson 1964), in the samples' unit; none where no
 *             sample is within the radius
 *
 * Substance, behaviour, year filters ask that a facility holds such a substance in such a way;
 * county and industry are the facility's. Facilities without a readable quantity weigh nothing
 * where kg count: they and what has no position are told in left_out. */
#ifndef ANALYSIS_HEAT_SOURCE_H
#define ANALYSIS_HEAT_SOURCE_H

#include "analysis/heat_rows.h"
#include "analysis/snapshot.h"
#include "gis/buf.h"

enum heat_by {
    HEAT_COUNT,
    HEAT_QUANTITY,
    HEAT_HAZARD,
    HEAT_RADAR,
    HEAT_INCIDENTS,
    HEAT_CONCENTRATION,
    HEAT_INTENSITY,
    HEAT_BYS
};
extern const char *const heat_by_names[HEAT_BYS + 1]; /* "count" …; ends with NULL */

enum { HEAT_SUBSTANCES_MAX = 32 };
#define HEAT_RADIUS_M 2500.0 /* the report's, and the default */
#define HEAT_RADIUS_MIN 100.0
#define HEAT_RADIUS_MAX 20000.0

struct heat_query {
    enum heat_by by;
    enum heat_shape shape;
    double radius;                           /* metres on the ground */
    uint32_t substance[HEAT_SUBSTANCES_MAX]; /* indexes in the atlas, ascending */
    int substance_count;                     /* 0 = all */
    uint16_t behaviours;                     /* bit 1 << enum behaviour; 0 = all */
    int64_t county, industry;                /* indexes in the atlas; -1 = all */
    int32_t from, to;                        /* years, both included; 0 = open */
    int unit;                                /* of samples; -1 = the one most samples have */
    bool public_tier;                        /* see heat_public.h */
    struct radar_options radar;              /* of by = radar */
};
/* Sets count, quartic, 2500 m, no filter, the radar's defaults. */
void heat_query_begin(struct heat_query *q);
/* Text that is the same for equal queries on one atlas, for keys of caches. */
void heat_query_key(struct buf *out, const struct heat_query *q);

enum heat_who { HEAT_WHO_FACILITY, HEAT_WHO_INCIDENT, HEAT_WHO_SAMPLE, HEAT_WHO_CELL };

/* What the filters take but the map cannot show. */
struct heat_left_out {
    uint32_t no_position; /* no accepted position */
    uint32_t no_quantity; /* a position, but no quantity (of samples: value) that could be read */
    uint32_t no_factor;   /* a quantity, but no ratio of its industry; no radar score */
};

struct heat_coarse; /* low zooms, made when first asked for; see heat_sums.h */

struct heat_source {
    struct heat_query query; /* unit filled in for samples */
    const struct atlas *atlas;
    enum heat_who kind;
    uint32_t count;
    uint64_t *key;         /* Morton keys, ascending */
    double *lon, *lat;     /* EPSG:4326 degrees */
    double *weight;        /* > 0; of samples >= 0 */
    uint32_t *who;         /* index of facility, incident or sample in the atlas; cells: number */
    double total, largest; /* of weights */
    bool mean;             /* values are means (concentration), not densities */
    double peak;           /* value at a lone point of weight 1, per km2; 1 for means */
    int zoom;              /* of the lattice, see heat_lattice.h */
    int scale[2];          /* weights x 2^scale are whole in the lattice; [1]: of the weights 1 that
                              means divide by */
    struct heat_left_out left_out;
    uint32_t hidden; /* points that the filters take but the public tier hides */
    struct heat_coarse *coarse;
    size_t bytes; /* held, about */
};

/* The source of a query, made if it is not there; the same for all readers of the snapshot. Valid
 * until put, which must be before the snapshot is released. Any thread. */
const struct heat_source *heat_source_take(struct snapshot *s, const struct heat_query *q);
void heat_source_put(struct snapshot *s, const struct heat_source *source); /* NULL allowed */

/* One of its own, not kept: from an atlas and the scores that belong to it (radar NULL allowed for
 * by other than radar and hazard). */
struct heat_source *heat_source_new(const struct atlas *a, const struct radar *radar,
                                    const struct heat_query *q);
void heat_source_free(struct heat_source *source); /* NULL allowed */

#endif
