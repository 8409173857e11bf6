/* hazatlas export: rows kept aside, for a person to mend. */
#include <stdio.h>
#include <string.h>

#include "import/import.h"
#include "server/command_job.h"
#include "server/command_output.h"

struct job {
    const char *output;
    long long batch;
};

static bool read_job(void *ctx, const struct command_line *line, struct error *err)
{
    struct job *job = ctx;
    (void)err;
    job->output = command_value(line, "output");
    if (!strcmp(line->operands[0], "rejected"))
        return command_int(&job->batch, line, "batch", 1, 1LL << 60);
    fprintf(stderr, "hazatlas export: there is no \"%s\" to export; there is: rejected\n",
            line->operands[0]);
    return false;
}

static bool write_rows(void *ctx, struct db *db, struct error *err)
{
    const struct job *job = ctx;
    FILE *to = command_output_open(job->output, err);
    bool ok = to && import_write_rejected(to, job->batch, db, err);
    return command_output_close(to, job->output, ok, err);
}

static int run(const struct command_line *line)
{
    struct job job;
    return command_job(line, read_job, write_rows, &job);
}

static const struct operand operands[] = {
    {"WHAT", "rejected: the rows of an import that were kept aside"},
    {NULL, NULL},
};

static const struct option options[] = {
    {.name = "batch", .value = "N", .about = "number of the import, as its report says (wanted)"},
    {.name = "output",
     .letter = 'o',
     .value = "FILE",
     .about = "file to write; without it standard output"},
    COMMAND_DATA_OPTION,
    {.name = NULL},
};

const struct command command_export = {
    .name = "export",
    .summary = "Writes the rows that an import kept aside, with their reasons",
    .about = "Comes out: CSV (UTF-8), the columns of the imported file, x and y where its rows are "
             "points,\n"
             "and after them rejected_line, rejected_column, rejected_value, rejected_reason and\n"
             "rejected_kept (yes: the row is in already, e.g. without a field). Mend the rows and "
             "import\n"
             "that file; columns that begin with rejected_ are passed over.",
    .operands = operands,
    .options = options,
    .run = run,
};
