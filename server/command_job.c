#include "server/command_job.h"

#include "server/cancel.h"
#include "server/command_output.h"
#include "server/stop.h"
#include "server/store.h"

static bool work_on_store(const struct command_line *line, command_job_work *work, void *job,
                          struct error *err)
{
    struct store store;
    stop_hold();
    if (!store_open_raw(&store, command_value(line, "data"), err))
        return false;
    struct cancel *cancel = cancel_start(store.conninfo, store.db, err);
    bool ok = cancel && store_ready(&store, err) && !stop_wanted() && work(job, store.db, err);
    cancel_end(cancel);
    store_close(&store);
    if (!ok && cancel && stop_wanted())
        return error_set(err, ERROR_INPUT, "the %s was cancelled; nothing was changed",
                         line->command->name);
    return ok;
}

int command_job(const struct command_line *line, command_job_read *read, command_job_work *work,
                void *job)
{
    struct error err = {.kind = ERROR_NONE};
    if (read && !read(job, line, &err)) {
        if (err.kind != ERROR_NONE)
            command_fail(&err);
        return err.kind == ERROR_NONE || err.kind == ERROR_INPUT ? EXIT_USAGE : EXIT_FAILED;
    }
    bool ok = command_output_check(command_value(line, "output"), &err) &&
              work_on_store(line, work, job, &err);
    return ok ? 0 : command_fail(&err);
}
