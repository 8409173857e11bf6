/* hazatlas export: rows kept aside, for a person to mend. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "import/import.h"
#include "server/command.h"
#include "server/stop.h"
#include "server/store.h"

static bool write_rows(const char *path, int64_t batch, const char *data_dir, struct error *err)
{
    struct store store;
    if (!store_open(&store, data_dir, err))
        return false;
    FILE *out = path ? fopen(path, "we") : stdout;
    bool ok =
        out ? import_write_rejected(out, batch, store.db, err)
            : error_set(err, ERROR_INPUT, "%s cannot be written: %s", path, strerrordesc_np(errno));
    bool written = !out || fflush(out) == 0;
    if (out && out != stdout && fclose(out) != 0)
        written = false;
    if (ok && !written)
        ok = error_set(err, ERROR_SYSTEM, "writing failed: %s", strerrordesc_np(errno));
    store_close(&store);
    return ok;
}

static int run(const struct command_line *line)
{
    struct error err = {.kind = ERROR_NONE};
    long long batch;
    if (strcmp(line->operands[0], "rejected") != 0) {
        fprintf(stderr, "hazatlas export: there is no \"%s\" to export; there is: rejected\n",
                line->operands[0]);
        return EXIT_USAGE;
    }
    if (!command_int(&batch, line, "batch", 1, 1LL << 60))
        return EXIT_USAGE;
    stop_hold();
    if (write_rows(command_value(line, "output"), batch, command_value(line, "data"), &err))
        return 0;
    return command_fail(&err);
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
    {.name = "data",
     .value = "DIR",
     .fallback = "./var",
     .about = "folder of the private database"},
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
