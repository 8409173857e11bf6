#include "import/encoding.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"

enum { RAW = 1 << 16, SCAN = 1 << 16, ASCII_STEP = 8 };

const char *const encoding_names[ENCODINGS + 1] = {"UTF-8", "CP950", "UTF-16LE", "UTF-16BE", NULL};

static const struct {
    const char *key; /* normal form of gis/text.h */
    enum encoding encoding;
} others[] = {
    {"utf8", ENCODING_UTF8},       {"utf-8-sig", ENCODING_UTF8},  {"big5", ENCODING_CP950},
    {"big-5", ENCODING_CP950},     {"ms950", ENCODING_CP950},     {"windows-950", ENCODING_CP950},
    {"950", ENCODING_CP950},       {"ansi_950", ENCODING_CP950},  {"utf-16", ENCODING_UTF16LE},
    {"utf16", ENCODING_UTF16LE},   {"utf16le", ENCODING_UTF16LE}, {"utf16be", ENCODING_UTF16BE},
    {"unicode", ENCODING_UTF16LE},
};

struct encoding_reader {
    encoding_source *source;
    void *ctx;
    iconv_t iconv; /* NULL: UTF-8, passed through */
    size_t unit;   /* bytes given up at a time where they cannot be converted */
    size_t at, len;
    bool ended;
    char raw[RAW]; /* [at, len) is not yet converted */
};

bool encoding_find(enum encoding *out, const char *name, struct error *err)
{
    struct buf b = {.max = 256};
    text_name_key(&b, name, strlen(name));
    const char *key = buf_string(&b);
    bool found = false;
    for (int i = 0; i < ENCODINGS && !found; i++)
        if ((found = !strcasecmp(encoding_names[i], key)))
            *out = (enum encoding)i;
    for (size_t i = 0; i < sizeof others / sizeof *others && !found; i++)
        if ((found = !strcmp(others[i].key, key)))
            *out = others[i].encoding;
    buf_free(&b);
    if (found)
        return true;
    error_fill(err, ERROR_INPUT, "the encoding \"%.40s\" is not known; there are ", name);
    for (int i = 0; i < ENCODINGS; i++)
        error_append(err, "%s%s", i ? ", " : "", encoding_names[i]);
    return false;
}

static bool usable(iconv_t iconv)
{
    return iconv && (intptr_t)iconv != -1;
}

void encoding_prepare(struct encoding_kit *kit)
{
    *kit = (struct encoding_kit){{NULL}};
    for (int i = ENCODING_UTF8 + 1; i < ENCODINGS; i++)
        kit->from[i] = iconv_open("UTF-8", encoding_names[i]);
}

void encoding_forget(struct encoding_kit *kit)
{
    for (int i = 0; i < ENCODINGS; i++)
        if (usable(kit->from[i]))
            iconv_close(kit->from[i]);
}

/* ---- detection ---- */

