#include "server/process.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gis/clock.h"
#include "gis/text.h"

/* Between fork and exec only calls that are safe while other threads hold locks. */
static _Noreturn void become(const char *const argv[], const struct user *user, int output)
{
    static const char *const environment[] = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC",
                                              NULL};
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    setsid();
    int null = open("/dev/null", O_RDONLY);
    if (null < 0 || dup2(null, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0)
        _exit(126);
    if (user->other && (setgroups(1, &user->gid) || setresgid(user->gid, user->gid, user->gid) ||
                        setresuid(user->uid, user->uid, user->uid)))
        _exit(126);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* after setuid, which forgets it */
    umask(077);
    if (chdir("/"))
        _exit(126);
    /* execve wants char *const[]; it changes nothing. */
    union {
        const char *const *read_only;
        char *const *plain;
    } args = {.read_only = argv}, env = {.read_only = environment};
    execve(argv[0], args.plain, env.plain);
    _exit(127);
}

/* Keeps the last bytes of what comes; false when the deadline passed first. */
static bool collect(char *text, size_t size, int fd, int64_t deadline)
{
    size_t used = 0;
    for (;;) {
        int64_t left = deadline - clock_ms();
        struct pollfd p = {.fd = fd, .events = POLLIN};
        if (left <= 0)
            break;
        if (poll(&p, 1, (int)left) <= 0)
            continue;
        if (used > size / 2) {
            memmove(text, text + size / 4, used - size / 4);
            used -= size / 4;
        }
        ssize_t n = read(fd, text + used, size - 1 - used);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            text[used] = '\0';
            return true;
        }
        used += (size_t)n;
    }
    text[used] = '\0';
    return false;
}

static bool explain(const char *program, int status, bool in_time, char *output, struct error *err)
{
    const char *name = strrchr(program, '/') ? strrchr(program, '/') + 1 : program;
    for (char *c = output; *c; c++)
        if (*c == '\n')
            *c = ' ';
    size_t len = strlen(output);
    const char *tail = len > 300 ? output + len - 300 : output;
    if (!in_time)
        return error_set(err, ERROR_SYSTEM, "%s took too long and was stopped: %s", name, tail);
    if (WIFSIGNALED(status))
        return error_set(err, ERROR_SYSTEM, "%s was ended by signal %d: %s", name, WTERMSIG(status),
                         tail);
    if (WEXITSTATUS(status) == 127)
        return error_set(err, ERROR_SYSTEM, "%s cannot be run", program);
    return error_set(err, ERROR_SYSTEM, "%s failed (exit status %d): %s", name, WEXITSTATUS(status),
                     tail);
}

bool process_run(const char *const argv[], const struct user *user, int timeout_s,
                 struct error *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC))
        return error_set(err, ERROR_SYSTEM, "no pipe: %s", strerrordesc_np(errno));
    pid_t pid = fork();
    if (pid == 0)
        become(argv, user, ends[1]);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return error_set(err, ERROR_SYSTEM, "no new process: %s", strerrordesc_np(errno));
    }
    char output[PROCESS_OUTPUT_MAX];
    bool in_time = collect(output, sizeof output, ends[0], clock_ms() + (int64_t)timeout_s * 1000);
    close(ends[0]);
    if (!in_time)
        kill(pid, SIGKILL);
    int status = 1;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return (in_time && WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
           explain(argv[0], status, in_time, output, err);
}
