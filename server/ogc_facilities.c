/* Items of the collection facilities: every facility, geometry null where it is not drawn. Rows
 * come from PostGIS by key; scores and sums from the atlas. */
#include <stdio.h>
#include <string.h>

#include "gis/text.h"
#include "server/geojson.h"
#include "server/html.h"
#include "server/ogc.h"
#include "sql.h"

enum { /* columns of ogc_facilities.sql */
       ID,
       NAME,
       ADDRESS,
       INDUSTRY,
       CHECK,
       NUMBER,
       EMS_NO,
       COUNTY,
       COUNTY_CODE,
       TOWNSHIP,
       SOURCE,
       CHANGED_AT,
       LON,
       LAT
};

static struct db_value given(const struct request *r, const char *name)
{
    return db_text(request_query(r, name));
}

static bool filtered(const struct ogc_query *q, const struct request *r)
{
    static const char *const names[] = {"name", "ems_no", "county", "county_code",
                                        "position_check"};
    bool any = q->boxes > 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        any |= request_query(r, names[i]) != NULL;
    return any;
}

static bool count_matching(struct ogc_query *q, const struct request *r, struct error *err)
{
    if (q->matched >= 0)
        return true;
    if (!filtered(q, r)) {
        q->matched = r->snapshot->atlas->count;
        return true;
    }
    struct db_result *n = db_query(
        r->db, &SQL_ogc_facilities_count, err,
        DB_ARGS(db_f64(q->south), db_f64(q->north), db_f64(q->west[0]), db_f64(q->east[0]),
                db_f64(q->west[1]), db_f64(q->east[1]), given(r, "name"), given(r, "ems_no"),
                given(r, "county"), given(r, "county_code"), given(r, "position_check")));
    if (!n)
        return false;
    q->matched = db_get_i64(n, 0, 0);
    db_done(n);
    return true;
}

/* Which part of the order the rows are from. */
enum part { WITH_HOLDINGS, WITHOUT, PARTS, ALL = PARTS };

struct page {
    struct db_result *part[PARTS];
    int count[PARTS]; /* rows to show */
    bool more;
};

static struct db_result *load(const struct ogc_query *q, const struct request *r, enum part part,
                              int64_t after, int64_t limit, int64_t id, struct error *err)
{
    return db_query(r->db, &SQL_ogc_facilities, err,
                    DB_ARGS(db_i64(after), db_i64(limit), db_f64(q->south), db_f64(q->north),
                            db_f64(q->west[0]), db_f64(q->east[0]), db_f64(q->west[1]),
                            db_f64(q->east[1]), given(r, "name"), given(r, "ems_no"),
                            given(r, "county"), given(r, "county_code"), given(r, "position_check"),
                            id ? db_i64(id) : db_text(NULL),
                            part == ALL ? db_text(NULL) : db_bool(part == WITH_HOLDINGS)));
}

static bool load_page(struct page *page, const struct ogc_query *q, const struct request *r,
                      struct error *err)
{
    bool second = *q->after && *q->after != 'h';
    int64_t after = 0, left = q->limit + 1; /* one more than shown tells whether there is a next */
    *page = (struct page){.more = false};
    if (*q->after && !text_to_i64(&after, q->after + (second ? 0 : 1)))
        return error_set(err, ERROR_INPUT,
                         "after is not of this collection; take it from the link "
                         "next");
    for (int i = second ? WITHOUT : WITH_HOLDINGS; i < PARTS && left > 0; i++, after = 0) {
        page->part[i] = load(q, r, (enum part)i, after, left, 0, err);
        if (!page->part[i])
            return false;
        page->count[i] = db_rows(page->part[i]);
        left -= page->count[i];
        if (left == 0) {
            page->count[i]--;
            page->more = true;
        }
    }
    return true;
}

static void page_free(struct page *page)
{
    for (int i = 0; i < PARTS; i++)
        db_done(page->part[i]);
}

/* Members of a Feature in an open object. */
static void write_feature(struct json *j, const struct db_result *rows, int i,
                          const struct snapshot *snapshot)
{
    int64_t id = db_get_i64(rows, i, ID), index = atlas_find_facility(snapshot->atlas, id);
    json_text(j, "type", "Feature");
    json_int(j, "id", id);
    geojson_point(j, db_get_f64(rows, i, LON), db_get_f64(rows, i, LAT));
    json_open(j, "properties", '{');
    json_int(j, "id", id);
    json_text(j, "name", db_get_text(rows, i, NAME));
    json_text(j, "number", db_get_text(rows, i, NUMBER));
    json_text(j, "ems_no", db_get_text(rows, i, EMS_NO));
    json_text(j, "address", db_get_text(rows, i, ADDRESS));
    json_text(j, "county", db_get_text(rows, i, COUNTY));
    json_text(j, "county_code", db_get_text(rows, i, COUNTY_CODE));
    json_text(j, "township", db_get_text(rows, i, TOWNSHIP));
    json_text(j, "industry", db_get_text(rows, i, INDUSTRY));
    if (index < 0) { /* newer than the atlas */
        json_null(j, "score");
        json_null(j, "substances");
        json_null(j, "quantity_kg");
    } else {
        json_exact(j, "score", snapshot->radar->facility_area[index]);
        json_int(j, "substances", snapshot->atlas->substances[index]);
        json_number(j, "quantity_kg", snapshot->atlas->quantity_kg[index], 3);
    }
    json_text(j, "position_check", db_get_text(rows, i, CHECK));
    json_text(j, "source", db_get_text(rows, i, SOURCE));
    json_text(j, "changed_at", db_get_text(rows, i, CHANGED_AT));
    json_close(j, '}');
}

