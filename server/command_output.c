#include "server/command_output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gis/mem.h"
#include "server/list_page.h"

bool command_output_format(const char **out, const struct command_line *line, struct error *err)
{
    *out = command_value(line, "format");
    for (const char *const *name = list_format_names; *name; name++)
        if (!strcmp(*out, *name))
            return true;
    return error_set(err, ERROR_INPUT, "--format is csv, xlsx, json or geojson, not \"%.40s\"",
                     *out);
}

static bool is_standard(const char *path)
{
    return !path || !strcmp(path, "-");
}

static bool refuse(const char *path, int number, struct error *err)
{
    return error_set(err, number == ENOSPC || number == EDQUOT ? ERROR_NO_SPACE : ERROR_INPUT,
                     "%.300s cannot be written: %s", path, strerrordesc_np(number));
}

bool command_output_check(const char *path, struct error *err)
{
    struct stat st;
    if (is_standard(path))
        return true;
    if (!stat(path, &st) && !S_ISREG(st.st_mode))
        return error_set(err, ERROR_INPUT, "%.300s cannot be written: it is not a plain file",
                         path);
    const char *slash = strrchr(path, '/');
    char *folder = slash ? mem_copy_n(path, (size_t)(slash - path + 1)) : mem_copy(".");
    int number = access(folder, W_OK | X_OK) ? errno : 0;
    free(folder);
    return !number || refuse(path, number, err);
}

FILE *command_output_open(const char *path, struct error *err)
{
    if (is_standard(path))
        return stdout;
    char *part = mem_format("%s.part", path); /* renamed when it is whole */
    FILE *to = fopen(part, "we");
    if (!to)
        refuse(path, errno, err);
    free(part);
    return to;
}

bool command_output_close(FILE *to, const char *path, bool ok, struct error *err)
{
    if (!to || to == stdout)
        return ok || (to && ferror(to)); /* main tells it */
    char *part = mem_format("%s.part", path);
    bool written = !ferror(to);
    if ((fclose(to) || !written) && ok)
        ok = error_set(err, ERROR_SYSTEM, "%.300s cannot be written to its end: is the disk full?",
                       path);
    if (ok && rename(part, path))
        ok = refuse(path, errno, err);
    if (!ok)
        unlink(part);
    free(part);
    return ok;
}

bool command_output(const char *path, struct buf *what, struct error *err)
{
    if (what->overflow) {
        buf_free(what);
        return error_set(err, ERROR_TOO_LARGE, "the answer is larger than its limit");
    }
    FILE *to = command_output_open(path, err);
    if (to)
        fwrite(what->data, 1, what->len, to);
    buf_free(what);
    return command_output_close(to, path, to, err);
}

bool command_output_sheet(const char *path, struct sheet *sheet, struct error *err)
{
    FILE *to = sheet ? command_output_open(path, err) : NULL;
    if (!to)
        return sheet_free(sheet), false;
    return command_output_close(to, path, sheet_finish_into(to, sheet, err), err);
}
