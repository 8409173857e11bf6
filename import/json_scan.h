/* json_scan.h - JSON (RFC 8259) as a stream of tokens, strictly, in bounded memory. What is wrong
 * with one string (not UTF-8, a NUL, half a surrogate pair) is a fault of that string, and reading
 * goes on; what is wrong with the grammar ends it, with the line. */
#ifndef IMPORT_JSON_SCAN_H
#define IMPORT_JSON_SCAN_H

#include <stdint.h>

#include "gis/buf.h"
#include "gis/error.h"

enum { JSON_SCAN_DEPTH_MAX = 64, JSON_SCAN_TEXT_MAX = 16 * 1024 * 1024 /* bytes of one string */ };

enum json_token {
    JSON_OBJECT,
    JSON_OBJECT_END,
    JSON_ARRAY,
    JSON_ARRAY_END,
    JSON_KEY,
    JSON_TEXT,
    JSON_NUMBER, /* as it is written */
    JSON_WORD,   /* true, false */
    JSON_NULL,
    JSON_END, /* of the whole */
    JSON_FAILED
};

/* As csv_read: up to room (at least 16) bytes at to; *got 0 = the end. */
typedef bool json_source(void *ctx, size_t *got, char *to, size_t room, struct error *err);

struct json_scan;

struct json_scan *json_scan_open(json_source *source, void *ctx);
void json_scan_close(struct json_scan *j); /* NULL allowed */
enum json_token json_scan_next(struct json_scan *j, struct error *err);
/* Of JSON_KEY, JSON_TEXT, JSON_NUMBER, JSON_WORD: UTF-8 and NUL-terminated, until the next call. */
const char *json_scan_text(const struct json_scan *j, size_t *len);
/* What is wrong with that string: "not_utf8", "nul_byte"; NULL = nothing. Its bytes stand as \xHH.
 */
const char *json_scan_fault(const struct json_scan *j);
uint64_t json_scan_line(const struct json_scan *j); /* 1 = first */
/* After JSON_OBJECT or JSON_ARRAY to its end, or nothing after other values: adds the value as JSON
 * text to out (NULL = only passes over it). */
bool json_scan_value(struct buf *out, struct json_scan *j, enum json_token token,
                     struct error *err);

#endif
