/* /api, /api.html: every endpoint with its parameters, made from the route tables. */
#include "server/api.h"
#include "server/app.h"
#include "server/openapi.h"
#include "server/reply.h"

static bool get_openapi(struct reply *reply, const struct request *r, struct error *err)
{
    (void)err;
    reply->type = "application/vnd.oai.openapi+json;version=3.0";
    openapi_write(&reply->body, r->base_url, "");
    reply_etag_body(reply);
    return true;
}

static bool get_page(struct reply *reply, const struct request *r, struct error *err)
{
    (void)r;
    (void)err;
    reply->type = "text/html; charset=utf-8";
    openapi_write_page(&reply->body);
    reply_etag_body(reply);
    return true;
}

static bool get_stylesheet(struct reply *reply, const struct request *r, struct error *err)
{
    static const char css[] =
        ":root{color-scheme:light dark}"
        "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}"
        "h2{border-bottom:2px solid;margin-top:2.5rem}h3{margin:1.5rem 0 .25rem}p{margin:.25rem 0}"
        "table{border-collapse:collapse;width:100%}"
        "th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border:1px solid #767676}"
        "code{overflow-wrap:anywhere}.fields code{overflow-wrap:normal}"
        "@media(max-width:45rem){.fields thead{display:none}"
        ".fields th,.fields td{display:block;border-top:0}.fields tr{display:block;border-top:3px "
        "solid}}";
    (void)r;
    (void)err;
    reply->type = "text/css; charset=utf-8";
    reply->ready_body = css;
    reply->ready_len = sizeof css - 1;
    return true;
}

const struct route docs_routes[] = {
    {.method = "GET",
     .pattern = "/api",
     .handler = get_openapi,
     .fast = true,
     .summary = "This list as OpenAPI 3.0",
     .answer = "application/vnd.oai.openapi+json;version=3.0",
     .tag = "Service"},
    {.method = "GET",
     .pattern = "/api.html",
     .handler = get_page,
     .fast = true,
     .summary = "This list for people",
     .answer = "text/html",
     .tag = "Service"},
    {.method = "GET",
     .pattern = "/api.css",
     .handler = get_stylesheet,
     .fast = true,
     .summary = "How that page looks",
     .answer = "text/css",
     .tag = "Service"},
    {.pattern = NULL},
};
