/* /api/v1/reviews: doubtful matches, surest first; one of them; and a person's decision on it. The
 * list is not part of the atlas, so its ETag is of the answer's bytes. */
#include <string.h>
#include <strings.h>

#include "gis/text.h"
#include "server/api.h"
#include "server/json_in.h"
#include "server/link.h"
#include "server/reply.h"
#include "server/review_json.h"

enum { LIMIT_DEFAULT = 50, BODY_MAX = 16 * 1024 /* bytes of a POST */ };

static void write_next(struct json *j, const struct request *r, const struct review_page *page)
{
    struct review last;
    struct buf id = {.max = 24}, url = {0};
    if (!page->more) {
        json_null(j, "next");
        return;
    }
    review_get(&last, page, page->count - 1);
    buf_format(&id, "%lld", (long long)last.id);
    link_request(&url, r, "next", buf_string(&id));
    json_text_n(j, "next", url.data, url.len);
    buf_free(&id);
    buf_free(&url);
}

static bool get_reviews(struct reply *reply, const struct request *r, struct error *err)
{
    const char *status = request_query(r, "status");
    struct review_filter filter = {.subject = request_query(r, "subject"),
                                   .status = status ? status : "open",
                                   .limit = LIMIT_DEFAULT};
    struct review_page page;
    struct review review;
    int64_t counts[3];
    if (!strcmp(filter.status, "all"))
        filter.status = NULL;
    if (!request_int(&filter.limit, r, "limit", 1, HTTP_LIST_MAX, err) ||
        !request_int(&filter.after, r, "next", 1, INT64_MAX, err) ||
        !review_count(counts, filter.subject, r->db, err) ||
        !review_list(&page, &filter, r->db, err))
        return false;
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    json_open(&j, "reviews", '[');
    for (int i = 0; i < page.count; i++) {
        review_get(&review, &page, i);
        review_json_write(&j, NULL, &review);
    }
    json_close(&j, ']');
    review_json_counts(&j, "counts", counts);
    json_int(&j, "limit", filter.limit);
    write_next(&j, r, &page);
    json_close(&j, '}');
    review_page_free(&page);
    reply_etag_body(reply);
    return true;
}

static bool read_id(int64_t *id, const struct request *r, struct error *err)
{
    if (text_to_i64(id, r->part[0]) && *id > 0)
        return true;
    return error_set(err, ERROR_NOT_FOUND, "there is no review \"%.40s\"", r->part[0]);
}

static bool write_one(struct reply *reply, int64_t id, const struct review_outcome *outcome,
                      struct db *db, struct error *err)
{
    struct review_page page;
    struct review review;
    if (!review_one(&page, id, db, err))
        return false;
    struct json j = reply_json(reply);
    review_get(&review, &page, 0);
    if (!outcome) {
        review_json_write(&j, NULL, &review);
    } else {
        json_open(&j, NULL, '{');
        json_bool(&j, "merged", outcome->merged);
        json_bool(&j, "parted", outcome->parted);
        json_int(&j, "holdings_changed", outcome->changed);
        json_int(&j, "batch", outcome->batch);
        review_json_write(&j, "review", &review);
        json_close(&j, '}');
    }
    review_page_free(&page);
    return true;
}

static bool get_review(struct reply *reply, const struct request *r, struct error *err)
{
    int64_t id;
    if (!read_id(&id, r, err) || !write_one(reply, id, NULL, r->db, err))
        return false;
    reply_etag_body(reply);
    return true;
}

