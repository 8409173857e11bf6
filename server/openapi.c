#include "server/openapi.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "gis/json.h"
#include "server/html.h"
#include "server/route.h"

/* ---- OpenAPI 3.0 ---- */

/* A path's {…} are its path parameters. */
static void put_path_parameters(struct json *j, const char *pattern)
{
    for (const char *open = strchr(pattern, '{'); open; open = strchr(open + 1, '{')) {
        json_open(j, NULL, '{');
        json_text_n(j, "name", open + 1, strcspn(open + 1, "}"));
        json_text(j, "in", "path");
        json_bool(j, "required", true);
        json_open(j, "schema", '{');
        json_text(j, "type", "string");
        json_close(j, '}');
        json_close(j, '}');
    }
}

static void put_schema(struct json *j, const struct parameter *p)
{
    static const char *const types[] = {[PARAMETER_TEXT] = "string",
                                        [PARAMETER_TEXTS] = "array",
                                        [PARAMETER_INTEGER] = "integer",
                                        [PARAMETER_NUMBER] = "number",
                                        [PARAMETER_CHOICE] = "string"};
    json_open(j, "schema", '{');
    json_text(j, "type", types[p->kind]);
    if (p->kind == PARAMETER_TEXTS) {
        json_open(j, "items", '{');
        json_text(j, "type", "string");
        json_close(j, '}');
    }
    if (p->least != 0 || p->most != 0) {
        json_number(j, "minimum", p->least, 9);
        json_number(j, "maximum", p->most, 9);
    }
    if (p->kind == PARAMETER_CHOICE)
        json_parts(j, "enum", p->choices, '|');
    if (p->kind == PARAMETER_TEXT)
        json_int(j, "maxLength", HTTP_VALUE_MAX);
    if (p->fallback && (p->kind == PARAMETER_TEXT || p->kind == PARAMETER_CHOICE))
        json_text(j, "default", p->fallback);
    else if (p->fallback)
        json_raw(j, "default", p->fallback);
    json_close(j, '}');
}

static void put_query_parameters(struct json *j, const struct parameter *p)
{
    for (; p && p->name; p++) {
        json_open(j, NULL, '{');
        json_text(j, "name", p->name);
        json_text(j, "in", "query");
        json_text(j, "description", p->about);
        put_schema(j, p);
        json_close(j, '}');
    }
}

static void put_response(struct json *j, const char *status, const char *about, const char *types)
{
    json_open(j, status, '{');
    json_text(j, "description", about);
    json_open(j, "content", '{');
    for (const char *at = types; at && *at;) {
        char type[96];
        size_t len = strcspn(at, ",| ");
        size_t used = len < sizeof type ? len : sizeof type - 1;
        memcpy(type, at, used);
        type[used] = '\0';
        if (used) {
            json_open(j, type, '{');
            json_close(j, '}');
        }
        at += len + strspn(at + len, ",| ");
    }
    json_close(j, '}');
    json_close(j, '}');
}

static void put_operation(struct json *j, const struct route *r)
{
    char method[8] = "", status[12];
    for (size_t i = 0; r->method[i] && i + 1 < sizeof method; i++)
        method[i] = (char)tolower((unsigned char)r->method[i]);
    json_open(j, method, '{');
    json_text(j, "summary", r->summary);
    json_open(j, "tags", '[');
    json_text(j, NULL, r->tag);
    json_close(j, ']');
    json_open(j, "parameters", '[');
    put_path_parameters(j, r->pattern);
    put_query_parameters(j, r->parameters);
    json_close(j, ']');
    json_open(j, "responses", '{');
    snprintf(status, sizeof status, "%d",
             r->success                  ? r->success
             : strcmp(r->method, "POST") ? 200
                                         : 201);
    put_response(j, status, "The answer", r->answer);
    put_response(j, "default", "Problem details (RFC 9457)", "application/problem+json");
    json_close(j, '}');
    json_close(j, '}');
}

/* Whether an earlier row has the same pattern: its object holds all methods. */
static bool is_repeated(const struct route *wanted)
{
    for (const struct route *const *table = route_tables; *table; table++)
        for (const struct route *r = *table; r->pattern; r++) {
            if (r == wanted)
                return false;
            if (!strcmp(r->pattern, wanted->pattern))
                return true;
        }
    return false;
}

static void put_path(struct json *j, const struct route *first)
{
    json_open(j, first->pattern, '{');
    for (const struct route *const *table = route_tables; *table; table++)
        for (const struct route *r = *table; r->pattern; r++)
            if (!strcmp(r->pattern, first->pattern))
                put_operation(j, r);
    json_close(j, '}');
}

