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

bool imports_stop(struct imports *m, int timeout_ms)
{
    struct timespec deadline;
    if (!m)
        return true;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += timeout_ms / 1000;
    if (m->events)
        events_ask_stop(m->events);
    if (m->runner)
        runner_ask_stop(m->runner);
    return (!m->events || events_wait(m->events, &deadline)) &&
           (!m->runner || runner_wait(m->runner, &deadline));
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
