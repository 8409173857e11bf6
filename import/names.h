/* names.h - the header names that a kind of file accepts, in their normal form, and how well the
 * name of a column agrees with them. */
#ifndef IMPORT_NAMES_H
#define IMPORT_NAMES_H

#include <stddef.h>

#include "import/import.h"

/* Between the parts of a name that stands in two rows: "座標 › X". */
#define NAMES_PART "›"

enum names_rank { /* the better is taken; two of one rank for one field are an error */
                  NAMES_NONE,
                  NAMES_WHOLE,     /* the whole name, or its parts put together */
                  NAMES_PART_ONLY, /* only its last part */
                  NAMES_OLD,       /* coordinates in TWD67 */
                  NAMES_RANKS
};

struct names;

struct names *names_open(const struct import_kind *kind);
void names_close(struct names *n); /* NULL allowed */
/* The field (-1 = none) that a column of this name (not normal form) gives. */
int names_find(enum names_rank *rank, const struct names *n, const char *name, size_t len);
/* The normal form; the caller frees. */
char *names_key(const char *text, size_t len);

#endif
