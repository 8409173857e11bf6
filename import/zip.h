/* zip.h - looks through the directory of a ZIP archive before anything else reads it. */
#ifndef IMPORT_ZIP_H
#define IMPORT_ZIP_H

#include <stdint.h>

#include "gis/error.h"

#define ZIP_EXPANDED_MAX (4ULL << 30) /* bytes that all entries together may hold */
enum {
    ZIP_ENTRIES_MAX = 1000,
    ZIP_RATIO_MAX = 200,              /* expanded : archive, once past ZIP_RATIO_FROM */
    ZIP_RATIO_FROM = 64 * 1024 * 1024 /* bytes */
};

/* Fails on what is no whole ZIP, past the limits, encrypted, or has entries whose names lead out of
 * the archive, or symbolic links. fd is read with pread. */
bool zip_check(int fd, uint64_t bytes, struct error *err);

#endif
