/* migrate.h - the schema `hazatlas`: numbered SQL files of gis/schema, forward only, each applied
 * once in a transaction under an advisory lock, its SHA-256 kept beside its number. */
#ifndef GIS_MIGRATE_H
#define GIS_MIGRATE_H

#include "gis/db.h"

struct migration { /* made at build from gis/schema/NNNN_what.sql, in order */
    int number;
    const char *name;
    const char *text;
    const char *sha256;
};
extern const struct migration migrations[];
extern const int migrations_count;

enum migrate_state {
    MIGRATE_CURRENT,
    MIGRATE_EMPTY,   /* no schema hazatlas yet */
    MIGRATE_OLDER,   /* `hazatlas migrate` brings it up to date */
    MIGRATE_NEWER,   /* made by a newer program */
    MIGRATE_FOREIGN, /* a schema of that name that is not ours, or changed by hand */
};

/* Fills *state; false only if the database could not be asked. */
bool migrate_inspect(enum migrate_state *state, struct db *db, struct error *err);
/* Fails with the sentence for the operator unless the state is MIGRATE_CURRENT. */
bool migrate_require(struct db *db, struct error *err);
/* Applies what is missing; *applied = how many. Refuses MIGRATE_NEWER and MIGRATE_FOREIGN. */
bool migrate_apply(int *applied, struct db *db, struct error *err);

#endif
