/* region_report.h - radar scores by region, of now and of saved runs, as JSON, GeoJSON, CSV and
 * XLSX. The same for requests and for the command line. */
#ifndef SERVER_REGION_REPORT_H
#define SERVER_REGION_REPORT_H

#include "analysis/region.h"
#include "gis/db.h"
#include "server/sheet.h"

enum {
    REGION_RUNS_MAX = 10, /* saved runs beside now */
    REGION_ZOOM_MAX = 14,
    REGION_ZOOM_DEFAULT = 8,
    REGION_SIZE_DEFAULT = 5000 /* metres across flats */
};

enum region_borders { REGION_BORDERS_SIMPLIFIED, REGION_BORDERS_FULL, REGION_BORDERS_NONE };

struct region_wish { /* what is asked for */
    struct region_query query;
    enum region_borders borders; /* of counties and townships in GeoJSON … */
    int zoom;                    /* … where simplified: to half a pixel of this zoom */
    int64_t runs[REGION_RUNS_MAX];
    int run_count;
};

struct region_report {
    const struct radar *radar; /* borrowed */
    const struct region_wish *wish;
    struct radar_run *run[1 + REGION_RUNS_MAX]; /* 0 = of now, then as asked for */
    struct region_table *table[1 + REGION_RUNS_MAX];
    int count;
    struct patience *patience; /* who waits for the file; borrowed, NULL = always somebody */
};

/* "county", "township", "hexagon"; "simplified", "full", "none"; "12,15". */
bool region_wish_by(struct region_wish *w, const char *text, struct error *err);
bool region_wish_borders(struct region_wish *w, const char *text, struct error *err);
bool region_wish_runs(struct region_wish *w, const char *text, struct error *err);

/* Sums everything up; runs come from db. Rows of now cover those of all runs. */
bool region_report_make(struct region_report *out, const struct radar *radar,
                        const struct region_wish *wish, struct db *db, struct error *err);
void region_report_free(struct region_report *r);
/* Whether a run was made with other parameters than those of now, so that changes mix both. */
bool region_report_mixed(const struct region_report *r);

void region_report_json(struct buf *out, const struct region_report *r);
bool region_report_geojson(struct buf *out, const struct region_report *r, struct db *db,
                           struct error *err);
/* Long form: a row a region and run, those of now first. NULL with err. */
struct sheet *region_report_sheet(const struct region_report *r, enum sheet_format format,
                                  struct error *err);

#endif
