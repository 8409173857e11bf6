/* Source: Mapbox Vector Tile Specification 2.1; Protocol Buffers encoding. */
#include "tiles/mvt.h"

#include <string.h>

/* Kinds of shared values. */
enum { SHARED_INT = 1, SHARED_DOUBLE, SHARED_TEXT };

enum { VARINT_MAX = 10 };

static char *varint(char *p, uint64_t v)
{
    while (v >= 0x80) {
        *p++ = (char)(v | 0x80);
        v >>= 7;
    }
    *p++ = (char)v;
    return p;
}

static void put_varint(struct buf *b, uint64_t v)
{
    char *room = buf_room(b, VARINT_MAX);
    if (room)
        b->len += (size_t)(varint(room, v) - room);
}

static void put_bytes(struct buf *b, uint32_t field, const void *data, size_t len)
{
    put_varint(b, field << 3 | 2);
    put_varint(b, len);
    buf_add(b, data, len);
}

void mvt_begin(struct mvt *m, const char *layer, const char *const *keys)
{
    memset(m, 0, sizeof *m);
    m->layer = layer;
    m->keys = keys;
}

void mvt_point(struct mvt *m, uint64_t id, uint32_t x, uint32_t y)
{
    struct buf *f = &m->feature;
    buf_clear(f);
    char *room = buf_room(f, 64);
    if (!room)
        return;
    char *p = room;
    if (id) {
        *p++ = 1 << 3;
        p = varint(p, id);
    }
    *p++ = 3 << 3; /* type: point */
    *p++ = 1;
    char geometry[16], *g = varint(geometry, 1 | 1 << 3); /* MoveTo, once */
    g = varint(g, 2 * (uint64_t)x); /* zigzag of a number that is not negative */
    g = varint(g, 2 * (uint64_t)y);
    *p++ = 4 << 3 | 2;
    *p++ = (char)(g - geometry);
    memcpy(p, geometry, (size_t)(g - geometry));
    p += g - geometry;
    *p++ = 2 << 3 | 2; /* tags; their length is set at the end, one byte: < 128 */
    *p++ = 0;
    f->len = (size_t)(p - room);
    m->tags_at = f->len;
}

static void tag(struct mvt *m, uint32_t key, uint32_t value)
{
    char *room = buf_room(&m->feature, 2 * VARINT_MAX);
    if (room)
        m->feature.len += (size_t)(varint(varint(room, key), value) - room);
}

/* Index of a value seen before, or of the next value (then *fresh = true and the caller writes it).
 */
static uint32_t share(struct mvt *m, uint32_t kind, uint64_t what, bool *fresh)
{
    uint64_t h = (what ^ kind) * 0x9E3779B97F4A7C15u;
    uint32_t at = (uint32_t)(h >> 32) % MVT_SHARED;
    while (m->shared[at].index && (m->shared[at].what != what || m->shared[at].kind != kind))
        at = (at + 1) % MVT_SHARED;
    *fresh = !m->shared[at].index;
    if (!*fresh)
        return m->shared[at].index - 1;
    if (m->shared_count < MVT_SHARED / 2) {
        m->shared_count++;
        m->shared[at].what = what;
        m->shared[at].kind = kind;
        m->shared[at].index = m->value_count + 1;
    }
    return m->value_count++;
}

static void write_int(struct mvt *m, int64_t value)
{
    char *room = buf_room(&m->values, 3 + VARINT_MAX);
    if (!room)
        return;
    char *end = varint(room + 3, (uint64_t)value);
    room[0] = 4 << 3 | 2;
    room[1] = (char)(end - room - 2);
    room[2] = 5 << 3; /* uint */
    m->values.len += (size_t)(end - room);
}

static void write_double(struct mvt *m, double value)
{
    char *room = buf_room(&m->values, 11);
    if (!room)
        return;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    room[0] = 4 << 3 | 2;
    room[1] = 9;
    room[2] = 3 << 3 | 1; /* double, little endian */
    for (int i = 0; i < 8; i++)
        room[3 + i] = (char)(bits >> 8 * i);
    m->values.len += 11;
}

void mvt_int(struct mvt *m, uint32_t key, int64_t value)
{
    bool fresh;
    uint32_t index = share(m, SHARED_INT, (uint64_t)value, &fresh);
    if (fresh)
        write_int(m, value);
    tag(m, key, index);
}

void mvt_double(struct mvt *m, uint32_t key, double value)
{
    bool fresh;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    uint32_t index = share(m, SHARED_DOUBLE, bits, &fresh);
    if (fresh)
        write_double(m, value);
    tag(m, key, index);
}

void mvt_own_int(struct mvt *m, uint32_t key, int64_t value)
{
    write_int(m, value);
    tag(m, key, m->value_count++);
}

void mvt_own_double(struct mvt *m, uint32_t key, double value)
{
    write_double(m, value);
    tag(m, key, m->value_count++);
}

static void write_text(struct mvt *m, const char *text)
{
    size_t len = strlen(text);
    char *room = buf_room(&m->values, 4 * VARINT_MAX + len);
    if (!room)
        return;
    char inner[VARINT_MAX + 1], *i = inner;
    *i++ = 1 << 3 | 2; /* string */
    i = varint(i, len);
    char *p = room;
    *p++ = 4 << 3 | 2;
    p = varint(p, (size_t)(i - inner) + len);
    memcpy(p, inner, (size_t)(i - inner));
    p += i - inner;
    memcpy(p, text, len);
    p += len;
    m->values.len += (size_t)(p - room);
}

void mvt_text(struct mvt *m, uint32_t key, const char *text)
{
    write_text(m, text);
    tag(m, key, m->value_count++);
}

void mvt_shared_text(struct mvt *m, uint32_t key, const char *text, uint32_t text_tag)
{
    bool fresh;
    uint32_t index = share(m, SHARED_TEXT, text_tag, &fresh);
    if (fresh)
        write_text(m, text);
    tag(m, key, index);
}

void mvt_point_end(struct mvt *m)
{
    struct buf *f = &m->feature;
    f->data[m->tags_at - 1] = (char)(f->len - m->tags_at);
    char *room = buf_room(&m->features, 1 + VARINT_MAX + f->len);
    if (!room)
        return;
    char *p = room;
    *p++ = 2 << 3 | 2;
    p = varint(p, f->len);
    memcpy(p, f->data, f->len);
    m->features.len += (size_t)(p - room) + f->len;
}

void mvt_finish(struct buf *out, struct mvt *m)
{
    struct buf head = {.data = NULL};
    if (m->features.len) {
        put_bytes(&head, 1, m->layer, strlen(m->layer));
        for (const char *const *k = m->keys; *k; k++)
            put_bytes(&head, 3, *k, strlen(*k));
        put_varint(&head, 5 << 3);
        put_varint(&head, MVT_EXTENT);
        put_varint(&head, 15 << 3);
        put_varint(&head, 2); /* version */
        put_varint(out, 3 << 3 | 2);
        put_varint(out, head.len + m->features.len + m->values.len);
        buf_add(out, head.data, head.len);
        buf_add(out, m->features.data, m->features.len);
        buf_add(out, m->values.data, m->values.len);
    }
    buf_free(&head);
    buf_free(&m->features);
    buf_free(&m->values);
    buf_free(&m->feature);
}
