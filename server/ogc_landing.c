/* /ogc/ and /ogc/conformance. */
#include <string.h>

#include "server/html.h"
#include "server/ogc.h"
#include "server/reply.h"

static const char about[] =
    "Facilities that handle hazardous chemicals in Taiwan, with counties and townships.";

bool ogc_get_landing(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    if (!ogc_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    if (ogc_wants_html(r)) {
        struct buf *out = &reply->body;
        ogc_page_begin(out, "HazAtlas OGC API Features");
        buf_text(out, "<p>");
        html_text(out, about);
        buf_text(out, "</p>\n<ul>\n<li>");
        ogc_page_link(out, r, "/ogc/collections?f=html", "Collections");
        buf_text(out, "</li>\n<li>");
        ogc_page_link(out, r, "/ogc/api?f=html", "API definition");
        buf_text(out, "</li>\n<li>");
        ogc_page_link(out, r, "/ogc/conformance?f=html", "Conformance");
        buf_text(out, "</li>\n</ul>\n");
        ogc_page_end(out, r);
        return true;
    }
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    json_text(&j, "title", "HazAtlas");
    json_text(&j, "description", about);
    json_open(&j, "links", '[');
    ogc_self_links(&j, r, "application/json");
    ogc_link(&j, r, "service-desc", "application/vnd.oai.openapi+json;version=3.0",
             "API definition", "/ogc/api?f=json");
    ogc_link(&j, r, "service-doc", OGC_HTML, "API description", "/ogc/api?f=html");
    ogc_link(&j, r, "conformance", "application/json", "Conformance classes", "/ogc/conformance");
    ogc_link(&j, r, "data", "application/json", "Collections", "/ogc/collections");
    json_close(&j, ']');
    json_close(&j, '}');
    return true;
}

bool ogc_get_conformance(struct reply *reply, const struct request *r, struct error *err)
{
    static const char *const classes[] = {
        "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
    };
    bool done;
    if (!ogc_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    bool html = ogc_wants_html(r);
    struct json j = reply_json(reply);
    if (html) {
        ogc_page_begin(&reply->body, "Conformance");
        buf_text(&reply->body, "<ul>\n");
    } else {
        json_open(&j, NULL, '{');
        json_open(&j, "conformsTo", '[');
    }
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (html)
            buf_format(&reply->body, "<li>%s</li>\n", classes[i]);
        else
            json_text(&j, NULL, classes[i]);
    }
    if (html) {
        buf_text(&reply->body, "</ul>\n");
        ogc_page_end(&reply->body, r);
    } else {
        json_close(&j, ']');
        json_close(&j, '}');
    }
    return true;
}
