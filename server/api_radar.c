/* /api/v1/radar/substances and facilities: lists by warning radar score, with any weights, as JSON,
 * CSV, XLSX or GeoJSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/answer.h"
#include "server/api.h"
#include "server/link.h"
#include "server/radar_list.h"
#include "server/radar_query.h"
#include "server/reply.h"

enum { LIMIT_DEFAULT = 50 };
enum format { FORMAT_JSON, FORMAT_CSV, FORMAT_XLSX, FORMAT_GEOJSON };

struct wish {
    struct radar_options options;
    struct radar_filter filter;
    enum radar_sort sort;
    enum format format;
    int64_t limit, after;
};

static bool read_limit(struct wish *w, const struct request *r, struct error *err)
{
    bool page = w->format == FORMAT_JSON;
    w->limit = page ? LIMIT_DEFAULT : SHEET_SERVED_MAX;
    if (!request_int(&w->limit, r, "limit", 1, SHEET_SERVED_MAX, err) ||
        !request_int(&w->after, r, "after", 0, UINT32_MAX, err))
        return false;
    if (page && w->limit > HTTP_LIST_MAX)
        return error_set(err, ERROR_INPUT,
                         "limit must be 1 to %d for JSON (%d for CSV, XLSX and GeoJSON), not %lld",
                         HTTP_LIST_MAX, SHEET_SERVED_MAX, (long long)w->limit);
    return true;
}

static bool read_wish(struct wish *w, const struct request *r, enum radar_of of, struct error *err)
{
    static const char *const formats[] = {"json", "csv", "xlsx", "geojson"};
    const char *format = request_query(r, "format"), *sort = request_query(r, "sort");
    *w = (struct wish){.format = FORMAT_JSON};
    for (int i = 0; format && i < 4; i++)
        if (!strcmp(format, formats[i]))
            w->format = (enum format)i;
    for (int i = 0; sort && i < RADAR_SORTS; i++)
        if (!strcmp(sort, radar_sort_names[i]))
            w->sort = (enum radar_sort)i;
    return radar_query_options(&w->options, of, r, err) && radar_query_filter(&w->filter, r, err) &&
           read_limit(w, r, err);
}

/* Address of the rows after those shown; the caller frees, NULL = there are none. */
static char *next_address(const struct radar_list *l, const struct request *r)
{
    struct buf url = {.data = NULL};
    char number[24];
    if (l->end >= l->count)
        return NULL;
    snprintf(number, sizeof number, "%lld", (long long)l->end);
    link_request(&url, r, "after", number);
    buf_char(&url, '\0');
    return url.data;
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

static bool write_sheet(struct reply *reply, const struct radar_list *l, enum sheet_format format,
                        struct error *err)
{
    static const char *const names[][2] = {
        [RADAR_SUBSTANCES] = {"attachment; filename=\"radar_substances.csv\"",
                              "attachment; filename=\"radar_substances.xlsx\""},
        [RADAR_FACILITIES] = {"attachment; filename=\"radar_facilities.csv\"",
                              "attachment; filename=\"radar_facilities.xlsx\""}};
    struct sheet *sheet = radar_list_sheet(l, format, err);
    if (!sheet || !sheet_finish(&reply->body, sheet, err))
        return false;
    reply->type = sheet_type(format);
    reply->disposition = names[l->of][format];
    return true;
}

static bool write_list(struct reply *reply, const struct request *r, const struct radar_list *l,
                       const struct wish *w, struct error *err)
{
    char *next = next_address(l, r);
    bool ok = true;
    if (next && strlen(next) + 16 < sizeof reply->link)
        snprintf(reply->link, sizeof reply->link, "<%s>; rel=\"next\"", next);
    switch (w->format) {
    case FORMAT_JSON: write_json(reply, l, w->limit, next); break;
    case FORMAT_GEOJSON:
        reply->type = "application/geo+json";
        radar_list_write_geojson(&reply->body, l, next);
        break;
    case FORMAT_CSV:
    case FORMAT_XLSX:
        ok = write_sheet(reply, l, w->format == FORMAT_CSV ? SHEET_CSV : SHEET_XLSX, err);
        break;
    }
    free(next);
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
    radar_list_make(&l, r->snapshot, of, &w.options, &w.filter, w.sort, w.after, w.limit);
    bool ok = write_list(reply, r, &l, &w, err);
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
        {"format", PARAMETER_CHOICE, 0, 0, formats, "json", "csv and xlsx: files of all rows"},    \
        {"limit",                                                                                  \
         PARAMETER_INTEGER,                                                                        \
         1,                                                                                        \
         SHEET_SERVED_MAX,                                                                         \
         NULL,                                                                                     \
         NULL,                                                                                     \
         "rows: 50 of JSON, at most 1000; 100000 of the files, which is their most"},              \
        {"after", PARAMETER_INTEGER, 0, UINT32_MAX, NULL, "0", "rows to pass over; from `next`"},  \
    {                                                                                              \
        .name = NULL                                                                               \
    }

#define TABLE_TYPES                                                                                \
    "application/json, text/csv, "                                                                 \
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

static const struct parameter substance_parameters[] = {LIST_PARAMETERS("json|csv|xlsx")};
static const struct parameter facility_parameters[] = {LIST_PARAMETERS("json|csv|xlsx|geojson")};

const struct route radar_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/radar/substances",
     .handler = get_substances,
     .heavy = route_heavy_file,
     .parameters = substance_parameters,
     .answer = TABLE_TYPES,
     .tag = "analysis",
     .summary = "Substances by warning radar score Y: hazard, national quantity, incidents, "
                "economic weight; county, township, industry: those held there"},
    {.method = "GET",
     .pattern = "/api/v1/radar/facilities",
     .handler = get_facilities,
     .heavy = route_heavy_file,
     .parameters = facility_parameters,
     .answer = TABLE_TYPES ", application/geo+json",
     .tag = "analysis",
     .summary = "Facilities by warning radar score K: mean Y, quantity, size, age"},
    {.pattern = NULL}};
