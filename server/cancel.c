#include "server/cancel.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "gis/mem.h"
#include "server/stop.h"
#include "sql.h"

enum {
    LOOK_MS = 100,
    PATIENCE = 5 /* looks between two tries: between statements all end by themselves */
};

struct cancel {
    pthread_t thread;
    const char *conninfo;
    int64_t process;
    int ended; /* an eventfd: who ends does not wait for the next look */
};

/* A connection of its own: the watched one is busy. */
static void cancel_once(const struct cancel *c)
{
    struct db *db = db_open(c->conninfo, NULL);
    if (db)
        db_done(db_query(db, &SQL_cancel_backend, NULL, DB_ARGS(db_i64(c->process))));
    db_close(db);
}

static void *watch(void *ctx)
{
    struct cancel *c = ctx;
    struct pollfd ended = {.fd = c->ended, .events = POLLIN};
    for (int looks = 0; poll(&ended, 1, LOOK_MS) <= 0;)
        if (stop_wanted() && ++looks % PATIENCE == 0)
            cancel_once(c);
    return NULL;
}

struct cancel *cancel_start(const char *conninfo, struct db *db, struct error *err)
{
    struct db_result *r = db_query(db, &SQL_cancel_self, err, DB_NONE);
    if (!r)
        return NULL;
    struct cancel *c = mem_zero(1, sizeof *c);
    c->conninfo = conninfo;
    c->process = db_get_i64(r, 0, 0);
    db_done(r);
    c->ended = eventfd(0, EFD_CLOEXEC);
    if (c->ended >= 0 && !pthread_create(&c->thread, NULL, watch, c))
        return c;
    close(c->ended);
    free(c);
    error_fill(err, ERROR_SYSTEM, "no thread could be started");
    return NULL;
}

void cancel_end(struct cancel *c)
{
    if (!c)
        return;
    eventfd_write(c->ended, 1);
    pthread_join(c->thread, NULL);
    close(c->ended);
    free(c);
}
