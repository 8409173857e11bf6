/* Items of the collections counties and townships. */
#include <stdio.h>
#include <string.h>

#include "server/html.h"
#include "server/ogc.h"
#include "sql.h"

enum { CODE, NAME, NAME_EN, COUNTY_CODE, COUNTY, GEOMETRY, MATCHED }; /* of ogc_areas.sql */

static struct db_result *load(const struct ogc_query *q, const struct request *r,
                              const struct ogc_collection *c, const char *code, struct error *err)
{
    return db_query(r->db, &SQL_ogc_areas, err,
                    DB_ARGS(db_text(c->area_kind), db_text(q->after), db_i64(q->limit + 1),
                            db_f64(q->south), db_f64(q->north), db_f64(q->west[0]),
                            db_f64(q->east[0]), db_f64(q->west[1]), db_f64(q->east[1]),
                            db_text(request_query(r, "name")),
                            db_text(code ? code : request_query(r, "code")),
                            db_text(request_query(r, "county_code"))));
}

/* Members of a Feature in an open object. */
static void write_feature(struct json *j, const struct db_result *rows, int i,
                          const struct ogc_collection *c)
{
    json_text(j, "type", "Feature");
    json_text(j, "id", db_get_text(rows, i, CODE));
    json_raw(j, "geometry", db_get_text(rows, i, GEOMETRY));
    json_open(j, "properties", '{');
    json_text(j, "code", db_get_text(rows, i, CODE));
    json_text(j, "name", db_get_text(rows, i, NAME));
    json_text(j, "name_en", db_get_text(rows, i, NAME_EN));
    if (!strcmp(c->area_kind, "township")) {
        json_text(j, "county_code", db_get_text(rows, i, COUNTY_CODE));
        json_text(j, "county", db_get_text(rows, i, COUNTY));
    }
    json_close(j, '}');
}

static void write_list(struct buf *out, const struct request *r, const struct ogc_collection *c,
                       const struct db_result *rows, int shown)
{
    buf_text(out, "<ul>\n");
    for (int i = 0; i < shown; i++) {
        char path[128];
        snprintf(path, sizeof path, "/ogc/collections/%s/items/%s?f=html", c->id,
                 db_get_text(rows, i, CODE));
        buf_text(out, "<li>");
        ogc_page_link(out, r, path, db_get_text(rows, i, CODE));
        buf_char(out, ' ');
        html_text(out, db_get_text(rows, i, NAME));
        buf_char(out, ' ');
        html_text(out, db_get_text(rows, i, NAME_EN));
        buf_text(out, "</li>\n");
    }
    buf_text(out, "</ul>\n");
}

static void write_items(struct reply *reply, const struct request *r,
                        const struct ogc_collection *c, const struct ogc_query *q,
                        const struct db_result *rows)
{
    int count = db_rows(rows), shown = count > q->limit ? (int)q->limit : count;
    int64_t matched = q->matched >= 0 ? q->matched : count ? db_get_i64(rows, 0, MATCHED) : 0;
    if (ogc_wants_html(r)) {
        ogc_page_begin(&reply->body, c->title);
        buf_format(&reply->body, "<p>%d of %lld</p>\n", shown, (long long)matched);
        write_list(&reply->body, r, c, rows, shown);
        ogc_page_end(&reply->body, r);
        return;
    }
    struct json j = ogc_open_items(reply);
    for (int i = 0; i < shown; i++) {
        json_open(&j, NULL, '{');
        write_feature(&j, rows, i, c);
        json_close(&j, '}');
    }
    ogc_close_items(&j, r, c, matched, shown,
                    count > shown ? db_get_text(rows, shown - 1, CODE) : NULL);
}

bool ogc_area_items(struct reply *reply, const struct request *r, const struct ogc_collection *c,
                    struct error *err)
{
    struct ogc_query q;
    if (!ogc_read_query(&q, r, err))
        return false;
    struct db_result *rows = load(&q, r, c, NULL, err);
    if (!rows)
        return false;
    write_items(reply, r, c, &q, rows);
    db_done(rows);
    return true;
}

bool ogc_area_item(struct reply *reply, const struct request *r, const struct ogc_collection *c,
                   const char *id, struct error *err)
{
    struct db_result *rows = load(&ogc_query_all, r, c, id, err);
    if (!rows)
        return false;
    bool found = db_rows(rows) == 1;
    if (found && ogc_wants_html(r)) {
        ogc_page_begin(&reply->body, db_get_text(rows, 0, NAME));
        write_list(&reply->body, r, c, rows, 1);
        ogc_page_end(&reply->body, r);
    } else if (found) {
        struct json j = ogc_open_item(reply);
        write_feature(&j, rows, 0, c);
        ogc_close_item(&j, r, c);
    }
    db_done(rows);
    return found || error_set(err, ERROR_NOT_FOUND, "there is no %s \"%.40s\"", c->area_kind, id);
}
