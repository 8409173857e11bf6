#include "server/input_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gis/mem.h"

int input_file_open(const char *path, struct error *err)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe would wait for its writer */
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        return fd;
    error_fill(err, ERROR_INPUT, "%s cannot be read: %s", path,
               fd < 0 ? strerrordesc_np(errno) : "it is not a plain file");
    if (fd >= 0)
        close(fd);
    return -1;
}

int input_file_parts(struct import_part parts[IMPORT_PARTS_MAX], const char *path)
{
    static const struct {
        const char *of; /* files of this ending */
        const char *ending[2];
    } known[] = {
        {".shp", {".dbf", ".DBF"}}, {".shp", {".shx", ".SHX"}}, {".shp", {".prj", ".PRJ"}},
        {".shp", {".cpg", ".CPG"}}, {".png", {".pgw", ".PGW"}}, {".png", {".wld", ".WLD"}},
        {".jpg", {".jgw", ".JGW"}}, {".jpg", {".wld", ".WLD"}}, {".tif", {".tfw", ".TFW"}},
    };
    int count = 0;
    size_t len = strlen(path);
    for (size_t i = 0; i < sizeof known / sizeof *known && count < IMPORT_PARTS_MAX; i++) {
        int fd = -1;
        if (len < 5 || strcasecmp(path + len - 4, known[i].of) != 0)
            continue;
        for (int n = 0; n < 2 && fd < 0; n++) {
            char *beside = mem_format("%.*s%s", (int)(len - 4), path, known[i].ending[n]);
            fd = input_file_open(beside, NULL);
            free(beside);
        }
        if (fd >= 0)
            parts[count++] = (struct import_part){known[i].ending[0], fd};
    }
    return count;
}

bool input_file_kept(const char *output, int fd, const struct import_part *parts, int count,
                     struct error *err)
{
    struct stat to, from;
    if (!output || stat(output, &to))
        return true;
    for (int i = -1; i < count; i++)
        if (!fstat(i < 0 ? fd : parts[i].fd, &from) && from.st_dev == to.st_dev &&
            from.st_ino == to.st_ino)
            return error_set(
                err, ERROR_INPUT,
                "%.300s is a file to read from; it would be lost: give -o another name", output);
    return true;
}
