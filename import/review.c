#include "import/review.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gis/text.h"
#include "import/link.h"
#include "import/undo.h"
#include "sql.h"

const char *const review_verdict_names[] = {"confirm", "refuse", "reopen", NULL};

static const struct {
    const char *rule, *zh, *en;
} rules[] = {
    {"factory_no_other_name", "工廠登記編號相同，名稱不符",
     "same factory registration number, names differ"},
    {"ems_no_other_name", "管制編號相同，名稱不符", "same control number, names differ"},
    {"numbers_disagree", "工廠登記編號與管制編號指向不同廠場",
     "factory number and control number lead to different facilities"},
    {"business_no", "統一編號相同，地點不同", "same business number, other place or name"},
    {"ambiguous", "可對應的廠場不只一個", "more than one facility fits"},
    {"plant_unclear", "名稱相同，但只有一方有廠別（一廠、二廠）",
     "same name, but only one side says which plant"},
    {"name_county", "名稱及縣市相同，無法比對位置",
     "same name and county, position or address unknown"},
    {"name_apart", "名稱及縣市相同，相距 300 公尺至 5 公里",
     "same name and county, 300 m to 5 km apart"},
    {"name_far", "名稱及縣市相同，相距超過 5 公里", "same name and county, more than 5 km apart"},
    {"name_other_county", "名稱相同，縣市不同", "same name, other county"},
    {"name_only", "名稱相同，縣市不明", "same name, county unknown"},
    {"similar_name", "同一地點，名稱相近", "similar names at the same place"},
};

static const char *words(const char *rule, bool zh)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (!strcmp(rules[i].rule, rule))
            return zh ? rules[i].zh : rules[i].en;
    return NULL;
}

const char *review_rule_zh(const char *rule)
{
    return words(rule, true);
}

const char *review_rule_en(const char *rule)
{
    return words(rule, false);
}

static bool list(struct review_page *page, const struct review_filter *f, int64_t id, struct db *db,
                 struct error *err)
{
    page->rows = db_query(db, &SQL_review_list, err,
                          DB_ARGS(db_text(f->subject), db_text(f->status), db_i64(f->after),
                                  db_i64(f->limit + 1), db_i64(id)));
    if (!page->rows)
        return false;
    page->count = db_rows(page->rows);
    page->more = page->count > f->limit;
    page->count -= page->more;
    return true;
}

bool review_list(struct review_page *page, const struct review_filter *filter, struct db *db,
                 struct error *err)
{
    return list(page, filter, 0, db, err);
}

bool review_one(struct review_page *page, int64_t id, struct db *db, struct error *err)
{
    static const struct review_filter all = {.limit = 1};
    if (!list(page, &all, id, db, err))
        return false;
    if (page->count == 1)
        return true;
    review_page_free(page);
    return error_set(err, ERROR_NOT_FOUND, "there is no review %lld", (long long)id);
}

void review_get(struct review *out, const struct review_page *page, int row)
{
    const struct db_result *r = page->rows;
    *out = (struct review){
        .id = db_get_i64(r, row, 0),
        .batch = db_get_i64(r, row, 1),
        .subject = db_get_text(r, row, 2),
        .status = db_get_text(r, row, 3),
        .rule = db_get_text(r, row, 4),
        .left_key = db_get_text(r, row, 5),
        .right_key = db_get_text(r, row, 6),
        .detail = db_get_text(r, row, 7),
        .found_at = db_get_text(r, row, 8),
        .decided_at = db_get_text(r, row, 9),
        .decided_by = db_get_text(r, row, 10),
        .note = db_get_text(r, row, 11),
        .confidence = db_get_f64(r, row, 12),
        .left_id = db_get_i64(r, row, 13),
        .right_id = db_get_i64(r, row, 14),
    };
}

void review_page_free(struct review_page *page)
{
    db_done(page->rows);
    *page = (struct review_page){.rows = NULL};
}

bool review_count(int64_t counts[3], const char *subject, struct db *db, struct error *err)
{
    struct db_result *r = db_query(db, &SQL_review_count, err, DB_ARGS(db_text(subject)));
    for (int i = 0; r && i < 3; i++)
        counts[i] = db_get_i64(r, 0, i);
    db_done(r);
    return r != NULL;
}

