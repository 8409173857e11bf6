/* hazatlas import: a file into the database. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gis/crs.h"
#include "import/encoding.h"
#include "import/format.h"
#include "import/import.h"
#include "server/command_job.h"
#include "server/command_maps.h"
#include "server/input_file.h"
#include "server/kind_text.h"
#include "server/report.h"

static bool known_kind(const char *name)
{
    for (const struct import_kind *const *k = import_kinds(); *k; k++)
        if (!strcmp((*k)->name, name))
            return true;
    fprintf(stderr, "hazatlas import: there is no kind \"%s\"; kinds are", name);
    for (const struct import_kind *const *k = import_kinds(); *k; k++)
        fprintf(stderr, " %s", (*k)->name);
    fputs("\n", stderr);
    return false;
}

static bool import(void *ctx, struct db *db, struct error *err)
{
    const struct import_request *request = ctx;
    struct import_report report = {.batch = 0};
    bool ok = import_run(&report, request, db, err);
    report_end_progress(request->ctx);
    if (ok)
        report_print(stdout, &report, request);
    return ok;
}

static int run(const struct command_line *line)
{
    struct command_maps maps;
    struct error err = {.kind = ERROR_NONE};
    struct import_part parts[IMPORT_PARTS_MAX];
    struct report_progress progress = {.told = 0};
    const char *path = line->operands[1], *slash = strrchr(path, '/');
    struct import_request request = {.kind = line->operands[0],
                                     .name = slash ? slash + 1 : path,
                                     .source = command_value(line, "source"),
                                     .crs = command_value(line, "crs"),
                                     .encoding = command_value(line, "encoding"),
                                     .sheet = command_value(line, "sheet"),
                                     .dry_run = command_value(line, "dry-run") != NULL,
                                     .maps = maps.maps,
                                     .parts = parts,
                                     .tell = report_tell,
                                     .ctx = &progress};
    if (!known_kind(request.kind) || !command_maps_take(&maps, line))
        return EXIT_USAGE;
    request.map_count = maps.count;
    if (!request.source) {
        fputs("hazatlas import: --source NAME is wanted: which system does the file come from?\n",
              stderr);
        return EXIT_USAGE;
    }
    if ((request.fd = input_file_open(path, &err)) < 0)
        return command_fail(&err);
    request.part_count = input_file_parts(parts, path);
    int status = command_job(line, NULL, import, &request);
    close(request.fd);
    for (int i = 0; i < request.part_count; i++)
        close(parts[i].fd);
    return status;
}

static void print_kinds(FILE *out)
{
    fprintf(out, "\nFormats: %s\nEncodings:", format_endings());
    for (const char *const *e = encoding_names; *e; e++)
        fprintf(out, " %s", *e);
    fputs("\nCoordinate systems:", out);
    for (const char *const *c = crs_codes; *c; c++)
        fprintf(out, " %s", *c);
    fputs("\n", out);
    for (const struct import_kind *const *k = import_kinds(); *k; k++) {
        fprintf(out, "\nKIND %s: %s\n", (*k)->name, (*k)->about);
        for (const struct import_field *f = (*k)->fields; f && f->name; f++) {
            struct buf headers = {.max = 1 << 16};
            kind_header(&headers, f->headers, strlen(f->headers));
            fprintf(out, "  %-22s %s%s\n  %22s headers: %s\n", f->name, f->about,
                    f->required ? " (needed)" : "", "", buf_string(&headers));
            buf_free(&headers);
        }
    }
}

static const struct operand operands[] = {
    {"KIND", "what the file holds; see below"},
    {"FILE", "the file; its ending tells the format, see below"},
    {NULL, NULL},
};

static const struct option options[] = {
    {.name = "source", .value = "NAME", .about = "short name of the system it comes from (wanted)"},
    {.name = "crs",
     .value = "CODE",
     .about = "coordinate system of x and y; without it the file or the values tell"},
    {.name = "encoding",
     .value = "NAME",
     .about = "of CSV, TSV and Shapefiles: UTF-8, CP950 (Big5), UTF-16LE, UTF-16BE; without it "
              "found out"},
    {.name = "sheet",
     .value = "NAME",
     .about = "sheet or layer to read; without it the first sheet or the largest layer"},
    COMMAND_MAPS_OPTIONS,
    {.name = "dry-run",
     .about = "show what was understood, the first rows and all counts, and change nothing"},
    COMMAND_DATA_OPTION,
    {.name = NULL},
};

const struct command command_import = {
    .name = "import",
    .summary = "Reads a file into the database: all of it or, when that fails, nothing",
    .about =
        "Each row is checked. Rows that cannot be used are kept aside with line, column, value\n"
        "and reason. The report goes to standard output, progress to standard error. Importing\n"
        "a file again changes nothing. Ctrl-C cancels: the state before stays.",
    .operands = operands,
    .options = options,
    .more_help = print_kinds,
    .run = run,
};
