/* anomaly_view.h - quantities out of the ordinary: which, ranked by how far they are past their
 * limit, and as JSON, GeoJSON, CSV or XLSX. The same for requests and for the command line. */
#ifndef SERVER_ANOMALY_VIEW_H
#define SERVER_ANOMALY_VIEW_H

#include "analysis/anomaly_list.h"
#include "gis/json.h"
#include "server/sheet.h"

enum anomaly_allowed { ANOMALY_HIDE, ANOMALY_SHOW, ANOMALY_ONLY };

struct anomaly_filter {
    enum anomaly_scale scale;
    enum anomaly_method method;
    enum anomaly_allowed allowed;
    enum anomaly_kind kind; /* ANOMALY_NONE = both */
    int64_t county;         /* index in the atlas; -1 = all */
    int64_t facility;       /* id; 0 = all */
    const char *cas;        /* NULL = all */
    int behaviour;          /* enum behaviour; -1 = all */
    int32_t from, to;       /* last day of the period; INT32_MIN, INT32_MAX = all */
    bool latest;            /* only the latest value of a series */
};
extern const struct anomaly_filter anomaly_filter_default;

/* One named value of the filter: scale, method, allowed, kind, behaviour, from, to, latest (yes,
 * no). False with err where the value is none. */
bool anomaly_filter_set(struct anomaly_filter *f, const char *name, const char *value,
                        struct error *err);
/* When all are set: what contradicts itself. */
bool anomaly_filter_check(const struct anomaly_filter *f, struct error *err);

struct anomaly_view {
    const struct anomaly_list *list; /* borrowed */
    const struct atlas *atlas;
    struct anomaly_filter filter;
    uint32_t *rows;            /* indexes of hits that match, in order */
    uint32_t count, hidden;    /* hidden: would match, but a person allowed them */
    int64_t after, end;        /* shown: rows after … end-1 */
    struct patience *patience; /* who waits for the file; borrowed, NULL = always somebody */
};

void anomaly_view_make(struct anomaly_view *out, const struct anomaly_list *l,
                       const struct atlas *a, const struct anomaly_filter *f, int64_t after,
                       int64_t limit);
void anomaly_view_free(struct anomaly_view *v);

/* Members of an open object: atlas, how it is judged, counts. */
void anomaly_view_write_head(struct json *j, const struct anomaly_view *v);
/* The array "anomalies"; with the values of the window where window is true. */
void anomaly_view_write_rows(struct json *j, const struct anomaly_view *v, bool window);
void anomaly_view_write_geojson(struct buf *out, const struct anomaly_view *v, const char *next);
struct sheet *anomaly_view_sheet(const struct anomaly_view *v, enum sheet_format format,
                                 struct error *err);

#endif
