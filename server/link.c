#include "server/link.h"

#include <stdio.h>
#include <string.h>

static void encode(struct buf *out, const char *text, const char *also)
{
    static const char hex[] = "0123456789ABCDEF";
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (strchr(plain, c) || strchr(also, c))
            buf_char(out, (char)c);
        else
            buf_add(out, (const char[]){'%', hex[c >> 4], hex[c & 15]}, 3);
    }
}

void link_encode(struct buf *out, const char *text)
{
    encode(out, text, "");
}

static void add_parameter(struct buf *out, bool *first, const char *name, const char *value)
{
    buf_char(out, *first ? '?' : '&');
    *first = false;
    encode(out, name, "");
    buf_char(out, '=');
    encode(out, value, ",:");
}

void link_request(struct buf *out, const struct request *r, const char *name, const char *value)
{
    bool first = true;
    buf_text(out, r->base_url);
    encode(out, r->path, "/:");
    for (int i = 0; i < r->query_count; i++)
        if (!name || strcmp(r->query[i].name, name))
            add_parameter(out, &first, r->query[i].name, r->query[i].value);
    if (name && value)
        add_parameter(out, &first, name, value);
}

void link_next(struct json *j, const struct request *r, int64_t after)
{
    char number[24];
    struct buf url = {.max = 16 * HTTP_VALUE_MAX};
    if (!after) {
        json_null(j, "next");
        return;
    }
    snprintf(number, sizeof number, "%lld", (long long)after);
    link_request(&url, r, "after", number);
    json_text(j, "next", buf_string(&url));
    buf_free(&url);
}