void openapi_write(struct buf *out, const char *base_url, const char *prefix)
{
    struct json j = {.out = out};
    json_open(&j, NULL, '{');
    json_text(&j, "openapi", "3.0.3");
    json_open(&j, "info", '{');
    json_text(&j, "title", "HazAtlas");
    json_text(&j, "description", "Chemical hazards as map layers");
    json_text(&j, "version", HAZATLAS_VERSION);
    json_close(&j, '}');
    json_open(&j, "servers", '[');
    json_open(&j, NULL, '{');
    json_text(&j, "url", base_url);
    json_close(&j, '}');
    json_close(&j, ']');
    json_open(&j, "paths", '{');
    for (const struct route *const *table = route_tables; *table; table++)
        for (const struct route *r = *table; r->pattern; r++)
            if (!strncmp(r->pattern, prefix, strlen(prefix)) && !is_repeated(r))
                put_path(&j, r);
    json_close(&j, '}');
    json_close(&j, '}');
}

/* ---- the page ---- */

static void put_cell(struct buf *out, const char *text)
{
    buf_text(out, "<td>");
    html_text(out, text);
    buf_text(out, "</td>");
}

static void put_limits(struct buf *out, const struct parameter *p)
{
    buf_text(out, "<td>");
    if (p->choices)
        html_text(out, p->choices);
    else if (p->least != 0 || p->most != 0)
        buf_format(out, "%.15g … %.15g", p->least, p->most);
    else
        buf_text(out, p->kind == PARAMETER_TEXT    ? "text"
                      : p->kind == PARAMETER_TEXTS ? "texts"
                                                   : "number");
    if (p->fallback) {
        buf_text(out, " [");
        html_text(out, p->fallback);
        buf_text(out, "]");
    }
    buf_text(out, "</td>");
}

static void put_route(struct buf *out, const struct route *r)
{
    buf_text(out, "<article><h3><code>");
    html_text(out, r->method);
    buf_text(out, " ");
    html_text(out, r->pattern);
    buf_text(out, "</code></h3><p>");
    html_text(out, r->summary);
    buf_text(out, "</p><p>");
    html_text(out, r->answer);
    buf_text(out, "</p>");
    if (r->parameters && r->parameters->name) {
        buf_text(out, "<table><thead><tr><th scope=\"col\">Parameter</th><th scope=\"col\">Values "
                      "[default]</th><th scope=\"col\">Meaning</th></tr></thead><tbody>");
        for (const struct parameter *p = r->parameters; p->name; p++) {
            buf_text(out, "<tr>");
            put_cell(out, p->name);
            put_limits(out, p);
            put_cell(out, p->about);
            buf_text(out, "</tr>");
        }
        buf_text(out, "</tbody></table>");
    }
    buf_text(out, "</article>");
}

static bool same_tag(const struct route *a, const char *tag)
{
    return a->tag && tag && !strcmp(a->tag, tag);
}

static bool tag_is_new(const struct route *wanted)
{
    for (const struct route *const *table = route_tables; *table; table++)
        for (const struct route *r = *table; r->pattern; r++) {
            if (r == wanted)
                return true;
            if (same_tag(r, wanted->tag))
                return false;
        }
    return true;
}

static void put_section(struct buf *out, const char *tag)
{
    buf_text(out, "<section><h2>");
    html_text(out, tag);
    buf_text(out, "</h2>");
    for (const struct route *const *table = route_tables; *table; table++)
        for (const struct route *r = *table; r->pattern; r++)
            if (same_tag(r, tag))
                put_route(out, r);
    buf_text(out, "</section>");
}

void openapi_write_page(struct buf *out)
{
    html_begin(out, "HazAtlas: interfaces", "en", "api.css");
    buf_text(out, "<main><h1>HazAtlas: interfaces</h1><p>The same for programs: <a href=\"api\">"
                  "OpenAPI 3.0</a>. Errors are <code>application/problem+json</code>. Every answer "
                  "may be asked for with HEAD; those with an ETag with If-None-Match. "
                  "<a href=\"./\">The map</a></p>");
    for (const struct route *const *table = route_tables; *table; table++)
        for (const struct route *r = *table; r->pattern; r++)
            if (tag_is_new(r))
                put_section(out, r->tag);
    buf_text(out, "</main>");
    html_end(out);
}
