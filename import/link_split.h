/* link_split.h - cells that may name several substances ("甲苯、二甲苯", "toluene; xylene"), cut
 * where people put marks between names. Commas of names ("1,2-二氯乙烷", "N,N-") and what stands in
 * brackets are left whole; shares ("甲苯（60%）", "60%甲苯") are no part of a name. Whether the
 * pieces are substances is not asked here. */
#ifndef IMPORT_LINK_SPLIT_H
#define IMPORT_LINK_SPLIT_H

#include <stdbool.h>
#include <stddef.h>

enum { LINK_PIECES_MAX = 24 };

struct link_piece {
    const char *text; /* in the cell */
    size_t len;
};

/* How many pieces: 0 where the cell is one, or more than LINK_PIECES_MAX. numbers: it holds CAS
 * numbers, between which white space is a mark too and no comma belongs to a name. */
int link_split(struct link_piece pieces[LINK_PIECES_MAX], const char *cell, bool numbers);

#endif
