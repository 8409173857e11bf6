/* text.h - strict reading of numbers and of UTF-8, and the normal form that names are compared in.
 */
#ifndef GIS_TEXT_H
#define GIS_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gis/buf.h"

/* Bytes of the UTF-8 character at text (1-4), or 0 where it is not UTF-8 (overlong, surrogate,
 * past U+10FFFF, cut off). */
size_t text_utf8_length(const char *text, size_t len);
bool text_utf8_valid(const char *text, size_t len);
/* The code point at text (which must be valid) and how many bytes it took. */
uint32_t text_utf8_next(const char *text, size_t *used);
void text_utf8_put(struct buf *out, uint32_t code);

/* Whole text must be the number: no spaces, no NaN, no infinity, no hex. */
bool text_to_double(double *out, const char *text);
bool text_to_i64(int64_t *out, const char *text);

enum { TEXT_DECIMAL_MAX = 24 };
/* Value as a decimal fraction of at most 9 places that reads back as the very same double, without
 * zeros at its end and without a NUL; its length, or 0 where value is no such number or not below
 * 4e6. */
size_t text_put_decimal(char out[TEXT_DECIMAL_MAX], double value);

enum { TEXT_EXACT_MAX = 32 };
/* Value in the fewest of 15, 16 or 17 digits that read back as the very same double; value must be
 * finite. */
void text_exact(char out[TEXT_EXACT_MAX], double value);

/* Value rounded to 15 significant digits: what a sum of decimals is, where sums of their doubles
 * carry last bits (ten times 0.1 is 1). */
double text_round15(double value);

/* The key that names, addresses and searches are compared by: full-width forms to ASCII, ASCII to
 * lower case, 臺 to 台, dashes of all kinds to '-', brackets of all kinds to '(' ')', white space
 * of all kinds to nothing. Computed here only: the database stores the result (columns *_key). */
void text_name_key(struct buf *out, const char *text, size_t len);

/* Copies src into dst (size > 0), cut at a character boundary, always NUL-terminated. */
void text_copy(char *dst, size_t size, const char *src);

/* True where digits of a CAS number ("7782-50-5") end in the right check digit: the sum of each
 * digit times its place counted from the right (excluding the check digit), modulo 10. */
bool text_cas_valid(const char *cas);

#endif
