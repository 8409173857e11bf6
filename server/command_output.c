#include "server/command_output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gis/mem.h"

static bool put(FILE *to, const struct buf *what)
{
    return fwrite(what->data, 1, what->len, to) == what->len;
}

bool command_output(const char *path, const struct buf *what, struct error *err)
{
    if (what->overflow)
        return error_set(err, ERROR_TOO_LARGE, "the answer is larger than its limit");
    if (!strcmp(path, "-")) /* a reader that has seen enough (head) is no error */
        return (put(stdout, what) && !fflush(stdout)) || errno == EPIPE ||
               error_set(err, ERROR_SYSTEM, "standard output takes no more");
    char *part = mem_format("%s.part", path); /* renamed when it is whole */
    FILE *to = fopen(part, "we");
    bool ok =
        to || error_set(err, ERROR_INPUT, "%s cannot be written: %s", path, strerrordesc_np(errno));
    bool written = !to || put(to, what);
    if (to && (fclose(to) || !written))
        ok = error_set(err, ERROR_SYSTEM, "%s cannot be written to its end", path);
    if (ok && rename(part, path))
        ok = error_set(err, ERROR_SYSTEM, "%s cannot be given its name", path);
    if (!ok && to)
        unlink(part);
    free(part);
    return ok;
}
