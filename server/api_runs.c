/* /api/v1/radar/runs: scores saved with a name, listed, compared with others and with now, deleted.
 * Runs are not part of the atlas, so ETags are of the answers' bytes. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "analysis/radar_run_store.h"
#include "gis/text.h"
#include "server/api.h"
#include "server/json_in.h"
#include "server/list_page.h"
#include "server/patience.h"
#include "server/radar_query.h"
#include "server/reply.h"
#include "server/run_json.h"
#include "server/run_report.h"

enum { LIMIT_DEFAULT = 50, BODY_MAX = 16 * 1024 /* bytes of a POST */ };

static bool need_atlas(const struct request *r, struct error *err)
{
    return r->snapshot || error_set(err, ERROR_BUSY, "the atlas is still being loaded; try again");
}

static bool read_id(int64_t *id, const char *text, struct error *err)
{
    if (text_to_i64(id, text) && *id > 0)
        return true;
    return error_set(err, ERROR_NOT_FOUND, "there is no saved run \"%.40s\"", text);
}

/* ---- saving ---- */

static bool media_type_is_json(const char *type)
{
    size_t len = strlen("application/json");
    return type && !strncasecmp(type, "application/json", len) &&
           (!type[len] || type[len] == ';' || type[len] == ' ');
}

static bool read_text(const char **out, const struct json_in_value *o, const char *key,
                      struct error *err)
{
    const struct json_in_value *v = json_in_get(o, key);
    *out = json_in_text(v);
    for (const char *c = *out; c && *c; c++)
        if (((unsigned char)*c < 0x20 && (*c != '\n' || strcmp(key, "note") != 0)) || *c == 0x7f)
            return error_set(err, ERROR_INPUT, "%s must not hold control characters", key);
    return *out || json_in_is_null(v) || error_set(err, ERROR_INPUT, "%s must be a text", key);
}

/* An option as in a query; switches may be true or false, weights four numbers. */
static bool read_option(struct radar_options *options, const char *name,
                        const struct json_in_value *v, struct error *err)
{
    struct buf text = {.max = HTTP_VALUE_MAX};
    double number;
    bool yes;
    if (json_in_is_null(v))
        return true;
    if (json_in_text(v))
        buf_text(&text, json_in_text(v));
    else if (json_in_bool(&yes, v))
        buf_char(&text, yes ? '1' : '0');
    else if (json_in_number(&number, v))
        buf_format(&text, "%.17g", number);
    for (size_t i = 0; i < json_in_count(v) && i < 2 * RADAR_AXES; i++)
        if (json_in_number(&number, json_in_at(v, i)))
            buf_format(&text, "%s%.17g", i ? "," : "", number);
    bool ok = radar_options_set(options, RADAR_FACILITIES, name, buf_string(&text), err);
    buf_free(&text);
    return ok;
}

static bool read_options(struct radar_options *options, const struct json_in_value *o,
                         struct error *err)
{
    const char *known[32] = {"name", "note"};
    size_t n = 2;
    *options = radar_default_options;
    for (const char *const *name = radar_option_names; *name; name++)
        known[n++] = *name; /* nine; the rest of known stays NULL */
    if (!json_in_only(o, known, err))
        return false;
    for (const char *const *name = radar_option_names; *name; name++)
        if (!read_option(options, *name, json_in_get(o, *name), err))
            return false;
    return radar_options_check(options, err);
}

static bool save(struct radar_run_list *saved, const struct request *r,
                 const struct json_in_value *o, struct error *err)
{
    const char *name, *note;
    struct radar_options options;
    if (!json_in_is_object(o))
        return error_set(err, ERROR_INPUT, "the body must be a JSON object");
    if (!read_options(&options, o, err) || !read_text(&name, o, "name", err) ||
        !read_text(&note, o, "note", err))
        return false;
    if (!name)
        return error_set(err, ERROR_INPUT, "name is wanted: what is the run called?");
    const struct radar *radar = snapshot_radar(r->snapshot, &options);
    struct radar_run *run = radar_run_new(radar);
    bool ok = radar_run_save(saved, run, name, note, r->db, err);
    radar_run_free(run);
    snapshot_radar_put(r->snapshot, radar);
    return ok;
}

static bool post_run(struct reply *reply, const struct request *r, struct error *err)
{
    struct radar_run_list saved;
    if (!need_atlas(r, err))
        return false;
    if (!media_type_is_json(r->content_type))
        return error_set(err, ERROR_UNSUPPORTED, "send name and parameters as application/json");
    if (r->body_len > BODY_MAX)
        return error_set(err, ERROR_TOO_LARGE, "the body is larger than %d bytes", BODY_MAX);
    struct json_in *document = json_in_parse(r->body, r->body_len, err);
    bool ok = document && save(&saved, r, json_in_root(document), err);
    json_in_free(document);
    if (!ok)
        return false;
    struct json j = reply_json(reply);
    run_json_head(&j, NULL, &saved.heads[0]);
    snprintf(reply->location, sizeof reply->location, "/api/v1/radar/runs/%lld",
             (long long)saved.heads[0].id);
    reply->status = 201;
    reply->cache = "no-store";
    radar_run_list_free(&saved);
    return true;
}

