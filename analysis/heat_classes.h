/* heat_classes.h - the limits between the colours of a heat map: fixed for a query and atlas, never
 * for a tile or a view, so that one colour means one value on the whole map.
 *
 * Quantiles (20 40 60 75 87 95 98 99.5 %) of the positive values at pixels of the lattice, of which
 * every 2^k-th row and column is looked at (about a million), rounded to two digits. */
#ifndef ANALYSIS_HEAT_CLASSES_H
#define ANALYSIS_HEAT_CLASSES_H

#include "analysis/heat_source.h"

enum { HEAT_CLASSES_MAX = 9 };

struct heat_classes {
    int count;                    /* 0 = there is no point */
    double min[HEAT_CLASSES_MAX]; /* ascending; a value belongs to the last class whose min it
                                     reaches; min[0] = 0: whatever is not none */
};

void heat_classes_find(struct heat_classes *out, const struct heat_source *s);
/* The same for a query, kept with the snapshot. Of by = radar: those of the radar's defaults, times
 * the largest score that the query's options allow over that of the defaults (two digits), as the
 * legend of facilities goes: colours keep their meaning while weights are moved, and lopsided
 * weights do not make a map of one colour. */
void heat_classes_take(struct heat_classes *out, struct snapshot *s, const struct heat_query *q);
/* "0.5,1,2": the user's own, 2 to 9 ascending numbers >= 0; values below the first have none. */
bool heat_classes_parse(struct heat_classes *out, const char *text, struct error *err);
/* Class of a value: 0 … count-1; -1 = below the first, NaN. That 0 is none on a map of densities
 * the caller knows. */
int heat_classes_of(const struct heat_classes *c, double value);
/* Nearest number of 2 significant digits; 0 of what is not above 0. */
double heat_two_digits(double v);

#endif
