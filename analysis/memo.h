/* memo.h - things computed from one snapshot, kept by name: made once, shared by threads, counted,
 * least recently used out first. What a reader holds stays until it is put back. */
#ifndef ANALYSIS_MEMO_H
#define ANALYSIS_MEMO_H

#include <stdbool.h>
#include <stddef.h>

struct memo;

/* Keeps at most bytes_max bytes of what nobody holds, yet always `least` things. */
struct memo *memo_new(size_t bytes_max, unsigned least);
void memo_free(struct memo *m); /* NULL allowed; nobody may hold anything */

/* The thing named key (begin it with the kind: "radar?…", "heat?…"). If it is not there the first
 * who asks makes it, outside the lock; others who want the same wait for it. make: sets *bytes, the
 * memory that the thing takes; never NULL. */
typedef void *memo_make(void *ctx, size_t *bytes);
typedef void memo_drop(void *thing);
const void *memo_take(struct memo *m, const char *key, memo_make *make, memo_drop *drop, void *ctx);
void memo_put(struct memo *m, const void *thing);
/* The next who asks for this thing, which the caller holds, makes it anew: it told of a failure. */
void memo_forget(struct memo *m, const void *thing);
/* Whether memo_take would answer at once. */
bool memo_has(struct memo *m, const char *key);

#endif
