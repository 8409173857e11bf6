/* process.h - runs a program to its end, without a shell: own session (a Ctrl-C in the terminal
 * does not reach it), clean environment, nothing on its standard input. */
#ifndef SERVER_PROCESS_H
#define SERVER_PROCESS_H

#include <stddef.h>

#include "server/user.h"

enum { PROCESS_OUTPUT_MAX = 4096 };

/* argv[0] is the program's full path; argv ends with NULL. True when it ended with status 0. Else
 * err tells how it ended and, from what it wrote, the end. It is killed after timeout_s seconds,
 * and when this process dies. May be called while other threads run. */
bool process_run(const char *const argv[], const struct user *user, int timeout_s,
                 struct error *err);

#endif
