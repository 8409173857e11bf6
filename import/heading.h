/* heading.h - what the header of a column says besides which field it is: the year and the unit of
 * its numbers, as in export_2018_thousand_twd, 108年出口值(千元). */
#ifndef IMPORT_HEADING_H
#define IMPORT_HEADING_H

#include "import/run.h"

enum { HEADING_UNIT_MAX = 40 };

/* The Gregorian year (of either calendar), or 0: it names none, or the field has no column. */
int heading_year(const struct import_run *run, int field);
/* What stands in brackets at its end, in normal form (gis/text.h); false where nothing does. */
bool heading_unit(char out[HEADING_UNIT_MAX], const struct import_run *run, int field);

#endif
