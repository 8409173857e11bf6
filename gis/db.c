#include "gis/db.h"

#include <arpa/inet.h>
#include <endian.h>
#include <libpq-fe.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"

enum { PREPARED_MAX = 128, PARAMETERS_MAX = 32 };

struct db {
    PGconn *conn;
    char *conninfo;
    const struct sql *prepared[PREPARED_MAX];
    int prepared_count;
    char channel[64]; /* listened to; "" = none */
    char sqlstate[6];
    char message[512];
};

struct db_result {
    PGresult *pg;
};

/* OIDs of pg_type.h that results are read as; they are part of the wire protocol and never change.
 */
enum {
    OID_BOOL = 16,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_FLOAT4 = 700,
    OID_FLOAT8 = 701
};

struct db_value db_text(const char *text)
{
    return (struct db_value){.text = text};
}

struct db_value db_i64(int64_t value)
{
    struct db_value v = {.text = NULL};
    snprintf(v.small, sizeof v.small, "%lld", (long long)value);
    return v;
}

struct db_value db_f64(double value)
{
    struct db_value v = {.text = NULL};
    if (isfinite(value))
        snprintf(v.small, sizeof v.small, "%.17g", value);
    return v;
}

struct db_value db_bool(bool value)
{
    return (struct db_value){.text = value ? "t" : "f"};
}

/* Keeps SQLSTATE and message, and gives the client a sentence without either. */
static bool fail(struct db *db, const PGresult *result, struct error *err)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *message = result ? PQresultErrorMessage(result) : "";
    text_copy(db->sqlstate, sizeof db->sqlstate, state ? state : "");
    text_copy(db->message, sizeof db->message, *message ? message : PQerrorMessage(db->conn));
    if (PQstatus(db->conn) != CONNECTION_OK)
        return error_set(err, ERROR_DATABASE, "the database connection was lost; try again");
    if (!strcmp(db->sqlstate, "57014"))
        return error_set(err, ERROR_BUSY, "the database took too long and was stopped");
    if (!strcmp(db->sqlstate, "53100"))
        return error_set(err, ERROR_DATABASE, "the database's disk is full");
    return error_set(err, ERROR_DATABASE, "the database refused a statement (SQLSTATE %s)",
                     *db->sqlstate ? db->sqlstate : "unknown");
}

static bool connect_now(struct db *db, struct error *err)
{
    const char *keys[] = {"dbname",
                          "application_name",
                          "client_encoding",
                          "connect_timeout",
                          "target_session_attrs",
                          "options",
                          NULL};
    const char *values[] = {db->conninfo,
                            "hazatlas",
                            "UTF8",
                            "5",
                            "read-write",
                            "-c jit=off -c plan_cache_mode=force_custom_plan "
                            "-c search_path=hazatlas,public -c client_min_messages=warning "
                            "-c DateStyle=ISO -c TimeZone=UTC",
                            NULL};
    PQfinish(db->conn);
    db->conn = PQconnectdbParams(keys, values, 1);
    db->prepared_count = 0;
    if (PQstatus(db->conn) != CONNECTION_OK) {
        text_copy(db->message, sizeof db->message, PQerrorMessage(db->conn));
        return error_set(err, ERROR_DATABASE, "the database does not answer");
    }
    return *db->channel ? db_listen(db, db->channel, err) : true;
}

struct db *db_open(const char *conninfo, struct error *err)
{
    struct db *db = mem_zero(1, sizeof *db);
    db->conninfo = mem_copy(conninfo);
    if (connect_now(db, err))
        return db;
    error_append(err, ": %s", db->message); /* the operator reads this one */
    db_close(db);
    return NULL;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    PQfinish(db->conn);
    free(db->conninfo);
    free(db);
}

bool db_ensure(struct db *db, struct error *err)
{
    return PQstatus(db->conn) == CONNECTION_OK || connect_now(db, err);
}

bool db_exec(struct db *db, const char *statements, struct error *err)
{
    if (!db_ensure(db, err))
        return false;
    PGresult *result = PQexec(db->conn, statements);
    ExecStatusType status = PQresultStatus(result);
    bool ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || fail(db, result, err);
    PQclear(result);
    return ok;
}

static bool prepare(struct db *db, const struct sql *sql, struct error *err)
{
    for (int i = 0; i < db->prepared_count; i++)
        if (db->prepared[i] == sql)
            return true;
    if (db->prepared_count == PREPARED_MAX)
        return error_set(err, ERROR_INTERNAL, "more than %d prepared statements", PREPARED_MAX);
    PGresult *result = PQprepare(db->conn, sql->name, sql->text, 0, NULL);
    bool ok = PQresultStatus(result) == PGRES_COMMAND_OK || fail(db, result, err);
    PQclear(result);
    if (ok)
        db->prepared[db->prepared_count++] = sql;
    return ok;
}

