/* radar_list.h - ranked lists of warning radar scores: which rows, in which order, and as JSON,
 * GeoJSON, CSV or XLSX. The same for requests and for the command line. */
#ifndef SERVER_RADAR_LIST_H
#define SERVER_RADAR_LIST_H

#include "analysis/radar_filter.h"
#include "gis/json.h"
#include "server/sheet.h"

enum radar_sort { RADAR_SORT_AREA, RADAR_SORT_MEAN, RADAR_SORT_GEOMETRIC };

/* "area", "mean", "geometric". */
bool radar_list_sort_named(enum radar_sort *out, const char *name, struct error *err);

struct radar_list {
    enum radar_of of;
    const struct radar *radar;  /* borrowed; its atlas too */
    struct radar_filter filter; /* of substances: those that such facilities hold, and that one */
    enum radar_sort sort;
    struct radar_ranked {
        double key; /* what it is sorted by; NaN = last */
        int64_t tie;
        uint32_t index;
    } * rows;
    uint32_t count;
    int64_t after, end; /* shown: rows after … end-1 */
};

/* All rows that match, best first, no score last; ties by hazard and CAS number, or by id. Shows
 * limit rows after so many. */
void radar_list_make(struct radar_list *out, enum radar_of of, const struct radar *r,
                     const struct radar_filter *filter, enum radar_sort sort, int64_t after,
                     int64_t limit);
void radar_list_free(struct radar_list *l);

/* Members of an open object: parameters, atlas, factors. */
void radar_list_write_head(struct json *j, const struct radar_list *l);
/* The array "substances" or "facilities". */
void radar_list_write_rows(struct json *j, const struct radar_list *l);
/* A whole GeoJSON FeatureCollection (RFC 7946) of facilities; those without position have a null
 * geometry. next: address of the next page or NULL. */
void radar_list_write_geojson(struct buf *out, const struct radar_list *l, const char *next);
/* A new table with all shown rows and what the reader must know; NULL with err. */
struct sheet *radar_list_sheet(const struct radar_list *l, enum sheet_format format,
                               struct error *err);

#endif
