/* /api/v1/anomalies: reported quantities out of the ordinary (數量異常). */
#include <stdio.h>
#include <string.h>

#include "gis/text.h"
#include "server/anomaly_view.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/link.h"
#include "server/reply.h"

enum { LIMIT_DEFAULT = 50 };
enum format { FORMAT_JSON, FORMAT_CSV, FORMAT_XLSX, FORMAT_GEOJSON };

struct wish {
    struct anomaly_filter filter;
    enum format format;
    bool window;
    int64_t limit, after;
};

static bool read_filter(struct wish *w, const struct request *r, struct error *err)
{
    static const char *const names[] = {"scale",     "method", "allowed", "kind",
                                        "behaviour", "from",   "to",      "latest"};
    const struct atlas *a = r->snapshot->atlas;
    const char *county = request_query(r, "county");
    w->filter = anomaly_filter_default;
    w->filter.cas = request_query(r, "cas");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = request_query(r, names[i]);
        if (value && !anomaly_filter_set(&w->filter, names[i], value, err))
            return false;
    }
    if (county && (w->filter.county = atlas_find_county(a, county)) < 0)
        return error_set(err, ERROR_INPUT, "county: no county has the code \"%.40s\"", county);
    if (w->filter.cas && atlas_find_substance(a, w->filter.cas) < 0)
        return error_set(err, ERROR_INPUT, "cas: no substance \"%.40s\" is known here",
                         w->filter.cas);
    if (!request_int(&w->filter.facility, r, "facility", 1, INT64_MAX, err))
        return false;
    if (w->filter.facility && atlas_find_facility(a, w->filter.facility) < 0)
        return error_set(err, ERROR_INPUT, "facility: there is no facility %lld",
                         (long long)w->filter.facility);
    return true;
}

static bool read_wish(struct wish *w, const struct request *r, struct error *err)
{
    static const char *const formats[] = {"json", "csv", "xlsx", "geojson"};
    const char *format = request_query(r, "format"), *window = request_query(r, "window");
    *w = (struct wish){.window = window && !strcmp(window, "yes")};
    for (int i = 0; format && i < 4; i++)
        if (!strcmp(format, formats[i]))
            w->format = (enum format)i;
    bool page = w->format == FORMAT_JSON;
    w->limit = page ? LIMIT_DEFAULT : SHEET_SERVED_MAX;
    if (!read_filter(w, r, err) || !request_int(&w->limit, r, "limit", 1, SHEET_SERVED_MAX, err) ||
        !request_int(&w->after, r, "after", 0, UINT32_MAX, err))
        return false;
    if (page && w->limit > HTTP_LIST_MAX)
        return error_set(err, ERROR_INPUT,
                         "limit must be 1 to %d for JSON (%d for CSV, XLSX and GeoJSON), not %lld",
                         HTTP_LIST_MAX, SHEET_SERVED_MAX, (long long)w->limit);
    return true;
}

static void write_page(struct reply *reply, const struct anomaly_view *v, const struct wish *w,
                       const char *next)
{
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    anomaly_view_write_head(&j, v);
    anomaly_view_write_rows(&j, v, w->window);
    json_int(&j, "matched", v->count);
    json_int(&j, "hidden", v->hidden);
    json_int(&j, "limit", w->limit);
    json_text(&j, "next", next);
    json_close(&j, '}');
}

static bool write_sheet(struct reply *reply, const struct anomaly_view *v, enum sheet_format format,
                        struct error *err)
{
    struct sheet *sheet = anomaly_view_sheet(v, format, err);
    if (!sheet || !sheet_finish(&reply->body, sheet, err))
        return false;
    reply->type = sheet_type(format);
    reply->disposition = format == SHEET_CSV ? "attachment; filename=\"anomalies.csv\""
                                             : "attachment; filename=\"anomalies.xlsx\"";
    return true;
}

