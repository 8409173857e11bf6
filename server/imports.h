/* imports.h - imports over HTTP: the folder of uploads, the thread that runs them, the thread that
 * tells of them. */
#ifndef SERVER_IMPORTS_H
#define SERVER_IMPORTS_H

#include <stdatomic.h>

#include "server/events.h"
#include "server/runner.h"
#include "server/spool.h"

enum {
    IMPORTS_UPLOADS_MAX = 8,         /* files that come at the same time */
    IMPORTS_FILE_MB = 4096,          /* unless --import-max; 1 MB = 1,000,000 bytes */
    IMPORTS_REJECTED_MAX = 64 << 20, /* bytes of rejected rows that are sent; the rest by
                                        `hazatlas export rejected` */
};

struct imports {
    struct spool spool;
    struct runner *runner;
    struct events *events;
    uint64_t file_max; /* bytes */
    _Atomic int uploads;
};

/* The folder, before root's rights are given up. */
struct imports *imports_new(const char *data_dir, const struct user *user, uint64_t file_max,
                            struct error *err);
/* conninfo is borrowed until the end. */
bool imports_start(struct imports *m, const char *conninfo, struct error *err);
/* What runs goes back into the queue, streams end. False where a thread still waits for the
 * database after timeout_ms: call it again. NULL allowed, as below. */
bool imports_stop(struct imports *m, int timeout_ms);
void imports_free(struct imports *m); /* after imports_stop was true */

#endif
