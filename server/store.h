/* store.h - the database that a command works on: HAZATLAS_DATABASE, or the private cluster of a
 * data folder. */
#ifndef SERVER_STORE_H
#define SERVER_STORE_H

#include <stdio.h>

#include "gis/db.h"
#include "server/cluster.h"

struct store {
    struct cluster *cluster; /* NULL = HAZATLAS_DATABASE */
    char conninfo[1024];
    struct db *db;
};

/* Opens it, without looking at the schema. What takes long is told on standard error. */
bool store_open_raw(struct store *s, const char *data_dir, struct error *err);
/* A private database is brought up to date: schema and the product's own tables; another one is
 * refused unless its schema is this program's. What was done is told on standard error. */
bool store_ready(struct store *s, struct error *err);
/* Both. */
bool store_open(struct store *s, const char *data_dir, struct error *err);
/* Applies what migrations are missing, loads the product's own tables; tells out what it did. */
bool store_migrate(struct store *s, FILE *out, struct error *err);
void store_close(struct store *s); /* one that never opened is allowed */

/* The folder of the product's own tables: HAZATLAS_SHARE, else one beside the program. */
bool store_share(char *out, size_t size, struct error *err);

#endif
