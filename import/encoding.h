/* encoding.h - the text of a file as UTF-8, from what it was written in. Taken strictly: a byte
 * order mark says it; else a file that is UTF-8 from its first to its last byte is UTF-8; else one
 * that is CP950 (Big5 as Windows has it) from first to last is that; else it is read as UTF-8 and
 * its rows say what is wrong with them. */
#ifndef IMPORT_ENCODING_H
#define IMPORT_ENCODING_H

#include <iconv.h>
#include <stddef.h>

#include "gis/buf.h"
#include "gis/error.h"

enum encoding { ENCODING_UTF8, ENCODING_CP950, ENCODING_UTF16LE, ENCODING_UTF16BE, ENCODINGS };
/* In converted text: this byte, which UTF-8 never has, and two hexadecimal digits stand for a byte
 * that could not be converted. */
enum { ENCODING_BAD = 0xFF };

extern const char *const encoding_names[ENCODINGS + 1]; /* NULL-terminated, for --help */

/* The converters; glibc loads them from files, so they are opened before the fence closes. */
struct encoding_kit {
    iconv_t from[ENCODINGS]; /* (iconv_t)-1 = this system has none; [ENCODING_UTF8] is not used */
};

/* As csv_read: up to room bytes at to; *got 0 = the end. */
typedef bool encoding_source(void *ctx, size_t *got, char *to, size_t room, struct error *err);

/* By its name or a usual other one (utf8, big5, ms950, utf-16, …). */
bool encoding_find(enum encoding *out, const char *name, struct error *err);
void encoding_prepare(struct encoding_kit *kit);
void encoding_forget(struct encoding_kit *kit);
/* What the byte order mark at the beginning of a file says; false where there is none. */
bool encoding_mark(enum encoding *out, const char *head, size_t len);
/* *holds = everything the source gives is of this encoding. Reads to its end or the first fault. */
bool encoding_holds(bool *holds, const struct encoding_kit *kit, enum encoding encoding,
                    encoding_source *source, void *ctx, struct error *err);
/* One short text, NUL-terminated, to UTF-8 in *out, which is cleared; false where it is not of this
 * encoding. */
bool encoding_text(struct buf *out, const struct encoding_kit *kit, enum encoding encoding,
                   const char *text);

struct encoding_reader;
/* The kit is borrowed and serves one reader at a time; NULL where this system cannot convert. */
struct encoding_reader *encoding_open(const struct encoding_kit *kit, enum encoding encoding,
                                      encoding_source *source, void *ctx, struct error *err);
void encoding_close(struct encoding_reader *r); /* NULL allowed */
/* UTF-8 (nothing is changed) or the converted text. room is at least 16. */
bool encoding_read(void *encoding_reader, size_t *got, char *to, size_t room, struct error *err);

#endif