static void table_begin(struct buf *out)
{
    buf_text(out, "<table>\n<thead><tr><th scope=\"col\">id</th><th scope=\"col\">name</th>"
                  "<th scope=\"col\">number</th><th scope=\"col\">address</th></tr></thead>\n");
}

static void table_rows(struct buf *out, const struct request *r, const struct db_result *rows,
                       int count)
{
    for (int i = 0; i < count; i++) {
        char path[96], id[24];
        snprintf(id, sizeof id, "%lld", (long long)db_get_i64(rows, i, ID));
        snprintf(path, sizeof path, "/ogc/collections/facilities/items/%s?f=html", id);
        buf_text(out, "<tr><td>");
        ogc_page_link(out, r, path, id);
        buf_text(out, "</td><td>");
        html_text(out, db_get_text(rows, i, NAME));
        buf_text(out, "</td><td>");
        html_text(out, db_get_text(rows, i, NUMBER));
        buf_text(out, "</td><td>");
        html_text(out, db_get_text(rows, i, ADDRESS));
        buf_text(out, "</td></tr>\n");
    }
}

static void write_page(struct buf *out, const struct request *r, const struct ogc_collection *c,
                       int64_t matched, const struct page *page)
{
    ogc_page_begin(out, c->title);
    buf_format(out, "<p>%d of %lld</p>\n", page->count[0] + page->count[1], (long long)matched);
    table_begin(out);
    for (int k = 0; k < PARTS; k++)
        table_rows(out, r, page->part[k], page->count[k]);
    buf_text(out, "</table>\n");
    ogc_page_end(out, r);
}

static void write_items(struct reply *reply, const struct request *r,
                        const struct ogc_collection *c, int64_t matched, const struct page *page)
{
    struct json j = ogc_open_items(reply);
    char key[24] = "";
    for (int k = 0; k < PARTS; k++)
        for (int i = 0; i < page->count[k]; i++) {
            json_open(&j, NULL, '{');
            write_feature(&j, page->part[k], i, r->snapshot);
            json_close(&j, '}');
        }
    for (int k = 0; k < PARTS && page->more; k++)
        if (page->count[k])
            snprintf(key, sizeof key, "%s%lld", k == WITH_HOLDINGS ? "h" : "",
                     (long long)db_get_i64(page->part[k], page->count[k] - 1, ID));
    ogc_close_items(&j, r, c, matched, page->count[0] + page->count[1], *key ? key : NULL);
}

bool ogc_facility_items(struct reply *reply, const struct request *r,
                        const struct ogc_collection *c, struct error *err)
{
    struct ogc_query q;
    struct page page;
    if (!ogc_read_query(&q, r, err) || !count_matching(&q, r, err))
        return false;
    bool ok = load_page(&page, &q, r, err);
    if (ok && ogc_wants_html(r))
        write_page(&reply->body, r, c, q.matched, &page);
    else if (ok)
        write_items(reply, r, c, q.matched, &page);
    page_free(&page);
    return ok;
}

bool ogc_facility_item(struct reply *reply, const struct request *r, const struct ogc_collection *c,
                       const char *id, struct error *err)
{
    int64_t number;
    if (!text_to_i64(&number, id) || number <= 0)
        return error_set(err, ERROR_NOT_FOUND, "there is no facility \"%.40s\"", id);
    struct db_result *rows = load(&ogc_query_all, r, ALL, 0, 1, number, err);
    if (!rows)
        return false;
    bool found = db_rows(rows) == 1;
    if (found && ogc_wants_html(r)) {
        ogc_page_begin(&reply->body, db_get_text(rows, 0, NAME));
        table_begin(&reply->body);
        table_rows(&reply->body, r, rows, 1);
        buf_text(&reply->body, "</table>\n");
        ogc_page_end(&reply->body, r);
    } else if (found) {
        struct json j = ogc_open_item(reply);
        write_feature(&j, rows, 0, r->snapshot);
        ogc_close_item(&j, r, c);
    }
    db_done(rows);
    return found || error_set(err, ERROR_NOT_FOUND, "there is no facility %lld", (long long)number);
}
