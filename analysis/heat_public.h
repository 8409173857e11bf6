/* heat_public.h - what the public tier may see of a heat source.
 *
 * A kernel map of single points can be read backwards: one facility is one disc. So the public tier
 * shows cells of one fixed lattice (EPSG:3826, 2,500 m, corners at whole multiples from 0,0), each
 * as a point of the cell's whole weight in its centre, and only cells with at least three different
 * operators; of quantities no cell where the others together are less than 10 % of the largest
 * operator's, because the second largest could then reckon the largest (p %-rule, p = 10; Hundepool
 * et al., Statistical Disclosure Control, 2012, ch. 4). Lattice, radius and kernel are fixed and
 * the filters few, so that no two maps can be subtracted to a ring with fewer operators. */
#ifndef ANALYSIS_HEAT_PUBLIC_H
#define ANALYSIS_HEAT_PUBLIC_H

#include "analysis/heat_source.h"

enum { HEAT_PUBLIC_OPERATORS = 3, HEAT_PUBLIC_PERCENT = 10 };
#define HEAT_PUBLIC_CELL 2500.0 /* m */

/* Puts cells in place of the facilities of a filled source. */
void heat_public_reduce(struct heat_source *s);

#endif
