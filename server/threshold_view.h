/* threshold_view.h - facilities against regulated quantities: which of them, and as JSON, GeoJSON,
 * CSV or XLSX. The same for requests and for the command line. */
#ifndef SERVER_THRESHOLD_VIEW_H
#define SERVER_THRESHOLD_VIEW_H

#include "analysis/threshold_list.h"
#include "gis/json.h"
#include "server/sheet.h"

struct threshold_filter {
    enum threshold_compare compare;
    int64_t county; /* index in the atlas; -1 = all */
    int answer;     /* enum threshold_answer; -1 = all */
};

struct threshold_view {
    const struct threshold_list *list; /* borrowed */
    const struct atlas *atlas;
    struct threshold_filter filter;
    uint32_t *rows; /* indexes of sites that match, in order */
    uint32_t count;
    int64_t after, end;        /* shown: rows after … end-1 */
    struct patience *patience; /* who waits for the file; borrowed, NULL = always somebody */
};

/* "gt", "ge"; "report", "undecided", "below", "not_listed", "all". */
bool threshold_view_compare(enum threshold_compare *out, const char *text, struct error *err);
bool threshold_view_answer(int *out, const char *text, struct error *err);

void threshold_view_make(struct threshold_view *out, const struct threshold_list *l,
                         const struct atlas *a, const struct threshold_filter *f, int64_t after,
                         int64_t limit);
void threshold_view_free(struct threshold_view *v);

/* Members of an open object: atlas, rule set, what is compared and how, counts of all facilities.
 */
void threshold_view_write_head(struct json *j, const struct threshold_view *v);
/* The array "facilities". */
void threshold_view_write_rows(struct json *j, const struct threshold_view *v);
void threshold_view_write_geojson(struct buf *out, const struct threshold_view *v,
                                  const char *next);
struct sheet *threshold_view_sheet(const struct threshold_view *v, enum sheet_format format,
                                   struct error *err);

#endif
