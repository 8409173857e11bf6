/* peer.h - open connections and since when each owes a whole request or takes its answer. Silence
 * is ended by the HTTP library; a thread here ends those who send or take a byte now and then. */
#ifndef SERVER_PEER_H
#define SERVER_PEER_H

#include <stdbool.h>

#include "gis/error.h"

enum {
    PEER_REQUEST_S = 60, /* a whole request must have come within, seconds */
    PEER_ANSWER_S = 300, /* its answer must be made and taken within, seconds */
};

struct peers;
struct peer;

struct peers *peers_new(struct error *err);
void peers_free(struct peers *p); /* NULL allowed; all connections must be gone */

/* A connection on socket fd was opened. peers_remove before the socket is closed. */
struct peer *peers_add(struct peers *p, int fd);
void peers_remove(struct peers *p, struct peer *peer);
/* From now on its request is being answered (true), or the next one is owed (false). */
void peer_answering(struct peer *peer, bool answering);
/* It keeps on sending or taking: seconds from now. */
void peer_goes_on(struct peer *peer, int seconds);

#endif
