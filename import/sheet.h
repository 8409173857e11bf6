/* sheet.h - in the fenced child: which sheet of a spreadsheet holds the table, and where in it the
 * header stands (header.h). */
#ifndef IMPORT_SHEET_H
#define IMPORT_SHEET_H

#include "import/features.h"

/* Sets layer and names of f: the sheet called how->sheet, or the first whose header gives all
 * fields that are needed, or the one whose header gives most, or the first. The others' names are
 * added to others. */
bool sheet_choose(struct features *f, GDALDatasetH data, struct buf *others, struct error *err);
/* Notes on what is in the file and is not read: macros, formulas that have no stored value. */
void sheet_look_inside(struct features *f);

#endif
