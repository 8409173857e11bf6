/* hazatlas migrate: the schema up to date. */
#include <stdio.h>

#include "server/cancel.h"
#include "server/command_job.h"
#include "server/stop.h"
#include "server/store.h"

static int run(const struct command_line *line)
{
    struct error err = {.kind = ERROR_NONE};
    struct store store;
    stop_hold();
    if (!store_open_raw(&store, command_value(line, "data"), &err))
        return command_fail(&err);
    struct cancel *cancel = cancel_start(store.conninfo, store.db, &err);
    bool ok = cancel && store_migrate(&store, stdout, &err);
    cancel_end(cancel);
    store_close(&store);
    if (!ok && cancel && stop_wanted())
        error_fill(&err, ERROR_INPUT, "the migration was cancelled; each is whole or not there");
    if (!ok)
        return command_fail(&err);
    puts("The schema and the reference tables are up to date.");
    return 0;
}

static const struct option options[] = {
    COMMAND_DATA_OPTION,
    {.name = NULL},
};

const struct command command_migrate = {
    .name = "migrate",
    .summary = "Brings the schema of the database and its reference tables up to date",
    .about =
        "Works on HAZATLAS_DATABASE or on the private database of the data folder. Migrations\n"
        "go forward only; each is one transaction. Prints what was applied.",
    .options = options,
    .run = run,
};
