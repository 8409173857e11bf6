/* events.h - server-sent events about import jobs: one thread looks at the jobs that somebody
 * follows and writes to the streams (stream.h) what changed. */
#ifndef SERVER_EVENTS_H
#define SERVER_EVENTS_H

#include "server/runner.h"
#include "server/stream.h"

enum {
    EVENTS_MAX = 100,           /* streams at a time */
    EVENTS_LOOK_MS = 300,       /* between two looks */
    EVENTS_HEARTBEAT_MS = 15000 /* a comment where nothing changed, so that proxies hold on */
};

struct events;

struct events *events_start(const char *conninfo, struct runner *runner, struct error *err);
/* Ends all streams; there are no new ones then. */
void events_ask_stop(struct events *e);
/* Whether it came to its end; waits until deadline (CLOCK_REALTIME) at most. */
bool events_wait(struct events *e, const struct timespec *deadline);
void events_free(struct events *e); /* after events_wait was true; NULL allowed */

/* A stream that follows a job which exists; ERROR_BUSY past EVENTS_MAX. */
struct stream *events_follow(struct events *e, int64_t job, struct error *err);

#endif
