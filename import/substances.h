/* substances.h - the publishing half of the import of substances. */
#ifndef IMPORT_SUBSTANCES_H
#define IMPORT_SUBSTANCES_H

#include "import/run.h"

/* Publishes stage_substance (substances_publish.c). */
bool substances_publish(struct import_run *run, struct error *err);

#endif
