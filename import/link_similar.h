/* link_similar.h - names that no substance bears, beside names that look like them: suggestions for
 * table review, never links. */
#ifndef IMPORT_LINK_SIMILAR_H
#define IMPORT_LINK_SIMILAR_H

#include "gis/db.h"

/* How far two names in normal form are apart, in half letters: 0 = the same, a letter put in, left
 * out or changed 2, one taken for another that looks like it (笨 for 苯) 1. -1 = farther apart than
 * names that may be the same, or their numbers (digits, 一二三 …) differ: 1,1- and 1,2- are two
 * substances. */
int link_distance(const char *a, const char *b);
/* Suggestions for the names of stage_link that are not linked. batch 0 = none. */
bool link_similar(int64_t batch, struct db *db, struct error *err);

#endif
