/* bulk.h - INSERT of many rows whose references are known to hold, without the check of each row.
 */
#ifndef IMPORT_BULK_H
#define IMPORT_BULK_H

#include "import/run.h"

/* Runs an INSERT inside the publishing transaction; *rows (NULL allowed) = rows inserted. The
 * caller vouches for every reference: ids that this transaction inserted or joined under the
 * publishing lock. table: for the notice to servers, NULL where they show nothing of
 * it. Where the database's user may not leave the
 * checks out they are made as ever. */
bool bulk_insert(int64_t *rows, struct import_run *run, const struct sql *sql, const char *table,
                 struct error *err, const struct db_value *values, int count);

#endif
