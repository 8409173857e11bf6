/* units.h - the units of gis/units.h under the name that importers know them by. */
#ifndef IMPORT_UNITS_H
#define IMPORT_UNITS_H

#include "gis/units.h"

#endif