static bool write_view(struct reply *reply, const struct request *r, const struct anomaly_view *v,
                       const struct wish *w, struct error *err)
{
    struct buf url = {.data = NULL};
    char number[24];
    bool ok = true;
    if (v->end < v->count) {
        snprintf(number, sizeof number, "%lld", (long long)v->end);
        link_request(&url, r, "after", number);
    }
    const char *next = url.len ? buf_string(&url) : NULL;
    switch (w->format) {
    case FORMAT_JSON: write_page(reply, v, w, next); break;
    case FORMAT_GEOJSON:
        reply->type = "application/geo+json";
        anomaly_view_write_geojson(&reply->body, v, next);
        break;
    case FORMAT_CSV: ok = write_sheet(reply, v, SHEET_CSV, err); break;
    case FORMAT_XLSX: ok = write_sheet(reply, v, SHEET_XLSX, err); break;
    }
    buf_free(&url);
    return ok;
}

static bool get_anomalies(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    struct wish w;
    struct anomaly_view v;
    if (!answer_begin(&done, reply, r, err) || !read_wish(&w, r, err))
        return false;
    if (done)
        return true;
    const struct anomaly_list *l = anomaly_list_take(r->snapshot, w.filter.scale, r->db, err);
    if (!l)
        return false;
    anomaly_view_make(&v, l, r->snapshot->atlas, &w.filter, w.after, w.limit);
    bool ok = write_view(reply, r, &v, &w, err);
    if (l->data->number != (int64_t)r->snapshot->atlas->number) { /* a change ahead of the atlas */
        reply->etag[0] = '\0';
        reply->cache = "no-store";
    }
    anomaly_view_free(&v);
    anomaly_list_put(r->snapshot, l);
    return ok;
}

static const struct parameter parameters[] = {
    {"method", PARAMETER_CHOICE, 0, 0, "mean|median|either|both", "mean",
     "who calls it out of the ordinary: mean +- 3 s, median +- 3 x 1.4826 MAD, one of them, both"},
    {"scale", PARAMETER_CHOICE, 0, 0, "linear|log", "linear", "of the quantities, or ln(1 + x/u)"},
    {"kind", PARAMETER_CHOICE, 0, 0, "all|high|low", "all", "too much, too little"},
    {"allowed", PARAMETER_CHOICE, 0, 0, "hide|show|only", "hide",
     "those on the whitelist; `hidden` counts them"},
    {"county", PARAMETER_TEXT, 0, 0, NULL, NULL, "only this county (code)"},
    {"facility", PARAMETER_INTEGER, 0, 0, NULL, NULL, "only this facility (id)"},
    {"cas", PARAMETER_TEXT, 0, 0, NULL, NULL, "only this substance (CAS)"},
    {"behaviour", PARAMETER_CHOICE, 0, 0,
     "manufacture|import|export|use|store|sell|transfer|discard|other", NULL, "only this"},
    {"from", PARAMETER_TEXT, 0, 0, NULL, NULL, "only periods that end on this day or later"},
    {"to", PARAMETER_TEXT, 0, 0, NULL, NULL, "only periods that end on this day or before"},
    {"latest", PARAMETER_CHOICE, 0, 0, "no|yes", "no", "only the latest value of each series"},
    {"window", PARAMETER_CHOICE, 0, 0, "no|yes", "no", "with the values that it was judged by"},
    {"format", PARAMETER_CHOICE, 0, 0, "json|csv|xlsx|geojson", "json", "files have all rows"},
    {"limit", PARAMETER_INTEGER, 1, SHEET_SERVED_MAX, NULL, NULL,
     "rows: 50 of JSON, at most 1000; 100000 of the files, which is their most"},
    {"after", PARAMETER_INTEGER, 0, UINT32_MAX, NULL, "0", "rows to pass over; from `next`"},
    {.name = NULL}};

const struct route anomaly_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/anomalies",
     .handler = get_anomalies,
     .heavy = route_heavy_file,
     .parameters = parameters,
     .answer = "application/json, text/csv, "
               "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, "
               "application/geo+json",
     .tag = "analysis",
     .summary = "Reported quantities out of the ordinary (數量異常): moving mean +- 3 s over the "
                "values before, median and MAD beside it, furthest past its limit first"},
    {.pattern = NULL}};
