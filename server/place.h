/* place.h - where a private database lives.
 *
 * Normally in the data folder. When we are root and PostgreSQL's user cannot enter that folder
 * (below /root, say), in /var/lib/hazatlas/<name>-<hash of the folder's path>, and DATA/pg is a
 * link there. */
#ifndef SERVER_PLACE_H
#define SERVER_PLACE_H

#include "server/user.h"

enum { PLACE_PATH_MAX = 1024 };

struct place {
    struct user user;            /* who runs PostgreSQL */
    char data[PLACE_PATH_MAX];   /* the data folder, absolute; only this is the caller's to enter */
    char home[PLACE_PATH_MAX];   /* holds the lock and the folders below */
    char pg[PLACE_PATH_MAX];     /* the cluster */
    char log[PLACE_PATH_MAX];    /* PostgreSQL's log file */
    char socket[PLACE_PATH_MAX]; /* folder of the unix socket, mode 0700, ours alone */
};

/* Makes what is missing of data_dir, home, and the folders of log and socket. */
bool place_find(struct place *place, const char *data_dir, struct error *err);

#endif
