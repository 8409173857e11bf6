/* command_maps.h - --map FIELD=COLUMN and --set FIELD=VALUE of commands that read files. */
#ifndef SERVER_COMMAND_MAPS_H
#define SERVER_COMMAND_MAPS_H

#include "import/import.h"
#include "server/command.h"

struct command_maps {
    struct import_map maps[COMMAND_VALUES_MAX]; /* texts of fields and of the command line */
    char fields[COMMAND_VALUES_MAX][64];
    int count;
};

/* False: one is not FIELD=…, told on stderr. out must not be moved. */
bool command_maps_take(struct command_maps *out, const struct command_line *line);

#define COMMAND_MAPS_OPTIONS                                                                       \
    {.name = "map",                                                                                \
     .value = "FIELD=COLUMN",                                                                      \
     .about = "take this column for this field",                                                   \
     .repeat = true},                                                                              \
    {                                                                                              \
        .name = "set", .value = "FIELD=VALUE",                                                     \
        .about = "take this value for this field in every row, e.g. class=hospital",               \
        .repeat = true                                                                             \
    }

#endif
