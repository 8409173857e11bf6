#include "analysis/threshold_aside.h"

#include <stdlib.h>
#include <string.h>

#include "gis/behaviour.h"
#include "gis/mem.h"
#include "gis/text.h"
#include "sql.h"

enum { FACILITY, SUBSTANCE, NAME, BEHAVIOUR, ON_SITE, SOURCE, BATCH, LINE, COLUMN, VALUE, REASON };

/* Whether a row of such a behaviour would be on site: list is "store,use". */
static bool on_site(const char *list, const char *behaviour)
{
    const char *known = behaviour ? behaviour_find(behaviour) : NULL;
    size_t len = strlen(known ? known : "other");
    for (const char *at = list; at && *at; at += *at == ',') {
        size_t n = strcspn(at, ",");
        if (n == len && !memcmp(at, known ? known : "other", len))
            return true;
        at += n;
    }
    return false;
}

/* A name that nothing bears is not known, not "of no item": an import links names better. */
static int64_t rule_of(const struct threshold_set *set, const struct db_result *r, int row)
{
    int64_t at = db_is_null(r, row, SUBSTANCE)
                     ? -1
                     : threshold_set_substance(set, db_get_i64(r, row, SUBSTANCE));
    const char *name = db_get_text(r, row, NAME);
    struct threshold_what what = {.rule = THRESHOLD_UNKNOWN};
    struct threshold_subject subject = {.how = THRESHOLD_BY_NOTHING};
    if (at >= 0)
        return set->whats[at].rule;
    if (name)
        threshold_set_reported(&what, &subject, set, "", name);
    return subject.how == THRESHOLD_BY_NOTHING && what.rule == THRESHOLD_NOT_LISTED
               ? THRESHOLD_UNKNOWN
               : what.rule;
}

bool threshold_asides_load(struct threshold_asides *out, const struct threshold_set *set,
                           int64_t facility, struct db *db, struct error *err)
{
    *out = (struct threshold_asides){.rows = NULL};
    struct db_result *r = out->result = db_query(
        db, &SQL_threshold_aside, err, DB_ARGS(facility ? db_i64(facility) : db_text(NULL)));
    if (!r)
        return false;
    out->rows = mem_zero((size_t)db_rows(r), sizeof *out->rows);
    for (int row = 0; row < db_rows(r); row++) {
        int64_t rule = rule_of(set, r, row);
        const char *behaviour = db_get_text(r, row, BEHAVIOUR);
        if (rule == THRESHOLD_NOT_LISTED || !on_site(db_get_text(r, row, ON_SITE), behaviour))
            continue;
        out->rows[out->count++] = (struct threshold_aside){.facility = db_get_i64(r, row, FACILITY),
                                                           .batch = db_get_i64(r, row, BATCH),
                                                           .line = db_get_i64(r, row, LINE),
                                                           .rule = rule,
                                                           .name = db_get_text(r, row, NAME),
                                                           .behaviour = behaviour,
                                                           .source = db_get_text(r, row, SOURCE),
                                                           .column = db_get_text(r, row, COLUMN),
                                                           .value = db_get_text(r, row, VALUE),
                                                           .reason = db_get_text(r, row, REASON)};
    }
    return true;
}

void threshold_asides_free(struct threshold_asides *a)
{
    free(a->rows);
    db_done(a->result);
    *a = (struct threshold_asides){.rows = NULL};
}

void threshold_asides_judge(struct threshold_verdict *v, uint32_t count)
{
    v->aside += count;
    if (count)
        v->flags |= THRESHOLD_KEPT_ASIDE;
}
