/* intern.h - different texts numbered from 0 in the order they come. One thread. */
#ifndef ANALYSIS_INTERN_H
#define ANALYSIS_INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "gis/buf.h"

#define INTERN_NONE UINT32_MAX

struct intern { /* zeroed = empty */
    struct buf texts;
    uint32_t *start; /* [count] in texts */
    uint32_t *slot;  /* [slots] number + 1; 0 = free */
    uint32_t count, slots;
};

void intern_free(struct intern *t);
/* The number of the text, which is entered if it is new. */
uint32_t intern_put(struct intern *t, const char *text, size_t len);
/* INTERN_NONE where it is not there. */
uint32_t intern_find(const struct intern *t, const char *text, size_t len);
/* NUL-terminated; valid until the next put. */
const char *intern_text(const struct intern *t, uint32_t number);

#endif
