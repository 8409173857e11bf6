/* /api/v1/facilities/{id}: everything about one facility, with sources. */
#include <math.h>

#include "analysis/packet_substance.h"
#include "gis/text.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/position_words.h"
#include "server/radar_json.h"
#include "server/radar_list.h"
#include "server/radar_query.h"
#include "server/reply.h"
#include "sql.h"

enum { HOLDINGS_MAX = 500 }; /* holdings listed, newest first; the total is always said */

enum { /* columns of facility_detail.sql */
       NAME,
       NAME_EN,
       ADDRESS,
       PHONE,
       INDUSTRY,
       PARK,
       ESTABLISHED,
       OPERATOR,
       BUSINESS_NO,
       COUNTY_CODE,
       COUNTY,
       TOWNSHIP_CODE,
       TOWNSHIP,
       LON,
       LAT,
       X,
       Y,
       METHOD,
       ACCURACY,
       CHECK,
       REPORTED_X,
       REPORTED_Y,
       REPORTED_CRS,
       ALIASES,
       CHANGED_AT
};

static void write_pair(struct json *j, const char *key, const struct db_result *r, int code,
                       int name, const char *code_key)
{
    if (db_is_null(r, 0, name)) {
        json_null(j, key);
        return;
    }
    json_open(j, key, '{');
    json_text(j, code_key, db_get_text(r, 0, code));
    json_text(j, "name", db_get_text(r, 0, name));
    json_close(j, '}');
}

static void write_position(struct json *j, const struct db_result *r)
{
    json_open(j, "position", '{');
    json_number(j, "lon", db_get_f64(r, 0, LON), 7);
    json_number(j, "lat", db_get_f64(r, 0, LAT), 7);
    json_number(j, "x", db_get_f64(r, 0, X), 2);
    json_number(j, "y", db_get_f64(r, 0, Y), 2);
    json_text(j, "crs", "EPSG:3826");
    json_text(j, "method", db_get_text(r, 0, METHOD));
    json_number(j, "accuracy_m", db_get_f64(r, 0, ACCURACY), 2);
    position_words(j, db_get_text(r, 0, CHECK));
    if (db_is_null(r, 0, REPORTED_X)) {
        json_null(j, "reported");
    } else {
        json_open(j, "reported", '{');
        json_number(j, "x", db_get_f64(r, 0, REPORTED_X), 9);
        json_number(j, "y", db_get_f64(r, 0, REPORTED_Y), 9);
        json_text(j, "crs", db_get_text(r, 0, REPORTED_CRS));
        json_close(j, '}');
    }
    json_close(j, '}');
}

/* Least raw value of each of the ten classes of a factor with a population. */
static void write_limits(struct json *j, const char *key, const struct radar_limits *limits)
{
    json_open(j, key, '[');
    for (uint32_t k = 0; limits->population && k < RADAR_CLASSES; k++)
        json_exact(j, NULL, limits->cut[k]);
    json_close(j, ']');
}

static void write_radar(struct json *j, struct snapshot *snapshot, const struct radar *radar,
                        int64_t index)
{
    struct radar_score score;
    if (index < 0) { /* newer than the atlas: its score comes with the next one */
        json_null(j, "radar");
        return;
    }
    radar_explain_facility(&score, radar, (uint32_t)index);
    json_open(j, "radar", '{');
    json_exact(j, "score", score.area);
    radar_json_parameters(j, radar, RADAR_FACILITIES);
    json_open(j, "class_limits", '{');
    write_limits(j, "H", &radar->limits[RADAR_AXES + 1]);
    json_close(j, '}');
    radar_json_axes(j, "axes", radar, &score, true);
    radar_json_companions(j, radar, RADAR_FACILITIES, &score);
    const struct radar_ranks *ranks = radar_list_ranks(snapshot, radar, RADAR_FACILITIES);
    radar_json_ranks(j, &ranks[index]);
    memo_put(snapshot->memo, ranks);
    json_close(j, '}');
}

