/* command_output.h - where a command writes what it made: a file that is there whole or not at all,
 * or standard output (path "-" or NULL), which main looks after: it may be full, its reader gone.
 */
#ifndef SERVER_COMMAND_OUTPUT_H
#define SERVER_COMMAND_OUTPUT_H

#include <stdio.h>

#include "server/command.h"
#include "server/sheet.h"

/* Row of a table of options. */
#define COMMAND_OUTPUT_OPTION                                                                      \
    {                                                                                              \
        .name = "output", .letter = 'o', .value = "FILE", .fallback = "-",                         \
        .about = "file to write; - = standard output"                                              \
    }

/* --format; false with err: it is none of csv, xlsx, json, geojson. */
bool command_output_format(const char **out, const struct command_line *line, struct error *err);
/* Whether a file can be made there; asked before the work is done. */
bool command_output_check(const char *path, struct error *err);
/* A file to write, NULL with err. Close it, ok: all was written into it, else it is not kept. */
FILE *command_output_open(const char *path, struct error *err);
bool command_output_close(FILE *to, const char *path, bool ok, struct error *err);

/* All of what, which is freed. */
bool command_output(const char *path, struct buf *what, struct error *err);
/* All of the sheet, which is freed. NULL sheet = false. */
bool command_output_sheet(const char *path, struct sheet *sheet, struct error *err);

#endif
