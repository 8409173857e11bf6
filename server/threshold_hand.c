#include "server/threshold_hand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "analysis/quality.h"
#include "gis/mem.h"
#include "gis/text.h"
#include "sql.h"

void threshold_hand_free(struct threshold_hand *h)
{
    if (!h)
        return;
    threshold_set_free(h->set);
    free(h->rules);
    free(h->whats);
    free(h->rows);
    free(h->units);
    free(h->items);
    free(h->quantity);
    free(h);
}

struct given { /* one of the items, as it stands */
    const char *item, *cas, *category, *item_no, *unit, *place, *threshold_unit;
    char quantity[DECIMAL_TEXT_MAX + 1];
    struct decimal amount, threshold, density;
    bool has_threshold, has_density;
    int water_soluble; /* -1 = not said */
    int32_t from, to;
};

/* ---- reading ---- */

static bool read_text(const char **out, const struct json_in_value *o, const char *key, size_t n,
                      struct error *err)
{
    const struct json_in_value *v = json_in_get(o, key);
    *out = json_in_text(v);
    if (json_in_is_null(v))
        return true;
    if (!*out || strlen(*out) > THRESHOLD_TEXT_MAX)
        return error_set(err, ERROR_INPUT, "items[%zu].%s must be text of at most %d bytes", n, key,
                         THRESHOLD_TEXT_MAX);
    return true;
}

/* "30" or 30; a number of JSON is taken as the shortest decimal that it is. */
static bool read_decimal(struct decimal *out, char *text, const struct json_in_value *v)
{
    struct buf b = {.max = DECIMAL_TEXT_MAX};
    double number;
    const char *string = json_in_text(v);
    bool ok = string ? decimal_read(out, string)
                     : json_in_number(&number, v) && decimal_of_double(out, number);
    if (ok && text && string) {
        text_copy(text, DECIMAL_TEXT_MAX + 1, string);
    } else if (ok && text) {
        ok = decimal_write(&b, out) && !b.overflow;
        text_copy(text, DECIMAL_TEXT_MAX + 1, buf_string(&b));
    }
    buf_free(&b);
    return ok;
}

static bool read_day(int32_t *out, const char *text)
{
    struct tm day = {.tm_isdst = 0};
    if (!quality_is_day(text) || !strptime(text, "%Y-%m-%d", &day))
        return false;
    *out = (int32_t)(timegm(&day) / 86400);
    return true;
}

static bool read_days(struct given *g, const struct json_in_value *o, size_t n, struct error *err)
{
    const char *date, *from, *to;
    g->from = INT32_MIN;
    g->to = INT32_MAX;
    if (!read_text(&date, o, "date", n, err) || !read_text(&from, o, "from", n, err) ||
        !read_text(&to, o, "to", n, err))
        return false;
    if (date && (from || to))
        return error_set(err, ERROR_INPUT, "items[%zu] has both date and from or to", n);
    if ((date && !read_day(&g->from, date)) || (from && !read_day(&g->from, from)) ||
        (to && !read_day(&g->to, to)))
        return error_set(err, ERROR_INPUT, "items[%zu]: days are written 2026-02-28", n);
    if (date)
        g->to = g->from;
    if (g->from > g->to)
        return error_set(err, ERROR_INPUT, "items[%zu]: its period ends before it begins", n);
    return true;
}

