/* hazatlas undo: the state before an import returns. */
#include <inttypes.h>
#include <stdio.h>

#include "gis/text.h"
#include "import/undo.h"
#include "server/command_job.h"

static bool read_batch(void *batch, const struct command_line *line, struct error *err)
{
    (void)err;
    if (text_to_i64(batch, line->operands[0]) && *(int64_t *)batch > 0)
        return true;
    fprintf(stderr, "hazatlas undo: BATCH is the number of an import, not \"%s\"\n",
            line->operands[0]);
    return false;
}

static bool undo(void *batch, struct db *db, struct error *err)
{
    struct undo_report report;
    int64_t number = *(int64_t *)batch;
    if (!import_undo(&report, number, "command line", db, err))
        return false;
    printf("Batch %" PRId64 " (%s from source %s) is undone; the atlas number is %" PRId64 ".\n",
           number, report.kind, report.source, report.atlas);
    printf("  %10" PRId64 "  rows that it had added taken out\n", report.removed);
    printf("  %10" PRId64 "  rows that it had changed or deleted put back\n", report.restored);
    return true;
}

static int run(const struct command_line *line)
{
    int64_t batch;
    return command_job(line, read_batch, undo, &batch);
}

static const struct operand operands[] = {
    {"BATCH", "number of the import, as its report says"},
    {NULL, NULL},
};

static const struct option options[] = {
    COMMAND_DATA_OPTION,
    {.name = NULL},
};

const struct command command_undo = {
    .name = "undo",
    .summary = "Undoes an import: the state before it returns",
    .about =
        "Takes out what the import added and puts back what it changed or deleted, in one\n"
        "transaction; its history and its rejected rows stay. Imports that build on it must be\n"
        "undone first. What imports replace is kept for 90 days, for the latest 100 imports and\n"
        "up to 5 million rows. The same file can then be imported again.",
    .operands = operands,
    .options = options,
    .run = run,
};
