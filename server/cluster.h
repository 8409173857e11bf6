/* cluster.h - the private PostgreSQL: made, started, mended and stopped here. No TCP; its socket
 * lies in a folder of its user alone.
 *
 * All processes that use the same data folder share it: each holds the lock `cluster.lock` shared,
 * and who leaves last stops it. */
#ifndef SERVER_CLUSTER_H
#define SERVER_CLUSTER_H

#include "server/place.h"

struct cluster;

/* Makes and starts what is not there yet. Says on stderr what takes long. */
struct cluster *cluster_open(const char *data_dir, struct error *err);
/* Leaves it; the last one stops it. NULL allowed. */
void cluster_close(struct cluster *c);
/* Starts it again after it died. Any thread; may be called although it runs. */
bool cluster_revive(struct cluster *c, struct error *err);
/* Becomes PostgreSQL's user for good (see user_drop); the cluster is looked after as that user
 * then. */
bool cluster_drop_rights(struct cluster *c, struct error *err);
/* Stops it whoever uses it. */
void cluster_kill(struct cluster *c);

const char *cluster_conninfo(const struct cluster *c); /* database hazatlas */
const struct place *cluster_place(const struct cluster *c);

#endif
