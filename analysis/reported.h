/* reported.h - what sources report and no substance is linked to: numbered by the normal form that
 * tells holdings apart (holding.reported_key), each with a name as it was written. */
#ifndef ANALYSIS_REPORTED_H
#define ANALYSIS_REPORTED_H

#include <stdbool.h>

#include "analysis/intern.h"

struct reported { /* zeroed = empty */
    struct intern keys;
    struct buf names;
    uint32_t *start; /* [cap] in names */
    uint32_t cap;
};

void reported_free(struct reported *r);
/* A length below 0 is an empty text, as of a NULL field. */
uint32_t reported_put(struct reported *r, const void *key, int key_len, const void *name,
                      int name_len);
/* Valid until the next put. */
const char *reported_key(const struct reported *r, uint32_t number);
const char *reported_name(const struct reported *r, uint32_t number);
/* Bytes held; whether texts passed their limit. */
size_t reported_bytes(const struct reported *r);
bool reported_overflow(const struct reported *r);

#endif
