#include "server/radar_flags.h"

#include <string.h>

/* The value of an option by the name that queries have for it; NULL = not given. */
static const char *value_of(const struct command_line *line, const char *name)
{
    char flag[40];
    size_t len = strlen(name);
    if (len >= sizeof flag)
        return NULL;
    for (size_t i = 0; i <= len; i++)
        flag[i] = name[i] == '_' ? '-' : name[i];
    return command_value(line, flag);
}

bool radar_flags_any(const struct command_line *line)
{
    for (const char *const *name = radar_option_names; *name; name++)
        if (value_of(line, *name))
            return true;
    return false;
}

bool radar_flags_options(struct radar_options *out, enum radar_of of,
                         const struct command_line *line, struct error *err)
{
    *out = radar_default_options;
    for (const char *const *name = radar_option_names; *name; name++) {
        const char *value = value_of(line, *name);
        if (value && !radar_options_set(out, of, *name, value, err))
            return false;
    }
    return radar_options_check(out, err);
}
