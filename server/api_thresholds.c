/* /api/v1/thresholds/facilities, facilities/{id}, unlisted, rules: what facilities have on site
 * against the regulated quantities (管制量), in exact numbers. */
#include <string.h>

#include "gis/text.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/list_page.h"
#include "server/patience.h"
#include "server/reply.h"
#include "server/threshold_detail_json.h"
#include "server/threshold_json.h"
#include "server/threshold_view.h"
#include "sql.h"

struct wish {
    const char *rule_set;
    struct threshold_filter filter;
    struct list_page page;
};

static bool read_wish(struct wish *w, const struct request *r, struct error *err)
{
    const char *rules = request_query(r, "rule_set");
    const char *compare = request_query(r, "compare"), *answer = request_query(r, "answer");
    *w = (struct wish){.rule_set = rules ? rules : threshold_default_set,
                       .filter = {.county = -1, .answer = -1}};
    return request_county(&w->filter.county, r, err) &&
           (!compare || threshold_view_compare(&w->filter.compare, compare, err)) &&
           (!answer || threshold_view_answer(&w->filter.answer, answer, err)) &&
           list_page_read(&w->page, r, err);
}

static void write_page(struct reply *reply, const struct threshold_view *v, int64_t limit,
                       const char *next)
{
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    threshold_view_write_head(&j, v);
    threshold_view_write_rows(&j, v);
    json_int(&j, "matched", v->count);
    json_int(&j, "limit", limit);
    json_text(&j, "next", next);
    json_close(&j, '}');
}

static bool write_view(struct reply *reply, const struct request *r, const struct threshold_view *v,
                       const struct wish *w, struct error *err)
{
    struct buf url = {.data = NULL};
    bool ok = true;
    enum sheet_format sheet = w->page.format == LIST_CSV ? SHEET_CSV : SHEET_XLSX;
    const char *next = list_page_next(&url, r, v->end, v->count);
    switch (w->page.format) {
    case LIST_JSON: write_page(reply, v, w->page.limit, next); break;
    case LIST_GEOJSON:
        reply->type = "application/geo+json";
        threshold_view_write_geojson(&reply->body, v, next);
        break;
    case LIST_CSV:
    case LIST_XLSX:
        ok = list_send_sheet(reply, threshold_view_sheet(v, sheet, err), sheet, "thresholds", err);
        break;
    }
    buf_free(&url);
    return ok;
}

static bool get_facilities(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    struct wish w;
    struct threshold_view v;
    if (!answer_begin(&done, reply, r, err) || !read_wish(&w, r, err))
        return false;
    if (done)
        return true;
    const struct threshold_list *l = threshold_list_take(r->snapshot, w.rule_set, r->db, err);
    if (!l)
        return false;
    threshold_view_make(&v, l, r->snapshot->atlas, &w.filter, w.page.after, w.page.limit);
    struct patience patience;
    request_patience(&patience, r);
    v.patience = &patience;
    bool ok = (w.page.format != LIST_JSON && request_put_off(reply, r, v.end - v.after)) ||
              (write_view(reply, r, &v, &w, err) && patience_kept(&patience, err));
    answer_of_number(reply, r, l->set->number);
    threshold_view_free(&v);
    threshold_list_put(r->snapshot, l);
    return ok;
}

static bool get_facility(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    int64_t id;
    const char *compare = request_query(r, "compare"), *rules = request_query(r, "rule_set");
    enum threshold_compare c = THRESHOLD_GT;
    if (!answer_begin(&done, reply, r, err) ||
        (compare && !threshold_view_compare(&c, compare, err)))
        return false;
    const struct atlas *a = r->snapshot->atlas;
    int64_t at = text_to_i64(&id, r->part[0]) ? atlas_find_facility(a, id) : -1;
    if (at < 0)
        return error_set(err, ERROR_NOT_FOUND, "there is no facility \"%.40s\"", r->part[0]);
    if (done)
        return true;
    struct threshold_detail *d =
        threshold_detail_load(rules ? rules : threshold_default_set, id, r->db, err);
    if (!d)
        return false;
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    json_int(&j, "id", id);
    json_text(&j, "name", a->names + a->name[at]);
    json_int(&j, "atlas", d->set->number);
    json_text(&j, "rule_set", d->set->name);
    json_text(&j, "edition", d->set->edition);
    json_text(&j, "compare", c == THRESHOLD_GE ? "ge" : "gt");
    threshold_json_definition(&j, "definition", c);
    threshold_detail_verdict(&j, &d->verdict, &d->book, c, d->set);
    threshold_detail_rows(&j, d);
    json_close(&j, '}');
    answer_of_number(reply, r, d->set->number);
    threshold_detail_free(d);
    return true;
}

