/* /api/v1/substances: the list, and one with names, hazards, radar score Y and its facilities. */
#include <math.h>
#include <string.h>

#include "analysis/packet_substance.h"
#include "gis/text.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/link.h"
#include "server/radar_json.h"
#include "server/radar_list.h"
#include "server/reply.h"
#include "sql.h"

enum { LIMIT_DEFAULT = 100, QUERY_MAX = 100 /* characters */ };

enum { /* columns of substance_list.sql */
       CAS,
       NAME_ZH,
       NAME_EN,
       UN,
       GUIDE,
       HEALTH,
       FLAMMABILITY,
       INSTABILITY,
       SPECIAL,
       WATER,
       TOXIC,
       FACILITIES
};

static void write_digit(struct json *j, const char *key, const struct db_result *r, int row,
                        int column)
{
    if (db_is_null(r, row, column))
        json_null(j, key);
    else
        json_int(j, key, db_get_i64(r, row, column));
}

static void write_flag(struct json *j, const char *key, const struct db_result *r, int row,
                       int column)
{
    if (db_is_null(r, row, column))
        json_null(j, key);
    else
        json_bool(j, key, db_get_bool(r, row, column));
}

static void write_listed(struct json *j, const struct db_result *r, int i,
                         const struct snapshot *snapshot)
{
    const char *cas = db_get_text(r, i, CAS);
    int64_t index = atlas_find_substance(snapshot->atlas, cas);
    json_open(j, NULL, '{');
    json_text(j, "cas", cas);
    json_text(j, "name_zh", db_get_text(r, i, NAME_ZH));
    json_text(j, "name_en", db_get_text(r, i, NAME_EN));
    json_text(j, "un", db_get_text(r, i, UN));
    json_text(j, "erg_guide", db_get_text(r, i, GUIDE));
    json_open(j, "nfpa", '{');
    write_digit(j, "health", r, i, HEALTH);
    write_digit(j, "flammability", r, i, FLAMMABILITY);
    write_digit(j, "instability", r, i, INSTABILITY);
    json_text(j, "special", db_get_text(r, i, SPECIAL));
    json_close(j, '}');
    write_flag(j, "water_reactive", r, i, WATER);
    write_flag(j, "toxic_by_inhalation", r, i, TOXIC);
    json_exact(j, "score", index < 0 ? (double)NAN : snapshot->radar->substance_area[index]);
    json_int(j, "facilities", db_get_i64(r, i, FACILITIES));
    json_close(j, '}');
}

/* %normal form% with LIKE's own characters escaped. */
static bool make_pattern(struct buf *out, const char *q, struct error *err)
{
    struct buf key = {0};
    size_t characters = 0;
    for (const char *c = q; *c; c++)
        characters += ((unsigned char)*c & 0xC0) != 0x80;
    if (characters > QUERY_MAX)
        return error_set(err, ERROR_INPUT, "q is longer than %d characters", QUERY_MAX);
    text_name_key(&key, q, strlen(q));
    buf_char(out, '%');
    for (size_t i = 0; i < key.len; i++) {
        if (strchr("%_\\", key.data[i]))
            buf_char(out, '\\');
        buf_char(out, key.data[i]);
    }
    buf_char(out, '%');
    buf_free(&key);
    return true;
}

static void write_page(struct reply *reply, const struct request *r, const struct db_result *rows,
                       int64_t limit)
{
    struct json j = reply_json(reply);
    int count = db_rows(rows), shown = count > limit ? (int)limit : count;
    json_open(&j, NULL, '{');
    json_open(&j, "substances", '[');
    for (int i = 0; i < shown; i++)
        write_listed(&j, rows, i, r->snapshot);
    json_close(&j, ']');
    json_int(&j, "limit", limit);
    if (count > shown) {
        struct buf url = {0};
        link_request(&url, r, "after", db_get_text(rows, shown - 1, CAS));
        json_text_n(&j, "next", url.data, url.len);
        buf_free(&url);
    } else {
        json_null(&j, "next");
    }
    json_int(&j, "atlas", (int64_t)r->snapshot->atlas->number);
    json_close(&j, '}');
}

