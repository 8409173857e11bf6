/* Items of the collections of records, and the properties that their import declares. */
#include <stdio.h>
#include <string.h>

#include "gis/text.h"
#include "import/import.h"
#include "server/html.h"
#include "server/ogc.h"
#include "sql.h"

enum { ID, NAME, NAME_EN, COUNTY_CODE, COUNTY, CHECK, SOURCE, FIELDS, GEOMETRY, MATCHED };

static const struct ogc_property fixed[] = {
    {"id", "integer", "Number in HazAtlas", false},
    {"name", "string", "Name in Chinese, or as the source gives it", true},
    {"name_en", "string", "Name in English", false},
    {"county_code", "string", "County, code of the Ministry of the Interior", true},
    {"county", "string", "County (縣市), name", false},
    {"position_check", "string", "Result of the check of the position", true},
    {"source", "string", "Source of the record", false},
    {.name = NULL}};

static const struct import_kind *kind_of(const struct ogc_collection *c)
{
    for (const struct import_kind *const *k = import_kinds(); *k; k++)
        if (!strcmp((*k)->name, c->id))
            return *k;
    return NULL;
}

static bool is_fixed(const char *name)
{
    for (const struct ogc_property *p = fixed; p->name; p++)
        if (!strcmp(p->name, name))
            return true;
    return false;
}

static const char *json_type(const struct import_rule *rule)
{
    switch (rule->type) {
    case IMPORT_NUMBER: return "number";
    case IMPORT_INTEGER:
    case IMPORT_YEAR: return "integer";
    case IMPORT_LIST: return "array";
    case IMPORT_YES: return "boolean";
    case IMPORT_TEXT:
    case IMPORT_DATE:
    case IMPORT_TIME:
    case IMPORT_CAS:
    case IMPORT_WORD: break;
    }
    return "string";
}

bool ogc_record_property(struct ogc_property *p, const struct ogc_collection *c, int number)
{
    int count = (int)(sizeof fixed / sizeof *fixed) - 1;
    const struct import_kind *kind = kind_of(c);
    if (number < count) {
        *p = fixed[number];
        return true;
    }
    for (int f = 0; kind && kind->fields[f].name; f++) {
        enum import_role role = kind->rules[f].role;
        if ((role >= IMPORT_ROLE_LON && role <= IMPORT_ROLE_APART) ||
            is_fixed(kind->fields[f].name))
            continue;
        if (count++ == number) {
            *p = (struct ogc_property){.name = kind->fields[f].name,
                                       .type = json_type(&kind->rules[f]),
                                       .title = kind->fields[f].about};
            return true;
        }
    }
    return false;
}

/* Names of the fields that come beside the fixed properties, as an array of PostgreSQL. */
static void field_names(struct buf *out, const struct ogc_collection *c)
{
    struct ogc_property p;
    buf_char(out, '{');
    for (int i = (int)(sizeof fixed / sizeof *fixed) - 1, n = 0; ogc_record_property(&p, c, i);
         i++, n++)
        buf_format(out, "%s%s", n ? "," : "", p.name);
    buf_char(out, '}');
}

static struct db_result *load(const struct ogc_query *q, const struct request *r,
                              const struct ogc_collection *c, int64_t after, const int64_t *id,
                              struct error *err)
{
    struct buf names = {.max = 1 << 16};
    field_names(&names, c);
    struct db_value wanted = id ? db_i64(*id) : db_text(NULL);
    struct db_result *rows =
        db_query(r->db, &SQL_ogc_records, err,
                 DB_ARGS(db_text(c->id), db_i64(after), db_i64(q->limit + 1), db_f64(q->south),
                         db_f64(q->north), db_f64(q->west[0]), db_f64(q->east[0]),
                         db_f64(q->west[1]), db_f64(q->east[1]), db_text(request_query(r, "name")),
                         wanted, db_text(request_query(r, "county_code")),
                         db_text(request_query(r, "position_check")), db_text(buf_string(&names))));
    buf_free(&names);
    return rows;
}

