/* facilities.h - what holdings and areas share with the import of facilities. */
#ifndef IMPORT_FACILITIES_H
#define IMPORT_FACILITIES_H

#include "import/run.h"

/* facility.search_key: the normal forms, separated by blanks, in b (cleared first). NULL or "" =
 * not known. */
void facility_search_key(struct buf *b, const char *name, const char *name_en, const char *ems_no,
                         const char *factory_no, const char *business_no, const char *address);

/* Publishes stage_facility (facilities_publish.c). */
bool facilities_publish(struct import_run *run, struct error *err);
/* After areas changed: county, township and position_check of every facility anew, from the
 * position as reported (facilities_recheck.c). *changed = facilities that changed. */
bool facilities_recheck(int64_t *changed, struct import_run *run, struct error *err);
/* The same for one facility. */
bool facilities_recheck_one(int64_t facility, struct import_run *run, struct error *err);

#endif
