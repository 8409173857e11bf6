#include "analysis/intern.h"

#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"

void intern_free(struct intern *t)
{
    buf_free(&t->texts);
    free(t->start);
    free(t->slot);
    *t = (struct intern){.count = 0};
}

const char *intern_text(const struct intern *t, uint32_t number)
{
    return t->texts.data + t->start[number];
}

static uint32_t hash(const char *text, size_t len)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)text[i]) * 16777619u;
    return h;
}

/* The slot of the text, or the free one where it belongs. */
static uint32_t *place(const struct intern *t, const char *text, size_t len)
{
    uint32_t at = hash(text, len) & (t->slots - 1);
    for (;; at = (at + 1) & (t->slots - 1)) {
        if (!t->slot[at])
            return &t->slot[at];
        const char *held = intern_text(t, t->slot[at] - 1);
        if (!strncmp(held, text, len) && !held[len])
            return &t->slot[at];
    }
}

static void widen(struct intern *t)
{
    t->slots = t->slots ? 2 * t->slots : 64;
    free(t->slot);
    t->slot = mem_zero(t->slots, sizeof *t->slot);
    t->start = mem_resize(t->start, t->slots, sizeof *t->start);
    for (uint32_t i = 0; i < t->count; i++) {
        const char *text = intern_text(t, i);
        *place(t, text, strlen(text)) = i + 1;
    }
}

uint32_t intern_find(const struct intern *t, const char *text, size_t len)
{
    uint32_t *slot = t->slots ? place(t, text, len) : NULL;
    return slot && *slot ? *slot - 1 : INTERN_NONE;
}

uint32_t intern_put(struct intern *t, const char *text, size_t len)
{
    if (2 * t->count >= t->slots)
        widen(t);
    uint32_t *slot = place(t, text, len);
    if (*slot)
        return *slot - 1;
    t->start[t->count] = (uint32_t)t->texts.len;
    buf_add(&t->texts, text, len);
    buf_char(&t->texts, '\0');
    *slot = ++t->count;
    return t->count - 1;
}
