/* DESIGN: a file is written as NAME.part, flushed to the disk, renamed to NAME. Its writer holds a
 * lock on it (flock) from the first byte until the job that owns it is in the database, so that a
 * sweep of this or another server takes only what a dead one left. */
#include "server/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static const char hex[] = "0123456789abcdef";

static bool random_name(char out[SPOOL_NAME], struct error *err)
{
    unsigned char bytes[(SPOOL_NAME - 1) / 2];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return error_set(err, ERROR_SYSTEM, "no random numbers: %s", strerrordesc_np(errno));
    for (size_t i = 0; i < sizeof bytes; i++) {
        out[2 * i] = hex[bytes[i] >> 4];
        out[2 * i + 1] = hex[bytes[i] & 15];
    }
    out[SPOOL_NAME - 1] = '\0';
    return true;
}

static bool is_name(const char *name)
{
    return strlen(name) == SPOOL_NAME - 1 && strspn(name, hex) == SPOOL_NAME - 1;
}

static bool fail(struct error *err, const char *what)
{
    bool full = errno == ENOSPC || errno == EDQUOT;
    return error_set(err, full ? ERROR_NO_SPACE : ERROR_SYSTEM, "%s: %s", what,
                     full ? "the disk of the server is full; tell who runs it"
                          : strerrordesc_np(errno));
}

/* Who looks for a tag at the same time finds the one that was first. */
static bool find_tag(struct spool *s, const struct user *user, struct error *err)
{
    char fresh[SPOOL_NAME];
    if (!random_name(fresh, err))
        return false;
    int fd =
        openat(s->folder, "tag.new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool ok = fd >= 0 && write(fd, fresh, sizeof fresh - 1) == (ssize_t)sizeof fresh - 1 &&
              !fsync(fd) && (!user->other || !fchown(fd, user->uid, user->gid)) &&
              (!linkat(s->folder, "tag.new", s->folder, "tag", 0) || errno == EEXIST);
    int reason = errno;
    if (fd >= 0)
        close(fd);
    unlinkat(s->folder, "tag.new", 0);
    errno = reason;
    fd = ok ? openat(s->folder, "tag", O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    ok = fd >= 0 && read(fd, s->tag, sizeof s->tag - 1) == (ssize_t)sizeof s->tag - 1;
    s->tag[sizeof s->tag - 1] = '\0';
    if (fd >= 0)
        close(fd);
    if (ok && is_name(s->tag))
        return true;
    return ok ? error_set(err, ERROR_SYSTEM,
                          "the file tag in the folder of uploads is damaged: "
                          "remove the folder when no import waits")
              : fail(err, "the folder of uploads cannot be used");
}

bool spool_open(struct spool *s, const char *data_dir, const struct user *user, struct error *err)
{
    *s = (struct spool){.folder = -1};
    if (mkdir(data_dir, 0755) && errno != EEXIST)
        return fail(err, "the data folder cannot be made");
    int data = open(data_dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (data >= 0 && (!mkdirat(data, "imports", 0700) || errno == EEXIST))
        s->folder = openat(data, "imports", O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    int reason = errno;
    if (data >= 0)
        close(data);
    errno = reason;
    if (s->folder < 0 || fchmod(s->folder, 0700) ||
        (user->other && fchown(s->folder, user->uid, user->gid)))
        return fail(err, "the folder imports of the data folder cannot be used");
    return find_tag(s, user, err);
}

void spool_close(struct spool *s)
{
    if (s->folder >= 0)
        close(s->folder);
    s->folder = -1;
}

bool spool_begin(struct spool_file *f, const struct spool *s, struct error *err)
{
    char part[SPOOL_NAME + 8];
    *f = (struct spool_file){.spool = s, .fd = -1};
    if (!random_name(f->name, err))
        return false;
    snprintf(part, sizeof part, "%s.part", f->name);
    f->fd = openat(s->folder, part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (f->fd < 0)
        return fail(err, "the upload cannot be stored");
    if (!flock(f->fd, LOCK_EX | LOCK_NB))
        return true;
    close(f->fd); /* a sweep was quicker, and removes it */
    f->fd = -1;
    return error_set(err, ERROR_BUSY, "the upload cannot be stored just now; try again");
}

bool spool_put(struct spool_file *f, const char *data, size_t len, struct error *err)
{
    while (len) {
        ssize_t n = write(f->fd, data, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return fail(err, "the upload cannot be stored");
        f->bytes += (uint64_t)n;
        data += n;
        len -= (size_t)n;
    }
    return true;
}

bool spool_finish(struct spool_file *f, struct error *err)
{
    char part[SPOOL_NAME + 8];
    int folder = f->spool->folder;
    snprintf(part, sizeof part, "%s.part", f->name);
    if (fsync(f->fd) || renameat(folder, part, folder, f->name) || fsync(folder))
        return fail(err, "the upload cannot be stored");
    f->whole = true;
    return true;
}

void spool_end(struct spool_file *f, bool keep)
{
    char part[SPOOL_NAME + 8];
    if (f->fd < 0)
        return;
    snprintf(part, sizeof part, "%s%s", f->name, f->whole ? "" : ".part");
    if (!keep || !f->whole)
        unlinkat(f->spool->folder, part, 0);
    close(f->fd);
    f->fd = -1;
}

bool spool_link(struct spool_file *f, const struct spool *s, const char *name, struct error *err)
{
    *f = (struct spool_file){.spool = s, .fd = -1};
    if (!random_name(f->name, err))
        return false;
    f->fd = spool_read(s, name, err);
    if (f->fd < 0)
        return false;
    (void)flock(f->fd, LOCK_SH | LOCK_NB);
    if (linkat(s->folder, name, s->folder, f->name, 0) || fsync(s->folder)) {
        close(f->fd);
        f->fd = -1;
        return fail(err, "the stored file cannot be used again");
    }
    f->whole = true;
    return true;
}

int spool_read(const struct spool *s, const char *name, struct error *err)
{
    int fd = is_name(name) ? openat(s->folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    if (fd < 0)
        error_fill(err, ERROR_CONFLICT, "the uploaded file is not stored any more; send it again");
    return fd;
}

void spool_remove(const struct spool *s, const char *name)
{
    unlinkat(s->folder, name, 0);
}

/* Whether nobody holds it; removes it then where it is only begun. */
static bool is_left(const struct spool *s, const char *entry, bool begun)
{
    int fd = openat(s->folder, entry, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return false;
    bool left = !flock(fd, LOCK_EX | LOCK_NB);
    if (left && begun) /* under the lock: who begins a file of this name now sees it taken */
        spool_remove(s, entry);
    close(fd);
    return left;
}

int spool_list_left(char names[SPOOL_LEFT_MAX][SPOOL_NAME], const struct spool *s)
{
    int count = 0;
    int fd = openat(s->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
    if (!d && fd >= 0)
        close(fd);
    for (const struct dirent *e; d && count < SPOOL_LEFT_MAX && (e = readdir(d));) {
        size_t len = strlen(e->d_name);
        bool begun = len == SPOOL_NAME + 4 && !strcmp(e->d_name + SPOOL_NAME - 1, ".part");
        if ((begun || is_name(e->d_name)) && is_left(s, e->d_name, begun) && !begun)
            memcpy(names[count++], e->d_name, SPOOL_NAME);
    }
    if (d)
        closedir(d);
    return count;
}
