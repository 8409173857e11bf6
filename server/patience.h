/* patience.h - whether somebody still waits for what is being made; asked while rows are written,
 * so that a large file ends when its reader has gone. */
#ifndef SERVER_PATIENCE_H
#define SERVER_PATIENCE_H

#include "gis/error.h"

struct patience {
    bool (*gone)(void *ctx); /* a system call; NULL = somebody always waits */
    void *ctx;
    unsigned asked;
    bool over;
};

/* For each row: true once nobody waits. Looks at every 64th call. NULL allowed. */
bool patience_over(struct patience *p);
/* False with err when it was over. NULL allowed. */
bool patience_kept(const struct patience *p, struct error *err);

#endif