/* ---- decisions ---- */

/* The batch that a decision is, so that it is listed and undone like an import. */
static bool begin_batch(struct import_run *run, struct error *err)
{
    return import_count(&run->source, run, &SQL_import_source, err, DB_ARGS(db_text("review"))) &&
           import_count(&run->batch, run, &SQL_import_batch_number, err, DB_NONE) &&
           undo_begin(run, err);
}

static bool insert_batch(struct import_run *run, const struct review_decision *d, struct error *err)
{
    struct buf name = {.max = 200};
    buf_format(&name, "%s %lld", review_verdict_names[d->verdict], (long long)d->id);
    bool ok = import_sql(NULL, run, &SQL_import_batch_insert, err,
                         DB_ARGS(db_i64(run->batch), db_i64(run->source), db_text("review"),
                                 db_text(buf_string(&name)), db_i64(0), db_text(""), db_text(NULL),
                                 db_text("{}"), db_i64(1), db_i64(0), db_i64(1), db_i64(0),
                                 db_i64(0), db_i64(0), db_text("{}"), db_i64(run->started)));
    buf_free(&name);
    return ok && undo_end(run, err);
}

static bool check(const struct review *r, const struct review_decision *d, struct error *err)
{
    static const char *const same[] = {"confirmed", "refused", "open"};
    if (!strcmp(r->status, same[d->verdict]))
        return error_set(err, ERROR_CONFLICT, "review %lld is %s already%s%.80s", (long long)r->id,
                         r->status, r->decided_by ? ", by " : "",
                         r->decided_by ? r->decided_by : "");
    return true;
}

static bool apply(struct review_outcome *out, const struct review *review,
                  const struct review_decision *d, struct import_run *run, struct error *err)
{
    static const char *const statuses[] = {"confirmed", "refused", "open"};
    bool facility = !strcmp(review->subject, "facility");
    if (!import_sql(NULL, run, &SQL_review_update, err,
                    DB_ARGS(db_i64(d->id), db_text(statuses[d->verdict]), db_text(d->by),
                            db_text(d->note), db_i64(run->batch))))
        return false;
    return facility ? review_decide_facility(out, review, d, run, err)
                    : link_review_decided(&out->changed, run->db, err);
}

static bool decide_in(struct review_outcome *out, const struct review_decision *d,
                      struct import_run *run, struct error *err)
{
    struct review_page page = {.rows = NULL};
    struct review review;
    int64_t there;
    /* A person waits, but not for an import of a million rows. */
    if (!db_exec(run->db, "SET LOCAL lock_timeout = '10s'", err))
        return false;
    if (!db_exec(run->db, SQL_import_lock.text, err))
        return !strcmp(db_sqlstate(run->db), "55P03")
                   ? error_set(err, ERROR_BUSY, "an import is being published; try again")
                   : false;
    if (!import_count(&there, run, &SQL_review_lock, err, DB_ARGS(db_i64(d->id))) ||
        !review_one(&page, d->id, run->db, err))
        return false;
    review_get(&review, &page, 0);
    bool ok = check(&review, d, err) && begin_batch(run, err) && apply(out, &review, d, run, err) &&
              insert_batch(run, d, err);
    review_page_free(&page);
    out->batch = run->batch;
    return ok;
}

bool review_decide(struct review_outcome *out, const struct review_decision *d, struct db *db,
                   struct error *err)
{
    struct import_report report = {.batch = 0};
    struct import_run run = {.report = &report, .db = db, .started = time(NULL)};
    *out = (struct review_outcome){.batch = 0};
    if (!db_exec(db, "BEGIN", err))
        return false;
    bool ok = decide_in(out, d, &run, err) && db_exec(db, "COMMIT", err);
    if (!ok)
        db_exec(db, "ROLLBACK", NULL);
    db_exec(db, "DISCARD TEMP", NULL);
    buf_free(&run.json);
    buf_free(&run.key);
    free(run.positions);
    return ok;
}
