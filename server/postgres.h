/* postgres.h - PostgreSQL's own programs on one cluster: initdb, pg_ctl, and what a crash leaves.
 */
#ifndef SERVER_POSTGRES_H
#define SERVER_POSTGRES_H

#include "server/place.h"

#define POSTGRES_VERSION "15"
#define POSTGRES_BIN "/usr/lib/postgresql/15/bin"

/* Whether a whole cluster of our version lies in place->pg; *there = something does. */
bool postgres_made(bool *there, const struct place *place, struct error *err);
/* initdb, beside and then renamed, so that a cluster is whole or absent. */
bool postgres_make(const struct place *place, struct error *err);
/* Whether its postmaster lives. */
bool postgres_runs(const struct place *place);
/* Starts it and waits until it answers, mending what a crash left. */
bool postgres_start(const struct place *place, struct error *err);
bool postgres_stop(const struct place *place, struct error *err);
/* The libpq string for a database of it. */
void postgres_conninfo(char *out, size_t size, const struct place *place, const char *database);

#endif
