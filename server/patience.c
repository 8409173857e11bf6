#include "server/patience.h"

#include <stddef.h>

enum { EVERY = 64 /* calls: some milliseconds of rows */ };

bool patience_over(struct patience *p)
{
    if (!p || !p->gone)
        return false;
    if (!p->over && p->asked++ % EVERY == 0)
        p->over = p->gone(p->ctx);
    return p->over;
}

bool patience_kept(const struct patience *p, struct error *err)
{
    return !p || !p->over || error_set(err, ERROR_CONFLICT, "nobody waits for the answer any more");
}
