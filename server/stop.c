#include "server/stop.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <time.h>

static sigset_t watched(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    return set;
}

void stop_hold(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    sigset_t set = watched();
    /* A signal that is ignored, as a shell's background jobs ignore SIGINT, would never wait. */
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        signal(numbers[i], SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

bool stop_wanted(void)
{
    sigset_t pending;
    return sigpending(&pending) == 0 &&
           (sigismember(&pending, SIGINT) || sigismember(&pending, SIGTERM) ||
            sigismember(&pending, SIGHUP));
}

int stop_take(int timeout_ms)
{
    sigset_t set = watched();
    const struct timespec timeout = {.tv_sec = timeout_ms / 1000,
                                     .tv_nsec = timeout_ms % 1000 * 1000000L};
    int number;
    do /* a program that is stopped (Ctrl-Z) and goes on is interrupted, too */
        number = sigtimedwait(&set, NULL, timeout_ms < 0 ? NULL : &timeout);
    while (number < 0 && errno == EINTR && timeout_ms < 0);
    return number > 0 ? number : 0;
}
