#include "server/decision_in.h"

#include <string.h>
#include <strings.h>

#include "gis/text.h"
#include "server/reply.h"

enum { MEMBERS_MAX = 16 };

static bool media_type_is_json(const char *type)
{
    size_t len = strlen("application/json");
    return type && !strncasecmp(type, "application/json", len) &&
           (!type[len] || type[len] == ';' || type[len] == ' ');
}

static bool text_of(const char **out, const struct json_in_value *root, const char *key,
                    size_t most, struct error *err)
{
    const struct json_in_value *v = json_in_get(root, key);
    size_t count = 0;
    *out = json_in_text(v);
    if (json_in_is_null(v))
        return true;
    for (const char *c = *out; c && *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            return error_set(err, ERROR_INPUT, "%s must not hold control characters", key);
        count += ((unsigned char)*c & 0xC0) != 0x80;
    }
    if (!*out || !count || count > most)
        return error_set(err, ERROR_INPUT, "%s must be text of 1 to %zu characters", key, most);
    return true;
}

static bool read_root(struct decision_in *d, const char *const *known, struct error *err)
{
    const char *all[MEMBERS_MAX] = {"by", "reason"};
    for (int i = 0; known[i] && i + 3 < MEMBERS_MAX; i++)
        all[i + 2] = known[i];
    if (!json_in_is_object(d->root))
        return error_set(err, ERROR_INPUT, "the body must be a JSON object");
    if (!json_in_only(d->root, all, err) || !text_of(&d->by, d->root, "by", DECISION_BY_MAX, err) ||
        !text_of(&d->reason, d->root, "reason", DECISION_TEXT_MAX, err))
        return false;
    if (!d->by || !d->by[strspn(d->by, " ")] || !d->reason || !d->reason[strspn(d->reason, " ")])
        return error_set(err, ERROR_INPUT, "by and reason are wanted: who decides, and why?");
    return true;
}

bool decision_in_take(struct reply *reply, const struct request *r, const char *const *known,
                      decision_store *store, struct error *err)
{
    int64_t id;
    if (!media_type_is_json(r->content_type))
        return error_set(err, ERROR_UNSUPPORTED, "send the decision as application/json");
    struct json_in *document = json_in_parse(r->body, r->body_len, err);
    if (!document)
        return false;
    struct decision_in d = {.root = json_in_root(document)};
    bool ok = read_root(&d, known, err) && store(&id, &d, r->db, err);
    json_in_free(document);
    if (!ok)
        return false;
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    json_int(&j, "id", id);
    json_close(&j, '}');
    reply->status = 201;
    reply->cache = "no-store";
    return true;
}

bool decision_in_text(const char **out, const struct decision_in *d, const char *key,
                      struct error *err)
{
    return text_of(out, d->root, key, DECISION_TEXT_MAX, err);
}

bool decision_in_id(int64_t *out, const struct request *r, const char *what, struct error *err)
{
    if (text_to_i64(out, r->part[0]) && *out > 0)
        return true;
    return error_set(err, ERROR_NOT_FOUND, "there is no %s \"%.40s\"", what, r->part[0]);
}
