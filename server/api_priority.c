/* /api/v1/priority: companies of an imported list in the combined priority order. */
#include <string.h>

#include "gis/text.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/link.h"
#include "server/list_page.h"
#include "server/patience.h"
#include "server/priority_list.h"
#include "server/reply.h"
#include "sql.h"

enum { LIMIT_DEFAULT = 100, NAME_SIZE = 601 };

/* The array of all lists; chosen = the one asked for, else the latest; "" = there is none. */
static bool write_lists(struct json *j, char chosen[NAME_SIZE], const struct request *r,
                        struct error *err)
{
    const char *wanted = request_query(r, "list");
    struct db_result *rows = db_query(r->db, &SQL_priority_lists, err, DB_NONE);
    if (!rows)
        return false;
    *chosen = '\0';
    if (wanted)
        text_copy(chosen, NAME_SIZE, wanted);
    else if (db_rows(rows))
        text_copy(chosen, NAME_SIZE, db_get_text(rows, 0, 0));
    bool found = !wanted;
    json_open(j, "lists", '[');
    for (int i = 0; i < db_rows(rows); i++) {
        found = found || !strcmp(db_get_text(rows, i, 0), chosen);
        json_open(j, NULL, '{');
        json_text(j, "name", db_get_text(rows, i, 0));
        json_int(j, "companies", db_get_i64(rows, i, 1));
        json_int(j, "batch", db_get_i64(rows, i, 2));
        json_close(j, '}');
    }
    json_close(j, ']');
    db_done(rows);
    return found || error_set(err, ERROR_NOT_FOUND,
                              "there is no priority list \"%.80s\"; /api/v1/priority names those "
                              "that are here",
                              wanted);
}

static bool write_sheet(struct reply *reply, const struct request *r, const struct priority_list *l,
                        enum sheet_format format, struct error *err)
{
    struct sheet *s = priority_list_sheet(l, format, err);
    if (!s)
        return false;
    sheet_about_atlas(s, r->snapshot->atlas);
    buf_clear(&reply->body);
    return list_send_sheet(reply, s, format, "priority", err);
}

static void write_page(struct json *j, const struct request *r, const struct priority_list *l,
                       const char *list, int64_t after, int64_t limit)
{
    int64_t end = after + limit < l->count ? after + limit : l->count;
    json_text(j, "list", *list ? list : NULL);
    priority_list_write_rule(j);
    priority_list_write_printed(j, l);
    priority_list_write(j, l, (uint32_t)after, (uint32_t)(after < end ? end : after));
    json_int(j, "matched", l->count);
    json_int(j, "limit", limit);
    link_next(j, r, end < l->count ? end : 0);
}

static bool get_priority(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    char list[NAME_SIZE];
    int64_t limit = LIMIT_DEFAULT, after = 0;
    enum sheet_format format;
    struct priority_list l;
    bool table = sheet_format_named(&format, request_query(r, "format"));
    if (!request_only_with(r, "limit", !table, "format=json (files have the whole list)", err) ||
        !request_only_with(r, "after", !table, "format=json (files have the whole list)", err) ||
        !request_int(&limit, r, "limit", 1, HTTP_LIST_MAX, err) ||
        !request_int(&after, r, "after", 0, PRIORITY_LIST_MAX, err) ||
        !answer_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    json_int(&j, "atlas", (int64_t)r->snapshot->atlas->number);
    if (!write_lists(&j, list, r, err))
        return false;
    bool ok = priority_list_load(&l, list, r->db, err);
    if (ok && table) {
        struct patience patience;
        request_patience(&patience, r);
        l.patience = &patience;
        ok = request_put_off(reply, r, l.count) || write_sheet(reply, r, &l, format, err);
    } else if (ok) {
        write_page(&j, r, &l, list, after, limit);
        json_close(&j, '}');
    }
    priority_list_free(&l);
    return ok;
}

static const struct parameter parameters[] = {
    {.name = "list",
     .kind = PARAMETER_TEXT,
     .fallback = "the latest imported",
     .about = "name of the list, as `lists` of the answer tells"},
    {.name = "format",
     .kind = PARAMETER_CHOICE,
     .choices = "json|csv|xlsx",
     .fallback = "json",
     .about = "csv and xlsx: a file of the whole list"},
    {.name = "limit",
     .kind = PARAMETER_INTEGER,
     .least = 1,
     .most = HTTP_LIST_MAX,
     .fallback = "100",
     .about = "companies of the JSON answer"},
    {.name = "after",
     .kind = PARAMETER_INTEGER,
     .least = 0,
     .most = PRIORITY_LIST_MAX,
     .fallback = "0",
     .about = "companies to pass over; from `next`"},
    {.name = NULL}};

const struct route priority_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/priority",
     .handler = get_priority,
     .parameters = parameters,
     .answer = LIST_PAGE_TYPES,
     .tag = "analysis",
     .summary = "Companies of a list in the combined priority order (domestic total, foreign "
                "total, Bayes risk, degree centrality), each with the key that decided and its "
                "printed place"},
    {.pattern = NULL}};
