/* units.h - units of quantity as files write them. */
#ifndef GIS_UNITS_H
#define GIS_UNITS_H

#include <stdbool.h>

enum unit_kind { UNIT_MASS, UNIT_VOLUME, UNIT_OTHER };

/* What a unit is, and how many kilograms (mass) or litres (volume) one of it is; UNIT_OTHER for
 * what cannot be converted (bottles) or is not known, with factor 0. */
enum unit_kind units_find(double *factor, const char *text);

#endif
