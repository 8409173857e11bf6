/* gz.h - the bytes of a file in order, inflated where it is gzip. A file that ends too early, is
 * damaged or swells past the limits is an error, not an end. */
#ifndef IMPORT_GZ_H
#define IMPORT_GZ_H

#include <stddef.h>
#include <stdint.h>

#include "gis/error.h"

#define GZ_EXPANDED_MAX (64ULL << 30) /* bytes that a .gz may hold inflated */
enum {
    GZ_RATIO_MAX = 200, /* inflated : compressed, once past GZ_RATIO_FROM; text has 5-20 */
    GZ_RATIO_FROM = 64 * 1024 * 1024 /* bytes */
};

struct gz;

/* fd is borrowed and read with pread. */
struct gz *gz_open(int fd, bool gzip);
void gz_close(struct gz *g); /* NULL allowed */
/* *got = bytes put at to, 0 = the end. */
bool gz_read(size_t *got, struct gz *g, char *to, size_t room, struct error *err);
/* Bytes of the file (compressed where it is) taken so far. */
uint64_t gz_offset(const struct gz *g);

#endif
