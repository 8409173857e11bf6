/* DESIGN. Sizes are those that the central directory declares; an entry that lies about its size
 * runs into the limits of memory and time of the process that reads it (fence.h). */
#include "import/zip.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gis/mem.h"

/* PKWARE APPNOTE 6.3.10, 4.3.12 and 4.3.16; numbers are little-endian. */
enum {
    END_SIZE = 22,
    END_SEARCHED = END_SIZE + 65535, /* a comment may follow */
    ENTRY_SIZE = 46,
    DIRECTORY_MAX = 16 << 20, /* bytes */
    MADE_ON_UNIX = 3,
    ENCRYPTED = 1
};

static uint32_t get16(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t get32(const unsigned char *p)
{
    return get16(p) | get16(p + 2) << 16;
}

static bool damaged(struct error *err)
{
    return error_set(err, ERROR_INPUT, "the ZIP archive is cut off or damaged");
}

/* Names that stay where they are put. */
static bool good_name(const unsigned char *name, size_t len)
{
    if (!len || *name == '/' || memchr(name, '\\', len) || memchr(name, '\0', len) ||
        (len > 1 && name[1] == ':'))
        return false;
    for (size_t at = 0; at < len;) {
        const unsigned char *slash = memchr(name + at, '/', len - at);
        size_t part = slash ? (size_t)(slash - name) - at : len - at;
        if (part == 2 && !memcmp(name + at, "..", 2))
            return false;
        at += part + 1;
    }
    return true;
}

static bool check_entry(uint64_t *expanded, const unsigned char *e, size_t name_len,
                        struct error *err)
{
    if (get16(e + 8) & ENCRYPTED)
        return error_set(err, ERROR_UNSUPPORTED, "the ZIP archive is encrypted");
    if (get32(e + 24) == UINT32_MAX || get32(e + 20) == UINT32_MAX)
        return error_set(err, ERROR_TOO_LARGE, "the ZIP archive holds more than 4 GiB");
    if (!good_name(e + ENTRY_SIZE, name_len))
        return error_set(err, ERROR_INPUT,
                         "the ZIP archive holds a name that leads out of it; nothing was read");
    if (e[5] == MADE_ON_UNIX && S_ISLNK(get32(e + 38) >> 16))
        return error_set(err, ERROR_INPUT, "the ZIP archive holds a symbolic link");
    *expanded += get32(e + 24);
    return true;
}

static bool check_directory(const unsigned char *p, size_t len, uint32_t count, uint64_t bytes,
                            struct error *err)
{
    uint64_t expanded = 0;
    for (uint32_t i = 0; i < count; i++) {
        size_t name = 0, all = ENTRY_SIZE;
        if (len >= ENTRY_SIZE) {
            name = get16(p + 28);
            all += name + get16(p + 30) + get16(p + 32);
        }
        if (len < all || memcmp(p, "PK\1\2", 4) != 0)
            return damaged(err);
        if (!check_entry(&expanded, p, name, err))
            return false;
        p += all;
        len -= all;
    }
    if (expanded > ZIP_EXPANDED_MAX ||
        (expanded > ZIP_RATIO_FROM && expanded / ZIP_RATIO_MAX > bytes))
        return error_set(err, ERROR_TOO_LARGE,
                         "the ZIP archive swells to %llu MB, which no real table of its size does",
                         (unsigned long long)(expanded / 1000000));
    return true;
}

bool zip_check(int fd, uint64_t bytes, struct error *err)
{
    size_t tail = bytes < END_SEARCHED ? (size_t)bytes : END_SEARCHED;
    unsigned char *p = mem_alloc(tail + 1), *directory = NULL;
    uint32_t size = 0, count = 0;
    off_t at = 0;
    bool found = false;
    if (pread(fd, p, tail, (off_t)(bytes - tail)) == (ssize_t)tail)
        for (size_t i = tail < END_SIZE ? 0 : tail - END_SIZE + 1; i-- > 0 && !found;)
            if (!memcmp(p + i, "PK\5\6", 4) && i + END_SIZE + get16(p + i + 20) <= tail) {
                count = get16(p + i + 10);
                size = get32(p + i + 12);
                at = (off_t)get32(p + i + 16);
                found = (uint64_t)at + size <= bytes;
            }
    free(p);
    if (!found)
        return damaged(err);
    if (count > ZIP_ENTRIES_MAX || size > DIRECTORY_MAX)
        return error_set(err, ERROR_TOO_LARGE, "the ZIP archive has more than %d entries",
                         ZIP_ENTRIES_MAX);
    directory = mem_alloc((size_t)size + 1);
    bool ok = pread(fd, directory, size, at) == (ssize_t)size
                  ? check_directory(directory, size, count, bytes, err)
                  : damaged(err);
    free(directory);
    return ok;
}
