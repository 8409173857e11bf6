#include "server/gzip.h"

#include <libdeflate.h>
#include <pthread.h>

/* Level 1 of libdeflate: tiles shrink nearly as far as at 6, at a third of the time. */
enum { GZIP_LEVEL = 1 };

static pthread_key_t compressor_key;
static pthread_once_t compressor_once = PTHREAD_ONCE_INIT;

static void free_compressor(void *compressor)
{
    libdeflate_free_compressor(compressor);
}

static void make_key(void)
{
    pthread_key_create(&compressor_key, free_compressor);
}

static struct libdeflate_compressor *own_compressor(void)
{
    pthread_once(&compressor_once, make_key);
    struct libdeflate_compressor *c = pthread_getspecific(compressor_key);
    if (!c && (c = libdeflate_alloc_compressor(GZIP_LEVEL)))
        pthread_setspecific(compressor_key, c);
    return c;
}

bool gzip_compress(struct buf *out, const void *data, size_t len)
{
    struct libdeflate_compressor *c = own_compressor();
    size_t room = out->max > out->len ? out->max - out->len : 0;
    char *to = c ? buf_room(out, room) : NULL;
    size_t used = to ? libdeflate_gzip_compress(c, data, len, to, room) : 0;
    out->len += used;
    return used > 0;
}
