#include "analysis/threshold_set.h"

#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"
#include "sql.h"

const char threshold_default_set[] = "公共危險物品及可燃性高壓氣體";
const char *const threshold_how_names[THRESHOLD_HOWS] = {"person", "cas", "product", "name",
                                                         "nothing"};
enum { RULES, MATCHES, SUBSTANCES, SOURCES, SETS, RESULTS };

void threshold_set_free(struct threshold_set *set)
{
    if (!set)
        return;
    for (int i = 0; i < RESULTS; i++)
        db_done(set->results[i]);
    intern_free(&set->item_names);
    free(set->item_of_name);
    free(set->sources);
    free(set->subjects);
    free(set->whats);
    free(set->item);
    free(set->rules);
    free(set->name);
    free(set);
}

/* ---- rules and items ---- */

static bool same_item(const struct threshold_rule *a, const struct threshold_rule *b)
{
    return !strcmp(a->category, b->category) && !strcmp(a->item_no, b->item_no) &&
           !strcmp(a->item_zh, b->item_zh);
}

static const char *text_or(const struct db_result *r, int row, int column, const char *fallback)
{
    const char *text = db_get_text(r, row, column);
    return text ? text : fallback;
}

static void take_rule(struct threshold_rule *rule, const struct db_result *r, int row)
{
    double factor;
    const char *quantity = db_get_text(r, row, 6);
    *rule = (struct threshold_rule){
        .category = text_or(r, row, 0, ""),
        .category_zh = text_or(r, row, 1, ""),
        .category_en = db_get_text(r, row, 2),
        .item_no = text_or(r, row, 3, ""),
        .item_zh = text_or(r, row, 4, ""),
        .item_en = db_get_text(r, row, 5),
        .unit = text_or(r, row, 7, ""),
        .water_soluble = db_is_null(r, row, 8) ? -1 : (int8_t)db_get_bool(r, row, 8),
        .test = db_get_text(r, row, 9),
        .reporting = db_get_text(r, row, 10),
        .note = db_get_text(r, row, 11),
        .citation = db_get_text(r, row, 12),
    };
    rule->kind = units_find(&factor, rule->unit);
    rule->has_quantity =
        quantity && decimal_read(&rule->quantity, quantity) && !decimal_is_zero(&rule->quantity);
    if (!rule->has_quantity)
        rule->quantity = decimal_whole(0);
}

static void name_item(struct threshold_set *set, uint32_t item, const char *name)
{
    struct buf key = {.max = 4096};
    if (!name)
        return;
    text_name_key(&key, name, strlen(name));
    uint32_t before = set->item_names.count;
    uint32_t at = intern_put(&set->item_names, buf_string(&key), strlen(buf_string(&key)));
    if (set->item_names.count > before)
        set->item_of_name[at] = item;
    else if (set->item_of_name[at] != item)
        set->item_of_name[at] = INTERN_NONE;
    buf_free(&key);
}

static bool load_rules(struct threshold_set *set, struct db *db, struct error *err)
{
    struct db_result *r = set->results[RULES] =
        db_query(db, &SQL_threshold_rules, err, DB_ARGS(db_text(set->name)));
    if (!r)
        return false;
    uint32_t n = set->rule_count = (uint32_t)db_rows(r);
    if (!n)
        return error_set(err, ERROR_NOT_FOUND,
                         "there is no set of regulated quantities \"%.80s\"; "
                         "/api/v1/thresholds/rules names those that are here",
                         set->name);
    set->rules = mem_zero(n, sizeof *set->rules);
    set->item = mem_zero(n, sizeof *set->item);
    set->item_of_name = mem_zero(2 * n, sizeof *set->item_of_name);
    for (uint32_t i = 0; i < n; i++) {
        take_rule(&set->rules[i], r, (int)i);
        bool same = i && same_item(&set->rules[i], &set->rules[i - 1]);
        set->item[i] = same ? set->item[i - 1] : i;
        name_item(set, set->item[i], set->rules[i].item_zh);
        name_item(set, set->item[i], set->rules[i].item_en);
    }
    return true;
}

uint32_t threshold_set_rule(const struct threshold_set *set, uint32_t item, int water_soluble,
                            uint16_t *flags)
{
    uint32_t best = item, kinds = 0;
    *flags = 0;
    for (uint32_t i = item; i < set->rule_count && set->item[i] == item; i++, kinds++) {
        const struct threshold_rule *rule = &set->rules[i], *held = &set->rules[best];
        if (rule->water_soluble >= 0 && rule->water_soluble == water_soluble)
            return i;
        if (rule->has_quantity && held->has_quantity &&
            decimal_compare(&rule->quantity, &held->quantity) < 0)
            best = i;
    }
    if (kinds > 1)
        *flags = THRESHOLD_SOLUBILITY;
    return best;
}

