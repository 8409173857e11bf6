#include "import/view.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gis/mem.h"
#include "import/gdal.h"

struct view {
    const char *name; /* GDAL gives the callbacks the name without the folder */
    int fd;
    vsi_l_offset at, size;
    bool ended;
};

static struct view only; /* the callbacks' context: this process reads one file */

static int view_stat(void *ctx, const char *name, VSIStatBufL *st, int flags)
{
    (void)flags;
    memset(st, 0, sizeof *st);
    const struct view *v = ctx;
    if (!v->name || strcmp(name, v->name) != 0)
        return -1;
    st->st_mode = S_IFREG;
    st->st_size = (off_t)v->size;
    return 0;
}

static void *view_open(void *ctx, const char *name, const char *access)
{
    VSIStatBufL st;
    if (strchr(access, 'w') || strchr(access, '+') || strchr(access, 'a') ||
        view_stat(ctx, name, &st, 0))
        return NULL;
    struct view *v = mem_zero(1, sizeof *v);
    *v = *(const struct view *)ctx;
    return v;
}

static vsi_l_offset view_tell(void *file)
{
    return ((struct view *)file)->at;
}

static int view_seek(void *file, vsi_l_offset offset, int whence)
{
    struct view *v = file;
    v->at = offset + (whence == SEEK_CUR ? v->at : whence == SEEK_END ? v->size : 0);
    v->ended = false;
    return 0;
}

static size_t view_read(void *file, void *to, size_t size, size_t count)
{
    struct view *v = file;
    size_t want = size * count, have = 0;
    while (have < want) {
        ssize_t n = pread(v->fd, (char *)to + have, want - have, (off_t)v->at);
        if (n <= 0)
            break;
        have += (size_t)n;
        v->at += (vsi_l_offset)n;
    }
    v->ended = have < want;
    return size ? have / size : 0;
}

static int view_eof(void *file)
{
    return ((struct view *)file)->ended;
}

static int view_close(void *file)
{
    free(file);
    return 0;
}

bool view_install(void)
{
    VSIFilesystemPluginCallbacksStruct *cb = VSIAllocFilesystemPluginCallbacksStruct();
    cb->pUserData = &only;
    cb->stat = view_stat;
    cb->open = view_open;
    cb->tell = view_tell;
    cb->seek = view_seek;
    cb->read = view_read;
    cb->eof = view_eof;
    cb->close = view_close;
    int failed = VSIInstallPluginHandler(VIEW_FOLDER, cb);
    VSIFreeFilesystemPluginCallbacksStruct(cb);
    return !failed;
}

void view_show(const char *name, int fd, uint64_t bytes)
{
    only = (struct view){.name = name, .fd = fd, .size = bytes};
}

const char *view_name(void)
{
    return only.name;
}