static bool get_unlisted(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    struct wish w;
    if (!answer_begin(&done, reply, r, err) || !read_wish(&w, r, err))
        return false;
    if (done)
        return true;
    const struct threshold_list *l = threshold_list_take(r->snapshot, w.rule_set, r->db, err);
    if (!l)
        return false;
    struct buf url = {.data = NULL};
    struct json j = reply_json(reply);
    int64_t first = w.page.after < l->unlisted_count ? w.page.after : l->unlisted_count;
    int64_t end =
        first + w.page.limit < l->unlisted_count ? first + w.page.limit : l->unlisted_count;
    const char *next = list_page_next(&url, r, end, l->unlisted_count);
    json_open(&j, NULL, '{');
    json_int(&j, "atlas", l->set->number);
    json_text(&j, "rule_set", l->set->name);
    json_open(&j, "substances", '[');
    for (int64_t i = first; i < end; i++) {
        const struct threshold_unlisted *u = &l->unlisted[i];
        const struct threshold_subject *s = &l->subjects[u->what];
        json_open(&j, NULL, '{');
        threshold_detail_subject(&j, s);
        json_text(&j, "why",
                  u->several                       ? "several_items"
                  : s->how == THRESHOLD_BY_NOTHING ? "not_in_the_list"
                                                   : "decided_not_in_the_list");
        json_int(&j, "facilities", u->facilities);
        json_int(&j, "quantities", u->rows);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_int(&j, "matched", l->unlisted_count);
    json_int(&j, "limit", w.page.limit);
    json_text(&j, "next", next);
    json_close(&j, '}');
    answer_of_number(reply, r, l->set->number);
    buf_free(&url);
    threshold_list_put(r->snapshot, l);
    return true;
}

static void write_rule(struct json *j, const struct threshold_set *set, uint32_t i)
{
    json_open(j, NULL, '{');
    threshold_json_rule(j, &set->rules[i]);
    json_text(j, "note", set->rules[i].note);
    json_text(j, "citation", set->rules[i].citation);
    json_open(j, "substances", '[');
    for (uint32_t k = 0; k < set->what_count; k++) {
        if (set->whats[k].rule != (int32_t)i)
            continue;
        json_open(j, NULL, '{');
        threshold_detail_subject(j, &set->subjects[k]);
        json_text(j, "by", threshold_how_names[set->subjects[k].how]);
        json_text(j, "reason", set->subjects[k].reason);
        threshold_json_flags(j, "flags", set->whats[k].flags);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}

static bool get_rules(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    const char *name = request_query(r, "rule_set");
    if (!answer_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    struct db_result *sets = db_query(r->db, &SQL_threshold_rule_sets, err, DB_NONE);
    struct threshold_set *set =
        sets ? threshold_set_load(name ? name : threshold_default_set, r->db, err) : NULL;
    if (set) {
        struct json j = reply_json(reply);
        json_open(&j, NULL, '{');
        json_int(&j, "atlas", set->number);
        json_text(&j, "rule_set", set->name);
        json_open(&j, "rule_sets", '[');
        for (int i = 0; i < db_rows(sets); i++) {
            json_open(&j, NULL, '{');
            json_text(&j, "name", db_get_text(sets, i, 0));
            json_text(&j, "edition", db_get_text(sets, i, 1));
            json_text(&j, "imported_from", db_get_text(sets, i, 2));
            json_int(&j, "rows", db_get_i64(sets, i, 3));
            json_close(&j, '}');
        }
        json_close(&j, ']');
        json_open(&j, "rules", '[');
        for (uint32_t i = 0; i < set->rule_count; i++)
            write_rule(&j, set, i);
        json_close(&j, ']');
        json_close(&j, '}');
        answer_of_number(reply, r, set->number);
    }
    threshold_set_free(set);
    db_done(sets);
    return set;
}

#define COMPARE_PARAMETER                                                                          \
    {                                                                                              \
        "compare", PARAMETER_CHOICE, 0, 0, "gt|ge", "gt",                                          \
            "gt: the sum of shares must pass 1, as the rule says; ge: it must reach 1"             \
    }

#define RULE_SET_PARAMETER                                                                         \
    {                                                                                              \
        "rule_set", PARAMETER_TEXT, 0, 0, NULL, "公共危險物品及可燃性高壓氣體",                    \
            "name of the set of rules, see /api/v1/thresholds/rules"                               \
    }

static const struct parameter list_parameters[] = {
    RULE_SET_PARAMETER,
    COMPARE_PARAMETER,
    {"county", PARAMETER_TEXT, 0, 0, NULL, NULL, "only this county (code)"},
    {"answer", PARAMETER_CHOICE, 0, 0, "report|undecided|below|not_listed|all", "all",
     "report: must report; undecided: not so, but something could not be summed, or imports kept "
     "rows aside; below; not_listed: nothing is of an item"},
    LIST_PAGE_PARAMETERS("json|csv|xlsx|geojson"),
    {.name = NULL}};
static const struct parameter one_parameters[] = {
    RULE_SET_PARAMETER, COMPARE_PARAMETER, {.name = NULL}};
static const struct parameter unlisted_parameters[] = {
    RULE_SET_PARAMETER,
    {"limit", PARAMETER_INTEGER, 1, HTTP_LIST_MAX, NULL, "50", "rows of the list"},
    {"after", PARAMETER_INTEGER, 0, UINT32_MAX, NULL, "0", "rows to pass over; from `next`"},
    {.name = NULL}};
static const struct parameter rules_parameters[] = {RULE_SET_PARAMETER, {.name = NULL}};

const struct route threshold_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/thresholds/facilities",
     .handler = get_facilities,
     .parameters = list_parameters,
     .answer = LIST_PAGE_TYPES ", application/geo+json",
     .tag = "analysis",
     .summary = "Facilities against the regulated quantities (管制量): who must report, the sum of "
                "shares (綜合管制指數) in exact decimals with its arithmetic, items, remarks"},
    {.method = "GET",
     .pattern = "/api/v1/thresholds/facilities/{id}",
     .handler = get_facility,
     .parameters = one_parameters,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "One facility against the regulated quantities, with every row that it reports on "
                "site, of which item it is and why, and what it comes to"},
    {.method = "GET",
     .pattern = "/api/v1/thresholds/unlisted",
     .handler = get_unlisted,
     .parameters = unlisted_parameters,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "Substances that facilities have on site and that are of no item, most used first"},
    {.method = "GET",
     .pattern = "/api/v1/thresholds/rules",
     .handler = get_rules,
     .parameters = rules_parameters,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "The regulated quantities that hold, the substances of each item and why; the sets "
                "of rules that are here"},
    {.pattern = NULL}};
