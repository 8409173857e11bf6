/* refresh.h - the thread that keeps the atlas of now: listens for committed changes, loads anew,
 * brings the private database back when it died, and knows whether the database answers. */
#ifndef SERVER_REFRESH_H
#define SERVER_REFRESH_H

#include "gis/buf.h"
#include "server/app.h"
#include "server/cluster.h"

struct refresh;

/* Loads the first atlas, then goes on in a thread. cluster NULL = not ours to revive. */
struct refresh *refresh_start(const struct app *app, struct cluster *cluster, struct error *err);
void refresh_stop(struct refresh *r); /* NULL allowed */

/* Whether the database answered when last asked. */
bool refresh_database_ok(struct refresh *r);
/* Appends the JSON array of sources: name, title, kind, published_at, rows. */
void refresh_sources(struct buf *out, struct refresh *r);

#endif
