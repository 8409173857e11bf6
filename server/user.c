#include "server/user.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gis/text.h"

static void take(struct user *out, uid_t uid, gid_t gid, const char *name, bool other)
{
    *out = (struct user){.uid = uid, .gid = gid, .other = other};
    text_copy(out->name, sizeof out->name, name);
}

bool user_find(struct user *out, struct error *err)
{
    static const char *const names[] = {"hazatlas", "postgres", "nobody"};
    if (geteuid() != 0) {
        const struct passwd *self = getpwuid(geteuid());
        take(out, geteuid(), getegid(), self ? self->pw_name : "this user", false);
        return true;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct passwd *p = getpwnam(names[i]);
        if (!p || p->pw_uid == 0)
            continue;
        take(out, p->pw_uid, p->pw_gid, names[i], true);
        return true;
    }
    return error_set(err, ERROR_SYSTEM,
                     "PostgreSQL does not run as root and there is no user for it: run `useradd "
                     "--system --no-create-home --shell /usr/sbin/nologin hazatlas`");
}

bool user_drop(const struct user *user, struct error *err)
{
    if (!user->other)
        return true;
    if (setgroups(1, &user->gid) || setresgid(user->gid, user->gid, user->gid) ||
        setresuid(user->uid, user->uid, user->uid))
        return error_set(err, ERROR_SYSTEM, "cannot become user %s: %s", user->name,
                         strerrordesc_np(errno));
    if (setuid(0) == 0 || seteuid(0) == 0)
        return error_set(err, ERROR_SYSTEM, "root's rights could not be given up");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        return error_set(err, ERROR_SYSTEM, "cannot forbid new privileges: %s",
                         strerrordesc_np(errno));
    return true;
}

bool user_do(const struct user *user, user_work *work, const void *ctx, struct error *err)
{
    if (!user->other)
        return work(ctx, err);
    int ends[2];
    if (pipe(ends))
        return error_set(err, ERROR_SYSTEM, "no pipe: %s", strerrordesc_np(errno));
    pid_t pid = fork();
    if (pid == 0) {
        struct error inner = {.kind = ERROR_NONE};
        bool ok = user_drop(user, &inner) && work(ctx, &inner);
        bool told = write(ends[1], &inner, sizeof inner) == (ssize_t)sizeof inner;
        _exit(ok && told ? 0 : 1);
    }
    close(ends[1]);
    struct error inner = {.kind = ERROR_SYSTEM, .text = "a child process was lost"};
    bool read_all = pid > 0 && read(ends[0], &inner, sizeof inner) == (ssize_t)sizeof inner;
    close(ends[0]);
    int status = 1;
    if (pid > 0)
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
            ;
    if (read_all && status == 0)
        return true;
    if (err)
        *err = inner;
    return false;
}
