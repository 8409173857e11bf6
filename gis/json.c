#include "gis/json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "gis/clock.h"
#include "gis/text.h"

static void quote(struct buf *out, const char *text, size_t len)
{
    static const char hex[] = "0123456789abcdef";
    buf_char(out, '"');
    size_t from = 0;
    for (size_t i = 0; i < len;) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c < 0x80) {
            i++;
            continue;
        }
        size_t n = c < 0x80 ? 0 : text_utf8_length(text + i, len - i);
        if (n) {
            i += n;
            continue;
        }
        buf_add(out, text + from, i - from);
        if (c >= 0x80)
            buf_text(out, "\xEF\xBF\xBD");
        else if (c == '"' || c == '\\')
            buf_add(out, (const char[]){'\\', (char)c}, 2);
        else if (c == '\n')
            buf_text(out, "\\n");
        else
            buf_add(out, (const char[]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, 6);
        from = ++i;
    }
    buf_add(out, text + from, len - from);
    buf_char(out, '"');
}

static void begin(struct json *j, const char *key)
{
    if (j->comma)
        buf_char(j->out, ',');
    j->comma = true;
    if (!key)
        return;
    quote(j->out, key, strlen(key));
    buf_char(j->out, ':');
}

void json_open(struct json *j, const char *key, char bracket)
{
    begin(j, key);
    buf_char(j->out, bracket);
    j->comma = false;
}

void json_close(struct json *j, char bracket)
{
    buf_char(j->out, bracket);
    j->comma = true;
}

void json_text_n(struct json *j, const char *key, const char *text, size_t len)
{
    begin(j, key);
    quote(j->out, text, len);
}

void json_text(struct json *j, const char *key, const char *text)
{
    if (text)
        json_text_n(j, key, text, strlen(text));
    else
        json_null(j, key);
}

void json_int(struct json *j, const char *key, int64_t value)
{
    begin(j, key);
    buf_format(j->out, "%lld", (long long)value);
}

void json_number(struct json *j, const char *key, double value, int decimals)
{
    begin(j, key);
    if (!isfinite(value)) {
        buf_text(j->out, "null");
        return;
    }
    char text[400];
    size_t exact = decimals == 9 ? text_put_decimal(text, value) : 0;
    if (exact) {
        buf_add(j->out, text, exact);
        return;
    }
    int len = snprintf(text, sizeof text, "%.*f", decimals, value);
    if (len < 0 || (size_t)len >= sizeof text) {
        buf_text(j->out, "null");
        return;
    }
    if (memchr(text, '.', (size_t)len)) {
        while (text[len - 1] == '0')
            len--;
        if (text[len - 1] == '.')
            len--;
    }
    if (len == 2 && text[0] == '-' && text[1] == '0')
        buf_char(j->out, '0');
    else
        buf_add(j->out, text, (size_t)len);
}

void json_exact(struct json *j, const char *key, double value)
{
    char text[TEXT_EXACT_MAX] = "null";
    if (isfinite(value))
        text_exact(text, value);
    begin(j, key);
    buf_text(j->out, text);
}

void json_bool(struct json *j, const char *key, bool value)
{
    begin(j, key);
    buf_text(j->out, value ? "true" : "false");
}

void json_null(struct json *j, const char *key)
{
    begin(j, key);
    buf_text(j->out, "null");
}

void json_time(struct json *j, const char *key, int64_t time_s)
{
    char text[CLOCK_TEXT_MAX];
    clock_text(text, time_s);
    json_text(j, key, *text ? text : NULL);
}

void json_day(struct json *j, const char *key, int32_t day)
{
    char text[CLOCK_TEXT_MAX];
    clock_day_text(text, day);
    json_text(j, key, *text ? text : NULL);
}

void json_raw(struct json *j, const char *key, const char *raw)
{
    begin(j, key);
    buf_text(j->out, raw ? raw : "null");
}

void json_raw_n(struct json *j, const char *key, const char *raw, size_t len)
{
    begin(j, key);
    buf_add(j->out, raw, len);
}

void json_parts(struct json *j, const char *key, const char *list, char mark)
{
    json_open(j, key, '[');
    for (const char *at = list; at && *at;) {
        size_t len = (size_t)(strchrnul(at, mark) - at);
        if (len)
            json_text_n(j, NULL, at, len);
        at += len + (at[len] == mark);
    }
    json_close(j, ']');
}

void json_both(struct json *j, const char *key, const char *zh, const char *en)
{
    json_open(j, key, '{');
    json_text(j, "zh", zh);
    json_text(j, "en", en);
    json_close(j, '}');
}
