#include "server/threshold_assign.h"

#include <string.h>

#include "analysis/threshold_set.h"
#include "gis/text.h"
#include "sql.h"

static bool check(const struct threshold_assign *a, struct db *db, struct error *err)
{
    struct threshold_set *set = threshold_set_load(a->rule_set, db, err);
    bool ok = set, known = !a->cas;
    if (!ok)
        return false;
    for (uint32_t i = 0; i < set->what_count && !known; i++)
        known = !strcmp(set->subjects[i].cas, a->cas);
    int64_t item = a->category ? threshold_set_number(set, a->category, a->item_no, a->item) : 0;
    if (!known)
        ok = error_set(err, ERROR_INPUT, "cas: no substance \"%.40s\" is known here", a->cas);
    else if (item == -1)
        ok = error_set(err, ERROR_INPUT, "category %.20s has no item %.20s%s%.60s here",
                       a->category, a->item_no, a->item ? " " : "", a->item ? a->item : "");
    else if (item == -2)
        ok =
            error_set(err, ERROR_INPUT, "category %.20s has several items %.20s: say which by item",
                      a->category, a->item_no);
    threshold_set_free(set);
    return ok;
}

static bool store(int64_t *id, const struct threshold_assign *a, struct db *db, struct error *err)
{
    struct buf key = {.max = 1 << 16};
    if (a->reported_name)
        text_name_key(&key, a->reported_name, strlen(a->reported_name));
    struct db_result *r =
        db_query(db, &SQL_threshold_assign, err,
                 DB_ARGS(db_text(a->rule_set), db_text(a->cas), db_text(a->reported_name),
                         db_text(a->reported_name ? buf_string(&key) : NULL), db_text(a->category),
                         db_text(a->item_no), db_text(a->item),
                         a->water_soluble < 0 ? db_text(NULL) : db_bool(a->water_soluble),
                         db_text(a->by), db_text(a->reason)));
    if (r)
        *id = db_get_i64(r, 0, 0);
    db_done(r);
    buf_free(&key);
    return r;
}

bool threshold_assign(int64_t *id, const struct threshold_assign *a, struct db *db,
                      struct error *err)
{
    struct threshold_assign full = *a;
    if (!full.rule_set)
        full.rule_set = threshold_default_set;
    if (!full.cas == !full.reported_name)
        return error_set(err, ERROR_INPUT, "one of cas and reported_name is wanted");
    if (!full.category != !full.item_no)
        return error_set(err, ERROR_INPUT,
                         "category and item_no are wanted together; neither = of no item");
    return check(&full, db, err) && store(id, &full, db, err);
}

bool threshold_unassign(int64_t id, struct db *db, struct error *err)
{
    struct db_result *r = db_query(db, &SQL_threshold_unassign, err, DB_ARGS(db_i64(id)));
    bool ok = r && (db_affected(r) == 1 ||
                    error_set(err, ERROR_NOT_FOUND,
                              "there is no assignment %lld that a person made", (long long)id));
    db_done(r);
    return ok;
}
