#include "import/gz.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "gis/mem.h"

enum { GZ_INPUT = 1 << 17, GZIP_WINDOW = 15 + 16 /* zlib: gzip wrapper only */ };

struct gz {
    int fd;
    bool gzip, ended; /* ended: the last gzip member is complete */
    uint64_t offset;  /* of the file: bytes read */
    uint64_t out;     /* bytes given */
    z_stream z;
    unsigned char input[GZ_INPUT];
};

struct gz *gz_open(int fd, bool gzip)
{
    struct gz *g = mem_zero(1, sizeof *g);
    g->fd = fd;
    g->gzip = gzip;
    if (gzip && inflateInit2(&g->z, GZIP_WINDOW) != Z_OK) {
        free(g);
        return NULL;
    }
    return g;
}

void gz_close(struct gz *g)
{
    if (!g)
        return;
    if (g->gzip)
        inflateEnd(&g->z);
    free(g);
}

uint64_t gz_offset(const struct gz *g)
{
    return g->offset - (g->gzip ? g->z.avail_in : 0);
}

static bool fill(size_t *got, struct gz *g, void *to, size_t room, struct error *err)
{
    ssize_t n = pread(g->fd, to, room, (off_t)g->offset);
    if (n < 0)
        return error_set(err, ERROR_SYSTEM, "the file cannot be read");
    g->offset += (uint64_t)n;
    *got = (size_t)n;
    return true;
}

/* After one member: another one, zero bytes of padding, or the end. */
static bool next_member(struct gz *g, struct error *err)
{
    while (g->z.avail_in && !*g->z.next_in) {
        g->z.next_in++;
        g->z.avail_in--;
    }
    if (!g->z.avail_in)
        return true;
    if (*g->z.next_in != 0x1F)
        return error_set(err, ERROR_INPUT, "the .gz file has something else after its end");
    g->ended = false;
    return inflateReset(&g->z) == Z_OK || error_set(err, ERROR_INTERNAL, "zlib does not reset");
}

static bool inflate_some(struct gz *g, struct error *err)
{
    size_t got = 0;
    if (!g->z.avail_in) {
        if (!fill(&got, g, g->input, sizeof g->input, err))
            return false;
        g->z.next_in = g->input;
        g->z.avail_in = (uInt)got;
        if (!got && !g->ended)
            return error_set(err, ERROR_INPUT,
                             "the .gz file is cut off: it ends before its data does; "
                             "nothing was imported, get the whole file");
    }
    if (g->ended)
        return next_member(g, err);
    int state = inflate(&g->z, Z_NO_FLUSH);
    if (state == Z_STREAM_END)
        g->ended = true;
    else if (state != Z_OK && state != Z_BUF_ERROR)
        return error_set(err, ERROR_INPUT,
                         g->offset <= GZ_INPUT && !g->z.total_out
                             ? "the file is named .gz and is not gzip"
                             : "the .gz file is damaged (%s)",
                         g->z.msg ? g->z.msg : "checksum");
    return true;
}

bool gz_read(size_t *got, struct gz *g, char *to, size_t room, struct error *err)
{
    *got = 0;
    if (!g->gzip)
        return fill(got, g, to, room, err);
    g->z.next_out = (unsigned char *)to;
    g->z.avail_out = (uInt)(room > 1 << 30 ? 1 << 30 : room);
    uInt before = g->z.avail_out;
    while (g->z.avail_out == before) {
        if (!inflate_some(g, err))
            return false;
        if (g->ended && !g->z.avail_in) {
            char probe;
            if (pread(g->fd, &probe, 1, (off_t)g->offset) <= 0)
                break;
        }
    }
    *got = before - g->z.avail_out;
    g->out += *got;
    if (g->out > GZ_EXPANDED_MAX)
        return error_set(err, ERROR_TOO_LARGE, "the .gz file holds more than %llu GiB",
                         GZ_EXPANDED_MAX >> 30);
    if (g->out > GZ_RATIO_FROM && g->out / GZ_RATIO_MAX > gz_offset(g))
        return error_set(err, ERROR_TOO_LARGE,
                         "the .gz file swells to more than %d times its size, which no real table "
                         "does",
                         GZ_RATIO_MAX);
    return true;
}
