/* concentration.h - measured concentrations and their units as laboratories write them. */
#ifndef IMPORT_CONCENTRATION_H
#define IMPORT_CONCENTRATION_H

#include <stdbool.h>

struct concentration {
    double value; /* NAN where below detection */
    double limit; /* detection limit; NAN = not known */
    bool below;   /* below detection: "<0.05", ND, N.D.(<0.05), 未檢出, <MDL */
};

/* limit: the limit told elsewhere in the row, NAN = none; one in text itself wins. False: text is
 * neither a number that is not negative nor such a word. Zero stays zero: it was reported. */
bool concentration_read(struct concentration *out, const char *text, double limit);

/* What was measured decides what "ppb" means. */
enum matter { MATTER_UNKNOWN, MATTER_SOLID, MATTER_WATER, MATTER_AIR };
/* Of a kind of sample (底泥, 河水, sediment) and, where that says nothing, a medium (地下水);
 * NULL allowed. */
enum matter concentration_matter(const char *kind, const char *medium);

struct concentration_unit {
    const char *normal; /* "mg/kg", "µg/L", "µg/m³", or "ppm", "ppb", "ppt" of unknown matter */
    double factor;      /* value in normal = factor × value */
    const char *basis;  /* "dw" dry weight, "ww" wet weight, "lw" lipid weight; NULL = not said */
};
/* mg/kg dw, ug/l, μg/L, ng/g, 毫克/公升, ppb …; false: unknown. */
bool concentration_unit(struct concentration_unit *out, const char *text, enum matter matter);

#endif
