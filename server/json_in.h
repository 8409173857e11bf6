/* json_in.h - the one place that speaks jansson: JSON in, read strictly (no duplicate members, no
 * NaN, UTF-8 only). */
#ifndef SERVER_JSON_IN_H
#define SERVER_JSON_IN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gis/error.h"

struct json_in;       /* a whole document */
struct json_in_value; /* a part of it, borrowed */

/* NULL with ERROR_INPUT (line and column) if it is not JSON. */
struct json_in *json_in_parse(const char *text, size_t len, struct error *err);
void json_in_free(struct json_in *document); /* NULL allowed */
const struct json_in_value *json_in_root(const struct json_in *document);

/* All of these allow a NULL value and then give NULL, false, 0. */
const struct json_in_value *json_in_get(const struct json_in_value *object, const char *key);
const struct json_in_value *json_in_path(const struct json_in_value *object, const char *first,
                                         const char *second);
const struct json_in_value *json_in_at(const struct json_in_value *array, size_t index);
size_t json_in_count(const struct json_in_value *array);
bool json_in_is_null(const struct json_in_value *value); /* also when absent */
bool json_in_is_object(const struct json_in_value *value);
const char *json_in_text(const struct json_in_value *value);         /* NULL unless a string */
bool json_in_number(double *out, const struct json_in_value *value); /* integers too */
bool json_in_integer(int64_t *out, const struct json_in_value *value);
bool json_in_bool(bool *out, const struct json_in_value *value);
/* Fails with ERROR_INPUT on the first member of the object that `known` (ends with NULL) lacks. */
bool json_in_only(const struct json_in_value *object, const char *const *known, struct error *err);

#endif
