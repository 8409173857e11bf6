/* text_in.h - a file of text as UTF-8, inflated where it is gzip, from the encoding it was written
 * in, which is told or found out (encoding.h). For the fenced child. */
#ifndef IMPORT_TEXT_IN_H
#define IMPORT_TEXT_IN_H

#include <stdint.h>

#include "import/encoding.h"

struct gz;

struct text_in {
    const struct encoding_kit *kit;
    int fd;
    bool gzip;
    enum encoding encoding;
    const char *why; /* it is taken to be in that encoding */
    struct gz *gz;
    struct encoding_reader *reader;
};

/* encoding: its name; NULL = found out. fd is borrowed and read with pread. */
bool text_in_open(struct text_in *t, int fd, bool gzip, const struct encoding_kit *kit,
                  const char *encoding, struct error *err);
/* From the beginning again. */
bool text_in_rewind(struct text_in *t, struct error *err);
void text_in_close(struct text_in *t);
/* Up to room (at least 16) bytes at to; *got 0 = the end. A csv_read. */
bool text_in_read(void *text_in, size_t *got, char *to, size_t room, struct error *err);
/* Bytes of the file taken so far. */
uint64_t text_in_offset(const struct text_in *t);

#endif
