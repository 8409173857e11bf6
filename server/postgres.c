#include "server/postgres.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "gis/db.h"
#include "gis/text.h"
#include "server/process.h"

enum {
    INITDB_S = 300,
    START_S = 60,    /* to start, or for the processes of a killed one to go */
    RECOVER_S = 600, /* for recovery after a crash */
    STOP_S = 60,
    CLEAR_S = 10,
    LOG_MAX = 16 * 1024 * 1024, /* bytes; then the log begins anew and one old one is kept */
};
/* No process ever has this number: the kernel's limit is one less. */
#define PID_NEVER "4194304"

/* For two cores beside the server, and for imports that write much at once. wal_level minimal: the
 * cluster has no standby. No parallel queries: both cores have work, and containers give them too
 * little /dev/shm. */
static const char settings[] = "# Written by hazatlas at each start.\n"
                               "listen_addresses = ''\n"
                               "unix_socket_permissions = 0700\n"
                               "max_connections = 40\n"
                               "shared_buffers = 256MB\n"
                               "work_mem = 16MB\n"
                               "maintenance_work_mem = 128MB\n"
                               "effective_cache_size = 1GB\n"
                               "random_page_cost = 1.1\n"
                               "jit = off\n"
                               "max_parallel_workers_per_gather = 0\n"
                               "max_parallel_maintenance_workers = 0\n"
                               "wal_level = minimal\n"
                               "max_wal_senders = 0\n"
                               "max_wal_size = 2GB\n"
                               "wal_compression = lz4\n"
                               "min_wal_size = 80MB\n"
                               "checkpoint_timeout = 15min\n"
                               "checkpoint_completion_target = 0.9\n"
                               "fsync = on\n"
                               "full_page_writes = on\n"
                               "synchronous_commit = on\n"
                               "logging_collector = off\n"
                               "log_min_messages = warning\n"
                               "log_line_prefix = '%m [%p] '\n"
                               "log_timezone = 'UTC'\n"
                               "timezone = 'UTC'\n";