static bool read_numbers(struct given *g, const struct json_in_value *o, size_t n,
                         struct error *err)
{
    const struct json_in_value *soluble = json_in_get(o, "water_soluble");
    const struct json_in_value *density = json_in_get(o, "density_kg_l");
    const struct json_in_value *threshold = json_in_get(o, "threshold");
    bool yes;
    const char *quantity = json_in_text(json_in_get(o, "quantity"));
    if (quantity && strlen(quantity) > DECIMAL_TEXT_MAX)
        return error_set(err, ERROR_INPUT, "items[%zu].quantity is too long: at most %d characters",
                         n, DECIMAL_TEXT_MAX);
    if (!read_decimal(&g->amount, g->quantity, json_in_get(o, "quantity")))
        return error_set(err, ERROR_INPUT,
                         "items[%zu].quantity must be a decimal number from 0, best as text: "
                         "\"0.1\"",
                         n);
    g->has_density = !json_in_is_null(density);
    g->has_threshold = !json_in_is_null(threshold);
    if ((g->has_density &&
         (!read_decimal(&g->density, NULL, density) || decimal_is_zero(&g->density))) ||
        (g->has_threshold &&
         (!read_decimal(&g->threshold, NULL, threshold) || decimal_is_zero(&g->threshold))))
        return error_set(err, ERROR_INPUT,
                         "items[%zu]: threshold and density_kg_l must be decimals above 0", n);
    g->water_soluble = -1;
    if (!json_in_is_null(soluble)) {
        if (!json_in_bool(&yes, soluble))
            return error_set(err, ERROR_INPUT, "items[%zu].water_soluble must be true or false", n);
        g->water_soluble = yes;
    }
    return true;
}

static bool read_one(struct given *g, const struct json_in_value *o, size_t n, struct error *err)
{
    static const char *const known[] = {
        "item",          "cas",          "category",  "item_no",        "quantity",
        "unit",          "place",        "date",      "from",           "to",
        "water_soluble", "density_kg_l", "threshold", "threshold_unit", NULL};
    *g = (struct given){.item = NULL};
    if (!json_in_is_object(o))
        return error_set(err, ERROR_INPUT, "items[%zu] must be an object", n);
    if (!json_in_only(o, known, err) || !read_text(&g->item, o, "item", n, err) ||
        !read_text(&g->cas, o, "cas", n, err) || !read_text(&g->category, o, "category", n, err) ||
        !read_text(&g->item_no, o, "item_no", n, err) || !read_text(&g->unit, o, "unit", n, err) ||
        !read_text(&g->place, o, "place", n, err) ||
        !read_text(&g->threshold_unit, o, "threshold_unit", n, err) ||
        !read_numbers(g, o, n, err) || !read_days(g, o, n, err))
        return false;
    if (!g->item && !g->cas && !(g->category && g->item_no))
        return error_set(err, ERROR_INPUT,
                         "items[%zu] says neither item nor cas nor category with item_no", n);
    if (!g->unit)
        return error_set(err, ERROR_INPUT, "items[%zu].unit is missing: kg, L, 公斤, 公升 …", n);
    return true;
}

/* ---- which item it is ---- */

static bool find_name(int64_t *at, const struct threshold_set *set, const char *name, struct db *db,
                      struct error *err)
{
    struct buf key = {.max = 4096};
    text_name_key(&key, name, strlen(name));
    struct db_result *r =
        db_query(db, &SQL_threshold_name, err, DB_ARGS(db_text(buf_string(&key))));
    *at = r && db_rows(r) ? threshold_set_substance(set, db_get_i64(r, 0, 0)) : -1;
    db_done(r);
    buf_free(&key);
    return r;
}

static void set_item(struct threshold_what *what, const struct threshold_set *set, int64_t item,
                     int water_soluble)
{
    what->rule = item == -2 ? THRESHOLD_UNDECIDED : THRESHOLD_NOT_LISTED;
    if (item >= 0)
        what->rule = (int32_t)threshold_set_rule(set, (uint32_t)item, water_soluble, &what->flags);
}

