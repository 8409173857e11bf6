/* /api/v1/radar/…/explain: one score with everything it rests on: numbers, lines, source rows. */
#include <math.h>
#include <stdio.h>

#include "analysis/radar_columns.h"
#include "gis/clock.h"
#include "server/api.h"
#include "server/radar_explain.h"
#include "server/radar_json.h"
#include "server/radar_lines.h"
#include "server/radar_list.h"
#include "server/radar_query.h"
#include "server/reply.h"
#include "sql.h"

enum { ROWS_MAX = 2000 /* source rows told of one kind; the total is always said */ };

struct explained {
    enum radar_of of;
    uint32_t index;
    const struct radar *radar;
    const struct radar_ranks *ranks;
};

static void put_formula(struct json *j)
{
    json_open(j, "formula", '{');
    json_both(j, "area",
              "(x1·x2 + x2·x3 + x3·x4 + x4·x1) × sin / 2，x = value × weight，依 order 之順序",
              "(x1 x2 + x2 x3 + x3 x4 + x4 x1) sin / 2 with x = value × weight in the order told");
    json_both(
        j, "class",
        "等級 = 原始值達到的 class_limits 個數（每級最小原始值）；無資料或不大於 0 為第 1 級；"
        "official 為匯入之官方等級",
        "class = how many class_limits (least raw value of each class) the raw value reaches; "
        "1 where there is none or it is not above 0; official: as imported");
    json_both(j, "substances",
              "G 的 value = mean_scale × 各物質 area 之平均（依 substances 順序相加）",
              "value of G = mean_scale × mean area of the substances, added in their order");
    json_both(j, "quantity",
              "每種物質取「來源 × 行為 × 年」合計之最大，再相加；全國運作量只計製造、使用、貯存",
              "of each substance the largest sum by source × behaviour × year, then added up; the "
              "national quantity goes by manufacture, use and stock");
    json_both(j, "size",
              "實收資本額 ≤ 8,000 萬元或員工 < 200 人為中小企業（第 10 級），其餘第 5 級",
              "paid-in capital <= NT$80 M or fewer than 200 employees: SME, class 10; else 5");
    json_close(j, '}');
}

/* Where the chart is and, of a facility, where its substances are explained: with the same options.
 */
static void put_links(struct json *j, const struct request *r, const struct explained *e,
                      const char *subject)
{
    bool facility = e->of == RADAR_FACILITIES;
    struct buf url = {.data = NULL};
    char sign = '?';
    buf_format(&url, "%s/api/v1/radar/%s/%s.svg", r->base_url,
               facility ? "facilities" : "substances", subject);
    radar_query_put(&url, &sign, &e->radar->options, e->of);
    json_open(j, "links", '{');
    json_text(j, "chart", buf_string(&url));
    if (facility) {
        buf_clear(&url);
        sign = '?';
        buf_format(&url, "%s/api/v1/radar/substances/{cas}/explain", r->base_url);
        radar_query_put(&url, &sign, &e->radar->options, RADAR_SUBSTANCES);
        json_text(j, "substance", buf_string(&url));
    }
    json_close(j, '}');
    buf_free(&url);
}

/* What was computed and from which state of the data; source rows are read now, so a newer state
 * than the atlas' is said. */
static bool put_head(struct json *j, const struct request *r, const struct explained *e,
                     const struct radar_lines_size *size, struct error *err)
{
    const struct atlas *a = e->radar->atlas;
    struct db_result *now = db_query(r->db, &SQL_status_revision, err, DB_NONE);
    if (!now)
        return false;
    json_int(j, "atlas", (int64_t)a->number);
    json_time(j, "built_at", a->built_at);
    json_int(j, "sources_number", db_rows(now) ? db_get_i64(now, 0, 0) : 0);
    db_done(now);
    radar_json_parameters(j, e->radar, e->of);
    put_formula(j);
    radar_explain_write(j, e->radar, e->of, e->index, e->ranks);
    radar_lines_write(j, "lines", e->radar, e->of, e->index, size);
    return true;
}

/* Rows of a statement whose columns are the total and one JSON object. */
static bool put_rows(struct json *j, const char *key, struct db_result *r)
{
    if (!r)
        return false;
    json_open(j, key, '{');
    json_int(j, "total", db_rows(r) ? db_get_i64(r, 0, 0) : 0);
    json_int(j, "limit", ROWS_MAX);
    json_open(j, "rows", '[');
    for (int i = 0; i < db_rows(r); i++)
        json_raw(j, NULL, db_get_text(r, i, 1));
    json_close(j, ']');
    json_close(j, '}');
    db_done(r);
    return true;
}

/* The one JSON text of a statement; null where there is none. */
static bool put_text(struct json *j, const char *key, struct db_result *r)
{
    if (!r)
        return false;
    json_raw(j, key, db_rows(r) ? db_get_text(r, 0, 0) : NULL);
    db_done(r);
    return true;
}

static void put_place(struct json *j, const char *key, const char *code, const char *name)
{
    json_open(j, key, '{');
    json_text(j, "code", code);
    json_text(j, "name", name);
    json_close(j, '}');
}