static void pause_ms(long ms)
{
    nanosleep(&(const struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

static time_t now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

static bool join(char out[PLACE_PATH_MAX], const char *folder, const char *name)
{
    int len = snprintf(out, PLACE_PATH_MAX, "%s/%s", folder, name);
    return len > 0 && len < PLACE_PATH_MAX;
}

/* The beginning of a small file as text; false when it cannot be read. */
static bool read_text(char *out, size_t size, const char *folder, const char *name)
{
    char path[PLACE_PATH_MAX];
    int fd = join(path, folder, name) ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    if (fd < 0)
        return false;
    ssize_t n = read(fd, out, size - 1);
    close(fd);
    out[n > 0 ? n : 0] = '\0';
    return n >= 0;
}

/* ---- making ---- */

bool postgres_made(bool *there, const struct place *place, struct error *err)
{
    char version[32];
    struct stat st;
    *there = lstat(place->pg, &st) == 0;
    if (!*there)
        return false;
    if (!read_text(version, sizeof version, place->pg, "PG_VERSION")) {
        if (errno == EACCES)
            error_fill(err, ERROR_SYSTEM,
                       "%s belongs to another user: start as that user, or choose another folder "
                       "with --data",
                       place->pg);
        else
            error_fill(err, ERROR_SYSTEM, "%s is not a whole database", place->pg);
        return false;
    }
    version[strcspn(version, "\n")] = '\0';
    return !strcmp(version, POSTGRES_VERSION) ||
           error_set(
               err, ERROR_CONFLICT,
               "%s was made by PostgreSQL %.8s; this program runs PostgreSQL " POSTGRES_VERSION
               ": choose another folder with --data",
               place->pg, version);
}

/* What an interrupted start left; a child of its initdb may still be writing there for a moment. */
static bool clear_away(const char *folder, struct error *err)
{
    const char *const rm[] = {"/bin/rm", "-rf", "--", folder, NULL};
    const struct user self = {.other = false};
    time_t deadline = now_s() + CLEAR_S;
    while (!process_run(rm, &self, STOP_S, err)) {
        if (now_s() > deadline)
            return false;
        pause_ms(100);
    }
    return true;
}

bool postgres_make(const struct place *place, struct error *err)
{
    char fresh[PLACE_PATH_MAX];
    if (!join(fresh, place->home, "pg.new"))
        return error_set(err, ERROR_INPUT, "the path of the data folder is too long");
    if (access(POSTGRES_BIN "/initdb", X_OK))
        return error_set(err, ERROR_SYSTEM,
                         "PostgreSQL " POSTGRES_VERSION " is not installed: run `apt-get install "
                         "postgresql-15 postgresql-15-postgis-3`");
    if (!clear_away(fresh, err))
        return false;
    if (mkdir(fresh, 0700) ||
        (place->user.other && lchown(fresh, place->user.uid, place->user.gid)))
        return error_set(err, ERROR_SYSTEM, "folder %s cannot be made: %s", fresh,
                         strerrordesc_np(errno));
    /* lc_collate C orders text as C.UTF-8 does, by code point, and sorts three times as fast. */
    const char *const initdb[] = {POSTGRES_BIN "/initdb", "--pgdata",        fresh,
                                  "--username=hazatlas",  "--auth=trust",    "--locale=C.UTF-8",
                                  "--lc-collate=C",       "--encoding=UTF8", NULL};
    if (!process_run(initdb, &place->user, INITDB_S, err)) {
        clear_away(fresh, NULL);
        return false;
    }
    return rename(fresh, place->pg) == 0 ||
           error_set(err, ERROR_SYSTEM, "%s cannot be renamed to %s: %s", fresh, place->pg,
                     strerrordesc_np(errno));
}

/* ---- running ---- */

/* Whether process pid is a postmaster of this cluster: its working folder is the cluster. */
static bool is_ours(const char *pid, const struct place *place)
{
    char link[64], at[PLACE_PATH_MAX], name[32];
    snprintf(link, sizeof link, "/proc/%.16s", pid);
    if (!read_text(name, sizeof name, link, "comm") || strncmp(name, "postgres", 8) != 0)
        return false;
    snprintf(link, sizeof link, "/proc/%.16s/cwd", pid);
    ssize_t len = readlink(link, at, sizeof at - 1);
    if (len < 0)
        return errno == EACCES; /* not ours to look at: believe the file */
    at[len] = '\0';
    return !strcmp(at, place->pg);
}

static bool read_pid(char *pid, size_t size, const char *folder, const char *name)
{
    if (!read_text(pid, size, folder, name))
        return false;
    pid[strspn(pid, "0123456789")] = '\0';
    return *pid != '\0';
}

bool postgres_runs(const struct place *place)
{
    char pid[32];
    return read_pid(pid, sizeof pid, place->pg, "postmaster.pid") && is_ours(pid, place);
}

struct pid_file {
    const char *folder, *name;
};

/* Puts a number that no process has in place of the first line. The rest stays: PostgreSQL tells by
 * it whether processes of the killed one are still at work. */
static bool disown(const void *ctx, struct error *err)
{
    const struct pid_file *f = ctx;
    char text[1024], path[PLACE_PATH_MAX];
    if (!read_text(text, sizeof text, f->folder, f->name) || !join(path, f->folder, f->name))
        return error_set(err, ERROR_SYSTEM, "%s cannot be read", f->name);
    FILE *out = fopen(path, "we");
    if (!out)
        return error_set(err, ERROR_SYSTEM, "%s cannot be written", f->name);
    fprintf(out, PID_NEVER "%s", text + strspn(text, "0123456789"));
    return fclose(out) == 0 || error_set(err, ERROR_SYSTEM, "%s cannot be written", f->name);
}

/* After a crash and a reboot the number in a pid file may be that of some other program, which
 * PostgreSQL would take for itself. */
static bool mend_pid_files(const struct place *place, struct error *err)
{
    const struct pid_file files[] = {{place->pg, "postmaster.pid"},
                                     {place->socket, ".s.PGSQL.5432.lock"}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char pid[32], proc[64];
        if (!read_pid(pid, sizeof pid, files[i].folder, files[i].name))
            continue;
        snprintf(proc, sizeof proc, "/proc/%.16s", pid);
        if (access(proc, F_OK) == 0 && !is_ours(pid, place) &&
            !user_do(&place->user, disown, &files[i], err))
            return false;
    }
    return true;
}

static bool write_settings(const void *ctx, struct error *err)
{
    const struct place *place = ctx;
    char path[PLACE_PATH_MAX], old[PLACE_PATH_MAX + 4];
    struct stat st;
    if (lstat(place->log, &st) == 0 && st.st_size > LOG_MAX) {
        snprintf(old, sizeof old, "%s.1", place->log);
        rename(place->log, old);
    }
    /* postgresql.auto.conf is ALTER SYSTEM's; postgresql.conf is ours whole. */
    if (!join(path, place->pg, "postgresql.conf"))
        return error_set(err, ERROR_INPUT, "the path of the data folder is too long");
    FILE *out = fopen(path, "we");
    if (!out)
        return error_set(err, ERROR_SYSTEM, "PostgreSQL's settings cannot be written: %s",
                         strerrordesc_np(errno));
    fprintf(out, "%sunix_socket_directories = '%s'\n", settings, place->socket);
    return fclose(out) == 0 || error_set(err, ERROR_SYSTEM,
                                         "PostgreSQL's settings cannot be "
                                         "written: is the disk full?");
}

static off_t log_size(const struct place *place)
{
    struct stat st;
    return lstat(place->log, &st) ? 0 : st.st_size;
}

/* The last complaint that PostgreSQL wrote to its log after byte `from`. */
static void last_words(char *out, size_t size, const struct place *place, off_t from)
{
    char tail[4096];
    text_copy(out, size, "it wrote nothing to its log");
    int fd = open(place->log, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return;
    off_t end = lseek(fd, 0, SEEK_END);
    if (end - from > (off_t)sizeof tail - 1)
        from = end - (off_t)sizeof tail + 1;
    ssize_t n = pread(fd, tail, sizeof tail - 1, from);
    close(fd);
    tail[n > 0 ? n : 0] = '\0';
    char *rest;
    for (char *line = strtok_r(tail, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        const char *words = strstr(line, "FATAL:");
        if (!words)
            words = strstr(line, "PANIC:");
        if (words)
            text_copy(out, size, words);
    }
}

void postgres_conninfo(char *out, size_t size, const struct place *place, const char *database)
{
    snprintf(out, size, "host=%s user=hazatlas dbname=%s", place->socket, database);
}

/* Waits until it answers, through recovery, as long as it lives. */
static bool wait_ready(const struct place *place, struct error *err)
{
    char conninfo[PLACE_PATH_MAX + 64];
    struct error inner = {.kind = ERROR_NONE};
    time_t start = now_s(), told = start;
    postgres_conninfo(conninfo, sizeof conninfo, place, "postgres");
    for (;;) {
        struct db *db = db_open(conninfo, &inner);
        if (db) {
            db_close(db);
            return true;
        }
        if (!postgres_runs(place) || now_s() - start > RECOVER_S)
            return error_set(err, ERROR_SYSTEM, "PostgreSQL does not answer: %.200s", inner.text);
        if (now_s() - told >= 5) {
            told = now_s();
            fprintf(stderr, "Waiting for PostgreSQL to recover (%ld s) ...\n",
                    (long)(told - start));
        }
        pause_ms(100);
    }
}

bool postgres_start(const struct place *place, struct error *err)
{
    const char *const start[] = {
        POSTGRES_BIN "/pg_ctl", "start",    "--pgdata", place->pg, "--log", place->log, "--wait",
        "--timeout=60",         "--silent", NULL};
    time_t deadline = now_s() + START_S;
    if (postgres_runs(place)) {
        if (wait_ready(place, err))
            return true;
        if (postgres_runs(place))
            return false;
        /* It was just ending. */
    }
    if (!user_do(&place->user, write_settings, place, err))
        return false;
    for (;;) {
        char words[256];
        off_t before = log_size(place);
        if (!mend_pid_files(place, err))
            return false;
        if (process_run(start, &place->user, START_S + 5, err) || postgres_runs(place))
            return wait_ready(place, err);
        last_words(words, sizeof words, place, before);
        /* Processes of a killed postmaster notice within moments that it is gone. */
        bool leftovers = strstr(words, "shared memory block") || strstr(words, "lock file");
        if (!leftovers || now_s() > deadline)
            return error_set(err, ERROR_SYSTEM, "PostgreSQL does not start: %s (%s)", words,
                             place->log);
        pause_ms(200);
    }
}

bool postgres_stop(const struct place *place, struct error *err)
{
    const char *const stop[] = {
        POSTGRES_BIN "/pg_ctl", "stop",     "--pgdata", place->pg, "--mode=fast", "--wait",
        "--timeout=60",         "--silent", NULL};
    return !postgres_runs(place) || process_run(stop, &place->user, STOP_S + 5, err) ||
           !postgres_runs(place);
}
