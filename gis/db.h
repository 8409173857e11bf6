/* db.h - the one place that speaks libpq: a connection of one thread, prepared statements, binary
 * results, COPY, LISTEN.
 *
 * A struct db belongs to one thread. Statements are .sql files embedded at build (`sql.h`, made);
 * each is prepared once a connection under its file stem. A connection that died between two calls
 * is opened anew; outside a transaction a statement that met a dead connection is sent once more,
 * so give db_query only statements that may run twice (reads, or one whole transaction). */
#ifndef GIS_DB_H
#define GIS_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gis/error.h"

struct db;
struct db_result;

struct sql {
    const char *name; /* the .sql file's stem; also the prepared name */
    const char *text;
};

/* A parameter. Made by the functions below; text is borrowed until the call returns. */
struct db_value {
    const char *text; /* NULL with !*small = SQL NULL */
    char small[32];
};
struct db_value db_text(const char *text); /* NULL = SQL NULL */
struct db_value db_i64(int64_t value);
struct db_value db_f64(double value); /* not finite = SQL NULL */
struct db_value db_bool(bool value);
#define DB_NONE NULL, 0
#define DB_ARGS(...)                                                                               \
    (const struct db_value[]){__VA_ARGS__},                                                        \
        (int)(sizeof((const struct db_value[]){__VA_ARGS__}) / sizeof(struct db_value))

/* conninfo: a libpq connection string; several hosts allowed (the writable one is taken). */
struct db *db_open(const char *conninfo, struct error *err);
void db_close(struct db *db); /* NULL allowed */
/* Opens anew when the connection is gone. */
bool db_ensure(struct db *db, struct error *err);
/* One or more statements without parameters, e.g. "BEGIN". Never sent twice. */
bool db_exec(struct db *db, const char *statements, struct error *err);
/* Runs a prepared statement. NULL on failure; else free with db_done. */
struct db_result *db_query(struct db *db, const struct sql *sql, struct error *err,
                           const struct db_value *values, int count);
/* As db_query, for text built at run time by import (its own table names only). */
struct db_result *db_run(struct db *db, const char *text, struct error *err,
                         const struct db_value *values, int count);
void db_done(struct db_result *result); /* NULL allowed */

/* The SQLSTATE of the last failure on this connection ("" if none), for callers that tell
 * a unique violation from a dead server. */
const char *db_sqlstate(const struct db *db);
/* The server's own words for the last failure; for logs and for import reports, not for clients. */
const char *db_message(const struct db *db);

/* Row and column count from 0. Text is borrowed from the result. Integers: int2, int4, int8, bool.
 * Doubles: float4, float8 and the integers. NULL gives 0, NaN, NULL, false. */
int db_rows(const struct db_result *result);
int64_t db_affected(const struct db_result *result); /* rows of INSERT, UPDATE, DELETE, SELECT */
bool db_is_null(const struct db_result *result, int row, int column);
int64_t db_get_i64(const struct db_result *result, int row, int column);
double db_get_f64(const struct db_result *result, int row, int column);
bool db_get_bool(const struct db_result *result, int row, int column);
const char *db_get_text(const struct db_result *result, int row, int column);
const void *db_get_bytes(const struct db_result *result, int row, int column, size_t *len);

/* COPY … TO STDOUT (FORMAT binary): calls row(ctx, fields, lengths, count) for each row; a length
 * of -1 is NULL; fields are borrowed for the call. row returns false (err filled) to stop. */
typedef bool db_copy_row(void *ctx, const unsigned char *const *fields, const int *lengths,
                         int count, struct error *err);
bool db_copy_out(struct db *db, const char *copy_statement, db_copy_row *row, void *ctx,
                 struct error *err);
/* Numbers of binary fields, network byte order. */
int64_t db_field_int(const unsigned char *field, int length); /* 1, 2, 4, 8 bytes */
double db_field_f64(const unsigned char *field, int length);  /* 4 or 8 bytes */

/* COPY … FROM STDIN (text or CSV): begin, put any number of bytes, end (err NULL) or abort. */
bool db_copy_in_begin(struct db *db, const char *copy_statement, struct error *err);
bool db_copy_in_put(struct db *db, const char *data, size_t len, struct error *err);
bool db_copy_in_end(struct db *db, struct error *err);
void db_copy_in_abort(struct db *db);

bool db_listen(struct db *db, const char *channel, struct error *err);
/* Waits until a notification came (*got = true, all pending ones taken), wake_fd is readable or
 * timeout_ms passed. Fails when the connection is gone. wake_fd -1 = none. */
bool db_wait(struct db *db, int wake_fd, int timeout_ms, bool *got, struct error *err);

#endif
