#include "import/wire.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "gis/text.h"

#define WIRE_NULL UINT32_MAX

size_t wire_begin(struct buf *b, enum wire_kind kind)
{
    size_t begun = b->len;
    buf_char(b, (char)kind);
    wire_u32(b, 0); /* filled by wire_end */
    return begun;
}

void wire_u32(struct buf *b, uint32_t value)
{
    buf_add(b, &value, sizeof value);
}

void wire_u64(struct buf *b, uint64_t value)
{
    buf_add(b, &value, sizeof value);
}

void wire_text(struct buf *b, const char *text, size_t len)
{
    wire_u32(b, text ? (uint32_t)len : WIRE_NULL);
    if (text)
        buf_add(b, text, len);
    buf_char(b, '\0');
}

void wire_end(struct buf *b, size_t begun)
{
    if (b->overflow)
        return;
    uint32_t len = (uint32_t)(b->len - begun - WIRE_HEAD);
    memcpy(b->data + begun + 1, &len, sizeof len);
}

void wire_note(struct wire_about *about, const char *name, const char *value, const char *why)
{
    if (about->note_count == WIRE_NOTES_MAX)
        return;
    struct wire_note *n = &about->notes[about->note_count++];
    text_copy(n->name, sizeof n->name, name);
    text_copy(n->value, sizeof n->value, text_utf8_valid(value, strlen(value)) ? value : "?");
    text_copy(n->why, sizeof n->why, text_utf8_valid(why, strlen(why)) ? why : "?");
}

static void put(struct buf *b, const char *text)
{
    if (text && !text_utf8_valid(text, strlen(text)))
        text = "?";
    wire_text(b, text ? text : "", text ? strlen(text) : 0);
}

void wire_about(struct buf *b, const struct wire_about *about)
{
    put(b, about->crs);
    put(b, about->note);
    put(b, about->encoding);
    wire_u32(b, about->geometry);
    wire_u32(b, (uint32_t)about->note_count);
    for (int i = 0; i < about->note_count; i++) {
        put(b, about->notes[i].name);
        put(b, about->notes[i].value);
        put(b, about->notes[i].why);
    }
}

bool wire_flush(struct buf *b, int fd)
{
    for (size_t at = 0; at < b->len;) {
        ssize_t n = write(fd, b->data + at, b->len - at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        at += (size_t)n;
    }
    buf_clear(b);
    return true;
}

static const char *take(struct wire_in *in, size_t len)
{
    if (in->bad || (size_t)(in->end - in->at) < len) {
        in->bad = true;
        return NULL;
    }
    in->at += len;
    return in->at - len;
}

uint32_t wire_get_u32(struct wire_in *in)
{
    uint32_t value = 0;
    const char *p = take(in, sizeof value);
    if (p)
        memcpy(&value, p, sizeof value);
    return value;
}

uint64_t wire_get_u64(struct wire_in *in)
{
    uint64_t value = 0;
    const char *p = take(in, sizeof value);
    if (p)
        memcpy(&value, p, sizeof value);
    return value;
}

const char *wire_get_bytes(struct wire_in *in, size_t *len)
{
    uint32_t n = wire_get_u32(in);
    bool null = n == WIRE_NULL;
    *len = null ? 0 : n;
    const char *p = take(in, *len + 1);
    if (p && p[*len])
        in->bad = true;
    if (in->bad)
        *len = 0;
    return null || in->bad ? NULL : p;
}

const char *wire_get_text(struct wire_in *in, size_t *len)
{
    const char *p = wire_get_bytes(in, len);
    if (p && (memchr(p, '\0', *len) || !text_utf8_valid(p, *len))) {
        in->bad = true;
        *len = 0;
        return NULL;
    }
    return p;
}
