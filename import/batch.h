/* batch.h - the batch of an import: its notes, whether the file was here before, and the one
 * transaction that publishes. */
#ifndef IMPORT_BATCH_H
#define IMPORT_BATCH_H

#include "import/run.h"

/* Raised when the same file would now be understood differently, so that it is read again. */
enum { BATCH_READER = 2 };

/* What is wrong with the present row; kept = the row stays, without the field. column -1 = none. */
void batch_note(struct import_run *run, int column, const char *code, const char *reason,
                bool kept);
/* Fills run->geometry and run->columns: which column gave which field, what was asked for, what of
 * its geometry, and the header. */
void batch_describe(struct import_run *run);
/* True where the latest batch of this kind and source is this file, understood the same way; the
 * report then names that batch. */
bool batch_same_file(bool *same, struct import_run *run, struct error *err);
/* Has the planner know the rows that were written, once: before statements that join them again,
 * else at the end. Nothing for a dry run, whose rows go away. */
bool batch_statistics(struct import_run *run, struct error *err);
bool batch_publish(struct import_run *run, struct error *err);

#endif