int64_t threshold_set_item(const struct threshold_set *set, const char *name)
{
    struct buf key = {.max = 4096};
    text_name_key(&key, name, strlen(name));
    uint32_t at = intern_find(&set->item_names, buf_string(&key), strlen(buf_string(&key)));
    buf_free(&key);
    if (at == INTERN_NONE)
        return -1;
    return set->item_of_name[at] == INTERN_NONE ? -2 : (int64_t)set->item_of_name[at];
}

int64_t threshold_set_number(const struct threshold_set *set, const char *category,
                             const char *item_no, const char *item)
{
    int64_t found = -1;
    for (uint32_t i = 0; i < set->rule_count; i++) {
        const struct threshold_rule *r = &set->rules[i];
        if (strcmp(r->category, category) != 0 || strcmp(r->item_no, item_no) != 0 ||
            (item && strcmp(r->item_zh, item) != 0))
            continue;
        if (found >= 0 && (uint32_t)found != set->item[i])
            return -2;
        found = set->item[i];
    }
    return found;
}

/* ---- substances ---- */

int64_t threshold_set_substance(const struct threshold_set *set, int64_t id)
{
    uint32_t lo = 0, hi = set->what_count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (set->subjects[mid].substance < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < set->what_count && set->subjects[lo].substance == id ? (int64_t)lo : -1;
}

int64_t threshold_set_source(const struct threshold_set *set, int64_t id)
{
    for (uint32_t i = 0; i < set->source_count; i++)
        if (set->sources[i].id == id)
            return i;
    return -1;
}

static bool load_substances(struct threshold_set *set, struct db *db, struct error *err)
{
    struct db_result *r = set->results[SUBSTANCES] =
        db_query(db, &SQL_threshold_substances, err, DB_NONE);
    if (!r)
        return false;
    uint32_t n = set->what_count = (uint32_t)db_rows(r);
    set->whats = mem_zero(n, sizeof *set->whats);
    set->subjects = mem_zero(n, sizeof *set->subjects);
    for (uint32_t i = 0; i < n; i++) {
        struct threshold_what *what = &set->whats[i];
        const char *density = db_get_text(r, (int)i, 4);
        set->subjects[i] = (struct threshold_subject){.substance = db_get_i64(r, (int)i, 0),
                                                      .cas = db_get_text(r, (int)i, 1),
                                                      .name_zh = db_get_text(r, (int)i, 2),
                                                      .name_en = db_get_text(r, (int)i, 3),
                                                      .how = THRESHOLD_BY_NOTHING};
        what->rule = THRESHOLD_NOT_LISTED;
        what->gas = db_get_bool(r, (int)i, 5);
        what->has_density =
            density && decimal_read(&what->density, density) && !decimal_is_zero(&what->density);
    }
    return true;
}

/* One word on one subject; of a worse rank than what is known it is not heard. */
static void match(struct threshold_what *what, struct threshold_subject *subject,
                  const struct threshold_set *set, enum threshold_how how, int64_t item,
                  int water_soluble, const char *reason)
{
    uint16_t flags = 0;
    int32_t rule = item >= 0
                       ? (int32_t)threshold_set_rule(set, (uint32_t)item, water_soluble, &flags)
                       : THRESHOLD_NOT_LISTED;
    if (how > subject->how)
        return;
    if (how == subject->how) {
        bool same = rule >= 0 && what->rule >= 0 &&
                    set->item[(uint32_t)rule] == set->item[(uint32_t)what->rule];
        if (!same)
            what->rule = THRESHOLD_UNDECIDED;
        return;
    }
    what->rule = rule;
    what->flags = flags;
    subject->how = how;
    subject->reason = reason;
}

/* The item that a row of the matches names; -1 = none, or a rule that is not in this edition. */
static int64_t item_of(bool *of_none, const struct threshold_set *set, const struct db_result *r,
                       int row)
{
    const char *category = db_get_text(r, row, 2), *number = db_get_text(r, row, 3);
    *of_none = !category;
    return category
               ? threshold_set_number(set, category, number ? number : "", db_get_text(r, row, 4))
               : -1;
}

static void match_row(struct threshold_what *what, struct threshold_subject *subject,
                      const struct threshold_set *set, int row)
{
    const struct db_result *r = set->results[MATCHES];
    static const enum threshold_how hows[] = {THRESHOLD_BY_PERSON, THRESHOLD_BY_CAS,
                                              THRESHOLD_BY_PRODUCT};
    bool of_none;
    int64_t item = item_of(&of_none, set, r, row), rank = db_get_i64(r, row, 6);
    if ((item >= 0 || of_none) && rank >= 0 && rank < 3)
        match(what, subject, set, hows[rank], item,
              db_is_null(r, row, 5) ? -1 : db_get_bool(r, row, 5), db_get_text(r, row, 8));
}

static bool load_matches(struct threshold_set *set, struct db *db, struct error *err)
{
    struct db_result *r = set->results[MATCHES] =
        db_query(db, &SQL_threshold_matches, err, DB_ARGS(db_text(set->name)));
    for (int row = 0; r && row < db_rows(r); row++) {
        int64_t at =
            db_is_null(r, row, 0) ? -1 : threshold_set_substance(set, db_get_i64(r, row, 0));
        if (at >= 0)
            match_row(&set->whats[at], &set->subjects[at], set, row);
    }
    return r;
}

static bool load_names(struct threshold_set *set, struct db *db, struct error *err)
{
    struct db_result *r = db_query(db, &SQL_threshold_names, err, DB_NONE);
    for (int row = 0; r && row < db_rows(r); row++) {
        const char *key = db_get_text(r, row, 0);
        uint32_t name = intern_find(&set->item_names, key, strlen(key));
        int64_t at = name == INTERN_NONE ? -1 : threshold_set_substance(set, db_get_i64(r, row, 1));
        if (at < 0)
            continue;
        uint32_t item = set->item_of_name[name];
        if (item != INTERN_NONE)
            match(&set->whats[at], &set->subjects[at], set, THRESHOLD_BY_NAME, item, -1, NULL);
        else if (set->subjects[at].how >= THRESHOLD_BY_NAME)
            set->whats[at].rule = THRESHOLD_UNDECIDED;
    }
    db_done(r);
    return r;
}

void threshold_set_reported(struct threshold_what *what, struct threshold_subject *subject,
                            const struct threshold_set *set, const char *key, const char *name)
{
    const struct db_result *r = set->results[MATCHES];
    struct buf name_key = {.max = 1 << 16};
    *what = (struct threshold_what){.rule = THRESHOLD_NOT_LISTED};
    *subject = (struct threshold_subject){
        .name_zh = name, .reported_key = key, .how = THRESHOLD_BY_NOTHING};
    text_name_key(&name_key, name, strlen(name));
    for (int row = 0; row < db_rows(r); row++) {
        const char *said = db_get_text(r, row, 1);
        if (said && !strcmp(said, buf_string(&name_key)))
            match_row(what, subject, set, row);
    }
    buf_free(&name_key);
    int64_t item = threshold_set_item(set, name);
    if (item >= 0)
        match(what, subject, set, THRESHOLD_BY_NAME, item, -1, NULL);
    else if (item == -2 && subject->how == THRESHOLD_BY_NOTHING)
        what->rule = THRESHOLD_UNDECIDED;
}

/* ---- all of it ---- */

static bool load_sources(struct threshold_set *set, struct db *db, struct error *err)
{
    struct db_result *r = set->results[SOURCES] =
        db_query(db, &SQL_threshold_sources, err, DB_NONE);
    if (!r)
        return false;
    set->source_count = (uint32_t)db_rows(r);
    set->sources = mem_zero(set->source_count, sizeof *set->sources);
    for (uint32_t i = 0; i < set->source_count; i++)
        set->sources[i] = (struct threshold_source){
            db_get_i64(r, (int)i, 0), db_get_text(r, (int)i, 1), db_get_text(r, (int)i, 2)};
    return true;
}

static bool load_edition(struct threshold_set *set, struct db *db, struct error *err)
{
    struct db_result *r = set->results[SETS] = db_query(db, &SQL_threshold_rule_sets, err, DB_NONE);
    for (int i = 0; r && i < db_rows(r); i++)
        if (!strcmp(db_get_text(r, i, 0), set->name)) {
            set->edition = db_get_text(r, i, 1);
            set->imported_from = db_get_text(r, i, 2);
        }
    return r;
}

static bool load_number(struct threshold_set *set, struct db *db, struct error *err)
{
    struct db_result *r = db_query(db, &SQL_status_revision, err, DB_NONE);
    if (r)
        set->number = db_get_i64(r, 0, 0);
    db_done(r);
    return r;
}

struct threshold_set *threshold_set_load(const char *name, struct db *db, struct error *err)
{
    struct threshold_set *set = mem_zero(1, sizeof *set);
    set->name = mem_copy(name);
    if (load_number(set, db, err) && load_rules(set, db, err) && load_edition(set, db, err) &&
        load_sources(set, db, err) && load_substances(set, db, err) && load_matches(set, db, err) &&
        load_names(set, db, err))
        return set;
    threshold_set_free(set);
    return NULL;
}
