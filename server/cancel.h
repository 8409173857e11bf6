/* cancel.h - a thread that stops a long statement when a stop is wanted (Ctrl-C) while the one who
 * asked waits for it. What the statement's transaction did is undone. */
#ifndef SERVER_CANCEL_H
#define SERVER_CANCEL_H

#include "gis/db.h"

struct cancel;

/* Watches over what db runs from now on. conninfo: the same database. NULL with err on failure. */
struct cancel *cancel_start(const char *conninfo, struct db *db, struct error *err);
void cancel_end(struct cancel *c); /* NULL allowed */

#endif
