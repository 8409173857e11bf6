#include "import/link.h"

#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"
#include "import/units.h"
#include "import/value.h"
#include "sql.h"

const char link_copy[] =
    "COPY stage_link (cas, code_key, zh_key, en_key, reported_cas, reported_code,"
    " reported_name, reported_name_en) FROM STDIN";

void link_add(struct buf *rows, const char *cas, const char *code, const char *name,
              const char *name_en)
{
    char number[VALUE_CAS_MAX];
    stage_text(rows, cas && value_cas(number, cas) ? number : NULL);
    import_key(rows, code);
    import_key(rows, name);
    import_key(rows, name_en);
    stage_text(rows, cas);
    stage_text(rows, code);
    stage_text(rows, name);
    stage_text(rows, name_en);
    stage_end(rows);
}

static char *text_of(const unsigned char *field, int length)
{
    return length < 0 ? NULL : mem_copy_n((const char *)field, (size_t)length);
}

static bool take_names(void *ctx, const unsigned char *const *fields, const int *lengths, int count,
                       struct error *err)
{
    if (count != 4)
        return error_set(err, ERROR_INTERNAL, "names came with %d columns", count);
    char *texts[4];
    for (int i = 0; i < 4; i++)
        texts[i] = text_of(fields[i], lengths[i]);
    link_add(ctx, texts[0], texts[1], texts[2], texts[3]);
    for (int i = 0; i < 4; i++)
        free(texts[i]);
    return true;
}

/* id, quantity, unit → id, litres */
static bool take_volume(void *ctx, const unsigned char *const *fields, const int *lengths,
                        int count, struct error *err)
{
    struct buf *rows = ctx;
    double factor, quantity;
    if (count != 3)
        return error_set(err, ERROR_INTERNAL, "volumes came with %d columns", count);
    char *amount = text_of(fields[1], lengths[1]), *unit = text_of(fields[2], lengths[2]);
    if (amount && unit && units_find(&factor, unit) == UNIT_VOLUME &&
        value_double(&quantity, amount)) {
        stage_i64(rows, db_field_int(fields[0], lengths[0]));
        stage_f64(rows, quantity * factor);
        stage_end(rows);
    }
    free(amount);
    free(unit);
    return true;
}

static bool weigh_volumes(struct import_run *run, struct error *err)
{
    struct buf rows = {.max = BUF_MAX_DEFAULT};
    bool ok = db_copy_out(run->db,
                          "COPY (SELECT h.id, h.reported_quantity, h.reported_unit FROM holding h"
                          " JOIN substance s ON s.id = h.substance_id WHERE h.quantity_kg IS NULL"
                          " AND s.density_kg_l IS NOT NULL) TO STDOUT (FORMAT binary)",
                          take_volume, &rows, err);
    if (ok && rows.len)
        ok = stage_copy(run->db, "COPY stage_volume (id, litres) FROM STDIN", &rows, err) &&
             import_sql(NULL, run, &SQL_import_link_volumes, err, DB_NONE);
    buf_free(&rows);
    return ok;
}

bool link_all_holdings(int64_t *changed, struct import_run *run, struct error *err)
{
    struct buf rows = {.max = BUF_MAX_DEFAULT};
    *changed = 0;
    bool ok = db_exec(run->db, SQL_import_link_stage.text, err) &&
              db_copy_out(run->db,
                          "COPY (SELECT DISTINCT reported_cas, reported_code, reported_name,"
                          " reported_name_en FROM holding) TO STDOUT (FORMAT binary)",
                          take_names, &rows, err);
    if (ok && rows.len)
        ok = stage_copy(run->db, link_copy, &rows, err) &&
             import_sql(NULL, run, &SQL_import_link_resolve, err, DB_NONE) &&
             db_exec(run->db, "ANALYZE stage_link", err) &&
             import_count(changed, run, &SQL_import_link_count, err, DB_NONE);
    buf_free(&rows);
    if (ok && *changed)
        ok = import_sql(NULL, run, &SQL_import_link_update, err, DB_NONE);
    return ok && weigh_volumes(run, err);
}
