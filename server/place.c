#include "server/place.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gis/text.h"

#define PLACE_ELSEWHERE "/var/lib/hazatlas"
/* sun_path holds 108 bytes with its NUL; the socket is called /.s.PGSQL.5432. */
enum { SOCKET_DIR_MAX = 107 - 14 };

static bool join(char out[PLACE_PATH_MAX], const char *folder, const char *name, struct error *err)
{
    int len = snprintf(out, PLACE_PATH_MAX, "%s/%s", folder, name);
    return (len > 0 && len < PLACE_PATH_MAX) ||
           error_set(err, ERROR_INPUT, "the path of the data folder is too long");
}

static bool make_folders(const char *path, struct error *err)
{
    char part[PLACE_PATH_MAX];
    text_copy(part, sizeof part, path);
    for (char *c = part + 1;; c++) {
        char kept = *c;
        if (kept && kept != '/')
            continue;
        *c = '\0';
        if (mkdir(part, 0755) && errno != EEXIST)
            return error_set(err, ERROR_SYSTEM, "folder %s cannot be made: %s", part,
                             strerrordesc_np(errno));
        *c = kept;
        if (!kept)
            return true;
    }
}

static bool try_enter(const void *ctx, struct error *err)
{
    const char *path = ctx;
    return access(path, X_OK) == 0 || error_set(err, ERROR_SYSTEM, "%s cannot be entered", path);
}

/* The folder comes into being as its user's: another start at the same moment never sees it as
 * ours.
 */
static bool make_own(const char *path, const struct user *user, struct error *err)
{
    char fresh[PLACE_PATH_MAX + 32];
    snprintf(fresh, sizeof fresh, "%s.%ld", path, (long)getpid());
    if (mkdir(fresh, 0700))
        return error_set(err, ERROR_SYSTEM, "folder %s cannot be made: %s", path,
                         strerrordesc_np(errno));
    if (user->other && lchown(fresh, user->uid, user->gid)) {
        error_fill(err, ERROR_SYSTEM, "folder %s cannot be given to user %s: %s", path, user->name,
                   strerrordesc_np(errno));
        rmdir(fresh);
        return false;
    }
    bool moved = !renameat2(AT_FDCWD, fresh, AT_FDCWD, path, RENAME_NOREPLACE) ||
                 (errno == EINVAL && !rename(fresh, path)); /* file systems without that */
    if (!moved)
        rmdir(fresh); /* the other start was first */
    return true;
}

/* A folder of PostgreSQL's user alone. Never follows a link that somebody put there. */
static bool own_folder(const char *path, const struct user *user, struct error *err)
{
    struct stat st;
    if (lstat(path, &st) && !make_own(path, user, err))
        return false;
    if (lstat(path, &st))
        return error_set(err, ERROR_SYSTEM, "%s: %s", path, strerrordesc_np(errno));
    if (!S_ISDIR(st.st_mode))
        return error_set(err, ERROR_SYSTEM, "%s is not a folder: move it aside", path);
    if (st.st_uid != user->uid)
        return error_set(err, ERROR_SYSTEM,
                         "%s belongs to user number %u, not to %s: start as that user, or choose "
                         "another folder with --data",
                         path, st.st_uid, user->name);
    if ((st.st_mode & 0777) != 0700)
        return error_set(err, ERROR_SYSTEM, "%s may be entered by others: run `chmod 700 %s`", path,
                         path);
    return true;
}

static unsigned long long hash(const char *text)
{
    unsigned long long h = 0xcbf29ce484222325; /* FNV-1a */
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 0x100000001b3;
    return h;
}

/* The home of a data folder that PostgreSQL's user cannot enter. */
static bool find_elsewhere(struct place *p, struct error *err)
{
    char name[48], home[PLACE_PATH_MAX], link[PLACE_PATH_MAX], at[PLACE_PATH_MAX];
    const char *base = strrchr(p->data, '/');
    text_copy(name, sizeof name, base && base[1] ? base + 1 : "data");
    for (char *c = name; *c; c++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-", *c))
            *c = '_';
    snprintf(home, sizeof home, PLACE_ELSEWHERE "/%s-%016llx", name, hash(p->data));
    if (!join(link, p->data, "pg", err))
        return false;
    ssize_t len = readlink(link, at, sizeof at - 1);
    if (len > 0) { /* the folder was moved: its database stays where it is */
        at[len] = '\0';
        char *slash = strrchr(at, '/');
        if (!strncmp(at, PLACE_ELSEWHERE "/", sizeof PLACE_ELSEWHERE) && slash &&
            !strcmp(slash, "/pg") && access(at, F_OK) == 0) {
            *slash = '\0';
            text_copy(p->home, sizeof p->home, at);
            return true;
        }
        unlink(link);
    } else if (access(link, F_OK) == 0) {
        return error_set(err, ERROR_SYSTEM,
                         "user %s, who runs PostgreSQL, cannot enter %s any more: allow it, or "
                         "choose another folder with --data",
                         p->user.name, p->data);
    }
    text_copy(p->home, sizeof p->home, home);
    if (!make_folders(home, err) || !join(at, home, "pg", err))
        return false;
    if (symlink(at, link))
        return error_set(err, ERROR_SYSTEM, "%s cannot be made: %s", link, strerrordesc_np(errno));
    fprintf(stderr, "User %s cannot enter %s: the database %s in %s.\n", p->user.name, p->data,
            access(at, F_OK) ? "is made" : "of an earlier start is used, it lies", home);
    return true;
}

static bool plain_path(const char *path)
{
    return !path[strspn(path,
                        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-")];
}

static bool find_socket(struct place *p, struct error *err)
{
    char path[PLACE_PATH_MAX];
    if (!join(path, p->home, "run", err))
        return false;
    if (strlen(path) > SOCKET_DIR_MAX || !plain_path(path))
        snprintf(path, sizeof path, "/tmp/hazatlas-%u-%016llx", p->user.uid, hash(p->home));
    text_copy(p->socket, sizeof p->socket, path);
    return own_folder(p->socket, &p->user, err);
}

bool place_find(struct place *place, const char *data_dir, struct error *err)
{
    char resolved[PATH_MAX], logs[PLACE_PATH_MAX];
    *place = (struct place){.data = ""};
    if (strlen(data_dir) >= PLACE_PATH_MAX - 64)
        return error_set(err, ERROR_INPUT, "the path of the data folder is too long");
    if (!*data_dir)
        return error_set(err, ERROR_INPUT, "the data folder has no name");
    if (!user_find(&place->user, err) || !make_folders(data_dir, err))
        return false;
    if (!realpath(data_dir, resolved) || strlen(resolved) >= PLACE_PATH_MAX - 64)
        return error_set(err, ERROR_SYSTEM, "%s cannot be used: %s", data_dir,
                         strerrordesc_np(errno));
    text_copy(place->data, sizeof place->data, resolved);
    text_copy(place->home, sizeof place->home, resolved);
    struct stat st;
    char link[PLACE_PATH_MAX];
    bool linked = join(link, resolved, "pg", err) && !lstat(link, &st) && S_ISLNK(st.st_mode);
    if ((linked || !user_do(&place->user, try_enter, place->data, NULL)) &&
        !find_elsewhere(place, err))
        return false;
    if (!join(place->pg, place->home, "pg", err) || !join(logs, place->home, "log", err) ||
        !join(place->log, place->home, "log/postgresql.log", err))
        return false;
    return own_folder(logs, &place->user, err) && find_socket(place, err);
}