/* category and item_no name an item of the set; else the error says which there are. */
static bool set_number(struct threshold_what *what, const struct threshold_set *set,
                       const struct given *g, size_t n, struct error *err)
{
    struct buf has = {.max = 4096};
    int64_t item = threshold_set_number(set, g->category, g->item_no, NULL);
    set_item(what, set, item, g->water_soluble);
    if (item != -1)
        return true;
    for (uint32_t i = 0; i < set->rule_count; i++) {
        bool same = !strcmp(set->rules[i].category, g->category);
        bool again = i && !strcmp(set->rules[i].category, set->rules[i - 1].category) &&
                     (!same || !strcmp(set->rules[i].item_no, set->rules[i - 1].item_no));
        if (same && !again)
            buf_format(&has, "%s%s", has.len ? ", " : "", set->rules[i].item_no);
    }
    if (has.len)
        error_fill(err, ERROR_INPUT,
                   "items[%zu]: category %.40s has no item \"%.40s\"; it has %.300s", n,
                   g->category, g->item_no, buf_string(&has));
    else
        error_fill(err, ERROR_INPUT,
                   "items[%zu]: the rules have no category \"%.40s\"; see /api/v1/thresholds/rules",
                   n, g->category);
    buf_free(&has);
    return false;
}

static bool match(struct threshold_what *what, const struct given *g,
                  const struct threshold_set *set, size_t n, struct db *db, struct error *err)
{
    int64_t at = -1;
    *what = (struct threshold_what){.rule = THRESHOLD_NOT_LISTED};
    for (uint32_t i = 0; g->cas && i < set->what_count && at < 0; i++)
        if (!strcmp(set->subjects[i].cas, g->cas))
            at = i;
    if (g->cas && at < 0)
        return error_set(err, ERROR_INPUT, "items[%zu]: no substance \"%.40s\" is known here", n,
                         g->cas);
    if (at < 0 && g->item && !find_name(&at, set, g->item, db, err))
        return false;
    if (at >= 0)
        *what = set->whats[at];
    int64_t by_name = g->item ? threshold_set_item(set, g->item) : -1;
    if (g->category && g->item_no)
        return set_number(what, set, g, n, err);
    if (by_name != -1 && (at < 0 || what->rule < 0))
        set_item(what, set, by_name, g->water_soluble);
    else if (what->rule >= 0 && g->water_soluble >= 0)
        set_item(what, set, set->item[what->rule], g->water_soluble);
    else if (at < 0 && by_name == -1)
        what->rule = THRESHOLD_UNKNOWN;
    return true;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

static bool same_item(const struct given *a, const struct given *b)
{
    return same_text(a->item, b->item) && same_text(a->cas, b->cas) &&
           same_text(a->category, b->category) && same_text(a->item_no, b->item_no) &&
           a->has_threshold == b->has_threshold && a->has_density == b->has_density &&
           a->water_soluble == b->water_soluble &&
           same_text(a->threshold_unit, b->threshold_unit) &&
           (!a->has_threshold || !decimal_compare(&a->threshold, &b->threshold)) &&
           (!a->has_density || !decimal_compare(&a->density, &b->density));
}

/* A quantity given by hand takes the place of the rule's. */
static bool own_rule(struct threshold_hand *h, struct threshold_what *what, const struct given *g,
                     size_t n, struct error *err)
{
    double factor;
    const char *unit = g->threshold_unit ? g->threshold_unit : g->unit;
    struct threshold_rule *rule = &h->rules[h->book.rule_count];
    *rule = (struct threshold_rule){.category = "",
                                    .category_zh = "",
                                    .item_no = "",
                                    .item_zh = g->item  ? g->item
                                               : g->cas ? g->cas
                                                        : g->item_no,
                                    .unit = unit,
                                    .water_soluble = -1,
                                    .has_quantity = true,
                                    .quantity = g->threshold};
    rule->kind = units_find(&factor, unit);
    struct decimal scale;
    if (rule->kind == UNIT_OTHER || !decimal_of_double(&scale, factor) ||
        !decimal_multiply(&rule->quantity, &rule->quantity, &scale))
        return error_set(err, ERROR_INPUT,
                         "items[%zu]: threshold_unit must be a unit of mass or volume", n);
    rule->unit = rule->kind == UNIT_MASS ? "kg" : "L";
    what->rule = (int32_t)h->book.rule_count++;
    what->flags = 0;
    return true;
}

/* Quantities of one place bear one number: that of the first of them. */
static uint32_t place_of(const struct given *all, size_t n)
{
    size_t i = 0;
    while (i < n && !same_text(all[i].place, all[n].place))
        i++;
    return (uint32_t)i;
}

static bool add(struct threshold_hand *h, struct given *all, size_t n, struct db *db,
                struct error *err)
{
    struct given *g = &all[n];
    uint32_t what = h->book.what_count;
    for (size_t i = 0; i < n; i++)
        if (same_item(&all[i], g))
            what = h->rows[i].what;
    if (what == h->book.what_count) {
        struct threshold_what *fresh = &h->whats[h->book.what_count++];
        if (!match(fresh, g, h->set, n, db, err) ||
            (g->has_threshold && !own_rule(h, fresh, g, n, err)))
            return false;
        if (g->has_density) {
            fresh->has_density = true;
            fresh->gas = false;
            fresh->density = g->density;
        }
    }
    memcpy(h->quantity[n], g->quantity, sizeof g->quantity);
    h->units[n] = threshold_unit_of(g->unit);
    h->items[n] = g->item ? g->item : g->cas ? g->cas : g->item_no;
    h->rows[n] = (struct threshold_row){.what = what,
                                        .from = g->from,
                                        .to = g->to,
                                        .quantity = h->quantity[n],
                                        .unit = (uint32_t)n,
                                        .place = place_of(all, n)};
    return true;
}

static bool read_items(struct threshold_hand *h, const struct json_in_value *items, struct db *db,
                       struct error *err)
{
    size_t n = h->count = json_in_count(items);
    if (!n || n > THRESHOLD_HAND_MAX)
        return error_set(err, ERROR_INPUT, "items must be an array of 1 to %d quantities",
                         THRESHOLD_HAND_MAX);
    h->rules = mem_zero(h->set->rule_count + n, sizeof *h->rules);
    memcpy(h->rules, h->set->rules, h->set->rule_count * sizeof *h->rules);
    h->whats = mem_zero(n, sizeof *h->whats);
    h->rows = mem_zero(n, sizeof *h->rows);
    h->units = mem_zero(n, sizeof *h->units);
    h->items = mem_zero(n, sizeof(char *));
    h->quantity = mem_zero(n, sizeof *h->quantity);
    h->book = (struct threshold_book){.rules = h->rules,
                                      .whats = h->whats,
                                      .units = h->units,
                                      .rule_count = h->set->rule_count,
                                      .unit_count = (uint32_t)n};
    struct given *all = mem_zero(n, sizeof *all);
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++)
        ok = read_one(&all[i], json_in_at(items, i), i, err) && add(h, all, i, db, err);
    free(all);
    return ok;
}

