/* radar_list.h - ranked lists of warning radar scores: which rows, in which order, and as JSON,
 * GeoJSON, CSV or XLSX. The same for requests and for the command line. */
#ifndef SERVER_RADAR_LIST_H
#define SERVER_RADAR_LIST_H

#include "analysis/radar_rank.h"
#include "analysis/snapshot.h"
#include "gis/json.h"
#include "server/sheet.h"

struct radar_list {
    enum radar_of of;
    struct snapshot *snapshot; /* borrowed; what follows is taken from it */
    const struct radar *radar;
    const struct radar_ranks *ranks; /* of all, not only of the list */
    struct radar_filter filter; /* of substances: those that such facilities hold, and that one */
    enum radar_sort sort;
    uint32_t *index; /* of substances or facilities, in order */
    uint32_t count;
    int64_t after, end;        /* shown: rows after … end-1 */
    struct patience *patience; /* who waits for the file; borrowed, NULL = always somebody */
};

/* All rows that match, best first (radar_ranking). Shows `limit` rows after so many. */
void radar_list_make(struct radar_list *out, struct snapshot *s, enum radar_of of,
                     const struct radar_options *options, const struct radar_filter *filter,
                     enum radar_sort sort, int64_t after, int64_t limit);
void radar_list_free(struct radar_list *l); /* what it holds */

/* Ranks under all orders of the axes, kept with the snapshot; give them back with memo_put. */
const struct radar_ranks *radar_list_ranks(struct snapshot *s, const struct radar *r,
                                           enum radar_of of);

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
