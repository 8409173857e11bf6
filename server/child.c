/* DESIGN. Why a process: the server has many threads, and import/reader.c forks a child that goes
 * on without exec (it opens libraries and allocates), which is not safe while another thread holds
 * a lock. Between the fork below and its exec only calls happen that are. A process can also be
 * killed at any moment and takes nothing of the server with it, and its memory goes back when it
 * ends. It tells one line at a time through a pipe:
 *
 *   P stage rows bytes bytes_total rejected     progress
 *   R {json}                                    the report
 *   E kind text                                 why it failed */
#include "server/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gis/mem.h"
#include "gis/text.h"

enum { LINE_MAX_BYTES = 1 << 20, ARGS_MAX = 2 * 64 + 20 };

struct child {
    pid_t pid;
    int fd;
    bool ended;
    struct buf in;
};

/* ---- starting it ---- */

struct start { /* all that is needed after the fork, made before it */
    char *args[ARGS_MAX];
    int count;
    char **environment;
    int file, tell;
    pid_t parent;
};

static void add(struct start *s, const char *name, const char *value)
{
    if (value && s->count < ARGS_MAX - 1)
        s->args[s->count++] = mem_format("%s%s", name, value);
}

static void add_maps(struct start *s, const struct import_request *q)
{
    for (int i = 0; i < q->map_count; i++) {
        char *map = mem_format("%s=%s", q->maps[i].field, q->maps[i].column);
        add(s, q->maps[i].constant ? "--set=" : "--map=", map);
        free(map);
    }
}

static void prepare(struct start *s, const struct import_request *q, const char *conninfo)
{
    extern char **environ;
    static const char name[] = "HAZATLAS_DATABASE=";
    size_t count = 0, kept = 0;
    add(s, "hazatlas", "");
    add(s, "import-job", "");
    add(s, "--kind=", q->kind);
    add(s, "--source=", q->source);
    add(s, "--name=", q->name);
    add(s, "--crs=", q->crs);
    add(s, "--encoding=", q->encoding);
    add(s, "--sheet=", q->sheet);
    add(s, "--dry-run", q->dry_run ? "" : NULL);
    add_maps(s, q);
    while (environ[count])
        count++;
    s->environment = mem_zero(count + 2, sizeof *s->environment);
    for (size_t i = 0; i < count; i++)
        if (strncmp(environ[i], name, sizeof name - 1) != 0)
            s->environment[kept++] = environ[i];
    s->environment[kept] = mem_format("%s%s", name, conninfo);
}

static void forget(struct start *s)
{
    size_t last = 0;
    while (s->environment[last + 1])
        last++;
    free(s->environment[last]); /* the others are not ours */
    free(s->environment);
    for (int i = 0; i < s->count; i++)
        free(s->args[i]);
}

static _Noreturn void become(const struct start *s)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    setsid(); /* a Ctrl-C in the terminal is the server's to pass on */
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    int null = open("/dev/null", O_RDWR);
    int file = fcntl(s->file, F_DUPFD, 10), tell = fcntl(s->tell, F_DUPFD, 10);
    if (getppid() != s->parent || null < 0 || file < 0 || tell < 0 || dup2(null, 0) < 0 ||
        dup2(null, 1) < 0 || dup2(file, CHILD_FILE) < 0 || dup2(tell, CHILD_TELL) < 0 ||
        close_range(CHILD_TELL + 1, ~0U, 0))
        _exit(126);
    execve("/proc/self/exe", s->args, s->environment);
    _exit(127);
}

struct child *child_start(const struct import_request *q, const char *conninfo, struct error *err)
{
    int ends[2];
    struct start s = {.file = q->fd, .parent = getpid()};
    if (pipe2(ends, O_CLOEXEC)) {
        error_fill(err, ERROR_SYSTEM, "no pipe: %s", strerrordesc_np(errno));
        return NULL;
    }
    s.tell = ends[1];
    prepare(&s, q, conninfo);
    pid_t pid = fork();
    if (!pid)
        become(&s);
    int reason = errno;
    close(ends[1]);
    forget(&s);
    if (pid < 0) {
        close(ends[0]);
        error_fill(err, ERROR_SYSTEM, "no process for the import: %s", strerrordesc_np(reason));
        return NULL;
    }
    struct child *c = mem_zero(1, sizeof *c);
    c->pid = pid;
    c->fd = ends[0];
    c->in.max = LINE_MAX_BYTES;
    return c;
}

/* ---- listening to it ---- */

