#include "analysis/reported.h"

#include <stdlib.h>

#include "gis/mem.h"

void reported_free(struct reported *r)
{
    intern_free(&r->keys);
    buf_free(&r->names);
    free(r->start);
    *r = (struct reported){.cap = 0};
}

uint32_t reported_put(struct reported *r, const void *key, int key_len, const void *name,
                      int name_len)
{
    uint32_t before = r->keys.count;
    uint32_t at = intern_put(&r->keys, key_len > 0 ? key : "", (size_t)(key_len > 0 ? key_len : 0));
    if (r->keys.count == before)
        return at;
    if (at >= r->cap) {
        r->cap = r->cap ? 2 * r->cap : 64;
        r->start = mem_resize(r->start, r->cap, sizeof *r->start);
    }
    r->start[at] = (uint32_t)r->names.len;
    buf_add(&r->names, name_len > 0 ? name : "", (size_t)(name_len > 0 ? name_len : 0));
    buf_char(&r->names, '\0');
    return at;
}

const char *reported_key(const struct reported *r, uint32_t number)
{
    return intern_text(&r->keys, number);
}

const char *reported_name(const struct reported *r, uint32_t number)
{
    return r->names.data + r->start[number];
}

size_t reported_bytes(const struct reported *r)
{
    return r->keys.texts.cap + r->names.cap + (size_t)r->cap * sizeof *r->start;
}

bool reported_overflow(const struct reported *r)
{
    return r->keys.texts.overflow || r->names.overflow;
}
