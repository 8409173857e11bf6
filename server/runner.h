/* runner.h - the thread that runs the imports sent over HTTP, one at a time, in order (table
 * import_job); each in a process of its own (child.h). */
#ifndef SERVER_RUNNER_H
#define SERVER_RUNNER_H

#include <time.h>

#include "gis/error.h"
#include "import/import.h"
#include "server/spool.h"

enum {
    RUNNER_WAITING_MAX = 50,   /* jobs that wait for one folder of uploads */
    RUNNER_TRIES_MAX = 3,      /* times that a job is begun whose process dies */
    RUNNER_KEEP_S = 24 * 3600, /* files of ended jobs that may be run again are kept, s … */
    RUNNER_KEEP_MAX = 10,      /* … and so many of them, the latest */
};

struct runner;

/* conninfo and spool are borrowed for the runner's life. */
struct runner *runner_start(const char *conninfo, const struct spool *spool, struct error *err);
/* The job under way is given back to the queue, undone. */
void runner_ask_stop(struct runner *r);
/* Whether it came to its end; waits until deadline (CLOCK_REALTIME) at most. */
bool runner_wait(struct runner *r, const struct timespec *deadline);
void runner_free(struct runner *r); /* after runner_wait was true; NULL allowed */

/* There is a new job, or one to cancel. */
void runner_wake(struct runner *r);
void runner_cancel(struct runner *r, int64_t job);
/* How far a job is, if it runs here now. */
bool runner_progress(struct import_progress *out, struct runner *r, int64_t job);
/* Jobs that waited when last looked. */
int runner_waiting(struct runner *r);

#endif