static struct db_result *send_once(struct db *db, const struct sql *sql, const char *text,
                                   struct error *err, const struct db_value *values, int count)
{
    const char *texts[PARAMETERS_MAX];
    for (int i = 0; i < count; i++)
        texts[i] = *values[i].small ? values[i].small : values[i].text;
    if (sql && !prepare(db, sql, err))
        return NULL;
    PGresult *result = sql ? PQexecPrepared(db->conn, sql->name, count, texts, NULL, NULL, 1)
                           : PQexecParams(db->conn, text, count, NULL, texts, NULL, NULL, 1);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        fail(db, result, err);
        PQclear(result);
        return NULL;
    }
    struct db_result *r = mem_alloc(sizeof *r);
    r->pg = result;
    return r;
}

static struct db_result *run(struct db *db, const struct sql *sql, const char *text,
                             struct error *err, const struct db_value *values, int count)
{
    if (count > PARAMETERS_MAX) {
        error_fill(err, ERROR_INTERNAL, "more than %d parameters", PARAMETERS_MAX);
        return NULL;
    }
    if (!db_ensure(db, err))
        return NULL;
    bool in_transaction = PQtransactionStatus(db->conn) != PQTRANS_IDLE;
    struct db_result *r = send_once(db, sql, text, err, values, count);
    if (r || in_transaction || PQstatus(db->conn) == CONNECTION_OK)
        return r;
    return connect_now(db, err) ? send_once(db, sql, text, err, values, count) : NULL;
}

struct db_result *db_query(struct db *db, const struct sql *sql, struct error *err,
                           const struct db_value *values, int count)
{
    return run(db, sql, NULL, err, values, count);
}

struct db_result *db_run(struct db *db, const char *text, struct error *err,
                         const struct db_value *values, int count)
{
    return run(db, NULL, text, err, values, count);
}

void db_done(struct db_result *result)
{
    if (!result)
        return;
    PQclear(result->pg);
    free(result);
}

const char *db_sqlstate(const struct db *db)
{
    return db->sqlstate;
}

const char *db_message(const struct db *db)
{
    return db->message;
}

int db_rows(const struct db_result *result)
{
    return PQntuples(result->pg);
}

int64_t db_affected(const struct db_result *result)
{
    int64_t n = 0;
    text_to_i64(&n, PQcmdTuples(result->pg));
    return n;
}

bool db_is_null(const struct db_result *result, int row, int column)
{
    return PQgetisnull(result->pg, row, column);
}

static const unsigned char *field(const struct db_result *r, int row, int column, int *length)
{
    *length = PQgetlength(r->pg, row, column);
    return (const unsigned char *)PQgetvalue(r->pg, row, column);
}

int64_t db_get_i64(const struct db_result *result, int row, int column)
{
    int length;
    const unsigned char *f = field(result, row, column, &length);
    Oid type = PQftype(result->pg, column);
    if (type == OID_FLOAT4 || type == OID_FLOAT8)
        return (int64_t)db_field_f64(f, length);
    return db_field_int(f, length);
}

double db_get_f64(const struct db_result *result, int row, int column)
{
    int length;
    const unsigned char *f = field(result, row, column, &length);
    if (db_is_null(result, row, column))
        return NAN;
    Oid type = PQftype(result->pg, column);
    if (type == OID_FLOAT4 || type == OID_FLOAT8)
        return db_field_f64(f, length);
    return (double)db_field_int(f, length);
}

bool db_get_bool(const struct db_result *result, int row, int column)
{
    return db_get_i64(result, row, column) != 0;
}

const char *db_get_text(const struct db_result *result, int row, int column)
{
    return db_is_null(result, row, column) ? NULL : PQgetvalue(result->pg, row, column);
}

const void *db_get_bytes(const struct db_result *result, int row, int column, size_t *len)
{
    *len = (size_t)PQgetlength(result->pg, row, column);
    return db_is_null(result, row, column) ? NULL : PQgetvalue(result->pg, row, column);
}

int64_t db_field_int(const unsigned char *f, int length)
{
    uint64_t value = 0;
    if (length <= 0 || length > 8)
        return 0;
    for (int i = 0; i < length; i++)
        value = value << 8 | f[i];
    int shift = 64 - 8 * length;
    return length == 1 ? (int64_t)value : (int64_t)(value << shift) >> shift;
}

double db_field_f64(const unsigned char *f, int length)
{
    if (length == 8) {
        uint64_t bits;
        double value;
        memcpy(&bits, f, sizeof bits);
        bits = be64toh(bits);
        memcpy(&value, &bits, sizeof value);
        return value;
    }
    if (length == 4) {
        uint32_t bits;
        float value;
        memcpy(&bits, f, sizeof bits);
        bits = ntohl(bits);
        memcpy(&value, &bits, sizeof value);
        return (double)value;
    }
    return NAN;
}

/* ---- COPY ---- */

