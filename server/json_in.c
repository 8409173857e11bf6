#include "server/json_in.h"

#include <jansson.h>
#include <string.h>

#include "gis/buf.h"

/* The two opaque types are jansson's json_t under our names. */
static const json_t *raw(const struct json_in_value *value)
{
    return (const json_t *)(const void *)value;
}

/* jansson's iterators want a json_t they may write to, but only read. */
static json_t *for_iterator(const struct json_in_value *value)
{
    union {
        const struct json_in_value *in;
        json_t *out;
    } both = {.in = value};
    return both.out;
}

static const struct json_in_value *cooked(const json_t *json)
{
    return (const struct json_in_value *)(const void *)json;
}

struct json_in *json_in_parse(const char *text, size_t len, struct error *err)
{
    json_error_t where;
    json_t *json = json_loadb(text, len, JSON_REJECT_DUPLICATES, &where);
    if (!json)
        error_fill(err, ERROR_INPUT, "this is not JSON: %.120s (line %d, column %d)", where.text,
                   where.line, where.column);
    return (struct json_in *)(void *)json;
}

void json_in_free(struct json_in *document)
{
    json_decref((json_t *)(void *)document);
}

const struct json_in_value *json_in_root(const struct json_in *document)
{
    return (const struct json_in_value *)(const void *)document;
}

const struct json_in_value *json_in_get(const struct json_in_value *object, const char *key)
{
    return cooked(json_object_get(raw(object), key));
}

const struct json_in_value *json_in_path(const struct json_in_value *object, const char *first,
                                         const char *second)
{
    return json_in_get(json_in_get(object, first), second);
}

const struct json_in_value *json_in_at(const struct json_in_value *array, size_t index)
{
    return cooked(json_array_get(raw(array), index));
}

size_t json_in_count(const struct json_in_value *array)
{
    return json_array_size(raw(array));
}

bool json_in_is_null(const struct json_in_value *value)
{
    return !value || json_is_null(raw(value));
}

bool json_in_is_object(const struct json_in_value *value)
{
    return value && json_is_object(raw(value));
}

const char *json_in_text(const struct json_in_value *value)
{
    return json_string_value(raw(value));
}

bool json_in_number(double *out, const struct json_in_value *value)
{
    if (!value || !json_is_number(raw(value)))
        return false;
    *out = json_number_value(raw(value));
    return true;
}

bool json_in_integer(int64_t *out, const struct json_in_value *value)
{
    if (!value || !json_is_integer(raw(value)))
        return false;
    *out = json_integer_value(raw(value));
    return true;
}

bool json_in_bool(bool *out, const struct json_in_value *value)
{
    if (!value || !json_is_boolean(raw(value)))
        return false;
    *out = json_is_true(raw(value));
    return true;
}

bool json_in_only(const struct json_in_value *object, const char *const *known, struct error *err)
{
    for (void *at = json_object_iter(for_iterator(object)); at;
         at = json_object_iter_next(for_iterator(object), at)) {
        const char *key = json_object_iter_key(at);
        bool found = false;
        for (int i = 0; known[i] && !found; i++)
            found = !strcmp(known[i], key);
        if (found)
            continue;
        error_fill(err, ERROR_INPUT, "member '%.40s' is not known; known are", key);
        for (int i = 0; known[i]; i++)
            error_append(err, "%s %s", i ? "," : "", known[i]);
        return false;
    }
    return true;
}
