/* match_forms.h - the forms that names are matched by (company_key.h), for facilities and for rows.
 */
#ifndef IMPORT_MATCH_FORMS_H
#define IMPORT_MATCH_FORMS_H

#include "import/run.h"

/* facility_match: what is missing or out of date of all facilities. Uses stage_match_name. */
bool match_forms_facilities(struct import_run *run, struct error *err);
/* stage_match_name: the rows of stage_match. */
bool match_forms_rows(struct import_run *run, struct error *err);

#endif
