/* /api/v1/radar/regions: warning radar scores summed up by county, township or hexagon. */
#include "server/answer.h"
#include "server/api.h"
#include "server/list_page.h"
#include "server/patience.h"
#include "server/radar_query.h"
#include "server/region_report.h"
#include "server/reply.h"

static bool read_wish(struct region_wish *w, const struct request *r, struct error *err)
{
    const char *by = request_query(r, "by"), *borders = request_query(r, "borders");
    const char *runs = request_query(r, "runs");
    int64_t size = REGION_SIZE_DEFAULT, zoom = REGION_ZOOM_DEFAULT;
    *w = (struct region_wish){.query.county = request_query(r, "county")};
    if ((by && !region_wish_by(w, by, err)) || (borders && !region_wish_borders(w, borders, err)) ||
        (runs && !region_wish_runs(w, runs, err)) ||
        !request_int(&size, r, "size", HEXAGON_SIZE_MIN, HEXAGON_SIZE_MAX, err) ||
        !request_int(&zoom, r, "zoom", 0, REGION_ZOOM_MAX, err))
        return false;
    bool hexagons = w->query.by == REGION_HEXAGON;
    bool drawn = !hexagons && list_format(r) == LIST_GEOJSON;
    if (!request_only_with(r, "size", hexagons, "by=hexagon", err) ||
        !request_only_with(r, "borders", drawn, "format=geojson of counties and townships", err) ||
        !request_only_with(r, "zoom", drawn && w->borders == REGION_BORDERS_SIMPLIFIED,
                           "format=geojson with borders=simplified", err))
        return false;
    if (w->query.county && atlas_find_county(r->snapshot->atlas, w->query.county) < 0)
        return error_set(err, ERROR_INPUT,
                         "county: no county has the code \"%.40s\"; see /api/v1/counties",
                         w->query.county);
    w->query.size = (int)size;
    w->zoom = (int)zoom;
    return true;
}

static bool write_report(struct reply *reply, const struct request *r,
                         const struct region_report *report, struct error *err)
{
    enum sheet_format format;
    if (sheet_format_named(&format, request_query(r, "format")))
        return list_send_sheet(reply, region_report_sheet(report, format, err), format,
                               "radar_regions", err);
    if (list_format(r) == LIST_JSON) {
        region_report_json(&reply->body, report);
        return true;
    }
    reply->type = "application/geo+json";
    return region_report_geojson(&reply->body, report, r->db, err);
}

/* Files of many rows, and borders that are not simplified. */
static bool put_off(struct reply *reply, const struct request *r,
                    const struct region_report *report)
{
    const struct region_wish *w = report->wish;
    bool borders = list_format(r) == LIST_GEOJSON && w->query.by != REGION_HEXAGON &&
                   w->borders == REGION_BORDERS_FULL;
    int64_t rows = (int64_t)report->table[0]->count * report->count;
    return list_format(r) != LIST_JSON && request_put_off(reply, r, borders ? INT64_MAX : rows);
}

static bool get_regions(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    struct region_wish wish;
    struct region_report report;
    struct radar_options options;
    if (!answer_begin(&done, reply, r, err) ||
        !radar_query_options(&options, RADAR_FACILITIES, r, err) || !read_wish(&wish, r, err))
        return false;
    if (done && !wish.run_count)
        return true;
    reply->status = 200; /* a run may be gone, whatever the client holds of the atlas */
    const struct radar *radar = snapshot_radar(r->snapshot, &options);
    bool ok = region_report_make(&report, radar, &wish, r->db, err);
    if (ok) {
        struct patience patience;
        request_patience(&patience, r);
        report.patience = &patience;
        ok = put_off(reply, r, &report) || write_report(reply, r, &report, err);
        region_report_free(&report);
    }
    snapshot_radar_put(r->snapshot, radar);
    if (ok && wish.run_count && !reply->put_off)
        reply_etag_body(reply);
    return ok;
}

static const struct parameter parameters[] = {
    {"by", PARAMETER_CHOICE, 0, 0, "county|township|hexagon", "county", "kind of region"},
    {"size", PARAMETER_INTEGER, HEXAGON_SIZE_MIN, HEXAGON_SIZE_MAX, NULL, "5000",
     "of hexagons: metres across flats; their grid is EPSG:3826 from 0, 0, a corner in the north"},
    {"county", PARAMETER_TEXT, 0, 0, NULL, NULL, "only facilities of this county (code)"},
    {"runs", PARAMETER_TEXT, 0, 0, NULL, NULL,
     "numbers of up to 10 saved runs, e.g. 12,15: their figures and what changed since"},
    {"borders", PARAMETER_CHOICE, 0, 0, "simplified|full|none", "simplified",
     "of counties and townships in GeoJSON"},
    {"zoom", PARAMETER_INTEGER, 0, REGION_ZOOM_MAX, NULL, "8",
     "simplified borders stray at most half a pixel of this zoom"},
    {"format", PARAMETER_CHOICE, 0, 0, "json|csv|xlsx|geojson", "json",
     "csv and xlsx: a row a region and run"},
    RADAR_PARAMETERS,
    {.name = NULL}};

const struct route region_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/radar/regions",
     .handler = get_regions,
     .parameters = parameters,
     .answer = LIST_PAGE_TYPES ", application/geo+json",
     .tag = "analysis",
     .summary = "Radar scores by region: facilities, scored ones, sum, mean, maximum, 90th "
                "percentile (nearest rank), quantity; with runs=, the trend since saved runs"},
    {.pattern = NULL}};
