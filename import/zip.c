/* DESIGN. Sizes are those that the central directory declares; an entry that lies about its size
 * runs into the limits of memory and time of the process that reads it (fence.h). Symbolic links
 * are text to us and to GDAL, nothing follows them; their names are taken away so that their text
 * is not taken for a part of a table either. */
#include "import/zip.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gis/mem.h"
#include "gis/text.h"

/* PKWARE APPNOTE 6.3.10, 4.3.12, 4.3.14 to 4.3.16, 4.5.3; numbers are little-endian. */
enum {
    END_SIZE = 22,
    END_SEARCHED = END_SIZE + 65535, /* a comment may follow */
    LOCATOR_SIZE = 20,               /* ZIP64: stands before the end */
    END64_SIZE = 56,
    ENTRY_SIZE = 46,
    EXTRA_ZIP64 = 1,
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

static uint64_t get64(const unsigned char *p)
{
    return get32(p) | (uint64_t)get32(p + 4) << 32;
}

static bool damaged(struct error *err)
{
    return error_set(err, ERROR_INPUT, "the ZIP archive is cut off or damaged");
}

/* ---- names ---- */

/* Names that stay where they are put. */
static bool good_name(const unsigned char *name, size_t len, bool ascii)
{
    if (!len || *name == '/' || (ascii && memchr(name, '\\', len)) || memchr(name, '\0', len) ||
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

/* Of its name, without the ending. */
static size_t stem_length(const unsigned char *name, size_t len)
{
    const unsigned char *dot = memrchr(name, '.', len);
    return dot ? (size_t)(dot - name) : len;
}

/* Of a name that is neither ASCII nor UTF-8: the stem becomes the number of the first entry of that
 * stem, then '_'; the ending stays. Stems in Big5 have two bytes and more. */
static void rename_stem(unsigned char *name, size_t len, uint32_t number)
{
    static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    size_t stem = stem_length(name, len);
    memset(name, '_', stem);
    for (size_t i = 0; i < 2 && i < stem; i++, number /= 36)
        name[i] = (unsigned char)digits[number % 36];
}

/* ---- entries ---- */

struct walk {
    struct zip_directory *d;
    unsigned char *copy; /* of the directory, as it stands in the file */
    uint64_t expanded;
    uint32_t stems[ZIP_ENTRIES_MAX]; /* where in copy the name of each entry begins */
    uint32_t count;
};

/* The size that an entry declares, which ZIP64 puts elsewhere; false = it does not. */
static bool expanded_size(uint64_t *size, const unsigned char *e)
{
    const unsigned char *p = e + ENTRY_SIZE + get16(e + 28), *end = p + get16(e + 30);
    *size = get32(e + 24);
    if (*size != UINT32_MAX)
        return true;
    while (end - p >= 4 && end - p - 4 >= (ptrdiff_t)get16(p + 2)) {
        if (get16(p) == EXTRA_ZIP64 && get16(p + 2) >= 8) {
            *size = get64(p + 4);
            return true;
        }
        p += 4 + get16(p + 2);
    }
    return false;
}

/* The first entry of the same stem as entry n. */
static uint32_t first_of_stem(const struct walk *w, uint32_t n)
{
    const unsigned char *name = w->copy + w->stems[n];
    size_t len = stem_length(name, get16(name - ENTRY_SIZE + 28));
    for (uint32_t i = 0; i < n; i++) {
        const unsigned char *other = w->copy + w->stems[i];
        if (stem_length(other, get16(other - ENTRY_SIZE + 28)) == len && !memcmp(name, other, len))
            return i;
    }
    return n;
}

static void hide_link(struct walk *w, unsigned char *name, size_t len)
{
    if (!w->d->links++) {
        char *text = mem_copy_n((const char *)name, len);
        text_copy(w->d->link, sizeof w->d->link, text_utf8_valid(text, len) ? text : "?");
        free(text);
    }
    memset(name, '~', len);
}

/* e: in the directory that is given out. */
static bool check_entry(struct walk *w, unsigned char *e, uint32_t n, struct error *err)
{
    uint64_t size;
    unsigned char *name = e + ENTRY_SIZE;
    size_t len = get16(e + 28);
    bool ascii = true, utf8 = text_utf8_valid((const char *)name, len);
    for (size_t i = 0; i < len; i++)
        ascii &= name[i] < 0x80;
    if (get16(e + 8) & ENCRYPTED)
        return error_set(err, ERROR_UNSUPPORTED, "the ZIP archive is encrypted");
    if (!good_name(name, len, ascii || utf8))
        return error_set(err, ERROR_INPUT,
                         "the ZIP archive holds a name that leads out of it; nothing was read");
    if (!expanded_size(&size, e))
        return damaged(err);
    if (size > ZIP_EXPANDED_MAX)
        return error_set(err, ERROR_TOO_LARGE, "the ZIP archive holds more than 4 GiB");
    w->expanded += size;
    if (e[5] == MADE_ON_UNIX && S_ISLNK(get32(e + 38) >> 16))
        hide_link(w, name, len);
    else if (!utf8)
        rename_stem(name, len, first_of_stem(w, n));
    return true;
}

static bool check_directory(struct walk *w, uint64_t bytes, struct error *err)
{
    unsigned char *p = w->d->bytes;
    size_t left = w->d->size;
    for (uint32_t i = 0; i < w->count; i++) {
        size_t all = ENTRY_SIZE;
        if (left >= ENTRY_SIZE)
            all += (size_t)get16(p + 28) + get16(p + 30) + get16(p + 32);
        if (left < all || memcmp(p, "PK\1\2", 4) != 0)
            return damaged(err);
        w->stems[i] = (uint32_t)(p - w->d->bytes) + ENTRY_SIZE;
        if (!check_entry(w, p, i, err))
            return false;
        p += all;
        left -= all;
    }
    if (w->expanded > ZIP_EXPANDED_MAX ||
        (w->expanded > ZIP_RATIO_FROM && w->expanded / ZIP_RATIO_MAX > bytes))
        return error_set(err, ERROR_TOO_LARGE,
                         "the ZIP archive swells to %llu MB, which no real table of its size does",
                         (unsigned long long)(w->expanded / 1000000));
    return true;
}

/* ---- where the directory stands ---- */

struct end {
    uint64_t count, size, at;
};

/* ZIP64 keeps the numbers that do not fit in a record of its own. */
static bool read_end64(struct end *end, int fd, uint64_t end_at)
{
    unsigned char p[END64_SIZE];
    if (end_at < LOCATOR_SIZE ||
        pread(fd, p, LOCATOR_SIZE, (off_t)(end_at - LOCATOR_SIZE)) != LOCATOR_SIZE ||
        memcmp(p, "PK\6\7", 4) != 0)
        return false;
    uint64_t at = get64(p + 8);
    if (at > end_at || pread(fd, p, END64_SIZE, (off_t)at) != END64_SIZE ||
        memcmp(p, "PK\6\6", 4) != 0)
        return false;
    *end = (struct end){.count = get64(p + 32), .size = get64(p + 40), .at = get64(p + 48)};
    return true;
}

static bool find_end(struct end *end, int fd, uint64_t bytes)
{
    size_t tail = bytes < END_SEARCHED ? (size_t)bytes : END_SEARCHED;
    unsigned char *p = mem_alloc(tail + 1);
    bool found = false;
    if (pread(fd, p, tail, (off_t)(bytes - tail)) == (ssize_t)tail)
        for (size_t i = tail < END_SIZE ? 0 : tail - END_SIZE + 1; i-- > 0 && !found;)
            if (!memcmp(p + i, "PK\5\6", 4) && i + END_SIZE + get16(p + i + 20) <= tail) {
                *end = (struct end){get16(p + i + 10), get32(p + i + 12), get32(p + i + 16)};
                found = (end->count != UINT16_MAX && end->size != UINT32_MAX &&
                         end->at != UINT32_MAX) ||
                        read_end64(end, fd, bytes - tail + i);
                found = found && end->at <= bytes && end->size <= bytes - end->at;
            }
    free(p);
    return found;
}

bool zip_check(struct zip_directory *directory, int fd, uint64_t bytes, struct error *err)
{
    struct end end;
    *directory = (struct zip_directory){.bytes = NULL};
    if (!find_end(&end, fd, bytes))
        return damaged(err);
    if (end.count > ZIP_ENTRIES_MAX || end.size > DIRECTORY_MAX)
        return error_set(err, ERROR_TOO_LARGE, "the ZIP archive has more than %d entries",
                         ZIP_ENTRIES_MAX);
    directory->size = (size_t)end.size;
    directory->at = end.at;
    directory->bytes = mem_alloc(directory->size + 1);
    struct walk w = {.d = directory, .count = (uint32_t)end.count};
    if (pread(fd, directory->bytes, directory->size, (off_t)end.at) != (ssize_t)directory->size)
        return damaged(err);
    w.copy = mem_alloc(directory->size + 1);
    memcpy(w.copy, directory->bytes, directory->size);
    bool ok = check_directory(&w, bytes, err);
    free(w.copy);
    return ok;
}

void zip_forget(struct zip_directory *directory)
{
    free(directory->bytes);
    directory->bytes = NULL;
}
