#include <stdio.h>
#include <string.h>
#include <time.h>

#include "server/answer.h"
#include "server/html.h"
#include "server/link.h"
#include "server/ogc.h"
#include "server/reply.h"

bool ogc_wants_html(const struct request *r)
{
    const char *f = request_query(r, "f");
    if (f)
        return !strcmp(f, "html");
    const char *html = strstr(r->accept, "text/html"), *json = strstr(r->accept, "json");
    return html && (!json || html < json);
}

bool ogc_begin(bool *done, struct reply *reply, const struct request *r, struct error *err)
{
    if (!answer_begin(done, reply, r, err))
        return false;
    bool html = ogc_wants_html(r);
    reply_etag(reply, r, "%s-%s", HAZATLAS_VERSION, html ? "html" : "json");
    *done = reply_unchanged(reply, r);
    if (html)
        reply->type = "text/html; charset=utf-8";
    return true;
}

static void open_link(struct json *j, const char *rel, const char *type, const char *title)
{
    json_open(j, NULL, '{');
    json_text(j, "rel", rel);
    json_text(j, "type", type);
    if (title)
        json_text(j, "title", title);
}

void ogc_link(struct json *j, const struct request *r, const char *rel, const char *type,
              const char *title, const char *path)
{
    struct buf url = {0};
    buf_text(&url, r->base_url);
    buf_text(&url, path);
    open_link(j, rel, type, title);
    json_text_n(j, "href", url.data, url.len);
    json_close(j, '}');
    buf_free(&url);
}

static void request_link(struct json *j, const struct request *r, const char *rel, const char *type,
                         const char *title, const char *name, const char *value)
{
    struct buf url = {0};
    link_request(&url, r, name, value);
    open_link(j, rel, type, title);
    json_text_n(j, "href", url.data, url.len);
    json_close(j, '}');
    buf_free(&url);
}

void ogc_self_links(struct json *j, const struct request *r, const char *json_type)
{
    request_link(j, r, "self", json_type, "This document", NULL, NULL);
    request_link(j, r, "alternate", OGC_HTML, "This document as HTML", "f", "html");
}

static void open_links(struct json *j, const struct request *r, const struct ogc_collection *c)
{
    char path[128];
    snprintf(path, sizeof path, "/ogc/collections/%s", c->id);
    json_open(j, "links", '[');
    ogc_self_links(j, r, OGC_GEOJSON);
    ogc_link(j, r, "collection", "application/json", c->title, path);
}

struct json ogc_open_item(struct reply *reply)
{
    struct json j = reply_json(reply);
    reply->type = OGC_GEOJSON;
    reply->content_crs = "<" OGC_CRS84 ">";
    json_open(&j, NULL, '{');
    return j;
}

void ogc_close_item(struct json *j, const struct request *r, const struct ogc_collection *c)
{
    open_links(j, r, c);
    json_close(j, ']');
    json_close(j, '}');
}

struct json ogc_open_items(struct reply *reply)
{
    struct json j = ogc_open_item(reply);
    json_text(&j, "type", "FeatureCollection");
    json_open(&j, "features", '[');
    return j;
}

void ogc_close_items(struct json *j, const struct request *r, const struct ogc_collection *c,
                     int64_t matched, int returned, const char *last_key)
{
    char token[80];
    json_close(j, ']');
    open_links(j, r, c);
    if (last_key) {
        snprintf(token, sizeof token, "%s-%lld", last_key, (long long)matched);
        request_link(j, r, "next", OGC_GEOJSON, "Next page", "after", token);
    }
    json_close(j, ']');
    json_time(j, "timeStamp", time(NULL));
    json_int(j, "numberMatched", matched);
    json_int(j, "numberReturned", returned);
    json_close(j, '}');
}

void ogc_page_begin(struct buf *out, const char *title)
{
    html_begin(out, title, "en", "/packet.css");
    buf_text(out, "<main>\n<h1>");
    html_text(out, title);
    buf_text(out, "</h1>\n");
}

void ogc_page_link(struct buf *out, const struct request *r, const char *path, const char *text)
{
    buf_text(out, "<a href=\"");
    html_text(out, r->base_url);
    html_text(out, path);
    buf_text(out, "\">");
    html_text(out, text);
    buf_text(out, "</a>");
}

void ogc_page_end(struct buf *out, const struct request *r)
{
    struct buf url = {0};
    link_request(&url, r, "f", "json");
    buf_text(out, "<p><a href=\"");
    html_text(out, buf_string(&url));
    buf_text(out, "\">JSON</a> ");
    ogc_page_link(out, r, "/ogc/?f=html", "HazAtlas OGC API");
    buf_text(out, "</p>\n</main>\n");
    html_end(out);
    buf_free(&url);
}
