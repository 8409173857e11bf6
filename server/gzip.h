/* gzip.h - whole buffers to gzip (libdeflate). Each thread keeps its own compressor. */
#ifndef SERVER_GZIP_H
#define SERVER_GZIP_H

#include "gis/buf.h"

/* Appends the gzip of data to out. False when it would not fit out->max, e.g. because it does not
 * shrink; out then is as before. */
bool gzip_compress(struct buf *out, const void *data, size_t len);

#endif