/* Members of a Feature in an open object. */
static void write_feature(struct json *j, const struct db_result *rows, int i)
{
    const char *fields = db_get_text(rows, i, FIELDS);
    json_text(j, "type", "Feature");
    json_int(j, "id", db_get_i64(rows, i, ID));
    json_raw(j, "geometry", db_get_text(rows, i, GEOMETRY));
    json_open(j, "properties", '{');
    json_int(j, "id", db_get_i64(rows, i, ID));
    json_text(j, "name", db_get_text(rows, i, NAME));
    json_text(j, "name_en", db_get_text(rows, i, NAME_EN));
    json_text(j, "county_code", db_get_text(rows, i, COUNTY_CODE));
    json_text(j, "county", db_get_text(rows, i, COUNTY));
    json_text(j, "position_check", db_get_text(rows, i, CHECK));
    json_text(j, "source", db_get_text(rows, i, SOURCE));
    if (fields && strlen(fields) > 2) { /* the members of the object, without its brackets */
        const char *from = fields + strspn(fields, "{ ");
        const char *to = strrchr(fields, '}');
        json_raw_n(j, NULL, from, (size_t)(to - from));
    }
    json_close(j, '}');
}

static void write_list(struct buf *out, const struct request *r, const struct ogc_collection *c,
                       const struct db_result *rows, int shown)
{
    buf_text(out, "<ul>\n");
    for (int i = 0; i < shown; i++) {
        char path[128], id[24];
        snprintf(id, sizeof id, "%lld", (long long)db_get_i64(rows, i, ID));
        snprintf(path, sizeof path, "/ogc/collections/%s/items/%s?f=html", c->id, id);
        buf_text(out, "<li>");
        ogc_page_link(out, r, path, id);
        buf_char(out, ' ');
        html_text(out, db_get_text(rows, i, NAME));
        buf_text(out, "</li>\n");
    }
    buf_text(out, "</ul>\n");
}

bool ogc_record_items(struct reply *reply, const struct request *r, const struct ogc_collection *c,
                      struct error *err)
{
    struct ogc_query q;
    char last[24];
    int64_t after = 0;
    if (!ogc_read_query(&q, r, err))
        return false;
    if (*q.after && !text_to_i64(&after, q.after))
        return error_set(err, ERROR_INPUT, "after is to be taken from the link next");
    struct db_result *rows = load(&q, r, c, after, NULL, err);
    if (!rows)
        return false;
    int count = db_rows(rows), shown = count > q.limit ? (int)q.limit : count;
    int64_t matched = q.matched >= 0 ? q.matched : count ? db_get_i64(rows, 0, MATCHED) : 0;
    if (ogc_wants_html(r)) {
        ogc_page_begin(&reply->body, c->title);
        buf_format(&reply->body, "<p>%d of %lld</p>\n", shown, (long long)matched);
        write_list(&reply->body, r, c, rows, shown);
        ogc_page_end(&reply->body, r);
        db_done(rows);
        return true;
    }
    struct json j = ogc_open_items(reply);
    for (int i = 0; i < shown; i++) {
        json_open(&j, NULL, '{');
        write_feature(&j, rows, i);
        json_close(&j, '}');
    }
    snprintf(last, sizeof last, "%lld", shown ? (long long)db_get_i64(rows, shown - 1, ID) : 0LL);
    ogc_close_items(&j, r, c, matched, shown, count > shown ? last : NULL);
    db_done(rows);
    return true;
}

bool ogc_record_item(struct reply *reply, const struct request *r, const struct ogc_collection *c,
                     const char *id, struct error *err)
{
    int64_t number;
    if (!text_to_i64(&number, id))
        return error_set(err, ERROR_NOT_FOUND, "there is no record \"%.40s\" of %s", id, c->id);
    struct db_result *rows = load(&ogc_query_all, r, c, 0, &number, err);
    if (!rows)
        return false;
    bool found = db_rows(rows) == 1;
    if (found && ogc_wants_html(r)) {
        ogc_page_begin(&reply->body, db_get_text(rows, 0, NAME));
        write_list(&reply->body, r, c, rows, 1);
        ogc_page_end(&reply->body, r);
    } else if (found) {
        struct json j = ogc_open_item(reply);
        write_feature(&j, rows, 0);
        ogc_close_item(&j, r, c);
    }
    db_done(rows);
    return found ||
           error_set(err, ERROR_NOT_FOUND, "there is no record \"%.40s\" of %s", id, c->id);
}
