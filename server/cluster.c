#include "server/cluster.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "gis/db.h"
#include "gis/log.h"
#include "gis/mem.h"
#include "gis/text.h"
#include "server/postgres.h"

struct cluster {
    struct place place;
    char conninfo[PLACE_PATH_MAX + 64];
    pthread_mutex_t lock; /* one thread of this process starts or stops */
    int users;            /* descriptor of cluster.lock, held shared */
    int changes;          /* of cluster.starting: held while starting or stopping, by one process */
};

static int open_lock(const struct place *place, const char *name, struct error *err)
{
    char path[PLACE_PATH_MAX];
    int len = snprintf(path, sizeof path, "%s/%s", place->home, name);
    int fd =
        len < PLACE_PATH_MAX ? open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600) : -1;
    if (fd < 0)
        error_fill(err, ERROR_SYSTEM, "%s cannot be opened: %s", path, strerrordesc_np(errno));
    return fd;
}

static bool lock(int fd, int how)
{
    int failed;
    while ((failed = flock(fd, how)) && errno == EINTR)
        ;
    return !failed;
}

static bool make_database(const struct place *place, struct error *err)
{
    char conninfo[PLACE_PATH_MAX + 64];
    postgres_conninfo(conninfo, sizeof conninfo, place, "postgres");
    struct db *db = db_open(conninfo, err);
    if (!db)
        return false;
    struct db_result *r =
        db_run(db, "SELECT 1 FROM pg_database WHERE datname = 'hazatlas'", err, DB_NONE);
    bool ok = r && (db_rows(r) > 0 || db_exec(db, "CREATE DATABASE hazatlas", err));
    db_done(r);
    db_close(db);
    return ok;
}

/* What is not a whole cluster is moved aside, never removed. */
static bool make_if_missing(const struct place *place, struct error *err)
{
    bool there;
    if (postgres_made(&there, place, err))
        return true;
    char inside[PLACE_PATH_MAX];
    if (there) {
        int len =
            snprintf(inside, sizeof inside, "%s.aside-%lld", place->pg, (long long)time(NULL));
        if (err->kind == ERROR_CONFLICT || access(place->pg, R_OK | X_OK) || len >= PLACE_PATH_MAX)
            return false;
        if (rename(place->pg, inside))
            return false;
        fprintf(stderr, "%s is not a whole database; it was moved to %s.\n", place->pg, inside);
    }
    fprintf(stderr, "Making a private PostgreSQL database in %s ...\n", place->pg);
    return postgres_make(place, err);
}

static bool start(struct cluster *c, struct error *err)
{
    return make_if_missing(&c->place, err) && postgres_start(&c->place, err) &&
           make_database(&c->place, err);
}

struct cluster *cluster_open(const char *data_dir, struct error *err)
{
    struct cluster *c = mem_zero(1, sizeof *c);
    c->users = c->changes = -1;
    pthread_mutex_init(&c->lock, NULL);
    if (!place_find(&c->place, data_dir, err) ||
        (c->changes = open_lock(&c->place, "cluster.starting", err)) < 0 ||
        (c->users = open_lock(&c->place, "cluster.lock", err)) < 0)
        goto fail;
    postgres_conninfo(c->conninfo, sizeof c->conninfo, &c->place, "hazatlas");
    if (!lock(c->changes, LOCK_EX) || !lock(c->users, LOCK_SH)) {
        error_fill(err, ERROR_SYSTEM, "the database cannot be locked: %s", strerrordesc_np(errno));
        goto fail;
    }
    bool ok = start(c, err);
    lock(c->changes, LOCK_UN);
    if (ok)
        return c;
fail:
    cluster_close(c);
    return NULL;
}

void cluster_close(struct cluster *c)
{
    struct error err = {.kind = ERROR_NONE};
    if (!c)
        return;
    if (c->users >= 0 && lock(c->changes, LOCK_EX)) {
        lock(c->users, LOCK_UN);
        if (lock(c->users, LOCK_EX | LOCK_NB) && !postgres_stop(&c->place, &err))
            log_line(LOG_ERROR, "PostgreSQL could not be stopped: %s", err.text);
    }
    if (c->users >= 0)
        close(c->users);
    if (c->changes >= 0)
        close(c->changes);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

bool cluster_revive(struct cluster *c, struct error *err)
{
    pthread_mutex_lock(&c->lock);
    bool ok = lock(c->changes, LOCK_EX) && postgres_start(&c->place, err);
    lock(c->changes, LOCK_UN);
    pthread_mutex_unlock(&c->lock);
    return ok;
}

bool cluster_drop_rights(struct cluster *c, struct error *err)
{
    if (!user_drop(&c->place.user, err))
        return false;
    c->place.user.other = false;
    return true;
}

void cluster_kill(struct cluster *c)
{
    pthread_mutex_lock(&c->lock);
    postgres_stop(&c->place, NULL);
    pthread_mutex_unlock(&c->lock);
}

const char *cluster_conninfo(const struct cluster *c)
{
    return c->conninfo;
}

const struct place *cluster_place(const struct cluster *c)
{
    return &c->place;
}