bool encoding_mark(enum encoding *out, const char *head, size_t len)
{
    static const struct {
        const char *bytes;
        size_t len;
        enum encoding encoding;
    } marks[] = {{"\xEF\xBB\xBF", 3, ENCODING_UTF8},
                 {"\xFF\xFE", 2, ENCODING_UTF16LE},
                 {"\xFE\xFF", 2, ENCODING_UTF16BE}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (len >= marks[i].len && !memcmp(head, marks[i].bytes, marks[i].len)) {
            *out = marks[i].encoding;
            return true;
        }
    return false;
}

/* How many bytes are UTF-8 as far as they go; *bad = what follows never is. A character cut off at
 * the end is not bad yet. */
static size_t utf8_run(bool *bad, const char *text, size_t len)
{
    size_t at = 0;
    *bad = false;
    while (at < len) {
        uint64_t eight;
        if (len - at >= ASCII_STEP) {
            memcpy(&eight, text + at, sizeof eight);
            if (!(eight & 0x8080808080808080ULL)) {
                at += ASCII_STEP;
                continue;
            }
        }
        size_t n = text_utf8_length(text + at, len - at);
        if (!n) {
            *bad = len - at >= 4;
            return at;
        }
        at += n;
    }
    return at;
}

/* The same by iconv. */
static size_t iconv_run(bool *bad, iconv_t iconv_from, const char *text, size_t len)
{
    char waste[4096];
    union {
        const char *borrowed;
        char *in; /* iconv reads only */
    } from = {.borrowed = text};
    size_t left = len;
    *bad = false;
    while (left) {
        char *out = waste;
        size_t room = sizeof waste;
        if (iconv(iconv_from, &from.in, &left, &out, &room) != (size_t)-1 || errno == E2BIG)
            continue;
        *bad = errno == EILSEQ;
        break;
    }
    return len - left;
}

bool encoding_holds(bool *holds, const struct encoding_kit *kit, enum encoding encoding,
                    encoding_source *source, void *ctx, struct error *err)
{
    bool utf8 = encoding == ENCODING_UTF8, ok = true, bad = false;
    *holds = false;
    if (!utf8 && !usable(kit->from[encoding]))
        return true;
    char *held = mem_alloc(SCAN);
    size_t len = 0, got = 1;
    while (ok && got && !bad) {
        ok = source(ctx, &got, held + len, SCAN - len, err);
        len += ok ? got : 0;
        size_t run =
            utf8 ? utf8_run(&bad, held, len) : iconv_run(&bad, kit->from[encoding], held, len);
        len -= run;
        memmove(held, held + run, len);
    }
    *holds = !bad && !len;
    free(held);
    return ok;
}

/* ---- conversion ---- */

bool encoding_text(struct buf *out, const struct encoding_kit *kit, enum encoding encoding,
                   const char *text)
{
    union {
        const char *borrowed;
        char *in; /* iconv reads only */
    } from = {.borrowed = text};
    size_t left = strlen(text), size = 3 * left + 1, free_room = size;
    buf_clear(out);
    if (encoding == ENCODING_UTF8) {
        buf_add(out, text, left);
        return text_utf8_valid(text, left);
    }
    char *room = usable(kit->from[encoding]) ? buf_room(out, size) : NULL;
    if (!room)
        return false;
    iconv(kit->from[encoding], NULL, NULL, NULL, NULL);
    bool ok = iconv(kit->from[encoding], &from.in, &left, &room, &free_room) != (size_t)-1;
    out->len += size - free_room;
    return ok;
}

struct encoding_reader *encoding_open(const struct encoding_kit *kit, enum encoding encoding,
                                      encoding_source *source, void *ctx, struct error *err)
{
    if (encoding != ENCODING_UTF8 && !usable(kit->from[encoding])) {
        error_fill(err, ERROR_SYSTEM, "this system cannot read %s", encoding_names[encoding]);
        return NULL;
    }
    struct encoding_reader *r = mem_zero(1, sizeof *r);
    r->source = source;
    r->ctx = ctx;
    if (encoding != ENCODING_UTF8) {
        r->iconv = kit->from[encoding];
        iconv(r->iconv, NULL, NULL, NULL, NULL); /* its first state */
    }
    r->unit = encoding == ENCODING_CP950 ? 1 : 2;
    return r;
}

void encoding_close(struct encoding_reader *r)
{
    free(r);
}

static bool fill(struct encoding_reader *r, struct error *err)
{
    size_t got = 0;
    memmove(r->raw, r->raw + r->at, r->len - r->at);
    r->len -= r->at;
    r->at = 0;
    if (!r->source(r->ctx, &got, r->raw + r->len, RAW - r->len, err))
        return false;
    r->len += got;
    r->ended = !got;
    return true;
}

/* The next bytes cannot be converted: they are written out as what they are. */
static char *give_up(struct encoding_reader *r, char *out)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < r->unit && r->at < r->len; i++, r->at++) {
        unsigned char byte = (unsigned char)r->raw[r->at];
        *out++ = (char)ENCODING_BAD;
        *out++ = hex[byte >> 4];
        *out++ = hex[byte & 15];
    }
    return out;
}

bool encoding_read(void *encoding_reader, size_t *got, char *to, size_t room, struct error *err)
{
    struct encoding_reader *r = encoding_reader;
    char *out = to;
    if (!r->iconv)
        return r->source(r->ctx, got, to, room, err);
    *got = 0;
    while (out == to) {
        if (r->at == r->len && r->ended)
            return true;
        if (r->at == r->len && !fill(r, err))
            return false;
        char *in = r->raw + r->at;
        size_t left = r->len - r->at, free_room = room;
        size_t result = iconv(r->iconv, &in, &left, &out, &free_room);
        int fault = result == (size_t)-1 ? errno : 0;
        r->at = r->len - left;
        if ((fault == EILSEQ || (fault == EINVAL && r->ended)) && free_room >= 6)
            out = give_up(r, out);
        else if (fault == EINVAL && out == to && !fill(r, err))
            return false;
    }
    *got = (size_t)(out - to);
    return true;
}
