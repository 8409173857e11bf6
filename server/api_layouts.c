/* /api/v1/layouts: layout drawings (配置圖) that know their place, and their pictures. */
#include <stdio.h>

#include "gis/text.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/reply.h"
#include "sql.h"

enum { LIST_DEFAULT = 100, LIST_MAX = 1000 };
enum {
    ID,
    NAME,
    FORM,
    WIDTH,
    HEIGHT,
    PIXEL,
    FLOOR,
    DRAWN_ON,
    FACILITY,
    FACILITY_NAME,
    SOURCE,
    IMAGE,
    CORNERS,
    BBOX
};

static void write_layout(struct json *j, const struct request *r, const struct db_result *rows,
                         int i)
{
    const char *corners = db_get_text(rows, i, CORNERS);
    json_open(j, NULL, '{');
    json_int(j, "id", db_get_i64(rows, i, ID));
    json_text(j, "name", db_get_text(rows, i, NAME));
    json_text(j, "form", db_get_text(rows, i, FORM));
    json_text(j, "floor", db_get_text(rows, i, FLOOR));
    json_text(j, "drawn_on", db_get_text(rows, i, DRAWN_ON));
    json_text(j, "source", db_get_text(rows, i, SOURCE));
    if (db_is_null(rows, i, FACILITY)) {
        json_null(j, "facility");
    } else {
        json_open(j, "facility", '{');
        json_int(j, "id", db_get_i64(rows, i, FACILITY));
        json_text(j, "name", db_get_text(rows, i, FACILITY_NAME));
        json_close(j, '}');
    }
    json_raw(j, "bbox", db_get_text(rows, i, BBOX));
    if (corners && !db_is_null(rows, i, IMAGE)) {
        char path[128];
        struct buf url = {.data = NULL};
        snprintf(path, sizeof path, "/api/v1/layouts/%lld.png?v=%.12s",
                 (long long)db_get_i64(rows, i, ID), db_get_text(rows, i, IMAGE));
        buf_format(&url, "%s%s", r->base_url, path);
        json_text(j, "image", buf_string(&url));
        json_int(j, "width", db_get_i64(rows, i, WIDTH));
        json_int(j, "height", db_get_i64(rows, i, HEIGHT));
        json_number(j, "pixel", db_get_f64(rows, i, PIXEL), 6);
        json_raw(j, "corners", corners);
        buf_free(&url);
    } else {
        json_null(j, "image");
    }
    json_close(j, '}');
}

static bool get_layouts(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    int64_t facility = 0, limit = LIST_DEFAULT;
    if (!request_int(&facility, r, "facility", 1, INT64_MAX, err) ||
        !request_int(&limit, r, "limit", 1, LIST_MAX, err) || !answer_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    const struct db_value any = db_text(NULL);
    struct db_result *rows =
        db_query(r->db, &SQL_layout_list, err,
                 DB_ARGS(facility ? db_i64(facility) : any, any, db_i64(limit + 1)));
    if (!rows)
        return false;
    struct json j = reply_json(reply);
    int count = db_rows(rows);
    json_open(&j, NULL, '{');
    json_int(&j, "atlas", (int64_t)r->snapshot->atlas->number);
    json_bool(&j, "more", count > limit);
    json_open(&j, "layouts", '[');
    for (int i = 0; i < count && i < limit; i++)
        write_layout(&j, r, rows, i);
    json_close(&j, ']');
    json_close(&j, '}');
    db_done(rows);
    return true;
}

static bool take_id(int64_t *id, const struct request *r, struct error *err)
{
    return (text_to_i64(id, r->part[0]) && *id > 0) ||
           error_set(err, ERROR_NOT_FOUND, "there is no layout \"%.40s\"", r->part[0]);
}

static bool get_layout(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    int64_t id;
    if (!take_id(&id, r, err) || !answer_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    struct db_result *rows =
        db_query(r->db, &SQL_layout_list, err, DB_ARGS(db_text(NULL), db_i64(id), db_i64(1)));
    if (!rows)
        return false;
    bool found = db_rows(rows) == 1;
    struct json j = reply_json(reply);
    if (found)
        write_layout(&j, r, rows, 0);
    db_done(rows);
    return found || error_set(err, ERROR_NOT_FOUND, "there is no layout %lld", (long long)id);
}

static bool get_image(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    int64_t id;
    if (!take_id(&id, r, err) || !answer_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    struct db_result *row = db_query(r->db, &SQL_layout_image, err, DB_ARGS(db_i64(id)));
    if (!row)
        return false;
    size_t len;
    const void *png = db_rows(row) ? db_get_bytes(row, 0, 0, &len) : NULL;
    if (png)
        buf_add(&reply->body, png, len);
    db_done(row);
    reply->type = "image/png";
    return png || error_set(err, ERROR_NOT_FOUND, "layout %lld has no picture", (long long)id);
}

static const struct parameter list_parameters[] = {
    {.name = "facility", .kind = PARAMETER_INTEGER, .about = "only of this facility (id)"},
    {.name = "limit",
     .kind = PARAMETER_INTEGER,
     .least = 1,
     .most = LIST_MAX,
     .fallback = "100",
     .about = "newest so many"},
    {.name = NULL}};
static const struct parameter image_parameters[] = {
    {.name = "v", .kind = PARAMETER_TEXT, .about = "any text, ignored"}, {.name = NULL}};

const struct route layout_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/layouts",
     .handler = get_layouts,
     .parameters = list_parameters,
     .answer = "application/json",
     .tag = "Layouts",
     .summary =
         "Layout drawings: images with the places of their four corners (degrees, EPSG:4326: "
         "first pixel, end of the first row, last pixel, first of the last row), drawings of "
         "lines as features of /ogc/collections/layouts"},
    {.method = "GET",
     .pattern = "/api/v1/layouts/{id}.png",
     .handler = get_image,
     .parameters = image_parameters,
     .answer = "image/png",
     .tag = "Layouts",
     .summary = "The picture of a drawing, at most 4,096 pixels a side"},
    {.method = "GET",
     .pattern = "/api/v1/layouts/{id}",
     .handler = get_layout,
     .answer = "application/json",
     .tag = "Layouts",
     .summary = "One drawing"},
    {.pattern = NULL}};