/* ---- lists, one, deleting ---- */

static bool get_runs(struct reply *reply, const struct request *r, struct error *err)
{
    int64_t limit = LIMIT_DEFAULT, after = 0;
    struct radar_run_list list;
    if (!request_int(&limit, r, "limit", 1, HTTP_LIST_MAX, err) ||
        !request_int(&after, r, "after", 1, INT64_MAX, err) ||
        !radar_run_list(&list, after, (int)limit, r->db, err))
        return false;
    struct json j = reply_json(reply);
    bool more = list.count == limit && list.heads[list.count - 1].id > 1;
    json_open(&j, NULL, '{');
    json_open(&j, "runs", '[');
    for (int i = 0; i < list.count; i++)
        run_json_head(&j, NULL, &list.heads[i]);
    json_close(&j, ']');
    json_int(&j, "saved", list.total);
    json_int(&j, "saved_max", RADAR_RUNS_MAX);
    json_int(&j, "limit", limit);
    if (more)
        json_int(&j, "next_after", list.heads[list.count - 1].id);
    else
        json_null(&j, "next_after");
    json_close(&j, '}');
    radar_run_list_free(&list);
    reply_etag_body(reply);
    return true;
}

static bool get_run(struct reply *reply, const struct request *r, struct error *err)
{
    int64_t id, limit = LIMIT_DEFAULT, after = 0;
    enum sheet_format format; /* a table, or JSON */
    bool table = sheet_format_named(&format, request_query(r, "format"));
    if (!read_id(&id, r->part[0], err) ||
        !request_only_with(r, "limit", !table, "format=json (files have all rows)", err) ||
        !request_only_with(r, "after", !table, "format=json (files have all rows)", err) ||
        !request_int(&limit, r, "limit", 0, HTTP_LIST_MAX, err) ||
        !request_int(&after, r, "after", 0, UINT32_MAX, err))
        return false;
    struct radar_run *run = radar_run_load(id, r->db, err);
    if (!run)
        return false;
    bool ok = true;
    struct patience patience;
    request_patience(&patience, r);
    if (!table)
        run_report_json(&reply->body, run, after, limit);
    else if (!request_put_off(reply, r, run->facility_count))
        ok = list_send_sheet(reply, run_report_sheet(run, &patience, format, err), format,
                             "radar_run", err);
    radar_run_free(run);
    if (!reply->put_off)
        reply_etag_body(reply);
    return ok;
}

static bool delete_run(struct reply *reply, const struct request *r, struct error *err)
{
    int64_t id;
    struct radar_run_list gone;
    if (!read_id(&id, r->part[0], err) || !radar_run_delete(&gone, id, r->db, err))
        return false;
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    run_json_head(&j, "deleted", &gone.heads[0]);
    json_close(&j, '}');
    reply->cache = "no-store";
    radar_run_list_free(&gone);
    return true;
}

/* ---- comparing ---- */

/* Of now: with the parameters of the request, else with those of the run it is compared with. */
static struct radar_run *run_of_now(const struct radar **radar, const struct radar_run *before,
                                    const struct request *r, struct error *err)
{
    struct radar_options options = before->options;
    if (!need_atlas(r, err) ||
        (radar_query_any(r) && !radar_query_options(&options, RADAR_FACILITIES, r, err)))
        return NULL;
    *radar = snapshot_radar(r->snapshot, &options);
    return radar_run_new(*radar);
}

struct question {
    int64_t from, to; /* to 0 = now */
    int64_t limit;
    enum radar_of of;
    const char *county;
    bool table;
    enum sheet_format format;
};

static bool read_question(struct question *q, const struct request *r, struct error *err)
{
    const char *from = request_query(r, "from"), *to = request_query(r, "to");
    const char *of = request_query(r, "of");
    *q = (struct question){.limit = LIMIT_DEFAULT, .county = request_query(r, "county")};
    q->of = of && !strcmp(of, "substances") ? RADAR_SUBSTANCES : RADAR_FACILITIES;
    if (!from || !text_to_i64(&q->from, from) || q->from <= 0)
        return error_set(
            err, ERROR_INPUT,
            "from is wanted: the number of a saved run (see /api/v1/radar/runs)%s%.40s%s",
            from ? ", not \"" : "", from ? from : "", from ? "\"" : "");
    if (to && strcmp(to, "now") != 0 && (!text_to_i64(&q->to, to) || q->to <= 0))
        return error_set(err, ERROR_INPUT,
                         "to is the number of a saved run (see /api/v1/radar/runs), or now, not "
                         "\"%.40s\"",
                         to);
    if (q->to && radar_query_any(r))
        return error_set(err, ERROR_INPUT,
                         "parameters are for a comparison with now; saved runs have their own");
    if (q->county && r->snapshot && atlas_find_county(r->snapshot->atlas, q->county) < 0)
        return error_set(err, ERROR_INPUT,
                         "county: no county has the code \"%.40s\"; see /api/v1/counties",
                         q->county);
    q->table = sheet_format_named(&q->format, request_query(r, "format"));
    return request_only_with(r, "limit", !q->table, "format=json (files have all rows)", err) &&
           request_int(&q->limit, r, "limit", 0, HTTP_LIST_MAX, err);
}

