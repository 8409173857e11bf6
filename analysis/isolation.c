/* Source of the rules: Emergency Response Guidebook 2024, green pages ("How to use Table 1", Table
 * 3) and the PUBLIC SAFETY part of the orange guides; several entries for one number or an unknown
 * condition: the largest distances. */
#include "analysis/isolation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/buf.h"
#include "gis/mem.h"
#include "sql.h"

const char *const isolation_spill_names[] = {"small", "large", NULL};
const char *const isolation_time_names[] = {"day", "night", "unknown", NULL};
const char *const isolation_wind_names[] = {"low", "moderate", "high", "unknown", NULL};
const char *const isolation_basis_names[] = {"table1", "table3", "guide", "default", NULL};

enum { DEFAULT_ISOLATION_M = 100 }; /* guide 111, unidentified cargo */
static const char default_guide[] = "111";

static unsigned index_of(const char *const *names, const char *name, unsigned otherwise)
{
    for (unsigned i = 0; name && names[i]; i++)
        if (!strcmp(names[i], name))
            return i;
    return otherwise;
}

static const char *text_at(const struct db_result *r, int row, int column)
{
    const char *text = db_get_text(r, row, column);
    return text ? text : "";
}

static void read_rows(struct isolation_tables *out)
{
    const struct db_result *r = out->rows_result;
    out->row_count = db_rows(r);
    out->rows = mem_zero((size_t)out->row_count + 1, sizeof *out->rows);
    for (int i = 0; i < out->row_count; i++)
        out->rows[i] = (struct isolation_row){
            .edition = text_at(r, i, 0),
            .table = text_at(r, i, 1)[0],
            .un = text_at(r, i, 2),
            .condition = text_at(r, i, 3),
            .container = text_at(r, i, 4),
            .spill = index_of(isolation_spill_names, text_at(r, i, 5), SPILL_LARGE),
            .time = index_of(isolation_time_names, text_at(r, i, 6), TIME_NIGHT),
            .wind = index_of(isolation_wind_names, text_at(r, i, 7), WIND_UNKNOWN),
            .isolation_m = (int)db_get_i64(r, i, 8),
            .downwind_m = (int)db_get_i64(r, i, 9),
            .at_least = db_get_bool(r, i, 10),
            .note = text_at(r, i, 11),
            .citation = text_at(r, i, 12),
            .imported_from = text_at(r, i, 13),
        };
}

static int metres_at(const struct db_result *r, int row, int column)
{
    return db_is_null(r, row, column) ? 0 : (int)db_get_i64(r, row, column);
}

static void read_guides(struct isolation_tables *out)
{
    const struct db_result *r = out->guides_result;
    out->guide_count = db_rows(r);
    out->guides = mem_zero((size_t)out->guide_count + 1, sizeof *out->guides);
    for (int i = 0; i < out->guide_count; i++)
        out->guides[i] = (struct isolation_guide){
            .guide = text_at(r, i, 0),
            .edition = text_at(r, i, 1),
            .title_zh = text_at(r, i, 2),
            .title_en = text_at(r, i, 3),
            .liquid_m = metres_at(r, i, 4),
            .solid_m = metres_at(r, i, 5),
            .large_downwind_m = metres_at(r, i, 6),
            .fire_isolation_m = metres_at(r, i, 7),
            .fire_evacuation_m = metres_at(r, i, 8),
            .citation = text_at(r, i, 9),
            .imported_from = text_at(r, i, 10),
        };
}

bool isolation_tables_load(struct isolation_tables *out, const char *uns, const char *guides,
                           struct db *db, struct error *err)
{
    *out = (struct isolation_tables){0};
    out->rows_result = db_query(db, &SQL_isolation_rows, err, DB_ARGS(db_text(uns)));
    if (!out->rows_result)
        return false;
    out->guides_result = db_query(db, &SQL_isolation_guides, err, DB_ARGS(db_text(guides)));
    if (!out->guides_result) {
        isolation_tables_free(out);
        return false;
    }
    read_rows(out);
    read_guides(out);
    return true;
}

void isolation_tables_free(struct isolation_tables *tables)
{
    if (tables->rows_result || tables->guides_result) {
        free(tables->rows);
        free(tables->guides);
    }
    db_done(tables->rows_result);
    db_done(tables->guides_result);
    *tables = (struct isolation_tables){0};
}

enum isolation_wind isolation_wind_class(double speed_ms)
{
    if (isnan(speed_ms))
        return WIND_UNKNOWN;
    double km_h = speed_ms * 3.6;
    return km_h < 10.0 ? WIND_LOW : km_h <= 20.0 ? WIND_MODERATE : WIND_HIGH;
}

const struct isolation_guide *isolation_find_guide(const struct isolation_tables *tables,
                                                   const char *guide)
{
    size_t len = guide ? strcspn(guide, "P") : 0;
    for (int i = 0; len && i < tables->guide_count; i++)
        if (strlen(tables->guides[i].guide) == len && !strncmp(tables->guides[i].guide, guide, len))
            return &tables->guides[i];
    return NULL;
}

static bool listed(const struct isolation_tables *t, const char *un, char table)
{
    for (int i = 0; un && i < t->row_count; i++)
        if (t->rows[i].table == table && !strcmp(t->rows[i].un, un))
            return true;
    return false;
}

