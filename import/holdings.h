/* holdings.h - the publishing half of the import of holdings. */
#ifndef IMPORT_HOLDINGS_H
#define IMPORT_HOLDINGS_H

#include "import/run.h"

/* Publishes stage_holding (holdings_publish.c). */
bool holdings_publish(struct import_run *run, struct error *err);

#endif
