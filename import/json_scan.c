#include "import/json_scan.h"

#include <stdlib.h>
#include <string.h>

#include "gis/json.h"
#include "gis/mem.h"
#include "gis/text.h"

enum { PART = 1 << 16 };

enum wants { VALUE, VALUE_OR_END, KEY_OR_END, KEY, COMMA_OR_END, NOTHING };

struct json_scan {
    json_source *source;
    void *ctx;
    char part[PART];
    size_t at, len;
    bool failed;
    uint64_t line;
    enum wants wants;
    int depth;
    char stack[JSON_SCAN_DEPTH_MAX]; /* '{' or '[' */
    struct buf text;
    const char *fault;
};

struct json_scan *json_scan_open(json_source *source, void *ctx)
{
    struct json_scan *j = mem_zero(1, sizeof *j);
    j->source = source;
    j->ctx = ctx;
    j->line = 1;
    j->text.max = JSON_SCAN_TEXT_MAX;
    return j;
}

void json_scan_close(struct json_scan *j)
{
    if (j)
        buf_free(&j->text);
    free(j);
}

const char *json_scan_text(const struct json_scan *j, size_t *len)
{
    if (len)
        *len = j->text.len;
    return j->text.len ? j->text.data : "";
}

const char *json_scan_fault(const struct json_scan *j)
{
    return j->fault;
}

uint64_t json_scan_line(const struct json_scan *j)
{
    return j->line;
}

/* The next byte without taking it; -1 = the end or a failure (then j->failed). */
static int peek(struct json_scan *j, struct error *err)
{
    if (j->at == j->len) {
        j->at = j->len = 0;
        if (!j->source(j->ctx, &j->len, j->part, sizeof j->part, err)) {
            j->failed = true;
            j->len = 0;
        }
        if (!j->len)
            return -1;
    }
    return (unsigned char)j->part[j->at];
}

static int take(struct json_scan *j, struct error *err)
{
    int c = peek(j, err);
    j->at += c >= 0;
    j->line += c == '\n';
    return c;
}

static bool refuse(struct json_scan *j, const char *what, struct error *err)
{
    if (!j->failed)
        error_fill(err, ERROR_INPUT, "line %llu: the JSON is damaged or cut off: %s",
                   (unsigned long long)j->line, what);
    j->failed = true;
    return false;
}

static enum json_token fail(struct json_scan *j, const char *what, struct error *err)
{
    refuse(j, what, err);
    return JSON_FAILED;
}

/* ---- strings ---- */

