/* zones.h - responsibility zones that are made of counties. */
#ifndef IMPORT_ZONES_H
#define IMPORT_ZONES_H

#include "import/run.h"

/* After areas changed: the zones without a drawn area anew from the borders of their counties;
 * *changed = zones that changed. */
bool zones_remake(int64_t *changed, struct import_run *run, struct error *err);

#endif