/* The names of import.h, as static text. */
static const char *stage_name(const char *text)
{
    static const char *const names[] = {"reading", "checking", "publishing"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i], text))
            return names[i];
    return "reading";
}

static bool take_number(uint64_t *out, char **save)
{
    char *word = strtok_r(NULL, " ", save);
    int64_t value;
    if (!word || !text_to_i64(&value, word) || value < 0)
        return false;
    *out = (uint64_t)value;
    return true;
}

static enum child_said read_progress(char *line, struct import_progress *p)
{
    char *save = NULL, *stage = strtok_r(line, " ", &save);
    if (!stage || !take_number(&p->rows, &save) || !take_number(&p->bytes, &save) ||
        !take_number(&p->bytes_total, &save) || !take_number(&p->rejected, &save))
        return CHILD_NOTHING;
    p->stage = stage_name(stage);
    return CHILD_PROGRESS;
}

static enum child_said read_error(char *line, struct error *err)
{
    char *text = strchr(line, ' ');
    int64_t kind;
    if (!text)
        return CHILD_NOTHING;
    *text++ = '\0';
    if (!text_to_i64(&kind, line) || kind <= ERROR_NONE || kind >= ERROR_KINDS)
        kind = ERROR_INTERNAL;
    error_fill(err, (enum error_kind)kind, "%s", text);
    return CHILD_ERROR;
}

/* A line that is whole; false where there is none yet. */
static bool take_line(struct child *c, enum child_said *said, struct import_progress *progress,
                      struct buf *text, struct error *err)
{
    char *end = c->in.len ? memchr(c->in.data, '\n', c->in.len) : NULL;
    if (!end)
        return false;
    size_t len = (size_t)(end - c->in.data);
    char *line = mem_copy_n(c->in.data, len);
    memmove(c->in.data, end + 1, c->in.len - len - 1);
    c->in.len -= len + 1;
    *said = CHILD_NOTHING;
    if (!strncmp(line, "P ", 2)) {
        *said = read_progress(line + 2, progress);
    } else if (!strncmp(line, "R ", 2)) {
        buf_clear(text);
        buf_text(text, line + 2);
        *said = CHILD_REPORT;
    } else if (!strncmp(line, "E ", 2)) {
        *said = read_error(line + 2, err);
    }
    free(line);
    return true;
}

enum child_said child_next(struct child *c, int timeout_ms, struct import_progress *progress,
                           struct buf *text, struct error *err)
{
    enum child_said said = CHILD_NOTHING;
    if (take_line(c, &said, progress, text, err))
        return said;
    if (c->ended)
        return CHILD_ENDED;
    struct pollfd p = {.fd = c->fd, .events = POLLIN};
    if (poll(&p, 1, timeout_ms) <= 0)
        return CHILD_NOTHING;
    char *room = buf_room(&c->in, 4096);
    ssize_t n = room ? read(c->fd, room, 4096) : 0;
    if (n > 0)
        c->in.len += (size_t)n;
    else if (!n || errno != EINTR)
        c->ended = true;
    return CHILD_NOTHING;
}

void child_stop(struct child *c, bool at_once)
{
    kill(c->pid, at_once ? SIGKILL : SIGTERM);
}

int child_wait(struct child *c)
{
    int status = 0;
    close(c->fd);
    while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
        ;
    buf_free(&c->in);
    free(c);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

/* ---- in the process itself ---- */

static bool say(const char *data, size_t len)
{
    while (len) {
        ssize_t n = write(CHILD_TELL, data, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        data += n;
        len -= (size_t)n;
    }
    return true;
}

bool child_tell(void *ctx, const struct import_progress *p)
{
    char line[160];
    (void)ctx;
    int len = snprintf(line, sizeof line, "P %s %llu %llu %llu %llu\n", p->stage,
                       (unsigned long long)p->rows, (unsigned long long)p->bytes,
                       (unsigned long long)p->bytes_total, (unsigned long long)p->rejected);
    return len > 0 && (size_t)len < sizeof line && say(line, (size_t)len);
}

void child_report(const char *json, size_t len)
{
    (void)(say("R ", 2) && say(json, len) && say("\n", 1));
}

void child_error(const struct error *err)
{
    char line[ERROR_TEXT_MAX + 32];
    int len = snprintf(line, sizeof line, "E %d %s\n", (int)err->kind, err->text);
    if (len > 0 && (size_t)len < sizeof line)
        (void)say(line, (size_t)len);
}
