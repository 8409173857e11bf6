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
    uint64_t over_at; /* these bytes are read in the place of the file's own */
    const unsigned char *over;
    size_t over_size;
};

/* The callbacks' context: this process reads one file, or the parts of one. */
static struct views {
    struct view file[VIEW_FILES_MAX];
    int count;
} views;

static const struct view *find(const struct views *all, const char *name)
{
    for (int i = 0; i < all->count; i++)
        if (!strcmp(name, all->file[i].name))
            return &all->file[i];
    return NULL;
}

static int view_stat(void *ctx, const char *name, VSIStatBufL *st, int flags)
{
    (void)flags;
    memset(st, 0, sizeof *st);
    const struct view *v = find(ctx, name);
    if (!v)
        return -1;
    st->st_mode = S_IFREG;
    st->st_size = (off_t)v->size;
    return 0;
}

static void *view_open(void *ctx, const char *name, const char *access)
{
    const struct view *of = find(ctx, name);
    if (!of || strchr(access, 'w') || strchr(access, '+') || strchr(access, 'a'))
        return NULL;
    struct view *v = mem_zero(1, sizeof *v);
    *v = *of;
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

/* to: n bytes that were read at v->at. */
static void lay_over(const struct view *v, char *to, size_t n)
{
    uint64_t from = v->at > v->over_at ? v->at : v->over_at, end = v->at + n,
             over_end = v->over_at + v->over_size;
    if (over_end < end)
        end = over_end;
    if (v->over && from < end)
        memcpy(to + (from - v->at), v->over + (from - v->over_at), (size_t)(end - from));
}

static size_t view_read(void *file, void *to, size_t size, size_t count)
{
    struct view *v = file;
    size_t want = size * count, have = 0;
    while (have < want) {
        ssize_t n = pread(v->fd, (char *)to + have, want - have, (off_t)v->at);
        if (n <= 0)
            break;
        lay_over(v, (char *)to + have, (size_t)n);
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
    cb->pUserData = &views;
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
    if (views.count < VIEW_FILES_MAX)
        views.file[views.count++] = (struct view){.name = name, .fd = fd, .size = bytes};
}

void view_overlay(uint64_t at, const unsigned char *bytes, size_t size)
{
    views.file[0].over_at = at;
    views.file[0].over = bytes;
    views.file[0].over_size = size;
}

const char *view_name(void)
{
    return views.file[0].name;
}
