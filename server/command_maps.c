#include "server/command_maps.h"

#include <string.h>

bool command_maps_take(struct command_maps *out, const struct command_line *line)
{
    out->count = 0;
    for (int i = 0; i < line->given_count; i++) {
        const char *value = line->given[i].value;
        bool constant = !strcmp(line->given[i].option->name, "set");
        if (!constant && strcmp(line->given[i].option->name, "map") != 0)
            continue;
        char *field = out->fields[out->count];
        size_t len = strcspn(value, "=");
        if (!len || len >= sizeof out->fields[0] || !value[len] || !value[len + 1]) {
            fprintf(stderr, "hazatlas %s: --%s wants FIELD=%s, not \"%s\"\n", line->command->name,
                    constant ? "set" : "map", constant ? "VALUE" : "COLUMN", value);
            return false;
        }
        memcpy(field, value, len);
        field[len] = '\0';
        out->maps[out->count++] =
            (struct import_map){.field = field, .column = value + len + 1, .constant = constant};
    }
    return true;
}
