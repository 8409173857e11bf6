/* /api/v1/anomalies: reported quantities out of the ordinary (數量異常). */
#include <string.h>

#include "gis/text.h"
#include "server/anomaly_view.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/list_page.h"
#include "server/patience.h"
#include "server/reply.h"

struct wish {
    struct anomaly_filter filter;
    struct list_page page;
    bool window;
};

static bool read_filter(struct wish *w, const struct request *r, struct error *err)
{
    static const char *const names[] = {"scale",     "method", "allowed", "kind",
                                        "behaviour", "from",   "to",      "latest"};
    const struct atlas *a = r->snapshot->atlas;
    w->filter = anomaly_filter_default;
    w->filter.cas = request_query(r, "cas");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = request_query(r, names[i]);
        if (value && !anomaly_filter_set(&w->filter, names[i], value, err))
            return false;
    }
    if (!anomaly_filter_check(&w->filter, err) || !request_county(&w->filter.county, r, err))
        return false;
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
    const char *window = request_query(r, "window");
    *w = (struct wish){.window = window && !strcmp(window, "yes")};
    return read_filter(w, r, err) && list_page_read(&w->page, r, err) &&
           request_only_with(r, "window", w->page.format == LIST_JSON, "format=json", err);
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
    json_int(&j, "limit", w->page.limit);
    json_text(&j, "next", next);
    json_close(&j, '}');
}

static bool write_view(struct reply *reply, const struct request *r, const struct anomaly_view *v,
                       const struct wish *w, struct error *err)
{
    struct buf url = {.data = NULL};
    bool ok = true;
    enum sheet_format sheet = w->page.format == LIST_CSV ? SHEET_CSV : SHEET_XLSX;
    const char *next = list_page_next(&url, r, v->end, v->count);
    switch (w->page.format) {
    case LIST_JSON: write_page(reply, v, w, next); break;
    case LIST_GEOJSON:
        reply->type = "application/geo+json";
        anomaly_view_write_geojson(&reply->body, v, next);
        break;
    case LIST_CSV:
    case LIST_XLSX:
        ok = list_send_sheet(reply, anomaly_view_sheet(v, sheet, err), sheet, "anomalies", err);
        break;
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
    anomaly_view_make(&v, l, r->snapshot->atlas, &w.filter, w.page.after, w.page.limit);
    struct patience patience;
    request_patience(&patience, r);
    v.patience = &patience;
    bool ok = (w.page.format != LIST_JSON && request_put_off(reply, r, v.end - v.after)) ||
              (write_view(reply, r, &v, &w, err) && patience_kept(&patience, err));
    answer_of_number(reply, r, l->data->number);
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
    LIST_PAGE_PARAMETERS("json|csv|xlsx|geojson"),
    {.name = NULL}};

const struct route anomaly_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/anomalies",
     .handler = get_anomalies,
     .parameters = parameters,
     .answer = LIST_PAGE_TYPES ", application/geo+json",
     .tag = "analysis",
     .summary = "Reported quantities out of the ordinary (數量異常): moving mean +- 3 s over the "
                "values before, median and MAD beside it, furthest past its limit first"},
    {.pattern = NULL}};
