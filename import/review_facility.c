/* Decisions on facilities. Keys lead to facilities directly or through facility_same; the pair may
 * be two facilities, one already (joined by a number that contradicts the names, or merged), or not
 * both there: then the decision waits in `review` until an import brings them. */
#include <string.h>

#include "import/merge.h"
#include "import/review.h"
#include "sql.h"

/* The side that is part of the facility of the other: its key leads there through facility_same or
 * stands only on rows. NULL = neither. */
static bool find_part(const char **key, const struct review *r, int64_t facility,
                      struct import_run *run, struct error *err)
{
    const char *sides[] = {r->left_key, r->right_key};
    *key = NULL;
    for (int i = 0; i < 2 && !*key; i++) {
        int64_t there;
        if (!import_count(&there, run, &SQL_review_part, err,
                          DB_ARGS(db_text(sides[i]), db_i64(facility))))
            return false;
        if (there)
            *key = sides[i];
    }
    return true;
}

static bool part(struct review_outcome *out, const struct review *r, struct import_run *run,
                 struct error *err)
{
    int64_t facility = r->left_id ? r->left_id : r->right_id;
    struct merge_part p = {.facility = facility};
    if (!facility || (r->left_id && r->right_id && r->left_id != r->right_id))
        return true; /* they are two already */
    if (!find_part(&p.key, r, facility, run, err))
        return false;
    if (!p.key)
        return true;
    struct db_result *name =
        db_run(run->db, SQL_review_name.text, err, DB_ARGS(db_i64(r->id), db_text(p.key)));
    if (!name)
        return false;
    p.name = db_rows(name) ? db_get_text(name, 0, 0) : NULL;
    out->parted = merge_part(&p, run, err);
    db_done(name);
    return out->parted;
}

static bool join(struct review_outcome *out, const struct review *r, const char *rule,
                 double confidence, struct import_run *run, struct error *err)
{
    if (r->left_id && r->right_id && r->left_id != r->right_id)
        return out->merged = merge_two(r->left_id, r->right_id, rule, confidence, run, err);
    /* One already: now a person stands for it. */
    return import_sql(NULL, run, &SQL_review_sure, err,
                      DB_ARGS(db_text(r->left_key), db_text(r->right_key), db_text(rule),
                              db_f64(confidence))) &&
           import_sql(NULL, run, &SQL_review_sure_holdings, err,
                      DB_ARGS(db_text(r->left_key), db_text(r->right_key), db_text(rule),
                              db_f64(confidence)));
}

bool review_decide_facility(struct review_outcome *out, const struct review *r,
                            const struct review_decision *d, struct import_run *run,
                            struct error *err)
{
    bool by_number = strstr(r->rule, "_no_other_name") != NULL;
    switch (d->verdict) {
    case REVIEW_CONFIRM: return join(out, r, "confirmed", 1, run, err);
    case REVIEW_REFUSE: return part(out, r, run, err);
    case REVIEW_REOPEN:
        /* As it was while it was open: numbers join, everything else waits apart. */
        return by_number ? join(out, r, r->rule, r->confidence, run, err) : part(out, r, run, err);
    case REVIEW_VERDICTS: break;
    }
    return error_set(err, ERROR_INTERNAL, "no such decision");
}
