/* user.h - the unprivileged system user that PostgreSQL and the server run as when started by root.
 * Started by anybody else, it is that very user and nothing is switched. */
#ifndef SERVER_USER_H
#define SERVER_USER_H

#include <sys/types.h>

#include "gis/error.h"

struct user {
    uid_t uid;
    gid_t gid;
    char name[64];
    bool other; /* we are root and this is somebody else */
};

/* `hazatlas`, else `postgres`, else `nobody`; ourselves when we are not root. */
bool user_find(struct user *out, struct error *err);
/* Becomes that user for good: groups, ids, no way back. Nothing to do unless user->other. */
bool user_drop(const struct user *user, struct error *err);
/* Runs work(ctx) as that user: in a child process when it is somebody else (so ctx is not changed
 * for the caller, and no other thread may run), else at once. */
typedef bool user_work(const void *ctx, struct error *err);
bool user_do(const struct user *user, user_work *work, const void *ctx, struct error *err);

#endif