static bool get_substances(struct reply *reply, const struct request *r, struct error *err)
{
    const char *q = request_query(r, "q"), *after = request_query(r, "after");
    struct buf pattern = {0};
    int64_t limit = LIMIT_DEFAULT;
    bool done;
    if (!answer_begin(&done, reply, r, err) ||
        !request_int(&limit, r, "limit", 1, HTTP_LIST_MAX, err) ||
        (q && !make_pattern(&pattern, q, err)))
        return false;
    if (after && !text_cas_valid(after))
        return error_set(err, ERROR_INPUT, "after is \"%.40s\"; take it from `next`", after);
    struct db_result *rows =
        done ? NULL
             : db_query(r->db, &SQL_substance_list, err,
                        DB_ARGS(db_text(q ? buf_string(&pattern) : NULL),
                                db_text(after ? after : ""), db_i64(limit + 1)));
    if (rows)
        write_page(reply, r, rows, limit);
    bool ok = done || rows;
    db_done(rows);
    buf_free(&pattern);
    return ok;
}

static void write_radar(struct json *j, struct snapshot *snapshot, const char *cas)
{
    int64_t index = atlas_find_substance(snapshot->atlas, cas);
    struct radar_score score;
    if (index < 0) {
        json_null(j, "radar");
        return;
    }
    radar_explain_substance(&score, snapshot->radar, (uint32_t)index);
    json_open(j, "radar", '{');
    json_exact(j, "score", score.area);
    json_text(j, "angle",
              snapshot->radar->options.angle == RADAR_PUBLISHED ? "published" : "degrees");
    json_open(j, "weights", '[');
    for (int i = 0; i < RADAR_AXES; i++)
        json_number(j, NULL, 100.0 * snapshot->radar->options.substance.w[i], 4);
    json_close(j, ']');
    radar_json_axes(j, "axes", snapshot->radar, &score, false);
    radar_json_companions(j, snapshot->radar, RADAR_SUBSTANCES, &score);
    const struct radar_ranks *ranks = radar_list_ranks(snapshot, snapshot->radar, RADAR_SUBSTANCES);
    radar_json_ranks(j, &ranks[index]);
    memo_put(snapshot->memo, ranks);
    json_close(j, '}');
}

static void write_one(struct reply *reply, const struct request *r, const struct db_result *d,
                      const struct packet_substance *s)
{
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    packet_substance_write_facts(&j, s);
    json_parts(&j, "ghs_hazard_statements", db_get_text(d, 0, 4), ',');
    json_text(&j, "toxic_item_no", db_get_text(d, 0, 1));
    json_number(&j, "density_kg_l", db_get_f64(d, 0, 2), 6);
    json_raw(&j, "names", db_get_text(d, 0, 6));
    write_radar(&j, r->snapshot, s->cas);
    json_raw(&j, "factors", db_get_text(d, 0, 7));
    json_int(&j, "facilities", db_get_i64(d, 0, 8));
    json_text(&j, "citation", db_get_text(d, 0, 3));
    json_text(&j, "source", db_get_text(d, 0, 5));
    json_int(&j, "atlas", (int64_t)r->snapshot->atlas->number);
    json_close(&j, '}');
}

static bool get_substance(struct reply *reply, const struct request *r, struct error *err)
{
    const char *cas = r->part[0];
    struct packet_substances facts;
    bool done;
    if (!text_cas_valid(cas))
        return error_set(err, ERROR_INPUT, "\"%.40s\" is not a CAS number", cas);
    if (!answer_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    if (!packet_substances_load_cas(&facts, cas, r->db, err))
        return false;
    bool ok = facts.count == 1 || error_set(err, ERROR_NOT_FOUND, "substance %s is not known", cas);
    struct db_result *d =
        ok ? db_query(r->db, &SQL_substance_detail, err, DB_ARGS(db_text(cas))) : NULL;
    if (d && db_rows(d) == 1)
        write_one(reply, r, d, &facts.items[0]);
    else if (ok && d)
        ok = error_set(err, ERROR_NOT_FOUND, "substance %s is not known", cas);
    ok = ok && d;
    db_done(d);
    packet_substances_free(&facts);
    return ok;
}

static const struct parameter parameters[] = {
    {"q", PARAMETER_TEXT, 0, 0, NULL, NULL, "part of a name, synonym, CAS or UN number"},
    {"limit", PARAMETER_INTEGER, 1, HTTP_LIST_MAX, NULL, "100", "rows of a page"},
    {"after", PARAMETER_TEXT, 0, 0, NULL, NULL, "CAS number; taken from `next`"},
    {.name = NULL}};

const struct route substance_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/substances",
     .handler = get_substances,
     .parameters = parameters,
     .summary = "Substances by CAS number, with hazards and warning radar score",
     .answer = "application/json",
     .tag = "substances"},
    {.method = "GET",
     .pattern = "/api/v1/substances/{cas}",
     .handler = get_substance,
     .summary = "One substance: names, hazards, radar axes, facilities",
     .answer = "application/json",
     .tag = "substances"},
    {.pattern = NULL}};
