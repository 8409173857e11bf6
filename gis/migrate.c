#include "gis/migrate.h"

#include <string.h>

/* Any two programs that migrate the same database wait for each other on this number. */
#define MIGRATE_LOCK "3826000101"

static bool has_table(bool *out, const char *name, struct db *db, struct error *err)
{
    struct db_result *r = db_run(db, "SELECT to_regclass('hazatlas.' || $1::text) IS NOT NULL", err,
                                 DB_ARGS(db_text(name)));
    if (!r)
        return false;
    *out = db_get_bool(r, 0, 0);
    db_done(r);
    return true;
}

bool migrate_inspect(enum migrate_state *state, struct db *db, struct error *err)
{
    bool present;
    if (!has_table(&present, "schema_migration", db, err))
        return false;
    struct db_result *r =
        db_run(db,
               present ? "SELECT number, sha256 FROM hazatlas.schema_migration ORDER BY number"
                       : "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                         "WHERE n.nspname = 'hazatlas' LIMIT 1",
               err, DB_NONE);
    if (!r)
        return false;
    int rows = db_rows(r);
    if (!present) {
        *state = rows ? MIGRATE_FOREIGN : MIGRATE_EMPTY;
    } else {
        *state = rows > migrations_count   ? MIGRATE_NEWER
                 : rows < migrations_count ? MIGRATE_OLDER
                                           : MIGRATE_CURRENT;
        for (int i = 0; i < rows && i < migrations_count; i++)
            if (db_get_i64(r, i, 0) != migrations[i].number ||
                strcmp(db_get_text(r, i, 1), migrations[i].sha256))
                *state = MIGRATE_FOREIGN;
    }
    db_done(r);
    return true;
}

static bool explain(enum migrate_state state, struct error *err)
{
    switch (state) {
    case MIGRATE_CURRENT: return true;
    case MIGRATE_EMPTY:
        return error_set(err, ERROR_CONFLICT,
                         "this database has no HazAtlas schema yet: run `hazatlas migrate`");
    case MIGRATE_OLDER:
        return error_set(
            err, ERROR_CONFLICT,
            "the schema of this database is older than this program: run `hazatlas migrate`");
    case MIGRATE_NEWER:
        return error_set(err, ERROR_CONFLICT,
                         "the schema of this database is newer than this program: start the newer "
                         "hazatlas, or use another database");
    case MIGRATE_FOREIGN:
        return error_set(
            err, ERROR_CONFLICT,
            "this database has a schema `hazatlas` that is not this program's (or was "
            "changed by hand): use another database, or move that schema aside with "
            "`ALTER SCHEMA hazatlas RENAME TO hazatlas_old` and run `hazatlas migrate`");
    }
    return error_set(err, ERROR_INTERNAL, "unknown schema state");
}

bool migrate_require(struct db *db, struct error *err)
{
    enum migrate_state state;
    return migrate_inspect(&state, db, err) && explain(state, err);
}

static bool apply_one(const struct migration *m, struct db *db, struct error *err)
{
    if (!db_exec(db, m->text, err)) {
        error_append(err, " in migration %s: %s", m->name, db_message(db));
        return false;
    }
    /* Rows that this one wrote are checked now: a table with checks to come cannot be altered by
     * the next. */
    if (!db_exec(db, "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED", err)) {
        error_append(err, " after migration %s: %s", m->name, db_message(db));
        return false;
    }
    struct db_result *r =
        db_run(db, "INSERT INTO schema_migration (number, name, sha256) VALUES ($1::int, $2, $3)",
               err, DB_ARGS(db_i64(m->number), db_text(m->name), db_text(m->sha256)));
    db_done(r);
    return r != NULL;
}

static bool apply_missing(int *applied, struct db *db, struct error *err)
{
    enum migrate_state state;
    if (!migrate_inspect(&state, db, err))
        return false;
    if (state == MIGRATE_NEWER || state == MIGRATE_FOREIGN)
        return explain(state, err);
    if (state == MIGRATE_EMPTY &&
        !db_exec(db,
                 "CREATE EXTENSION IF NOT EXISTS postgis SCHEMA public;"
                 "CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;"
                 "CREATE SCHEMA hazatlas;"
                 "COMMENT ON SCHEMA hazatlas IS 'HazAtlas: chemical hazards as map layers';"
                 "CREATE TABLE hazatlas.schema_migration (number integer PRIMARY KEY,"
                 " name text NOT NULL, sha256 text NOT NULL,"
                 " applied_at timestamptz NOT NULL DEFAULT now());"
                 "COMMENT ON TABLE hazatlas.schema_migration IS 'Migrations applied.';"
                 "COMMENT ON COLUMN hazatlas.schema_migration.number IS 'Number of the file.';"
                 "COMMENT ON COLUMN hazatlas.schema_migration.name IS 'Name of the file.';"
                 "COMMENT ON COLUMN hazatlas.schema_migration.sha256 IS 'SHA-256 of the file.';"
                 "COMMENT ON COLUMN hazatlas.schema_migration.applied_at IS 'When.'",
                 err)) {
        error_append(err, ": %s", db_message(db));
        return false;
    }
    struct db_result *r =
        db_run(db, "SELECT count(*) FROM hazatlas.schema_migration", err, DB_NONE);
    if (!r)
        return false;
    int from = (int)db_get_i64(r, 0, 0);
    db_done(r);
    for (int i = from; i < migrations_count; i++)
        if (!apply_one(&migrations[i], db, err))
            return false;
    *applied = migrations_count - from;
    return true;
}

bool migrate_apply(int *applied, struct db *db, struct error *err)
{
    *applied = 0;
    if (!db_exec(db, "BEGIN; SELECT pg_advisory_xact_lock(" MIGRATE_LOCK ")", err))
        return false;
    bool ok = apply_missing(applied, db, err);
    struct error second;
    return db_exec(db, ok ? "COMMIT" : "ROLLBACK", ok ? err : &second) && ok;
}
