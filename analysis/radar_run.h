/* radar_run.h - a radar run: one picture of warning radar scores, of now or as it was saved.
 *
 * It holds all that comparing and summing up need without the atlas that it was made of: options,
 * class limits, every substance's and every facility's raw values, classes and score. Facilities
 * are named by id, name and county, so that a run still says who it speaks of when an import was
 * undone or a facility has gone. */
#ifndef ANALYSIS_RADAR_RUN_H
#define ANALYSIS_RADAR_RUN_H

#include "analysis/radar.h"
#include "gis/buf.h"

enum {
    RADAR_RUN_NAME_MAX = 100,  /* characters */
    RADAR_RUN_NOTE_MAX = 1000, /* characters */
    RADAR_RUNS_MAX = 500,      /* saved ones */
    RADAR_RUN_BYTES_MAX = 256 * 1024 * 1024,
    RADAR_RUN_NO_REGION = 0xFFFF
};

struct radar_run_head { /* what a list shows */
    int64_t id;         /* 0 = of now, not saved */
    const char *name, *note;
    int64_t created_at;     /* Unix time, s */
    uint64_t atlas;         /* number of the atlas it was made of */
    const char *atlas_tag;  /* and which database's */
    int64_t atlas_time;     /* when that was built, Unix time, s */
    const char *parameters; /* as in a query; "" = all by default */
    uint32_t facilities, scored, substances;
    int64_t bytes; /* as stored */
};

struct radar_run_region {
    const char *code, *name, *name_en; /* name_en NULL = not known */
    uint16_t county;                   /* of a township: index or RADAR_RUN_NO_REGION */
};

struct radar_run_substance {
    const char *cas, *name_zh, *name_en;
    double raw[RADAR_AXES];   /* A sum of NFPA, B kg, C number, D thousand TWD; NaN = no data */
    double class[RADAR_AXES]; /* 1-10 */
    uint8_t official;         /* bit i: the class of axis i is an imported official one */
    uint32_t rank;            /* 1 = highest, as radar_rank.h settles ties */
    double area;              /* Y */
};

struct radar_run_facility {
    int64_t id;
    const char *name;
    uint16_t county, township; /* indexes or RADAR_RUN_NO_REGION */
    int16_t established;       /* year, 0 = not known */
    uint8_t size;              /* enum facility_size */
    uint8_t h, i, j;           /* classes 1-10 */
    uint32_t rank;             /* 1 = highest, as radar_rank.h settles ties; 0 = no score */
    uint32_t first;            /* its substances are links[first] … up to the next one's first */
    double lon, lat;           /* EPSG:4326, NaN = not drawn */
    double mean;               /* mean Y of its substances; NaN = none is known */
    double value;              /* of axis G: the mean, or that on 0-10 */
    double kg;                 /* NaN = not known */
    double area;               /* K; NaN = no score */
};

struct radar_run {
    struct radar_run_head head;
    struct radar_options options;
    struct radar_limits limits[2 * RADAR_AXES];
    double y_max; /* the largest Y that the options allow */
    int year;     /* that ages are counted to */
    struct atlas_ages ages;
    uint32_t county_count, township_count, substance_count, facility_count, link_count;
    struct radar_run_region *counties, *townships; /* by code */
    struct radar_run_substance *substances;
    struct radar_run_facility *facilities; /* by id; one more at the end, for `first` */
    uint32_t *links;                       /* indexes in substances */
    char *texts, *head_texts;              /* owned; texts NULL = the atlas's */
};

/* Of now: borrows the texts of r's atlas, which outlives it. head: no id, name "". */
struct radar_run *radar_run_new(const struct radar *r);
void radar_run_free(struct radar_run *run); /* NULL allowed */
/* Index of a facility by id, of a region by code; -1 = none. */
int64_t radar_run_find(const struct radar_run *run, int64_t id);
int64_t radar_run_find_region(const struct radar_run_region *regions, uint32_t count,
                              const char *code);

/* As bytes (little-endian, columns, versioned) and back. Bytes that are no run: ERROR_DATABASE. */
void radar_run_pack(struct buf *out, const struct radar_run *run);
struct radar_run *radar_run_unpack(const void *bytes, size_t len, struct error *err);

#endif
