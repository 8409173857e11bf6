/* buf.h - bytes that grow up to a cap. Past the cap nothing more is taken and `overflow` is set:
 * check it once at the end. */
#ifndef GIS_BUF_H
#define GIS_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *data; /* owned; not NUL-terminated, see buf_text */
    size_t len;
    size_t cap;
    size_t max; /* bytes; 0 = BUF_MAX_DEFAULT */
    bool overflow;
};

enum { BUF_MAX_DEFAULT = 256 * 1024 * 1024 };

void buf_free(struct buf *b);            /* b itself is the caller's; ready for use again */
void buf_clear(struct buf *b);           /* keeps the memory */
char *buf_grow(struct buf *b, size_t n); /* buf_room, where memory has to be got */
/* Room for n more bytes at data + len (the caller then adds to len), or NULL on overflow. */
static inline char *buf_room(struct buf *b, size_t n)
{
    return b->data && b->cap - b->len >= n ? b->data + b->len : buf_grow(b, n);
}
void buf_add(struct buf *b, const void *data, size_t n);
void buf_text(struct buf *b, const char *text);
static inline void buf_char(struct buf *b, char c)
{
    char *room = buf_room(b, 1);
    if (room) {
        *room = c;
        b->len++;
    }
}
void buf_format(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* NUL-terminated view, valid until the next change; "" after overflow of the very first byte. */
const char *buf_string(struct buf *b);

#endif