static bool write_facility(struct json *j, const struct request *r, const struct explained *e,
                           struct error *err)
{
    const struct atlas *a = e->radar->atlas;
    int64_t id = a->id[e->index];
    uint16_t county = a->county[e->index], township = a->township[e->index];
    json_open(j, "facility", '{');
    json_int(j, "id", id);
    json_text(j, "name", a->names + a->name[e->index]);
    if (county != ATLAS_NO_COUNTY)
        put_place(j, "county", a->counties[county].code, a->counties[county].name);
    if (township != ATLAS_NO_TOWNSHIP)
        put_place(j, "township", a->townships[township].code, a->townships[township].name);
    json_close(j, '}');
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)id);
    put_links(j, r, e, number);
    struct db_result *size_age =
        db_query(r->db, &SQL_explain_size_age, err, DB_ARGS(db_i64(id), db_i64(ROWS_MAX)));
    if (!size_age)
        return false;
    bool there = db_rows(size_age) == 1;
    struct radar_lines_size size = {there ? db_get_f64(size_age, 0, 1) : (double)NAN,
                                    there ? db_get_f64(size_age, 0, 2) : (double)NAN};
    bool ok =
        put_head(j, r, e, &size, err) && put_rows(j, "holdings",
                                                  db_query(r->db, &SQL_explain_holdings, err,
                                                           DB_ARGS(db_i64(id), db_i64(ROWS_MAX))));
    return put_text(j, "size_age", size_age) && ok;
}

/* The holdings that the national sum adds up; nothing where a system states it itself. */
static bool put_national_rows(struct json *j, const struct request *r, const struct explained *e,
                              const char *cas, struct error *err)
{
    const struct radar_national *n = &e->radar->columns->national[e->index];
    const struct atlas *a = e->radar->atlas;
    const char *source = NULL;
    for (uint32_t i = 0; i < a->source_count && !n->stated && n->system; i++)
        if (a->sources[i].title == n->system)
            source = a->sources[i].name;
    if (!source) {
        json_null(j, "national_rows");
        return true;
    }
    struct db_value none = db_text(NULL);
    return put_rows(
        j, "national_rows",
        db_query(r->db, &SQL_explain_national_rows, err,
                 DB_ARGS(db_text(cas), db_text(source), db_text(behaviour_names[n->behaviour]),
                         n->year ? db_i64(n->year) : none, db_i64(ROWS_MAX))));
}

static bool write_substance(struct json *j, const struct request *r, const struct explained *e,
                            struct error *err)
{
    const struct atlas_substance *s = &e->radar->atlas->substance[e->index];
    const struct radar_options *o = &e->radar->options;
    char from[CLOCK_TEXT_MAX], to[CLOCK_TEXT_MAX];
    clock_day_text(from, o->incidents_from);
    clock_day_text(to, o->incidents_to);
    json_open(j, "substance", '{');
    json_text(j, "cas", s->cas);
    json_text(j, "name_zh", s->name_zh);
    json_text(j, "name_en", s->name_en);
    json_open(j, "nfpa", '[');
    for (int i = 0; i < 3; i++)
        json_number(j, NULL, s->nfpa[i] < 0 ? (double)NAN : s->nfpa[i], 0);
    json_close(j, ']');
    json_close(j, '}');
    put_links(j, r, e, s->cas);
    return put_head(j, r, e, NULL, err) &&
           put_text(j, "hazard_rows",
                    db_query(r->db, &SQL_explain_hazard, err, DB_ARGS(db_text(s->cas)))) &&
           put_national_rows(j, r, e, s->cas, err) &&
           put_rows(j, "incident_rows",
                    db_query(r->db, &SQL_explain_incidents, err,
                             DB_ARGS(db_text(s->cas), db_text(*from ? from : NULL),
                                     db_text(*to ? to : NULL), db_i64(ROWS_MAX)))) &&
           put_text(j, "factors",
                    db_query(r->db, &SQL_explain_factors, err, DB_ARGS(db_text(s->cas))));
}

static bool explain(struct reply *reply, const struct request *r, enum radar_of of,
                    struct error *err)
{
    struct radar_options options;
    uint32_t index;
    bool done;
    if (!radar_query_begin(&index, &done, reply, of, r, err))
        return false;
    if (done)
        return true;
    if (!radar_query_options(&options, of, r, err))
        return false;
    struct explained e = {of, index, snapshot_radar(r->snapshot, &options), NULL};
    e.ranks = radar_list_ranks(r->snapshot, e.radar, of);
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    bool ok =
        of == RADAR_FACILITIES ? write_facility(&j, r, &e, err) : write_substance(&j, r, &e, err);
    json_close(&j, '}');
    memo_put(r->snapshot->memo, e.ranks);
    snapshot_radar_put(r->snapshot, e.radar);
    return ok;
}

static bool explain_facility(struct reply *reply, const struct request *r, struct error *err)
{
    return explain(reply, r, RADAR_FACILITIES, err);
}

static bool explain_substance(struct reply *reply, const struct request *r, struct error *err)
{
    return explain(reply, r, RADAR_SUBSTANCES, err);
}

static const struct parameter parameters[] = {RADAR_PARAMETERS, {.name = NULL}};

const struct route explain_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/radar/facilities/{id}/explain",
     .handler = explain_facility,
     .parameters = parameters,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "One facility's warning radar score with raw values, class limits, arithmetic line "
                "by line and the source rows"},
    {.method = "GET",
     .pattern = "/api/v1/radar/substances/{cas}/explain",
     .handler = explain_substance,
     .parameters = parameters,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "The same of a substance"},
    {.pattern = NULL}};
