#include "server/priority_list.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "import/importers.h"
#include "sql.h"

/* ---- companies come in ---- */

static bool make_room(struct priority_list *l, struct error *err)
{
    if (l->count == PRIORITY_LIST_MAX)
        return error_set(err, ERROR_TOO_LARGE, "a priority list may have at most %d companies",
                         PRIORITY_LIST_MAX);
    if (l->count < l->cap)
        return true;
    l->cap = l->cap ? 2 * l->cap : 64;
    l->companies = mem_resize(l->companies, l->cap, sizeof *l->companies);
    l->items = mem_resize(l->items, l->cap, sizeof *l->items);
    return true;
}

static enum priority_risk risk_named(const char *key)
{
    for (int i = 0; key && i < PRIORITY_RISKS; i++)
        if (!strcmp(priority_risk_names[i].key, key))
            return (enum priority_risk)i;
    return PRIORITY_NA;
}

static void order(struct priority_list *l)
{
    l->rows = mem_zero(l->count + 1ul, sizeof *l->rows);
    priority_order(l->rows, l->companies, l->count);
    for (uint32_t i = 0; i < l->count; i++) {
        bool printed = l->companies[l->rows[i].company].printed > 0;
        l->printed += printed;
        l->agree += printed && !l->rows[i].differs;
    }
}

/* ---- of the database ---- */

enum {
    COMPANY,
    DOMESTIC,
    FOREIGN,
    RISK,
    CENTRALITY,
    PRINTED,
    LIST,
    SOURCE,
    LINE,
    BATCH,
    LINK,
    FACILITY,
    FACILITY_NAME,
    OPERATOR,
    OPERATOR_NAME
};

static void add_stored(struct priority_list *l, const struct db_result *r, int row)
{
    l->companies[l->count] =
        (struct priority_company){.domestic = db_get_f64(r, row, DOMESTIC),
                                  .foreign = db_get_f64(r, row, FOREIGN),
                                  .centrality = db_get_f64(r, row, CENTRALITY),
                                  .risk = risk_named(db_get_text(r, row, RISK)),
                                  .printed = (uint32_t)db_get_i64(r, row, PRINTED)};
    l->items[l->count++] =
        (struct priority_item){.name = mem_copy(db_get_text(r, row, COMPANY)),
                               .list = mem_copy(db_get_text(r, row, LIST)),
                               .source = mem_copy(db_get_text(r, row, SOURCE)),
                               .link = mem_copy(db_get_text(r, row, LINK)),
                               .facility_name = mem_copy(db_get_text(r, row, FACILITY_NAME)),
                               .operator_name = mem_copy(db_get_text(r, row, OPERATOR_NAME)),
                               .facility = db_get_i64(r, row, FACILITY),
                               .operator_id = db_get_i64(r, row, OPERATOR),
                               .batch = db_get_i64(r, row, BATCH),
                               .line = (uint64_t)db_get_i64(r, row, LINE)};
}

bool priority_list_load(struct priority_list *out, const char *list, struct db *db,
                        struct error *err)
{
    *out = (struct priority_list){.count = 0};
    struct db_result *r = db_query(db, &SQL_priority_companies, err,
                                   DB_ARGS(db_text(list), db_i64(PRIORITY_LIST_MAX + 1)));
    bool ok = r != NULL;
    for (int i = 0; ok && i < db_rows(r); i++) {
        ok = make_room(out, err);
        if (ok)
            add_stored(out, r, i);
    }
    if (r)
        db_done(r);
    if (ok)
        order(out);
    return ok;
}

/* ---- of a file ---- */

struct fields { /* of the importer, by their names */
    int list, company, domestic, foreign, risk, centrality, printed;
};

struct take {
    struct priority_list *list;
    uint32_t lists; /* so far */
    struct fields at;
};

static int field_named(const char *name)
{
    const struct import_field *fields = importer_priority.kind.fields;
    int f = 0;
    while (fields[f].name && strcmp(fields[f].name, name) != 0)
        f++;
    return f;
}

/* The number of a list in the order of the file; rows of one list mostly follow each other. */
static uint32_t list_number(struct take *t, const char *name)
{
    const struct priority_list *l = t->list;
    for (uint32_t i = l->count; i--;) {
        const char *have = l->items[i].list ? l->items[i].list : "";
        if (!strcmp(have, name ? name : ""))
            return l->companies[i].list;
    }
    return t->lists++;
}

static bool take(void *ctx, struct rows_report *report, uint64_t line,
                 const struct record_value *values, struct error *err)
{
    struct take *t = ctx;
    struct priority_list *l = t->list;
    const struct fields *at = &t->at;
    const char *list = values[at->list].text;
    if (!isfinite(values[at->domestic].number) && !isfinite(values[at->foreign].number) &&
        !isfinite(values[at->centrality].number) && !values[at->risk].text) {
        rows_leave(report, line, "neither a total nor a risk class nor a centrality is given");
        return true;
    }
    if (!make_room(l, err))
        return false;
    double printed = values[at->printed].number;
    l->companies[l->count] =
        (struct priority_company){.list = list_number(t, list),
                                  .domestic = values[at->domestic].number,
                                  .foreign = values[at->foreign].number,
                                  .centrality = values[at->centrality].number,
                                  .risk = risk_named(values[at->risk].text),
                                  .printed = isfinite(printed) ? (uint32_t)printed : 0};
    l->items[l->count++] = (struct priority_item){
        .name = mem_copy(values[at->company].text), .list = mem_copy(list), .line = line};
    return true;
}

bool priority_list_read(struct priority_list *out, struct rows_report *report, int fd,
                        const char *name, const struct rows_wish *wish, struct error *err)
{
    *out = (struct priority_list){.count = 0};
    struct take t = {.list = out,
                     .at = {.list = field_named("list"),
                            .company = field_named("company"),
                            .domestic = field_named("domestic_total"),
                            .foreign = field_named("foreign_total"),
                            .risk = field_named("bayes_risk"),
                            .centrality = field_named("degree_centrality"),
                            .printed = field_named("printed_order")}};
    if (!rows_read(report, fd, name, &importer_priority.kind, wish, take, &t, err))
        return false;
    order(out);
    return true;
}

void priority_list_free(struct priority_list *l)
{
    for (uint32_t i = 0; i < l->count; i++) {
        struct priority_item *item = &l->items[i];
        char *const texts[] = {item->name, item->list,          item->source,
                               item->link, item->facility_name, item->operator_name};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            free(texts[k]);
    }
    free(l->companies);
    free(l->items);
    free(l->rows);
    *l = (struct priority_list){.count = 0};
}
