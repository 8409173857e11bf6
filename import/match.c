/* DESIGN. Set-wise in temporary tables: rows that may need a link (stage_match) meet the facilities
 * of other sources by hash joins on numbers, company keys, doors (stage_pair); each pair is judged
 * once; rows of certain pairs take the key of the known facility before they are planned, so the
 * rest of the import knows nothing of matching. Normal forms are made in C, in ranges, and those of
 * facilities are kept (facility_match). Rejected: a join by distance over all facilities (a dense
 * industrial park gives thousands of pairs a row), and merging after the rows are written. Cost:
 * one query where only one source has facilities. */
#include "import/match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "import/bulk.h"
#include "import/company_key.h"
#include "sql.h"

enum { RANGE = 50000 /* names a time */, REVIEWS_OF_A_ROW_MAX = 5 };

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

static bool forms_of_facilities(struct import_run *run, struct error *err)
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

static bool forms_of_rows(struct import_run *run, struct error *err)
{
    static const struct sql last = {"match_line", "SELECT coalesce(max(line), 0) FROM stage_match"};
    int64_t line;
    return import_count(&line, run, &last, err, DB_NONE) &&
           make_forms("SELECT line, name, coalesce(address, '') FROM stage_match WHERE line", line,
                      run, err) &&
           db_exec(run->db, "ANALYZE stage_match_name", err);
}

static bool find_pairs(struct import_run *run, struct error *err)
{
    struct db_value source = db_i64(run->source);
    return import_sql(NULL, run, &SQL_import_match_candidates, err,
                      DB_ARGS(source, db_i64(MATCH_CANDIDATES_MAX))) &&
           import_sql(NULL, run, &SQL_import_match_refused, err, DB_NONE) &&
           db_exec(run->db, "ANALYZE stage_pair", err) &&
           import_sql(NULL, run, &SQL_import_match_compare, err, DB_NONE) &&
           import_sql(NULL, run, &SQL_import_match_judge, err, DB_NONE) &&
           import_sql(NULL, run, &SQL_import_match_choose, err, DB_NONE);
}

static bool link_rows(struct import_run *run, struct error *err)
{
    struct db_value batch = db_i64(run->batch);
    int64_t linked;
    if (!import_sql(&linked, run, &SQL_import_match_same, err, DB_NONE))
        return false;
    return !linked || (import_sql(NULL, run, &SQL_import_match_upgrade, err, DB_ARGS(batch)) &&
                       import_sql(NULL, run, &SQL_import_match_take, err, DB_NONE));
}

bool match_facilities(struct import_run *run, struct error *err)
{
    struct db_value source = db_i64(run->source), name = db_text(run->request->source);
    int64_t rows;
    run->matching = false;
    if (!import_count(&rows, run, &SQL_import_match_wanted, err, DB_ARGS(source)))
        return false;
    if (!rows)
        return true;
    if (!db_exec(run->db, SQL_import_match_stage.text, err) ||
        !import_sql(NULL, run, &SQL_import_match_apart, err, DB_ARGS(name)) ||
        !import_sql(NULL, run, &SQL_import_match_known, err, DB_NONE) ||
        !import_sql(NULL, run, &SQL_import_match_take, err, DB_NONE) ||
        !import_sql(&rows, run, &SQL_import_match_rows, err, DB_ARGS(source)))
        return false;
    run->matching = true;
    if (!rows)
        return true;
    return db_exec(run->db, "ANALYZE stage_match", err) && forms_of_facilities(run, err) &&
           forms_of_rows(run, err) && find_pairs(run, err) &&
           import_sql(NULL, run, &SQL_import_match_contrary, err, DB_ARGS(source, name)) &&
           import_sql(NULL, run, &SQL_import_match_sides, err, DB_NONE) && link_rows(run, err);
}

bool match_keep(struct import_run *run, struct error *err)
{
    struct db_value source = db_i64(run->source), batch = db_i64(run->batch);
    int64_t doubtful;
    if (!run->matching)
        return true;
    if (!import_sql(NULL, run, &SQL_import_match_remember, err, DB_ARGS(batch)) ||
        !import_sql(NULL, run, &SQL_import_match_records, err, DB_ARGS(source, batch)) ||
        !import_sql(NULL, run, &SQL_import_match_carry, err, DB_ARGS(batch)) ||
        !import_sql(&doubtful, run, &SQL_import_match_reviews, err,
                    DB_ARGS(batch, db_text(run->request->source), db_i64(REVIEWS_OF_A_ROW_MAX))))
        return false;
    import_remark(run, "doubtful matches, on the review list", (uint64_t)doubtful);
    return import_remarks(run, &SQL_import_match_remarks, err,
                          DB_ARGS(db_i64(MATCH_CANDIDATES_MAX), db_i64(REVIEWS_OF_A_ROW_MAX)));
}
