/* json.h - JSON out: RFC 8259 text written into a buf. Commas are put by the writer.
 *
 * Keys are C strings; NULL key = element of an array (or the top value). Text is written as UTF-8;
 * what is not UTF-8 comes out as U+FFFD, so the answer is always valid. Doubles that are not finite
 * become null. */
#ifndef GIS_JSON_H
#define GIS_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "gis/buf.h"

struct json {
    struct buf *out; /* borrowed */
    bool comma;
};

void json_open(struct json *j, const char *key, char bracket);     /* '{' or '[' */
void json_close(struct json *j, char bracket);                     /* '}' or ']' */
void json_text(struct json *j, const char *key, const char *text); /* NULL text = null */
void json_text_n(struct json *j, const char *key, const char *text, size_t len);
void json_int(struct json *j, const char *key, int64_t value);
void json_number(struct json *j, const char *key, double value, int decimals); /* rounded */
void json_exact(struct json *j, const char *key, double value); /* reads back as the same double */
void json_bool(struct json *j, const char *key, bool value);
void json_null(struct json *j, const char *key);
/* "2026-02-28T14:05:00Z", "2026-02-28"; as clock.h, null where that is "". */
void json_time(struct json *j, const char *key, int64_t time_s);
void json_day(struct json *j, const char *key, int32_t day);
/* Already JSON, e.g. a geometry made by PostGIS. */
void json_raw(struct json *j, const char *key, const char *raw); /* NULL raw = null */
void json_raw_n(struct json *j, const char *key, const char *raw, size_t len);
/* The array of the parts of "a,b" between marks, empty ones left out; NULL list = none. */
void json_parts(struct json *j, const char *key, const char *list, char mark);
/* {"zh": zh, "en": en} */
void json_both(struct json *j, const char *key, const char *zh, const char *en);

#endif
