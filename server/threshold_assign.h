/* threshold_assign.h - a person's word on which regulated item a substance is of. */
#ifndef SERVER_THRESHOLD_ASSIGN_H
#define SERVER_THRESHOLD_ASSIGN_H

#include "gis/db.h"

struct threshold_assign {
    const char *rule_set;            /* NULL = the one that comes with the product */
    const char *cas, *reported_name; /* one of them */
    const char *category, *item_no;  /* both NULL = of no item */
    const char *item;                /* where the number alone names several; NULL = it does not */
    int water_soluble;               /* -1 = not known */
    const char *by, *reason;
};

/* Checks it against substances and rules, and stores it in place of the word before; *id is its
 * number. */
bool threshold_assign(int64_t *id, const struct threshold_assign *a, struct db *db,
                      struct error *err);
/* Takes it back. ERROR_NOT_FOUND where there is none of a person. */
bool threshold_unassign(int64_t id, struct db *db, struct error *err);

#endif
