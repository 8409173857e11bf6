#include "server/imports.h"

#include <stdlib.h>

#include "gis/mem.h"

struct imports *imports_new(const char *data_dir, const struct user *user, uint64_t file_max,
                            struct error *err)
{
    struct imports *m = mem_zero(1, sizeof *m);
    m->file_max = file_max;
    if (spool_open(&m->spool, data_dir, user, err))
        return m;
    imports_free(m);
    return NULL;
}

bool imports_start(struct imports *m, const char *conninfo, struct error *err)
{
    return (m->runner = runner_start(conninfo, &m->spool, err)) &&
           (m->events = events_start(conninfo, m->runner, err));
}

void imports_stop(struct imports *m)
{
    if (!m)
        return;
    events_stop(m->events);
    runner_stop(m->runner);
}

void imports_free(struct imports *m)
{
    if (!m)
        return;
    events_free(m->events);
    runner_free(m->runner);
    spool_close(&m->spool);
    free(m);
}
