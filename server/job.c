#include "server/job.h"

#include <string.h>

#include "sql.h"

/* Columns of import_job_rows. */
enum {
    ID,
    KIND,
    SOURCE,
    NAME,
    BYTES,
    OPTIONS,
    STATE,
    STAGE,
    ROWS,
    REJECTED,
    BYTES_READ,
    CREATED,
    STARTED,
    ENDED,
    ERROR,
    REPORT,
    BATCH,
    CANCELLING,
    SECONDS,
    KEPT
};

struct db_result *job_rows(struct db *db, const struct job_filter *f, struct error *err)
{
    const struct db_value any = db_text(NULL);
    return db_query(db, &SQL_import_job_rows, err,
                    DB_ARGS(f->id ? db_i64(f->id) : any, f->below ? db_i64(f->below) : any,
                            db_text(f->ids), db_i64(f->limit)));
}

int64_t job_id(const struct db_result *rows, int row)
{
    return db_get_i64(rows, row, ID);
}

bool job_ended(const struct db_result *rows, int row)
{
    const char *state = db_get_text(rows, row, STATE);
    return strcmp(state, "waiting") != 0 && strcmp(state, "running") != 0;
}

/* How far it is: of the reading, since nobody knows how long the rest takes. */
static void put_progress(struct json *j, const struct db_result *rows, int row,
                         struct runner *runner)
{
    struct import_progress p = {.stage = db_get_text(rows, row, STAGE),
                                .rows = (uint64_t)db_get_i64(rows, row, ROWS),
                                .rejected = (uint64_t)db_get_i64(rows, row, REJECTED),
                                .bytes = (uint64_t)db_get_i64(rows, row, BYTES_READ)};
    bool running = !strcmp(db_get_text(rows, row, STATE), "running");
    if (running && runner)
        runner_progress(&p, runner, job_id(rows, row));
    double total = (double)db_get_i64(rows, row, BYTES), seconds = db_get_f64(rows, row, SECONDS);
    double share = total > 0 ? (double)p.bytes / total : 0;
    share = share > 1 ? 1 : share;
    json_text(j, "stage", p.stage);
    json_int(j, "rows", (int64_t)p.rows);
    json_int(j, "rejected", (int64_t)p.rejected);
    json_int(j, "bytes_read", (int64_t)p.bytes);
    json_int(j, "bytes_total", (int64_t)total);
    json_number(j, "percent", 100 * share, 1);
    if (running && !strcmp(p.stage, "reading") && share > 0.001)
        json_number(j, "seconds_left", seconds / share * (1 - share), 0);
    else
        json_null(j, "seconds_left");
}

void job_write(struct json *j, const char *key, const struct db_result *rows, int row,
               struct runner *runner)
{
    json_open(j, key, '{');
    json_int(j, "id", job_id(rows, row));
    json_text(j, "kind", db_get_text(rows, row, KIND));
    json_text(j, "source", db_get_text(rows, row, SOURCE));
    json_text(j, "file", db_get_text(rows, row, NAME));
    json_int(j, "bytes", db_get_i64(rows, row, BYTES));
    json_raw(j, "options", db_get_text(rows, row, OPTIONS));
    json_text(j, "state", db_get_text(rows, row, STATE));
    json_bool(j, "cancelling", !job_ended(rows, row) && db_get_bool(rows, row, CANCELLING));
    put_progress(j, rows, row, runner);
    json_text(j, "created", db_get_text(rows, row, CREATED));
    json_text(j, "started", db_get_text(rows, row, STARTED));
    json_text(j, "ended", db_get_text(rows, row, ENDED));
    json_text(j, "error", db_get_text(rows, row, ERROR));
    json_bool(j, "file_kept", db_get_bool(rows, row, KEPT));
    if (db_is_null(rows, row, BATCH))
        json_null(j, "batch");
    else
        json_int(j, "batch", db_get_i64(rows, row, BATCH));
    json_raw(j, "report", db_get_text(rows, row, REPORT));
    json_close(j, '}');
}