static void write_about(struct json *j, int64_t id, const struct db_result *r)
{
    json_int(j, "id", id);
    json_text(j, "name", db_get_text(r, 0, NAME));
    json_text(j, "name_en", db_get_text(r, 0, NAME_EN));
    json_raw(j, "aliases", db_get_text(r, 0, ALIASES));
    if (db_is_null(r, 0, OPERATOR)) {
        json_null(j, "operator");
    } else {
        json_open(j, "operator", '{');
        json_text(j, "name", db_get_text(r, 0, OPERATOR));
        json_text(j, "business_no", db_get_text(r, 0, BUSINESS_NO));
        json_close(j, '}');
    }
    json_text(j, "address", db_get_text(r, 0, ADDRESS));
    json_text(j, "phone", db_get_text(r, 0, PHONE));
    json_text(j, "industry", db_get_text(r, 0, INDUSTRY));
    json_text(j, "industrial_park", db_get_text(r, 0, PARK));
    if (db_is_null(r, 0, ESTABLISHED))
        json_null(j, "established_year");
    else
        json_int(j, "established_year", db_get_i64(r, 0, ESTABLISHED));
    write_pair(j, "county", r, COUNTY_CODE, COUNTY, "code");
    write_pair(j, "township", r, TOWNSHIP_CODE, TOWNSHIP, "code");
    write_position(j, r);
}

/* A member that a statement makes as JSON text. */
static bool write_query(struct json *j, const char *key, const struct sql *sql, int64_t id,
                        struct db *db, struct error *err)
{
    struct db_result *r = db_query(db, sql, err, DB_ARGS(db_i64(id)));
    if (!r)
        return false;
    json_raw(j, key, db_get_text(r, 0, 0));
    db_done(r);
    return true;
}

static bool write_holdings(struct json *j, int64_t id, struct db *db, struct error *err)
{
    struct db_result *r =
        db_query(db, &SQL_facility_holdings, err, DB_ARGS(db_i64(id), db_i64(HOLDINGS_MAX)));
    if (!r)
        return false;
    json_open(j, "holdings", '[');
    for (int i = 0; i < db_rows(r); i++)
        json_raw(j, NULL, db_get_text(r, i, 1));
    json_close(j, ']');
    json_int(j, "holdings_total", db_rows(r) ? db_get_i64(r, 0, 0) : 0);
    json_int(j, "holdings_limit", HOLDINGS_MAX);
    db_done(r);
    return true;
}

static bool write_substances(struct json *j, int64_t id, struct db *db, struct error *err)
{
    struct packet_substances list;
    if (!packet_substances_load(&list, id, db, err))
        return false;
    json_open(j, "substances", '[');
    for (int i = 0; i < list.count; i++)
        packet_substance_write(j, &list.items[i]);
    json_close(j, ']');
    json_int(j, "substances_total", list.total);
    packet_substances_free(&list);
    return true;
}

static bool get_facility(struct reply *reply, const struct request *r, struct error *err)
{
    int64_t id;
    bool done;
    struct radar_options options;
    if (!text_to_i64(&id, r->part[0]) || id <= 0)
        return error_set(err, ERROR_INPUT, "\"%.40s\" is not the number of a facility", r->part[0]);
    if (!answer_begin(&done, reply, r, err) ||
        !radar_query_options(&options, RADAR_FACILITIES, r, err))
        return false;
    if (done)
        return true;
    struct db_result *about = db_query(r->db, &SQL_facility_detail, err, DB_ARGS(db_i64(id)));
    if (!about)
        return false;
    bool ok = db_rows(about) == 1 ||
              error_set(err, ERROR_NOT_FOUND, "there is no facility %lld", (long long)id);
    if (ok) {
        struct json j = reply_json(reply);
        json_open(&j, NULL, '{');
        write_about(&j, id, about);
        const struct radar *radar = snapshot_radar(r->snapshot, &options);
        write_radar(&j, r->snapshot, radar, atlas_find_facility(r->snapshot->atlas, id));
        snapshot_radar_put(r->snapshot, radar);
        ok = write_query(&j, "numbers", &SQL_facility_numbers, id, r->db, err) &&
             write_substances(&j, id, r->db, err) && write_holdings(&j, id, r->db, err) &&
             write_query(&j, "sources", &SQL_facility_sources, id, r->db, err);
        json_text(&j, "changed_at", db_get_text(about, 0, CHANGED_AT));
        json_int(&j, "atlas", (int64_t)r->snapshot->atlas->number);
        json_close(&j, '}');
    }
    db_done(about);
    return ok;
}

static const struct parameter parameters[] = {RADAR_PARAMETERS, {.name = NULL}};

const struct route facility_routes[] = {{.method = "GET",
                                         .pattern = "/api/v1/facilities/{id}",
                                         .handler = get_facility,
                                         .parameters = parameters,
                                         .summary = "Everything about one facility, with sources",
                                         .answer = "application/json",
                                         .tag = "facilities"},
                                        {.pattern = NULL}};