static bool read_all(struct threshold_hand *h, const struct json_in_value *root, struct db *db,
                     struct error *err)
{
    static const char *const known[] = {"items", "compare", "rule_set", NULL};
    if (!json_in_is_object(root))
        return error_set(err, ERROR_INPUT, "the body must be a JSON object");
    if (!json_in_only(root, known, err))
        return false;
    const char *compare = json_in_text(json_in_get(root, "compare"));
    const char *rules = json_in_text(json_in_get(root, "rule_set"));
    if (!json_in_is_null(json_in_get(root, "compare")) &&
        (!compare || (strcmp(compare, "gt") != 0 && strcmp(compare, "ge") != 0)))
        return error_set(err, ERROR_INPUT, "compare must be \"gt\" (> 1) or \"ge\" (>= 1)");
    h->compare = compare && compare[1] == 'e' ? THRESHOLD_GE : THRESHOLD_GT;
    h->set = threshold_set_load(rules ? rules : threshold_default_set, db, err);
    return h->set && read_items(h, json_in_get(root, "items"), db, err);
}

struct threshold_hand *threshold_hand_read(const struct json_in_value *root, struct db *db,
                                           struct error *err)
{
    struct threshold_hand *h = mem_zero(1, sizeof *h);
    if (read_all(h, root, db, err))
        return h;
    threshold_hand_free(h);
    return NULL;
}
