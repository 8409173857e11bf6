/* /api/v1/thresholds/assignments: which substance is of which regulated item, by a person's word.
 */
#include <string.h>

#include "analysis/threshold_set.h"
#include "server/api.h"
#include "server/decision_in.h"
#include "server/reply.h"
#include "server/threshold_assign.h"
#include "sql.h"

static bool write_list(struct reply *reply, const char *rule_set, bool shipped, struct db *db,
                       struct error *err)
{
    struct db_result *result =
        db_query(db, &SQL_threshold_assignments, err, DB_ARGS(db_text(rule_set), db_bool(shipped)));
    if (!result)
        return false;
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    json_text(&j, "rule_set", rule_set);
    json_raw(&j, "assignments", db_get_text(result, 0, 0));
    json_close(&j, '}');
    db_done(result);
    return true;
}

static bool get_assignments(struct reply *reply, const struct request *r, struct error *err)
{
    const char *rule_set = request_query(r, "rule_set"), *shipped = request_query(r, "shipped");
    if (!write_list(reply, rule_set ? rule_set : threshold_default_set,
                    shipped && !strcmp(shipped, "yes"), r->db, err))
        return false;
    reply_etag_body(reply);
    return true;
}

static bool read_assign(struct threshold_assign *a, const struct decision_in *d, struct error *err)
{
    const struct json_in_value *soluble = json_in_get(d->root, "water_soluble");
    bool yes;
    *a = (struct threshold_assign){.water_soluble = -1, .by = d->by, .reason = d->reason};
    if (!decision_in_text(&a->rule_set, d, "rule_set", err) ||
        !decision_in_text(&a->cas, d, "cas", err) ||
        !decision_in_text(&a->reported_name, d, "reported_name", err) ||
        !decision_in_text(&a->category, d, "category", err) ||
        !decision_in_text(&a->item_no, d, "item_no", err) ||
        !decision_in_text(&a->item, d, "item", err))
        return false;
    if (json_in_is_null(soluble))
        return true;
    if (!json_in_bool(&yes, soluble))
        return error_set(err, ERROR_INPUT, "water_soluble must be true, false or null");
    a->water_soluble = yes;
    return true;
}

static bool store(int64_t *id, const struct decision_in *d, struct db *db, struct error *err)
{
    struct threshold_assign a;
    return read_assign(&a, d, err) && threshold_assign(id, &a, db, err);
}

static bool post_assignment(struct reply *reply, const struct request *r, struct error *err)
{
    static const char *const known[] = {"rule_set", "cas",  "reported_name", "category",
                                        "item_no",  "item", "water_soluble", NULL};
    return decision_in_take(reply, r, known, store, err);
}

static bool delete_assignment(struct reply *reply, const struct request *r, struct error *err)
{
    int64_t id;
    if (!decision_in_id(&id, r, "assignment", err) || !threshold_unassign(id, r->db, err))
        return false;
    reply->status = 204;
    reply->cache = "no-store";
    return true;
}

static const struct parameter list_parameters[] = {
    {"rule_set", PARAMETER_TEXT, 0, 0, NULL, "公共危險物品及可燃性高壓氣體",
     "name of the set of rules"},
    {"shipped", PARAMETER_CHOICE, 0, 0, "no|yes", "no", "also those that come with the product"},
    {.name = NULL}};

const struct route threshold_assign_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/thresholds/assignments",
     .handler = get_assignments,
     .parameters = list_parameters,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "Which substances are of which regulated item by a person's word, who and why"},
    {.method = "POST",
     .pattern = "/api/v1/thresholds/assignments",
     .handler = post_assignment,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "A person's word (JSON: cas or reported_name; category and item_no, or neither: of "
                "no item; item; water_soluble; rule_set; by, reason), in place of the one before"},
    {.method = "DELETE",
     .pattern = "/api/v1/thresholds/assignments/{id}",
     .handler = delete_assignment,
     .success = 204,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "Takes a person's word back; what comes with the product holds again"},
    {.pattern = NULL}};
