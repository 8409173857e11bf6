/* heat_public.h - what the public tier may see of a heat source.
 *
 * A kernel map of single points can be read backwards: one facility is one disc. So the public tier
 * shows cells of one fixed lattice (EPSG:3826, 2,500 m, corners at whole multiples from 0,0), each
 * as a point of the cell's whole weight in its centre. What is offered, and why no two maps can be
 * subtracted to what fewer than three operators have:
 *
 * - number of facilities, of all or of one substance. A cell is shown where at least three
 * operators have it; of a substance also only where those of the rest of the cell are none or at
 * least three, because all less those with it are those without it.
 * - kilograms of exactly one substance. No total over substances is published, so nothing can be
 *   taken from one. At least three operators, and no cell where the others together are less than
 *   10 % of the largest operator's, because the second largest could then reckon the largest (p %
 *   rule, p = 10; Hundepool et al., Statistical Disclosure Control, 2012, ch. 4). Weights of cells
 *   are rounded to 2 significant digits before anything is summed of them.
 * - nothing else: lattice, radius and kernel are fixed; hazard and intensity are kilograms of which
 *   the factors are public, scores are of single facilities.
 *
 * Operators are those of registrations; where none is named, companies by name (atlas_company.c).
 *
 * What remains: maps of two atlas numbers can be subtracted, which tells how many facilities came
 * or went in a cell, and a change of kilograms that is more than the rounding; and who knows all
 * operators of a cell but one from elsewhere knows the last one to the same rounding. */
#ifndef ANALYSIS_HEAT_PUBLIC_H
#define ANALYSIS_HEAT_PUBLIC_H

#include "analysis/heat_source.h"

enum { HEAT_PUBLIC_OPERATORS = 3, HEAT_PUBLIC_PERCENT = 10 };
#define HEAT_PUBLIC_CELL 2500.0 /* m */

/* NULL where the public tier offers what a query asks; else a sentence why not. */
const char *heat_public_refusal(const struct heat_query *q);
/* Puts cells in place of the facilities of a filled source; none of a query that is refused. */
void heat_public_reduce(struct heat_source *s);

#endif
