/* /api/v1/records: the families kept in table record. Lists of them are collections under /ogc. */
#include <string.h>

#include "gis/text.h"
#include "import/import.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/position_words.h"
#include "server/reply.h"
#include "sql.h"
#include "tiles/layer.h"

enum {
    ID,
    NAME,
    NAME_EN,
    FIELDS,
    CHECK,
    COUNTY_CODE,
    COUNTY,
    TOWNSHIP_CODE,
    TOWNSHIP,
    LON,
    LAT,
    SHAPE,
    WEST,
    SOUTH,
    EAST,
    NORTH,
    SOURCE,
    SOURCE_TITLE,
    BATCH,
    FILE_NAME,
    LINE,
    IMPORTED_AT
};

static const struct import_kind *find_kind(const char *name)
{
    for (const struct import_kind *const *k = import_kinds(); *k; k++)
        if ((*k)->rules && !strcmp((*k)->name, name))
            return *k;
    return NULL;
}

static void write_pair(struct json *j, const char *key, const struct db_result *r, int code,
                       int name)
{
    if (db_is_null(r, 0, name)) {
        json_null(j, key);
        return;
    }
    json_open(j, key, '{');
    json_text(j, "code", db_get_text(r, 0, code));
    json_text(j, "name", db_get_text(r, 0, name));
    json_close(j, '}');
}

static void write_position(struct json *j, const struct db_result *r)
{
    json_open(j, "position", '{');
    position_words(j, db_get_text(r, 0, CHECK));
    if (db_is_null(r, 0, SHAPE)) {
        json_null(j, "lon");
        json_null(j, "lat");
    } else {
        json_number(j, "lon", db_get_f64(r, 0, LON), 7);
        json_number(j, "lat", db_get_f64(r, 0, LAT), 7);
        json_text(j, "geometry", db_get_text(r, 0, SHAPE) + strlen("ST_"));
        json_open(j, "bbox", '[');
        for (int i = WEST; i <= NORTH; i++)
            json_number(j, NULL, db_get_f64(r, 0, i), 7);
        json_close(j, ']');
    }
    json_close(j, '}');
}

static void write_record(struct json *j, const struct request *r, const struct import_kind *kind,
                         const struct db_result *row)
{
    json_open(j, NULL, '{');
    json_int(j, "atlas", (int64_t)r->snapshot->atlas->number);
    json_text(j, "kind", kind->name);
    json_both(j, "title", kind->title_zh, kind->title_en);
    json_int(j, "id", db_get_i64(row, 0, ID));
    json_text(j, "name", db_get_text(row, 0, NAME));
    json_text(j, "name_en", db_get_text(row, 0, NAME_EN));
    json_raw(j, "fields", db_get_text(row, 0, FIELDS));
    write_position(j, row);
    write_pair(j, "county", row, COUNTY_CODE, COUNTY);
    write_pair(j, "township", row, TOWNSHIP_CODE, TOWNSHIP);
    json_open(j, "source", '{');
    json_text(j, "name", db_get_text(row, 0, SOURCE));
    json_text(j, "title", db_get_text(row, 0, SOURCE_TITLE));
    json_int(j, "batch", db_get_i64(row, 0, BATCH));
    json_text(j, "file", db_get_text(row, 0, FILE_NAME));
    json_int(j, "line", db_get_i64(row, 0, LINE));
    json_text(j, "imported_at", db_get_text(row, 0, IMPORTED_AT));
    json_close(j, '}');
    json_close(j, '}');
}

static bool get_record(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    int64_t id;
    const struct import_kind *kind = find_kind(r->part[0]);
    if (!kind)
        return error_set(err, ERROR_NOT_FOUND,
                         "there is no family of records \"%.40s\"; see /api/v1/records",
                         r->part[0]);
    if (!text_to_i64(&id, r->part[1]) || id < 1)
        return error_set(err, ERROR_NOT_FOUND, "a record has a number, not \"%.40s\"", r->part[1]);
    if (!answer_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    struct db_result *row =
        db_query(r->db, &SQL_record_detail, err, DB_ARGS(db_text(kind->name), db_i64(id)));
    if (!row)
        return false;
    bool found = db_rows(row) == 1;
    struct json j = reply_json(reply);
    if (found)
        write_record(&j, r, kind, row);
    db_done(row);
    return found || error_set(err, ERROR_NOT_FOUND, "there is no record %lld of %s", (long long)id,
                              kind->name);
}

static bool get_kinds(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    if (!answer_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    struct db_result *rows = db_query(r->db, &SQL_record_kinds, err, DB_NONE);
    if (!rows)
        return false;
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    json_int(&j, "atlas", (int64_t)r->snapshot->atlas->number);
    json_open(&j, "kinds", '[');
    for (const struct import_kind *const *k = import_kinds(); *k; k++) {
        if (!(*k)->rules)
            continue;
        int64_t count = 0, drawn = 0;
        for (int i = 0; i < db_rows(rows); i++)
            if (!strcmp(db_get_text(rows, i, 0), (*k)->name)) {
                count = db_get_i64(rows, i, 1);
                drawn = db_get_i64(rows, i, 2);
            }
        json_open(&j, NULL, '{');
        json_text(&j, "kind", (*k)->name);
        json_both(&j, "title", (*k)->title_zh, (*k)->title_en);
        json_int(&j, "records", count);
        json_int(&j, "drawn", drawn);
        json_bool(&j, "layer", layer_find((*k)->name) != NULL);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
    db_done(rows);
    return true;
}

const struct route record_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/records",
     .handler = get_kinds,
     .answer = "application/json",
     .tag = "Records",
     .summary = "The families of records (incidents, samples, zones, places …): how many there are "
                "and how many are drawn; lists are collections under /ogc"},
    {.method = "GET",
     .pattern = "/api/v1/records/{kind}/{id}",
     .handler = get_record,
     .answer = "application/json",
     .tag = "Records",
     .summary = "One record: all fields as understood (columns: /docs/imports), position (degrees, "
                "EPSG:4326) and its check, source with file and line"},
    {.pattern = NULL}};
