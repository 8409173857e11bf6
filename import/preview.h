/* preview.h - what a dry run shows: which column gave which field, and the first rows as they were
 * understood, out of the temporary tables. */
#ifndef IMPORT_PREVIEW_H
#define IMPORT_PREVIEW_H

#include "import/run.h"

/* Into run->report; in the publishing transaction, before it is rolled back. */
bool preview_fill(struct import_run *run, struct error *err);

#endif