/* Text of at most so many characters, no control characters but line ends; NULL where absent. */
static bool read_text(const char **out, const struct json_in_value *o, const char *key, size_t most,
                      struct error *err)
{
    const struct json_in_value *v = json_in_get(o, key);
    const char *text = json_in_text(v);
    size_t count = 0;
    *out = NULL;
    if (json_in_is_null(v))
        return true;
    for (const char *c = text; c && *c; c++) {
        if (((unsigned char)*c < 0x20 && *c != '\n') || *c == 0x7f)
            return error_set(err, ERROR_INPUT, "%s must not hold control characters", key);
        count += ((unsigned char)*c & 0xC0) != 0x80;
    }
    if (!text || count > most)
        return error_set(err, ERROR_INPUT, "%s must be text of at most %zu characters", key, most);
    *out = text;
    return true;
}

static bool read_decision(struct review_decision *d, const struct json_in_value *o,
                          struct error *err)
{
    static const char *const known[] = {"decision", "by", "note", NULL};
    if (!json_in_is_object(o))
        return error_set(err, ERROR_INPUT, "the body must be a JSON object");
    if (!json_in_only(o, known, err) || !read_text(&d->by, o, "by", REVIEW_BY_MAX, err) ||
        !read_text(&d->note, o, "note", REVIEW_NOTE_MAX, err))
        return false;
    if (!d->by || !d->by[strspn(d->by, " \n")])
        return error_set(err, ERROR_INPUT, "by is wanted: who decides?");
    const char *verdict = json_in_text(json_in_get(o, "decision"));
    for (int i = 0; verdict && i < REVIEW_VERDICTS; i++)
        if (!strcmp(verdict, review_verdict_names[i])) {
            d->verdict = (enum review_verdict)i;
            return true;
        }
    return error_set(err, ERROR_INPUT, "decision must be \"confirm\", \"refuse\" or \"reopen\"");
}

static bool media_type_is_json(const char *type)
{
    size_t len = strlen("application/json");
    return type && !strncasecmp(type, "application/json", len) &&
           (!type[len] || type[len] == ';' || type[len] == ' ');
}

static bool post_review(struct reply *reply, const struct request *r, struct error *err)
{
    struct review_decision d = {.id = 0};
    struct review_outcome outcome;
    if (!read_id(&d.id, r, err))
        return false;
    if (!media_type_is_json(r->content_type))
        return error_set(err, ERROR_UNSUPPORTED, "send the decision as application/json");
    if (r->body_len > BODY_MAX)
        return error_set(err, ERROR_TOO_LARGE, "the body is larger than %d bytes", BODY_MAX);
    struct json_in *document = json_in_parse(r->body, r->body_len, err);
    bool ok = document && read_decision(&d, json_in_root(document), err) &&
              review_decide(&outcome, &d, r->db, err) &&
              write_one(reply, d.id, &outcome, r->db, err);
    json_in_free(document); /* d borrows from it */
    reply->cache = "no-store";
    return ok;
}

static const struct parameter parameters[] = {
    {"subject", PARAMETER_CHOICE, 0, 0, "facility|substance", NULL,
     "what is matched; both without"},
    {"status", PARAMETER_CHOICE, 0, 0, "open|confirmed|refused|all", "open", "how it stands"},
    {"limit", PARAMETER_INTEGER, 1, HTTP_LIST_MAX, NULL, "50", "rows of a page"},
    {"next", PARAMETER_INTEGER, 0, 0, NULL, NULL, "review number; taken from `next`"},
    {.name = NULL}};

const struct route review_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/reviews",
     .handler = get_reviews,
     .parameters = parameters,
     .summary = "Doubtful matches that wait for a person, surest first, both sides in detail",
     .answer = "application/json",
     .tag = "reviews"},
    {.method = "GET",
     .pattern = "/api/v1/reviews/{id}",
     .handler = get_review,
     .summary = "One doubtful match",
     .answer = "application/json",
     .tag = "reviews"},
    {.method = "POST",
     .pattern = "/api/v1/reviews/{id}",
     .handler = post_review,
     .summary = "A person's decision (JSON: decision confirm, refuse or reopen; by; note): "
                "confirming facilities makes them one, refusing makes them two again",
     .answer = "application/json",
     .tag = "reviews"},
    {.pattern = NULL}};
