#include "import/fence.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define FENCE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define FENCE_ARCH AUDIT_ARCH_AARCH64
#else
/* cppcheck-suppress preprocessorErrorDirective */
#error "add the seccomp architecture of this processor to import/fence.c"
#endif

enum { NOBODY = 65534, DESCRIPTORS_MAX = 16 };

/* All that parsing needs once files are open. Reading is by descriptor only: no open of any kind.
 */
static const int allowed[] = {
    __NR_read,
    __NR_pread64,
    __NR_readv,
    __NR_write,
    __NR_writev,
    __NR_lseek,
    __NR_fstat,
    __NR_close,
    __NR_mmap,
    __NR_munmap,
    __NR_mremap,
    __NR_mprotect,
    __NR_madvise,
    __NR_brk,
    __NR_futex,
    __NR_clock_gettime,
    __NR_gettimeofday,
    __NR_clock_nanosleep,
    __NR_nanosleep,
    __NR_getrandom,
    __NR_getpid,
    __NR_gettid,
    __NR_getuid,
    __NR_geteuid,
    __NR_sched_yield,
    __NR_sched_getaffinity,
    __NR_rt_sigaction,
    __NR_rt_sigprocmask,
    __NR_rt_sigreturn,
    __NR_sigaltstack,
    __NR_restart_syscall,
    __NR_sysinfo,
    __NR_uname,
    __NR_newfstatat /* SQLite asks whether proj.db is still the same */,
    __NR_getrusage,
    __NR_exit,
    __NR_exit_group,
#ifdef __NR_time
    __NR_time,
#endif
};
enum { ALLOWED = sizeof allowed / sizeof *allowed };

static bool set_limit(int what, rlim_t value)
{
    struct rlimit old, limit = {value, value};
    if (getrlimit((__rlimit_resource_t)what, &old))
        return false;
    if (old.rlim_max != RLIM_INFINITY && old.rlim_max < value)
        limit.rlim_cur = limit.rlim_max = old.rlim_max;
    return !setrlimit((__rlimit_resource_t)what, &limit);
}

/* Address space in use, bytes: a server's child starts with all of the server's. */
static rlim_t address_space(void)
{
    char line[128];
    unsigned long long pages = 0;
    FILE *f = fopen("/proc/self/statm", "re");
    if (f && fgets(line, sizeof line, f))
        pages = strtoull(line, NULL, 10);
    if (f)
        fclose(f);
    return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

/* The files become 3, 4, …, all else is closed. */
static bool keep(int *files, int count)
{
    int copy[FENCE_FILES_MAX], null = open("/dev/null", O_RDWR);
    if (null < 0 || count > FENCE_FILES_MAX)
        return false;
    for (int i = 0; i < count; i++)
        if ((copy[i] = fcntl(files[i], F_DUPFD, 3 + FENCE_FILES_MAX)) < 0)
            return false;
    for (int i = 0; i < 3; i++)
        if (dup2(null, i) < 0)
            return false;
    for (int i = 0; i < count; i++)
        if ((files[i] = dup2(copy[i], 3 + i)) < 0)
            return false;
    return !syscall(__NR_close_range, 3U + (unsigned)count, ~0U, 0U);
}

bool fence_limit(int *input, int *output, int parent_pid, uint64_t file_bytes, struct error *err)
{
    int files[] = {*input, *output};
    if (!fence_limit_all(files, 2, parent_pid, file_bytes, err))
        return false;
    *input = files[0];
    *output = files[1];
    return true;
}

bool fence_limit_all(int *files, int count, int parent_pid, uint64_t file_bytes, struct error *err)
{
    sigset_t none;
    sigemptyset(&none);
    for (int i = 1; i < NSIG; i++)
        signal(i, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) || getppid() != parent_pid)
        return error_set(err, ERROR_SYSTEM, "the reading process lost its parent");
    rlim_t memory = address_space() + FENCE_MEMORY_MAX;
    rlim_t cpu = FENCE_CPU_BASE + file_bytes / FENCE_CPU_BYTES;
    if (!keep(files, count))
        return error_set(err, ERROR_SYSTEM, "the reading process cannot close its files");
    if (!set_limit(RLIMIT_AS, memory) || !set_limit(RLIMIT_CPU, cpu) ||
        !set_limit(RLIMIT_CORE, 0) || !set_limit(RLIMIT_FSIZE, 0) ||
        !set_limit(RLIMIT_NOFILE, DESCRIPTORS_MAX) || prctl(PR_SET_DUMPABLE, 0))
        return error_set(err, ERROR_SYSTEM, "the reading process cannot be limited");
    return true;
}

static bool drop_root(void)
{
    if (geteuid())
        return true;
    return !setgroups(0, NULL) && !setresgid(NOBODY, NOBODY, NOBODY) &&
           !setresuid(NOBODY, NOBODY, NOBODY) && geteuid() == NOBODY;
}

/* Every jump goes forward to the last two lines: allow, refuse. */
static bool filter_calls(void)
{
    struct sock_filter lines[ALLOWED + 8];
    unsigned short n = 0;
    lines[n++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
    lines[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, FENCE_ARCH, 1, 0);
    lines[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    lines[n++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (int i = 0; i < ALLOWED; i++)
        lines[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)allowed[i],
                                                  (unsigned char)(ALLOWED - i), 0);
    lines[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    lines[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = {n, lines};
    return !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

bool fence_seal(struct error *err)
{
    if (!drop_root())
        return error_set(err, ERROR_SYSTEM, "the reading process cannot give up its rights");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        return error_set(err, ERROR_SYSTEM, "the reading process cannot refuse new rights");
    if (prctl(PR_GET_DUMPABLE) && prctl(PR_SET_DUMPABLE, 0))
        return error_set(err, ERROR_SYSTEM, "the reading process cannot be shut off");
    /* The parent's death signal is cleared by a change of user. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL))
        return error_set(err, ERROR_SYSTEM, "the reading process cannot follow its parent");
    if (!filter_calls())
        return error_set(err, ERROR_SYSTEM,
                         "this system has no seccomp filter, without which no file is read");
    return true;
}