static bool container_listed(const struct isolation_tables *t, const struct isolation_question *q,
                             struct error *err)
{
    struct buf list = {.max = 300};
    const char *last = "";
    bool found = false;
    for (int i = 0; i < t->row_count && !found; i++) {
        const struct isolation_row *r = &t->rows[i];
        if (r->table != '3' || strcmp(r->un, q->un))
            continue;
        found = !strcmp(r->container, q->container);
        if (strcmp(last, r->container)) {
            buf_text(&list, list.len ? "; " : "");
            buf_text(&list, r->container);
            last = r->container;
        }
    }
    if (!found)
        error_fill(err, ERROR_INPUT, "container '%.60s' is not in Table 3 for UN %s, which has: %s",
                   q->container, q->un, buf_string(&list));
    buf_free(&list);
    return found;
}

/* Does the row fit what is known? An unknown fits every value. */
static bool fits(const struct isolation_row *r, const struct isolation_question *q, char table,
                 enum isolation_wind wind)
{
    if (r->table != table || strcmp(r->un, q->un) || r->spill != q->spill)
        return false;
    if (q->time != TIME_UNKNOWN && r->time != q->time)
        return false;
    if (q->on_water >= 0 && *r->condition && strcmp(r->condition, q->on_water ? "water" : "land"))
        return false;
    if (table == '1')
        return true;
    if (wind != WIND_UNKNOWN && r->wind != wind)
        return false;
    return !q->container || !strcmp(r->container, q->container);
}

static bool larger(const struct isolation_row *a, const struct isolation_row *b)
{
    if (a->downwind_m != b->downwind_m)
        return a->downwind_m > b->downwind_m;
    if (a->at_least != b->at_least)
        return a->at_least;
    return a->isolation_m > b->isolation_m;
}

static void from_table(struct isolation *out, const struct isolation_tables *t,
                       const struct isolation_question *q, char table)
{
    int fitting = 0;
    for (int i = 0; i < t->row_count; i++) {
        const struct isolation_row *r = &t->rows[i];
        if (!fits(r, q, table, out->wind))
            continue;
        fitting++;
        if (!out->row || larger(r, out->row))
            out->row = r;
        if (r->isolation_m > out->isolation_m)
            out->isolation_m = r->isolation_m;
    }
    if (!out->row)
        return;
    out->basis = table == '3' ? BASIS_TABLE3 : BASIS_TABLE1;
    out->downwind_m = out->row->downwind_m;
    out->at_least = out->row->at_least;
    out->largest = fitting > 1;
}

static int guide_isolation(const struct isolation_guide *g, const char *state)
{
    if (state && !strcmp(state, "liquid") && g->liquid_m)
        return g->liquid_m;
    if (state && !strcmp(state, "solid") && g->solid_m)
        return g->solid_m;
    return g->liquid_m > g->solid_m ? g->liquid_m : g->solid_m;
}

static void from_guide(struct isolation *out, const struct isolation_question *q)
{
    const struct isolation_guide *g = out->guide;
    out->row = NULL;
    out->at_least = false;
    out->isolation_m = g ? guide_isolation(g, q->physical_state) : 0;
    out->downwind_m = g && q->spill == SPILL_LARGE ? g->large_downwind_m : 0;
    if (!out->isolation_m)
        out->isolation_m = DEFAULT_ISOLATION_M;
    out->largest = !q->physical_state && g && g->liquid_m != g->solid_m;
}

/* Table 1 knows this UN number only as spilled in water. */
static bool water_only(const struct isolation_tables *tables, const char *un)
{
    for (int i = 0; i < tables->row_count; i++) {
        const struct isolation_row *r = &tables->rows[i];
        if (r->table == '1' && !strcmp(r->un, un) && strcmp(r->condition, "water") != 0)
            return false;
    }
    return true;
}

bool isolation_choose(struct isolation *out, const struct isolation_tables *tables,
                      const struct isolation_question *q, struct error *err)
{
    *out = (struct isolation){.basis = BASIS_GUIDE};
    out->wind = isolation_wind_class(q->wind_speed_ms);
    out->guide = isolation_find_guide(tables, q->guide);
    if (!out->guide) {
        out->guide = isolation_find_guide(tables, default_guide);
        out->basis = BASIS_DEFAULT;
    }
    bool table3 = q->spill == SPILL_LARGE && listed(tables, q->un, '3');
    if (table3 && q->container && !container_listed(tables, q, err))
        return false;
    out->container_ignored = q->container && !table3;
    enum isolation_basis without_table = out->basis;
    if (q->un)
        from_table(out, tables, q, table3 ? '3' : '1');
    if (!out->row) {
        out->listed_otherwise = !table3 && q->on_water == 0 && listed(tables, q->un, '1');
        from_guide(out, q);
        return true;
    }
    /* Rows for water only, and nobody knows whether it fell into water: the guide may ask for more.
     */
    if (q->on_water < 0 && !strcmp(out->row->condition, "water") &&
        water_only(tables, out->row->un)) {
        struct isolation by_guide = *out;
        from_guide(&by_guide, q);
        if (by_guide.isolation_m > out->isolation_m) {
            out->isolation_m = by_guide.isolation_m;
            out->isolation_by_guide = true;
        }
        if (by_guide.downwind_m > out->downwind_m) {
            by_guide.basis = without_table;
            by_guide.isolation_m = out->isolation_m;
            *out = by_guide;
        }
        out->largest = true;
    }
    return true;
}
