/* child.h - an import in a process of its own: `hazatlas import-job` of this very program. */
#ifndef SERVER_CHILD_H
#define SERVER_CHILD_H

#include "gis/buf.h"
#include "import/import.h"

enum { CHILD_FILE = 3, CHILD_TELL = 4 /* its descriptors: the file, and where it tells to */ };

struct child;

/* q: fd is the file; tell and ctx are not used. conninfo goes by the environment, where other users
 * cannot read it. Any thread; when that thread ends the process is asked to stop. */
struct child *child_start(const struct import_request *q, const char *conninfo, struct error *err);

enum child_said {
    CHILD_NOTHING,  /* within the timeout */
    CHILD_PROGRESS, /* *progress; stage is static text */
    CHILD_REPORT,   /* *text = the report, JSON */
    CHILD_ERROR,    /* *err */
    CHILD_ENDED
};
enum child_said child_next(struct child *c, int timeout_ms, struct import_progress *progress,
                           struct buf *text, struct error *err);
/* Asks it to undo what it did and end; kill = at once. */
void child_stop(struct child *c, bool kill);
/* Waits for its end and frees c; the signal that ended it, or 0. */
int child_wait(struct child *c);

/* ---- in the process itself ---- */

bool child_tell(void *ctx, const struct import_progress *p); /* an import_tell */
void child_report(const char *json, size_t len);
void child_error(const struct error *err);

#endif
