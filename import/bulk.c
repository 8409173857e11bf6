/* DESIGN. PostgreSQL checks a foreign key row by row: 15 µs of a facility with its numbers, record
 * and deferred checks at commit, half of a large import. Rows that publishing inserts take their
 * references out of joins against the referenced tables in the same transaction, and one import
 * publishes at a time, so nothing is left to find. session_replication_role = replica leaves the
 * triggers of a foreign key out, for one statement and the inserting side only; the constraints
 * stay and hold for everybody else. It takes a superuser, which the user of the private cluster is.
 * The statement triggers that tell servers of a change are left out with them: done by hand. */
#include "import/bulk.h"

#include "sql.h"

static bool may_leave_out(bool *may, struct import_run *run, struct error *err)
{
    int64_t super;
    if (!import_count(&super, run, &SQL_import_bulk_allowed, err, DB_NONE))
        return false;
    *may = super != 0;
    return true;
}

bool bulk_insert(int64_t *rows, struct import_run *run, const struct sql *sql, const char *table,
                 struct error *err, const struct db_value *values, int count)
{
    bool may;
    int64_t inserted;
    if (!may_leave_out(&may, run, err))
        return false;
    if (may && !db_exec(run->db, "SET LOCAL session_replication_role = replica", err))
        return false;
    if (!import_sql(&inserted, run, sql, err, values, count))
        return false; /* the transaction ends, and the setting with it */
    if (rows)
        *rows = inserted;
    if (!may)
        return true;
    return db_exec(run->db, "SET LOCAL session_replication_role = origin", err) &&
           (!inserted || !table ||
            import_sql(NULL, run, &SQL_import_bulk_touch, err, DB_ARGS(db_text(table))));
}
