#include "server/review_json.h"

#include <string.h>

static void write_id(struct json *j, const char *key, int64_t id)
{
    if (id)
        json_int(j, key, id);
    else
        json_null(j, key);
}

void review_json_write(struct json *j, const char *key, const struct review *r)
{
    json_open(j, key, '{');
    json_int(j, "id", r->id);
    json_text(j, "subject", r->subject);
    json_text(j, "status", r->status);
    json_text(j, "rule", r->rule);
    if (review_rule_zh(r->rule))
        json_both(j, "rule_text", review_rule_zh(r->rule), review_rule_en(r->rule));
    else
        json_null(j, "rule_text");
    json_number(j, "confidence", r->confidence, 3);
    json_text(j, "left_key", r->left_key);
    json_text(j, "right_key", r->right_key);
    if (!strcmp(r->subject, "facility")) {
        write_id(j, "left_id", r->left_id);
        write_id(j, "right_id", r->right_id);
    }
    json_raw(j, "detail", r->detail);
    json_text(j, "found_at", r->found_at);
    json_text(j, "decided_at", r->decided_at);
    json_text(j, "decided_by", r->decided_by);
    json_text(j, "note", r->note);
    write_id(j, "batch", r->batch);
    json_close(j, '}');
}

void review_json_counts(struct json *j, const char *key, const int64_t counts[3])
{
    json_open(j, key, '{');
    json_int(j, "open", counts[0]);
    json_int(j, "confirmed", counts[1]);
    json_int(j, "refused", counts[2]);
    json_close(j, '}');
}