/* Takes what is left of a COPY so that the connection can be used again. */
static bool finish_copy(struct db *db, bool ok, struct error *err)
{
    PGresult *result;
    while ((result = PQgetResult(db->conn))) {
        if (ok && PQresultStatus(result) != PGRES_COMMAND_OK)
            ok = fail(db, result, err);
        PQclear(result);
    }
    return ok;
}

static bool begin_copy(struct db *db, const char *statement, ExecStatusType wanted,
                       struct error *err)
{
    if (!db_ensure(db, err))
        return false;
    PGresult *result = PQexec(db->conn, statement);
    bool ok = PQresultStatus(result) == wanted || fail(db, result, err);
    PQclear(result);
    return ok;
}

/* One CopyData message of binary COPY is one tuple (the first has the 19-byte header before it). */
static bool take_tuple(const unsigned char *data, int len, db_copy_row *row, void *ctx,
                       struct error *err)
{
    enum { COLUMNS_MAX = 64 };
    const unsigned char *fields[COLUMNS_MAX];
    int lengths[COLUMNS_MAX];
    static const char signature[] = "PGCOPY\n\377\r\n"; /* and its NUL: 11 bytes */
    int at = 0;
    if (len >= 19 && !memcmp(data, signature, sizeof signature))
        at = 19;
    if (len - at < 2)
        return len == at ? true : error_set(err, ERROR_DATABASE, "a COPY row was cut off");
    int count = (int)db_field_int(data + at, 2);
    at += 2;
    if (count == -1)
        return true; /* trailer */
    if (count > COLUMNS_MAX)
        return error_set(err, ERROR_INTERNAL, "more than %d columns in a COPY", COLUMNS_MAX);
    for (int i = 0; i < count; i++) {
        if (len - at < 4)
            return error_set(err, ERROR_DATABASE, "a COPY row was cut off");
        lengths[i] = (int)db_field_int(data + at, 4);
        at += 4;
        fields[i] = data + at;
        if (lengths[i] > len - at)
            return error_set(err, ERROR_DATABASE, "a COPY row was cut off");
        if (lengths[i] > 0)
            at += lengths[i];
    }
    return row(ctx, fields, lengths, count, err);
}

bool db_copy_out(struct db *db, const char *copy_statement, db_copy_row *row, void *ctx,
                 struct error *err)
{
    if (!begin_copy(db, copy_statement, PGRES_COPY_OUT, err))
        return false;
    bool ok = true;
    char *data;
    int len;
    while ((len = PQgetCopyData(db->conn, &data, 0)) > 0) {
        if (ok)
            ok = take_tuple((const unsigned char *)data, len, row, ctx, err);
        PQfreemem(data);
    }
    if (len == -2 && ok)
        ok = fail(db, NULL, err);
    return finish_copy(db, ok, err);
}

bool db_copy_in_begin(struct db *db, const char *copy_statement, struct error *err)
{
    return begin_copy(db, copy_statement, PGRES_COPY_IN, err);
}

bool db_copy_in_put(struct db *db, const char *data, size_t len, struct error *err)
{
    while (len) {
        int part = len > 1 << 20 ? 1 << 20 : (int)len;
        if (PQputCopyData(db->conn, data, part) != 1)
            return fail(db, NULL, err);
        data += part;
        len -= (size_t)part;
    }
    return true;
}

bool db_copy_in_end(struct db *db, struct error *err)
{
    bool ok = PQputCopyEnd(db->conn, NULL) == 1 || fail(db, NULL, err);
    return finish_copy(db, ok, err);
}

void db_copy_in_abort(struct db *db)
{
    PQputCopyEnd(db->conn, "given up");
    finish_copy(db, false, NULL);
}

/* ---- LISTEN ---- */

bool db_listen(struct db *db, const char *channel, struct error *err)
{
    char statement[80];
    if (channel != db->channel)
        text_copy(db->channel, sizeof db->channel, channel);
    snprintf(statement, sizeof statement, "LISTEN %s", db->channel);
    return db_exec(db, statement, err);
}

bool db_wait(struct db *db, int wake_fd, int timeout_ms, bool *got, struct error *err)
{
    *got = false;
    struct pollfd fds[2] = {{.fd = PQsocket(db->conn), .events = POLLIN},
                            {.fd = wake_fd, .events = POLLIN}};
    if (fds[0].fd < 0)
        return error_set(err, ERROR_DATABASE, "the database connection was lost");
    PGnotify *note = PQnotifies(db->conn);
    if (!note) {
        poll(fds, wake_fd < 0 ? 1 : 2, timeout_ms);
        if (!PQconsumeInput(db->conn) || PQstatus(db->conn) != CONNECTION_OK)
            return error_set(err, ERROR_DATABASE, "the database connection was lost");
        note = PQnotifies(db->conn);
    }
    while (note) {
        *got = true;
        PQfreemem(note);
        note = PQnotifies(db->conn);
    }
    return true;
}
