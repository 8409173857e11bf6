/* command_job.h - the frame of commands that work on the database: what is asked, the database
 * around the work, Ctrl-C, the exit status. */
#ifndef SERVER_COMMAND_JOB_H
#define SERVER_COMMAND_JOB_H

#include "gis/db.h"
#include "server/command.h"

/* Row of a table of options. */
#define COMMAND_DATA_OPTION                                                                        \
    {                                                                                              \
        .name = "data", .value = "DIR", .fallback = "./var",                                       \
        .about = "folder of the private database"                                                  \
    }

/* Fills the job from the line. False: what is asked cannot be; ERROR_INPUT, or told on stderr
 * already. Other errors are of a file that it names: the exit status is EXIT_FAILED. */
typedef bool command_job_read(void *job, const struct command_line *line, struct error *err);
/* Does it. Ctrl-C cancels the statement that it waits for. */
typedef bool command_job_work(void *job, struct db *db, struct error *err);

/* Reads (NULL: is read already), sees whether --output can be written, works on the database of
 * --data. The exit status; what failed is told on stderr. */
int command_job(const struct command_line *line, command_job_read *read, command_job_work *work,
                void *job);

#endif
