/* job.h - import jobs (table import_job) as the interface gives them. */
#ifndef SERVER_JOB_H
#define SERVER_JOB_H

#include "gis/db.h"
#include "gis/json.h"
#include "server/runner.h"

/* Which jobs; zero = any. */
struct job_filter {
    int64_t id, below; /* below: ids before this one, for paging */
    const char *ids;   /* "{1,2}" */
    int64_t limit;
};
/* Newest first, for job_write. NULL on failure; else free with db_done. */
struct db_result *job_rows(struct db *db, const struct job_filter *filter, struct error *err);
int64_t job_id(const struct db_result *rows, int row);
/* done, failed or cancelled. */
bool job_ended(const struct db_result *rows, int row);
/* The job as an object; the runner (NULL = none) knows better how far one of its own is. */
void job_write(struct json *j, const char *key, const struct db_result *rows, int row,
               struct runner *runner);

#endif
