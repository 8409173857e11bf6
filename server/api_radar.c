/* /api/v1/radar/substances and facilities: lists by warning radar score, with any weights, as JSON,
 * CSV, XLSX or GeoJSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/answer.h"
#include "server/api.h"
#include "server/list_page.h"
#include "server/patience.h"
#include "server/radar_list.h"
#include "server/radar_query.h"
#include "server/reply.h"

struct wish {
    struct radar_options options;
    struct radar_filter filter;
    enum radar_sort sort;
    struct list_page page;
};

static bool read_wish(struct wish *w, const struct request *r, enum radar_of of, struct error *err)
{
    const char *sort = request_query(r, "sort");
    *w = (struct wish){.sort = RADAR_BY_AREA};
    for (int i = 0; sort && i < RADAR_SORTS; i++)
        if (!strcmp(sort, radar_sort_names[i]))
            w->sort = (enum radar_sort)i;
    return radar_query_options(&w->options, of, r, err) && radar_query_filter(&w->filter, r, err) &&
           list_page_read(&w->page, r, err);
}

static void write_json(struct reply *reply, const struct radar_list *l, int64_t limit,
                       const char *next)
{
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    radar_list_write_head(&j, l);
    radar_list_write_rows(&j, l);
    json_int(&j, "matched", l->count);
    json_int(&j, "limit", limit);
    json_text(&j, "next", next);
    json_close(&j, '}');
}

static bool write_list(struct reply *reply, const struct request *r, const struct radar_list *l,
                       const struct wish *w, struct error *err)
{
    struct buf url = {.data = NULL};
    const char *next = list_page_next(&url, r, l->end, l->count);
    enum sheet_format format = w->page.format == LIST_CSV ? SHEET_CSV : SHEET_XLSX;
    bool ok = true;
    if (next && strlen(next) + 16 < sizeof reply->link)
        snprintf(reply->link, sizeof reply->link, "<%s>; rel=\"next\"", next);
    switch (w->page.format) {
    case LIST_JSON: write_json(reply, l, w->page.limit, next); break;
    case LIST_GEOJSON:
        reply->type = "application/geo+json";
        radar_list_write_geojson(&reply->body, l, next);
        break;
    case LIST_CSV:
    case LIST_XLSX:
        ok = list_send_sheet(reply, radar_list_sheet(l, format, err), format,
                             l->of == RADAR_FACILITIES ? "radar_facilities" : "radar_substances",
                             err);
        break;
    }
    buf_free(&url);
    return ok;
}

static bool get_list(struct reply *reply, const struct request *r, enum radar_of of,
                     struct error *err)
{
    bool done;
    struct wish w;
    struct radar_list l;
    if (!answer_begin(&done, reply, r, err) || !read_wish(&w, r, of, err))
        return false;
    if (done)
        return true;
    radar_list_make(&l, r->snapshot, of, &w.options, &w.filter, w.sort, w.page.after, w.page.limit);
    struct patience patience;
    request_patience(&patience, r);
    l.patience = &patience;
    bool ok = (w.page.format != LIST_JSON && request_put_off(reply, r, l.end - l.after)) ||
              (write_list(reply, r, &l, &w, err) && patience_kept(&patience, err));
    radar_list_free(&l);
    return ok;
}

static bool get_substances(struct reply *reply, const struct request *r, struct error *err)
{
    return get_list(reply, r, RADAR_SUBSTANCES, err);
}

static bool get_facilities(struct reply *reply, const struct request *r, struct error *err)
{
    return get_list(reply, r, RADAR_FACILITIES, err);
}

#define LIST_PARAMETERS(formats)                                                                   \
    RADAR_PARAMETERS, FACILITY_FILTER_PARAMETERS,                                                  \
        {"sort",                                                                                   \
         PARAMETER_CHOICE,                                                                         \
         0,                                                                                        \
         0,                                                                                        \
         "area|mean|geometric",                                                                    \
         "area",                                                                                   \
         "by the area, by its mean over all orders of the axes, by the weighted geometric mean"},  \
        LIST_PAGE_PARAMETERS(formats),                                                             \
    {                                                                                              \
        .name = NULL                                                                               \
    }

static const struct parameter substance_parameters[] = {LIST_PARAMETERS("json|csv|xlsx")};
static const struct parameter facility_parameters[] = {LIST_PARAMETERS("json|csv|xlsx|geojson")};

const struct route radar_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/radar/substances",
     .handler = get_substances,
     .parameters = substance_parameters,
     .answer = LIST_PAGE_TYPES,
     .tag = "analysis",
     .summary = "Substances by warning radar score Y: hazard, national quantity, incidents, "
                "economic weight; county, township, industry: those held there"},
    {.method = "GET",
     .pattern = "/api/v1/radar/facilities",
     .handler = get_facilities,
     .parameters = facility_parameters,
     .answer = LIST_PAGE_TYPES ", application/geo+json",
     .tag = "analysis",
     .summary = "Facilities by warning radar score K: mean Y, quantity, size, age"},
    {.pattern = NULL}};
