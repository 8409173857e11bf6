/* POST /api/v1/thresholds/check: quantities given by hand against the regulated quantities. */
#include <string.h>
#include <strings.h>

#include "server/api.h"
#include "server/reply.h"
#include "server/threshold_hand.h"

static bool media_type_is_json(const char *type)
{
    size_t len = strlen("application/json");
    return type && !strncasecmp(type, "application/json", len) &&
           (!type[len] || type[len] == ';' || type[len] == ' ');
}

static bool post_check(struct reply *reply, const struct request *r, struct error *err)
{
    if (!media_type_is_json(r->content_type))
        return error_set(err, ERROR_UNSUPPORTED, "send the quantities as application/json");
    struct json_in *document = json_in_parse(r->body, r->body_len, err);
    if (!document)
        return false;
    struct threshold_hand *h = threshold_hand_read(json_in_root(document), r->db, err);
    if (h) {
        struct json j = reply_json(reply);
        threshold_hand_write(&j, h);
    }
    bool ok = h;
    threshold_hand_free(h);
    json_in_free(document); /* its texts were borrowed */
    reply->cache = "no-store";
    return ok;
}

const struct route threshold_check_routes[] = {
    {.method = "POST",
     .pattern = "/api/v1/thresholds/check",
     .handler = post_check,
     .success = 200,
     .summary = "Quantities by hand (JSON: items of item, cas or category and item_no, quantity as "
                "text, unit, place, date or from and to, water_soluble, density_kg_l, threshold "
                "and threshold_unit; compare gt or ge; rule_set): shares, their sum, who must "
                "report, when",
     .answer = "application/json",
     .tag = "analysis"},
    {.pattern = NULL}};
