/* hazatlas undo: the state before an import returns. */
#include <inttypes.h>
#include <stdio.h>

#include "gis/text.h"
#include "import/undo.h"
#include "server/command.h"
#include "server/stop.h"
#include "server/store.h"

static int run(const struct command_line *line)
{
    struct error err = {.kind = ERROR_NONE};
    struct undo_report report;
    struct store store;
    int64_t batch;
    if (!text_to_i64(&batch, line->operands[0]) || batch < 1) {
        fprintf(stderr, "hazatlas undo: BATCH is the number of an import, not \"%s\"\n",
                line->operands[0]);
        return EXIT_USAGE;
    }
    stop_hold();
    if (!store_open(&store, command_value(line, "data"), &err))
        return command_fail(&err);
    bool ok = import_undo(&report, batch, "command line", store.db, &err);
    store_close(&store);
    if (!ok)
        return command_fail(&err);
    printf("Batch %" PRId64 " (%s from source %s) is undone; the atlas number is %" PRId64 ".\n",
           batch, report.kind, report.source, report.atlas);
    printf("  %10" PRId64 "  rows that it had added taken out\n", report.removed);
    printf("  %10" PRId64 "  rows that it had changed or deleted put back\n", report.restored);
    return 0;
}

static const struct operand operands[] = {
    {"BATCH", "number of the import, as its report says"},
    {NULL, NULL},
};

static const struct option options[] = {
    {.name = "data",
     .value = "DIR",
     .fallback = "./var",
     .about = "folder of the private database"},
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