static bool write_comparison(struct reply *reply, const struct request *r, const struct question *q,
                             const struct radar_run *before, const struct radar_run *after,
                             struct error *err)
{
    struct run_compare *compare = run_compare_new(before, after, q->county);
    struct run_reasons *reasons = run_reasons_new(compare);
    struct patience patience;
    struct run_comparison c = {.compare = compare,
                               .reasons = reasons,
                               .of = q->of,
                               .county = q->county,
                               .patience = &patience};
    bool ok = true;
    request_patience(&patience, r);
    if (q->table && !request_put_off(reply, r, run_comparison_rows(&c)))
        ok = list_send_sheet(reply, run_comparison_sheet(&c, q->format, err), q->format,
                             "radar_comparison", err);
    else if (!q->table)
        run_comparison_json(&reply->body, &c, q->limit);
    run_reasons_free(reasons);
    run_compare_free(compare);
    return ok;
}

static bool get_compare(struct reply *reply, const struct request *r, struct error *err)
{
    struct question q;
    const struct radar *radar = NULL;
    if (!read_question(&q, r, err))
        return false;
    struct radar_run *before = radar_run_load(q.from, r->db, err), *after = NULL;
    if (before)
        after = q.to ? radar_run_load(q.to, r->db, err) : run_of_now(&radar, before, r, err);
    bool ok = after && write_comparison(reply, r, &q, before, after, err);
    radar_run_free(before);
    radar_run_free(after);
    if (radar)
        snapshot_radar_put(r->snapshot, radar);
    if (!reply->put_off)
        reply_etag_body(reply);
    return ok;
}

/* ---- routes ---- */

static const struct parameter list_parameters[] = {
    {"limit", PARAMETER_INTEGER, 1, HTTP_LIST_MAX, NULL, "50", "runs of a page"},
    {"after", PARAMETER_INTEGER, 0, 0, NULL, NULL, "number of a run; from `next_after`"},
    {.name = NULL}};

static const struct parameter one_parameters[] = {
    {"format", PARAMETER_CHOICE, 0, 0, "json|csv|xlsx", "json", "csv and xlsx: all facilities"},
    {"limit", PARAMETER_INTEGER, 0, HTTP_LIST_MAX, NULL, "50", "facilities in JSON"},
    {"after", PARAMETER_INTEGER, 0, UINT32_MAX, NULL, "0", "facilities to pass over"},
    {.name = NULL}};

static const struct parameter compare_parameters[] = {
    {"from", PARAMETER_TEXT, 0, 0, NULL, NULL, "number of the run before (wanted)"},
    {"to", PARAMETER_TEXT, 0, 0, NULL, "now", "number of the run after, or now"},
    {"of", PARAMETER_CHOICE, 0, 0, "facilities|substances", "facilities", "what is listed"},
    {"county", PARAMETER_TEXT, 0, 0, NULL, NULL, "only facilities of this county (code)"},
    {"limit", PARAMETER_INTEGER, 0, HTTP_LIST_MAX, NULL, "50", "rows of each list in JSON"},
    {"format", PARAMETER_CHOICE, 0, 0, "json|csv|xlsx", "json",
     "csv and xlsx: all that changed, up to 100000 rows"},
    RADAR_PARAMETERS,
    {.name = NULL}};

const struct route run_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/radar/runs/compare",
     .handler = get_compare,
     .parameters = compare_parameters,
     .answer = LIST_PAGE_TYPES,
     .tag = "analysis",
     .summary = "Two radar runs compared: who rose, fell, is new, has gone, and why, as parts that "
                "add up to the difference; a comparison with now has the run's parameters unless "
                "others are given"},
    {.method = "GET",
     .pattern = "/api/v1/radar/runs",
     .handler = get_runs,
     .parameters = list_parameters,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "Saved radar runs, latest first"},
    {.method = "POST",
     .pattern = "/api/v1/radar/runs",
     .handler = post_run,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "Saves the scores of now under a name (JSON: name, note, and the radar's "
                "parameters); 409 when the name is there already or 500 runs are saved"},
    {.method = "GET",
     .pattern = "/api/v1/radar/runs/{id}",
     .handler = get_run,
     .parameters = one_parameters,
     .answer = LIST_PAGE_TYPES,
     .tag = "analysis",
     .summary = "A saved run: its parameters, class limits and facilities by score"},
    {.method = "DELETE",
     .pattern = "/api/v1/radar/runs/{id}",
     .handler = delete_run,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "Deletes a saved run and says what is gone"},
    {.pattern = NULL}};
