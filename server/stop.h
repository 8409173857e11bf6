/* stop.h - Ctrl-C, SIGTERM and SIGHUP, taken by the main thread when it is ready for them. */
#ifndef SERVER_STOP_H
#define SERVER_STOP_H

#include <stdbool.h>

/* Before any thread is made: from here on the signals wait. SIGPIPE is ignored. */
void stop_hold(void);
/* Whether one waits; it stays. */
bool stop_wanted(void);
/* Takes one, waiting up to timeout_ms (-1 = for ever); its number, or 0. */
int stop_take(int timeout_ms);

#endif
