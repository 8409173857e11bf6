/* /api/v1/anomalies/allowed: the whitelist of anomalies that a person has looked at. */
#include <string.h>

#include "analysis/quality.h"
#include "gis/atlas.h"
#include "server/api.h"
#include "server/decision_in.h"
#include "server/reply.h"
#include "sql.h"

struct allow {
    int64_t facility;
    const char *cas, *reported_key, *behaviour, *source, *until;
};

/* Says which of them is not known. */
static bool check_known(const struct allow *a, struct db *db, struct error *err)
{
    struct db_result *r =
        db_query(db, &SQL_anomaly_known, err,
                 DB_ARGS(db_i64(a->facility), db_text(a->cas), db_text(a->source)));
    bool ok = r;
    if (ok && !db_get_bool(r, 0, 0))
        ok = error_set(err, ERROR_INPUT, "there is no facility %lld", (long long)a->facility);
    else if (ok && !db_get_bool(r, 0, 1))
        ok = error_set(err, ERROR_INPUT, "no substance \"%.40s\" is known here", a->cas);
    else if (ok && !db_get_bool(r, 0, 2))
        ok = error_set(err, ERROR_INPUT, "there is no source \"%.40s\"", a->source);
    db_done(r);
    return ok;
}

static bool get_allowed(struct reply *reply, const struct request *r, struct error *err)
{
    int64_t facility = 0;
    if (!request_int(&facility, r, "facility", 1, INT64_MAX, err) ||
        (facility && !check_known(&(struct allow){.facility = facility}, r->db, err)))
        return false;
    struct db_result *result = db_query(r->db, &SQL_anomaly_allowed_list, err,
                                        DB_ARGS(facility ? db_i64(facility) : db_text(NULL)));
    if (!result)
        return false;
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    json_raw(&j, "allowed", db_get_text(result, 0, 0));
    json_close(&j, '}');
    db_done(result);
    reply_etag_body(reply);
    return true;
}

static bool known_behaviour(const char *name)
{
    for (int i = 0; i < BEHAVIOURS; i++)
        if (!strcmp(name, behaviour_names[i]))
            return true;
    return false;
}

static bool read_allow(struct allow *a, const struct decision_in *d, struct error *err)
{
    *a = (struct allow){.facility = 0};
    if (!json_in_integer(&a->facility, json_in_get(d->root, "facility")) || a->facility < 1)
        return error_set(err, ERROR_INPUT, "facility must be the number of a facility");
    if (!decision_in_text(&a->cas, d, "cas", err) ||
        !decision_in_text(&a->reported_key, d, "reported_key", err) ||
        !decision_in_text(&a->behaviour, d, "behaviour", err) ||
        !decision_in_text(&a->source, d, "source", err) ||
        !decision_in_text(&a->until, d, "until", err))
        return false;
    if (a->cas && a->reported_key)
        return error_set(err, ERROR_INPUT, "cas and reported_key are not both possible");
    if (a->behaviour && !known_behaviour(a->behaviour))
        return error_set(err, ERROR_INPUT, "there is no behaviour \"%.40s\"", a->behaviour);
    if (a->until && !quality_is_day(a->until))
        return error_set(err, ERROR_INPUT, "until must be a day such as 2026-02-28, not \"%.40s\"",
                         a->until);
    return true;
}

static bool store(int64_t *id, const struct decision_in *d, struct db *db, struct error *err)
{
    struct allow a;
    if (!read_allow(&a, d, err) || !check_known(&a, db, err))
        return false;
    struct db_result *r = db_query(
        db, &SQL_anomaly_allow, err,
        DB_ARGS(db_i64(a.facility), db_text(a.cas), db_text(a.reported_key), db_text(a.behaviour),
                db_text(a.source), db_text(a.until), db_text(d->by), db_text(d->reason)));
    bool ok =
        r && (db_rows(r) == 1 || error_set(err, ERROR_CONFLICT, "facility %lld was just taken away",
                                           (long long)a.facility));
    if (ok)
        *id = db_get_i64(r, 0, 0);
    db_done(r);
    return ok;
}

static bool post_allowed(struct reply *reply, const struct request *r, struct error *err)
{
    static const char *const known[] = {"facility", "cas", "reported_key", "behaviour", "source",
                                        "until",    NULL};
    return decision_in_take(reply, r, known, store, err);
}

static bool delete_allowed(struct reply *reply, const struct request *r, struct error *err)
{
    int64_t id;
    if (!decision_in_id(&id, r, "row of the whitelist", err))
        return false;
    struct db_result *result = db_query(r->db, &SQL_anomaly_disallow, err, DB_ARGS(db_i64(id)));
    bool ok = result && (db_affected(result) == 1 ||
                         error_set(err, ERROR_NOT_FOUND, "there is no row %lld of the whitelist",
                                   (long long)id));
    db_done(result);
    reply->status = 204;
    reply->cache = "no-store";
    return ok;
}

static const struct parameter list_parameters[] = {
    {"facility", PARAMETER_INTEGER, 0, 0, NULL, NULL, "only of this facility (id)"},
    {.name = NULL}};

const struct route anomaly_allowed_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/anomalies/allowed",
     .handler = get_allowed,
     .parameters = list_parameters,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "The whitelist of anomalies: what, who, why, until when"},
    {.method = "POST",
     .pattern = "/api/v1/anomalies/allowed",
     .handler = post_allowed,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "Puts anomalies of a facility on the whitelist (JSON: facility; cas or "
                "reported_key, behaviour, source: all where absent; until: last day of the "
                "periods; by, reason): they are not listed any more, but counted"},
    {.method = "DELETE",
     .pattern = "/api/v1/anomalies/allowed/{id}",
     .handler = delete_allowed,
     .success = 204,
     .answer = "application/json",
     .tag = "analysis",
     .summary = "Takes a row off the whitelist"},
    {.pattern = NULL}};