static int take_hex(struct json_scan *j, struct error *err)
{
    int value = 0;
    for (int i = 0; i < 4; i++) {
        int c = take(j, err);
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* After "\u". */
static bool take_escaped_code(struct json_scan *j, struct error *err)
{
    int code = take_hex(j, err), low = 0;
    if (code < 0)
        return false;
    if (code >= 0xD800 && code < 0xDC00 && peek(j, err) == '\\') {
        take(j, err);
        if (take(j, err) != 'u' || (low = take_hex(j, err)) < 0)
            return false;
        if (low >= 0xDC00 && low < 0xE000)
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    if (!code || (code >= 0xD800 && code < 0xE000)) {
        j->fault = code ? "not_utf8" : "nul_byte";
        buf_format(&j->text, "\\u%04X", (unsigned)code);
    } else {
        text_utf8_put(&j->text, (uint32_t)code);
    }
    return true;
}

static bool take_escape(struct json_scan *j, struct error *err)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    int c = take(j, err);
    if (c == 'u')
        return take_escaped_code(j, err);
    const char *at = c > 0 ? strchr(from, c) : NULL;
    if (at)
        buf_char(&j->text, to[at - from]);
    return at != NULL;
}

/* Bytes that are not UTF-8 as \xHH. */
static void check_text(struct json_scan *j)
{
    if (!j->text.len || text_utf8_valid(j->text.data, j->text.len))
        return;
    struct buf b = {.max = 4 * (size_t)JSON_SCAN_TEXT_MAX};
    for (size_t i = 0; i < j->text.len;) {
        size_t n = text_utf8_length(j->text.data + i, j->text.len - i);
        if (n)
            buf_add(&b, j->text.data + i, n);
        else
            buf_format(&b, "\\x%02X", (unsigned char)j->text.data[i]);
        i += n ? n : 1;
    }
    buf_free(&j->text);
    j->text = b;
    j->fault = "not_utf8";
}

/* After the first quotation mark. */
static bool take_string(struct json_scan *j, struct error *err)
{
    buf_clear(&j->text);
    j->text.max = JSON_SCAN_TEXT_MAX;
    j->text.overflow = false;
    j->fault = NULL;
    for (;;) {
        int c = take(j, err);
        if (c == '"')
            break;
        if (c < 0x20) /* also the end */
            return refuse(j, c < 0 ? "a text does not end" : "a line ends in a text", err);
        if (c != '\\')
            buf_char(&j->text, (char)c);
        else if (!take_escape(j, err))
            return refuse(j, "an escape that there is none of", err);
        if (j->text.overflow) {
            j->failed = true;
            return error_set(err, ERROR_TOO_LARGE, "line %llu: a text is longer than %d MiB",
                             (unsigned long long)j->line, JSON_SCAN_TEXT_MAX >> 20);
        }
    }
    check_text(j);
    buf_string(&j->text);
    return true;
}

/* ---- other values ---- */

static enum json_token take_word(struct json_scan *j, struct error *err)
{
    static const char *const words[] = {"true", "false", "null"};
    int c;
    buf_clear(&j->text);
    j->fault = NULL;
    while ((c = peek(j, err)) >= 'a' && c <= 'z' && j->text.len < 8)
        buf_char(&j->text, (char)take(j, err));
    for (size_t i = 0; i < 3; i++)
        if (!strcmp(buf_string(&j->text), words[i]))
            return i == 2 ? JSON_NULL : JSON_WORD;
    return fail(j, "a word that is no value", err);
}

static void take_digits(struct json_scan *j, struct error *err)
{
    int c;
    while ((c = peek(j, err)) >= '0' && c <= '9' && j->text.len < 1000)
        buf_char(&j->text, (char)take(j, err));
}

/* A number as it is written; its parts must all be there. */
static enum json_token take_number(struct json_scan *j, struct error *err)
{
    buf_clear(&j->text);
    j->fault = NULL;
    if (peek(j, err) == '-')
        buf_char(&j->text, (char)take(j, err));
    size_t begun = j->text.len;
    take_digits(j, err);
    bool good = j->text.len > begun && (j->text.data[begun] != '0' || j->text.len == begun + 1);
    if (peek(j, err) == '.') {
        buf_char(&j->text, (char)take(j, err));
        begun = j->text.len;
        take_digits(j, err);
        good = good && j->text.len > begun;
    }
    if (peek(j, err) == 'e' || peek(j, err) == 'E') {
        buf_char(&j->text, (char)take(j, err));
        if (peek(j, err) == '-' || peek(j, err) == '+')
            buf_char(&j->text, (char)take(j, err));
        begun = j->text.len;
        take_digits(j, err);
        good = good && j->text.len > begun;
    }
    buf_string(&j->text);
    return good && j->text.len < 1000 ? JSON_NUMBER : fail(j, "a number that is none", err);
}

/* ---- grammar ---- */

static void skip_space(struct json_scan *j, struct error *err)
{
    int c;
    while ((c = peek(j, err)) == ' ' || c == '\t' || c == '\n' || c == '\r')
        take(j, err);
}

static enum json_token open_one(struct json_scan *j, char bracket, struct error *err)
{
    if (j->depth == JSON_SCAN_DEPTH_MAX)
        return fail(j, "nested more than 64 deep", err);
    j->stack[j->depth++] = bracket;
    j->wants = bracket == '{' ? KEY_OR_END : VALUE_OR_END;
    return bracket == '{' ? JSON_OBJECT : JSON_ARRAY;
}

static enum json_token close_one(struct json_scan *j, int bracket, struct error *err)
{
    char open = j->depth ? j->stack[j->depth - 1] : 0;
    if (open != (bracket == '}' ? '{' : '['))
        return fail(j, "a bracket closes what is not open", err);
    j->wants = --j->depth ? COMMA_OR_END : NOTHING;
    return bracket == '}' ? JSON_OBJECT_END : JSON_ARRAY_END;
}

static enum json_token take_value(struct json_scan *j, int c, struct error *err)
{
    if (c == '{' || c == '[') {
        take(j, err);
        return open_one(j, (char)c, err);
    }
    j->wants = j->depth ? COMMA_OR_END : NOTHING;
    if (c == '"') {
        take(j, err);
        return take_string(j, err) ? JSON_TEXT : JSON_FAILED;
    }
    return c == '-' || (c >= '0' && c <= '9') ? take_number(j, err) : take_word(j, err);
}

static enum json_token take_key(struct json_scan *j, struct error *err)
{
    if (take(j, err) != '"')
        return fail(j, "a name in quotation marks is wanted", err);
    if (!take_string(j, err))
        return JSON_FAILED;
    skip_space(j, err);
    if (take(j, err) != ':')
        return fail(j, "a colon is wanted after a name", err);
    j->wants = VALUE;
    return JSON_KEY;
}

enum json_token json_scan_next(struct json_scan *j, struct error *err)
{
    if (j->failed)
        return JSON_FAILED;
    skip_space(j, err);
    int c = peek(j, err);
    if (j->wants == COMMA_OR_END && c == ',') {
        take(j, err);
        skip_space(j, err);
        c = peek(j, err);
        j->wants = j->stack[j->depth - 1] == '{' ? KEY : VALUE;
    } else if (j->wants == COMMA_OR_END && c != '}' && c != ']') {
        return fail(j, "a comma or a closing bracket is wanted", err);
    }
    if (c < 0)
        return !j->failed && j->wants == NOTHING ? JSON_END : fail(j, "it ends too early", err);
    if (j->wants == NOTHING)
        return fail(j, "something stands after its end", err);
    if ((c == '}' || c == ']') && j->wants != VALUE && j->wants != KEY) {
        take(j, err);
        return close_one(j, c, err);
    }
    if (j->wants == KEY || j->wants == KEY_OR_END)
        return take_key(j, err);
    return take_value(j, c, err);
}

bool json_scan_value(struct buf *out, struct json_scan *j, enum json_token token, struct error *err)
{
    struct buf none = {.max = 1};
    struct json text = {.out = out ? out : &none};
    char key[256] = "";
    bool keyed = false;
    for (int depth = 0;; token = json_scan_next(j, err)) {
        const char *name = keyed ? key : NULL;
        keyed = token == JSON_KEY;
        if (token == JSON_OBJECT || token == JSON_ARRAY) {
            depth++;
            if (out)
                json_open(&text, name, token == JSON_OBJECT ? '{' : '[');
        } else if (token == JSON_OBJECT_END || token == JSON_ARRAY_END) {
            depth--;
            if (out)
                json_close(&text, token == JSON_OBJECT_END ? '}' : ']');
        } else if (token == JSON_KEY) {
            text_copy(key, sizeof key, json_scan_text(j, NULL));
        } else if (token == JSON_FAILED || token == JSON_END) {
            return false;
        } else if (out && token == JSON_TEXT) {
            json_text_n(&text, name, buf_string(&j->text), j->text.len);
        } else if (out) {
            json_raw_n(&text, name, buf_string(&j->text), j->text.len);
        }
        if (!depth)
            break;
    }
    buf_free(&none);
    return true;
}
