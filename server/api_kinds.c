/* /api/v1/kinds, /docs/imports: what can be imported, made from the importers' own tables. */
#include <string.h>

#include "gis/crs.h"
#include "import/encoding.h"
#include "import/format.h"
#include "server/api.h"
#include "server/import_docs.h"
#include "server/kind_text.h"
#include "server/reply.h"

static const struct import_kind *find(const struct request *r, struct error *err)
{
    struct error none = {.kind = ERROR_NONE};
    const struct import_kind *kind = import_find_kind(r->part[0], &none);
    if (!kind)
        error_fill(err, ERROR_NOT_FOUND, "%s", none.text);
    return kind;
}

static void put_headers(struct json *j, const char *key, const struct import_field *f, bool chinese)
{
    json_open(j, key, '[');
    if (!chinese)
        json_text(j, NULL, f->name);
    for (const char *at = f->headers; at && *at;) {
        size_t len = strcspn(at, "|");
        if (len && kind_is_chinese(at, len) == chinese) {
            struct buf name = {.max = 4096};
            kind_header(&name, at, len);
            json_text_n(j, NULL, name.data, name.len);
            buf_free(&name);
        }
        at += len + (at[len] == '|');
    }
    json_close(j, ']');
}

/* "hospital=醫院|急救醫院;shelter=避難所" as [{value, names}]. */
static void put_words(struct json *j, const char *words)
{
    json_open(j, "words", '[');
    for (const char *at = words; at && *at;) {
        size_t len = strcspn(at, ";"), value = strcspn(at, "=;");
        json_open(j, NULL, '{');
        json_text_n(j, "value", at, value);
        json_open(j, "names", '[');
        for (size_t i = value + 1; i < len;) {
            size_t n = strcspn(at + i, "|;");
            if (n)
                json_text_n(j, NULL, at + i, n);
            i += n + 1;
        }
        json_close(j, ']');
        json_close(j, '}');
        at += len + (at[len] == ';');
    }
    json_close(j, ']');
}

static void put_field(struct json *j, const struct import_kind *kind, int i)
{
    const struct import_field *f = &kind->fields[i];
    const struct import_rule *rule = kind->rules ? &kind->rules[i] : NULL;
    struct buf label = {.max = 1000};
    kind_label(&label, f);
    json_open(j, NULL, '{');
    json_text(j, "name", f->name);
    json_text(j, "label", buf_string(&label));
    json_text(j, "about", f->about);
    json_bool(j, "required", f->required);
    json_text(j, "type", kind_type(kind, i));
    if (rule && (rule->least != 0 || rule->most != 0)) {
        json_number(j, "least", rule->least, 9);
        json_number(j, "most", rule->most, 9);
    }
    if (rule && rule->key)
        json_bool(j, "key", true);
    if (rule && rule->words)
        put_words(j, rule->words);
    json_open(j, "headers", '{');
    put_headers(j, "zh", f, true);
    put_headers(j, "en", f, false);
    json_close(j, '}');
    json_close(j, '}');
    buf_free(&label);
}

static bool get_kinds(struct reply *reply, const struct request *r, struct error *err)
{
    struct json j = reply_json(reply);
    (void)r;
    (void)err;
    json_open(&j, NULL, '{');
    json_open(&j, "kinds", '[');
    for (const struct import_kind *const *k = import_kinds(); *k; k++) {
        json_open(&j, NULL, '{');
        json_text(&j, "name", (*k)->name);
        json_both(&j, "title", (*k)->title_zh ? (*k)->title_zh : (*k)->name,
                  (*k)->title_en ? (*k)->title_en : (*k)->name);
        json_text(&j, "about", (*k)->about);
        json_open(&j, "fields", '[');
        for (int i = 0; (*k)->fields[i].name; i++)
            put_field(&j, *k, i);
        json_close(&j, ']');
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_text(&j, "formats", format_endings());
    json_open(&j, "encodings", '[');
    for (const char *const *e = encoding_names; *e; e++)
        json_text(&j, NULL, *e);
    json_close(&j, ']');
    json_open(&j, "crs", '[');
    for (const char *const *c = crs_codes; *c; c++)
        json_text(&j, NULL, *c);
    json_close(&j, ']');
    json_close(&j, '}');
    reply_etag_body(reply);
    return true;
}

static bool get_template(struct reply *reply, const struct request *r, struct error *err)
{
    const char *language = request_query(r, "language");
    const struct import_kind *kind = find(r, err);
    if (!kind)
        return false;
    kind_template(&reply->body, kind, language && !strcmp(language, "en"));
    reply->type = "text/csv; charset=utf-8";
    reply_file(reply, NULL);
    reply_etag_body(reply);
    return true;
}

static bool get_docs(struct reply *reply, const struct request *r, struct error *err)
{
    (void)r;
    (void)err;
    import_docs_list(&reply->body);
    reply->type = "text/html; charset=utf-8";
    reply_etag_body(reply);
    return true;
}

static bool get_kind_docs(struct reply *reply, const struct request *r, struct error *err)
{
    const struct import_kind *kind = find(r, err);
    if (!kind)
        return false;
    import_docs_kind(&reply->body, kind);
    reply->type = "text/html; charset=utf-8";
    reply_etag_body(reply);
    return true;
}

static const struct parameter template_parameters[] = {
    {.name = "language",
     .kind = PARAMETER_CHOICE,
     .choices = "zh|en",
     .fallback = "zh",
     .about = "headers in Chinese, or the fields' names"},
    {.name = NULL},
};

const struct route kind_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/kinds",
     .handler = get_kinds,
     .fast = true,
     .summary = "What can be imported: kinds with their fields, the header names that are "
                "understood, formats, encodings, coordinate systems",
     .answer = "application/json",
     .tag = "imports"},
    {.method = "GET",
     .pattern = "/api/v1/kinds/{kind}/template.csv",
     .handler = get_template,
     .fast = true,
     .parameters = template_parameters,
     .summary = "An empty file of the kind with all its columns; UTF-8 with byte order mark",
     .answer = "text/csv",
     .tag = "imports"},
    {.method = "GET",
     .pattern = "/docs/imports",
     .handler = get_docs,
     .fast = true,
     .summary = "What can be imported, for people, in Chinese and English",
     .answer = "text/html",
     .tag = "pages"},
    {.method = "GET",
     .pattern = "/docs/imports/{kind}",
     .handler = get_kind_docs,
     .fast = true,
     .summary = "The columns of one kind, for people",
     .answer = "text/html",
     .tag = "pages"},
    {.pattern = NULL},
};
