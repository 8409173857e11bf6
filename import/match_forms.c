#include "import/match_forms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "import/bulk.h"
#include "import/company_key.h"
#include "sql.h"

enum { RANGE = 50000 /* names a time */ };

struct forms {
    struct buf rows, name, plant, door;
};

/* number, name, address → number, name, address, name_key, plant, door_key */
static bool take_name(void *ctx, const unsigned char *const *fields, const int *lengths, int count,
                      struct error *err)
{
    struct forms *f = ctx;
    if (count != 3 || lengths[1] < 0 || lengths[2] < 0)
        return error_set(err, ERROR_INTERNAL, "names came with %d columns", count);
    char *name = mem_copy_n((const char *)fields[1], (size_t)lengths[1]);
    char *address = mem_copy_n((const char *)fields[2], (size_t)lengths[2]);
    company_key(&f->name, &f->plant, name);
    company_door_key(&f->door, address);
    stage_i64(&f->rows, db_field_int(fields[0], lengths[0]));
    stage_text(&f->rows, name);
    stage_text(&f->rows, address);
    stage_text(&f->rows, buf_string(&f->name));
    stage_text(&f->rows, buf_string(&f->plant));
    stage_text(&f->rows, buf_string(&f->door));
    stage_end(&f->rows);
    free(name);
    free(address);
    return true;
}

/* Forms of the names that a query gives whose number lies in a range (the query ends with that
 * number), range by range up to the last, into stage_match_name. */
static bool make_forms(const char *query, int64_t last, struct import_run *run, struct error *err)
{
    struct forms f = {.rows.max = BUF_MAX_DEFAULT};
    bool ok = true;
    for (int64_t from = 0; ok && from <= last; from += RANGE) {
        char copy[1000];
        snprintf(copy, sizeof copy, "COPY (%s BETWEEN %lld AND %lld) TO STDOUT (FORMAT binary)",
                 query, (long long)from, (long long)from + RANGE - 1);
        buf_clear(&f.rows);
        ok = db_copy_out(run->db, copy, take_name, &f, err) &&
             (!f.rows.len || stage_copy(run->db, "COPY stage_match_name FROM STDIN", &f.rows, err));
    }
    buf_free(&f.rows);
    buf_free(&f.name);
    buf_free(&f.plant);
    buf_free(&f.door);
    return ok;
}

bool match_forms_facilities(struct import_run *run, struct error *err)
{
    static const struct sql last = {"match_last", "SELECT coalesce(max(id), 0) FROM facility"};
    int64_t id;
    return import_sql(NULL, run, &SQL_import_match_drop, err, DB_NONE) &&
           import_count(&id, run, &last, err, DB_NONE) &&
           make_forms("SELECT f.id, n.name, coalesce(f.address, '') FROM facility f CROSS JOIN"
                      " LATERAL (SELECT f.name UNION SELECT a.name FROM facility_alias a"
                      " WHERE a.facility_id = f.id) n WHERE n.name !~ '^[0-9A-Z-]+$' AND NOT "
                      "EXISTS (SELECT 1 FROM"
                      " facility_match m WHERE m.facility_id = f.id AND m.name = n.name)"
                      " AND f.id",
                      id, run, err) &&
           bulk_insert(NULL, run, &SQL_import_match_made, NULL, err, DB_NONE) &&
           db_exec(run->db, "TRUNCATE stage_match_name; ANALYZE facility_match", err);
}

bool match_forms_rows(struct import_run *run, struct error *err)
{
    static const struct sql last = {"match_line", "SELECT coalesce(max(line), 0) FROM stage_match"};
    int64_t line;
    return import_count(&line, run, &last, err, DB_NONE) &&
           make_forms("SELECT line, name, coalesce(address, '') FROM stage_match WHERE line", line,
                      run, err) &&
           db_exec(run->db, "ANALYZE stage_match_name", err);
}
