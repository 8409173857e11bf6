/* zip.h - looks through the directory of a ZIP archive (also ZIP64) before anything else reads it,
 * and makes a directory of it that is safe to read. */
#ifndef IMPORT_ZIP_H
#define IMPORT_ZIP_H

#include <stddef.h>
#include <stdint.h>

#include "gis/error.h"

#define ZIP_EXPANDED_MAX (4ULL << 30) /* bytes that all entries together may hold */
enum {
    ZIP_ENTRIES_MAX = 1000,
    ZIP_RATIO_MAX = 200,              /* expanded : archive, once past ZIP_RATIO_FROM */
    ZIP_RATIO_FROM = 64 * 1024 * 1024 /* bytes */
};

/* The directory as it is to be read: of the same length, in the place of the file's own. Symbolic
 * links have names that nothing asks for; names in Big5 are replaced by ASCII, equal stems by equal
 * ones, because their second bytes may be a backslash. */
struct zip_directory {
    unsigned char *bytes; /* owned */
    size_t size;
    uint64_t at; /* in the file */
    uint32_t links;
    char link[80]; /* name of the first */
};

/* Fails on what is no whole ZIP, past the limits, encrypted, or has entries whose names lead out of
 * the archive. fd is read with pread. */
bool zip_check(struct zip_directory *directory, int fd, uint64_t bytes, struct error *err);
void zip_forget(struct zip_directory *directory);

#endif
