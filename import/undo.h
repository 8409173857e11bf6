/* undo.h - the state before an import returns. While an import publishes, triggers keep the rows
 * that it changes or deletes (gis/schema/0006_undo.sql); the rows that it inserts are known by the
 * ids that were given out. Batches that build on each other are undone newest first. */
#ifndef IMPORT_UNDO_H
#define IMPORT_UNDO_H

#include "import/run.h"

/* How long what an import replaced is kept: for imports of the last so many days, for the latest so
 * many, and while there are at most so many rows (about 1 kB each); always for the latest. */
enum { UNDO_KEEP_DAYS = 90, UNDO_KEEP_BATCHES = 100, UNDO_KEEP_ROWS = 5000000 };
enum { UNDO_BY_MAX = 100 /* bytes */ };

struct undo_report {
    char kind[40], source[65];
    int64_t removed;  /* rows that the batch had added, now gone */
    int64_t restored; /* rows that it had changed or deleted, as they were */
    int64_t atlas;    /* the atlas number of the state that returned */
};

/* All or nothing; db must be idle. by = who wants it, as they say. The batch itself, its rejected
 * rows and its source stay on record. Errors: not found; conflict (undone already, later batches
 * build on it, the product's own table, what it replaced is no longer kept); busy. */
bool import_undo(struct undo_report *report, int64_t batch, const char *by, struct db *db,
                 struct error *err);

/* For batch.c, in the publishing transaction: before anything is written, and after the batch is.
 */
bool undo_begin(struct import_run *run, struct error *err);
bool undo_end(struct import_run *run, struct error *err);

#endif
