/* DESIGN. A few set-wise statements, each of which makes its part of the JSON, in one read-only
 * transaction so that the figures belong together; at 75,139 facilities they take less than a
 * second and are kept by the caller as long as nothing changes. The answer:
 *
 *   {"atlas": 14, "today": "2026-11-21", "overdue_days": 120, "shared_by": 5,
 *    "definitions": {"usable_share": {"zh", "en"}, "linked_share": {"zh", "en"}, "shared",
 *                    "missing", "doubtful", "overdue"},
 *    "sources": [{"source", "title", "kind", "batches", "latest_batch", "published_at", "rows_in",
 *                 "published", "new", "changed", "unchanged", "repeated", "rejected",
 *                 "usable_share", "reasons": [{"code", "rows"}], "notes": [{"code", "rows"}]}],
 *    "batches": [the same of one import, newest first: "batch", "source", "kind", "file",
 *                "published_at", "undone", "rows_in" …],
 *    "holdings": [{"source", "title", "holdings", "linked", "linked_share",
 *                  "by_rule": {"cas", "code", "name_zh", "name_en", "other"},
 *                  "names", "names_linked", "names_linked_share", "of_registered_facilities",
 *                  "of_registered_facilities_share", "in_kg"}],
 *    "facilities": {"facilities", "in_a_register", "in_several_sources", "from_holdings_only",
 *                   "open_reviews", "sources": [{"source", "title", "facilities", "linked",
 *                   "linked_share", "by_rule": {rule: facilities}}]},
 *    "positions": [{"kind": "facilities" or a family of records, "rows", "drawn",
 *                   "checks": {"ok", "coast", "other_county", "outside", "other_zone", "missing",
 *                   "unchecked"}, "shared", "shared_places", "far_from_river" (kept),
 *                   "far_from_river_rejected"}],
 *    "overdue": {"declarations": [{"source", "title", "facilities", "overdue", "undated",
 *                "latest"}], "validity": [{"kind", "dated", "past", "earliest"}]},
 *    "counties": [{"code", "name", "name_en", "facilities", "missing", "doubtful",
 *                  "missing_share", "holdings", "holdings_unlinked"}]}
 *
 * Shares are 0 to 1 with four decimals, null of nothing. Reasons count each row kept aside by
 * its first, so they add up to "rejected"; notes are of rows that came in all the same. */
#include "analysis/quality.h"

#include <string.h>
#include <time.h>

#include "gis/json.h"
#include "gis/text.h"
#include "sql.h"

void quality_question_default(struct quality_question *q)
{
    time_t there = time(NULL) + 8 * 3600;
    struct tm day;
    *q = (struct quality_question){.overdue_days = QUALITY_OVERDUE_DAYS, .shared = QUALITY_SHARED};
    gmtime_r(&there, &day);
    strftime(q->today, sizeof q->today, "%Y-%m-%d", &day);
}

bool quality_is_day(const char *text)
{
    struct tm day = {.tm_isdst = 0};
    char again[11] = "";
    const char *end = strlen(text) == 10 ? strptime(text, "%Y-%m-%d", &day) : NULL;
    if (!end || *end || day.tm_year < 0) /* 1900 */
        return false;
    timegm(&day); /* 30 February becomes 2 March */
    return strftime(again, sizeof again, "%Y-%m-%d", &day) == 10 && !strcmp(again, text);
}

bool quality_read_state(struct quality_state *state, struct db *db, struct error *err)
{
    struct db_result *r = db_query(db, &SQL_quality_state, err, DB_NONE);
    if (!r)
        return false;
    state->atlas = db_get_i64(r, 0, 0);
    state->batch = db_get_i64(r, 0, 1);
    state->undone = db_get_i64(r, 0, 2);
    db_done(r);
    return true;
}

static void write_definitions(struct json *j)
{
    json_open(j, "definitions", '{');
    json_both(j, "usable_share",
              "可用率：檔案中可用的列數除以全部列數（拒收的列不可用；重複與未變更的列可用）",
              "usable rows of the files over all rows (rejected ones are not usable; repeated and "
              "unchanged ones are)");
    json_both(
        j, "linked_share",
        "整併率：已連結的列數除以全部列數；運作量連結到已知化學物質，廠場連結到其他來源的同一廠場",
        "rows that are linked over all rows: holdings to a known substance, facilities to "
        "the same facility of another source");
    json_both(j, "shared", "同一點上至少有 shared_by 筆，位置可能是代表點",
              "at least shared_by of a kind at the very same point: hardly the place of each");
    json_both(j, "missing", "沒有可繪製的位置：未填、超出各縣市，或分帶錯置",
              "no position that can be drawn: none reported, off every county, or other zone");
    json_both(j, "doubtful", "已繪製，但檢核不是 ok，或與多筆同一點 (shared)",
              "drawn, but its check is not ok, or it is shared");
    json_both(j, "overdue", "最近一次申報期間結束後已超過 overdue_days 天",
              "the latest declared period ended more than overdue_days days ago");
    json_close(j, '}');
}

static bool add(struct json *j, const char *key, const struct sql *sql, struct db *db,
                struct error *err, const struct db_value *values, int count)
{
    struct db_result *r = db_query(db, sql, err, values, count);
    if (!r)
        return false;
    json_raw(j, key, db_get_text(r, 0, 0));
    db_done(r);
    return true;
}

static bool write_in(struct buf *out, const struct quality_question *q, struct db *db,
                     struct error *err)
{
    struct quality_state state;
    struct json j = {.out = out};
    if (!quality_read_state(&state, db, err))
        return false;
    json_open(&j, NULL, '{');
    json_int(&j, "atlas", state.atlas);
    json_text(&j, "today", q->today);
    json_int(&j, "overdue_days", q->overdue_days);
    json_int(&j, "shared_by", q->shared);
    write_definitions(&j);
    bool ok = add(&j, "sources", &SQL_quality_sources, db, err, DB_NONE) &&
              add(&j, "batches", &SQL_quality_batches, db, err, DB_ARGS(db_i64(QUALITY_BATCHES))) &&
              add(&j, "holdings", &SQL_quality_holdings, db, err, DB_NONE) &&
              add(&j, "facilities", &SQL_quality_facilities, db, err, DB_NONE) &&
              add(&j, "positions", &SQL_quality_positions, db, err, DB_ARGS(db_i64(q->shared))) &&
              add(&j, "overdue", &SQL_quality_overdue, db, err,
                  DB_ARGS(db_text(q->today), db_i64(q->overdue_days))) &&
              add(&j, "counties", &SQL_quality_counties, db, err, DB_ARGS(db_i64(q->shared)));
    json_close(&j, '}');
    return ok;
}

bool quality_write(struct buf *out, const struct quality_question *q, struct db *db,
                   struct error *err)
{
    if (!db_exec(db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err))
        return false;
    bool ok = write_in(out, q, db, err);
    return db_exec(db, ok ? "COMMIT" : "ROLLBACK", ok ? err : NULL) && ok;
}
