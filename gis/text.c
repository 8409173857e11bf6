#include "gis/text.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t text_utf8_length(const char *text, size_t len)
{
    const unsigned char *s = (const unsigned char *)text;
    if (!len)
        return 0;
    if (s[0] < 0x80)
        return 1;
    size_t n = s[0] >= 0xC2 && s[0] <= 0xDF ? 2 : (s[0] & 0xF0) == 0xE0 ? 3 : 0;
    if (s[0] >= 0xF0 && s[0] <= 0xF4)
        n = 4;
    if (!n || n > len)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) ||
        (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F))
        return 0;
    return n;
}

bool text_utf8_valid(const char *text, size_t len)
{
    for (size_t i = 0; i < len;) {
        const unsigned char *s = (const unsigned char *)text + i;
        if (*s < 0x80) {
            i++;
            continue;
        }
        if (*s > 0xE0 && *s < 0xED && len - i > 2 && (s[1] & 0xC0) == 0x80 &&
            (s[2] & 0xC0) == 0x80) { /* nearly all of Chinese */
            i += 3;
            continue;
        }
        size_t n = text_utf8_length(text + i, len - i);
        if (!n)
            return false;
        i += n;
    }
    return true;
}

uint32_t text_utf8_next(const char *text, size_t *used)
{
    const unsigned char *s = (const unsigned char *)text;
    if (s[0] < 0x80)
        return *used = 1, s[0];
    if (s[0] < 0xE0)
        return *used = 2, (uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3F);
    if (s[0] < 0xF0)
        return *used = 3,
               (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
    return *used = 4, (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3F) << 12 |
                          (uint32_t)(s[2] & 0x3F) << 6 | (s[3] & 0x3F);
}

void text_utf8_put(struct buf *out, uint32_t c)
{
    if (c < 0x80)
        buf_char(out, (char)c);
    else if (c < 0x800)
        buf_add(out, (const char[]){(char)(0xC0 | c >> 6), (char)(0x80 | (c & 0x3F))}, 2);
    else if (c < 0x10000)
        buf_add(out,
                (const char[]){(char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3F)),
                               (char)(0x80 | (c & 0x3F))},
                3);
    else
        buf_add(out,
                (const char[]){(char)(0xF0 | c >> 18), (char)(0x80 | (c >> 12 & 0x3F)),
                               (char)(0x80 | (c >> 6 & 0x3F)), (char)(0x80 | (c & 0x3F))},
                4);
}

/* Digits and a point, at most 15 digits: both the digits and the power of ten are exact doubles, so
 * one division rounds as strtod would (Clinger, How to read floating point numbers accurately). */
static bool plain_double(double *out, const char *text)
{
    static const double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    int64_t digits = 0;
    int count = 0, behind = 0;
    bool point = false, negative = *text == '-';
    for (const char *s = text + negative; *s; s++) {
        if (*s == '.' && !point) {
            point = true;
        } else if (*s >= '0' && *s <= '9' && count < 15) {
            digits = 10 * digits + (*s - '0');
            count++;
            behind += point;
        } else {
            return false;
        }
    }
    if (!count)
        return false;
    *out = (double)digits / powers[behind];
    if (negative)
        *out = -*out;
    return true;
}

bool text_to_double(double *out, const char *text)
{
    const char *s = text;
    s += *s == '-' || *s == '+';
    if (!isdigit((unsigned char)*s) && *s != '.')
        return false;
    if (s[0] == '0' && (s[1] == 'x' || s[1] == 'X'))
        return false;
    char *end;
    double value;
    if (plain_double(&value, text)) {
        *out = value;
        return true;
    }
    value = strtod(text, &end);
    if (*end || end == text || !isfinite(value))
        return false;
    *out = value;
    return true;
}

bool text_to_i64(int64_t *out, const char *text)
{
    const char *s = text;
    bool negative = *s == '-';
    s += negative;
    if (!isdigit((unsigned char)*s))
        return false;
    int64_t value = 0;
    for (; isdigit((unsigned char)*s); s++) {
        int digit = *s - '0';
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, digit, &value))
            return false;
    }
    if (*s || (!negative && value == INT64_MIN))
        return false;
    *out = negative ? value : -value;
    return true;
}

/* One code point to its place in the normal form; 0 = leave out. */
static uint32_t fold(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E) /* full-width forms */
        c -= 0xFEE0;
    if (c >= 'A' && c <= 'Z')
        return c + ('a' - 'A');
    if (c < 0x80)
        return c <= ' ' || c == 0x7F  ? 0
               : c == '[' || c == '{' ? '('
               : c == ']' || c == '}' ? ')'
                                      : c;
    switch (c) {
    case 0x81FA: /* 臺 */ return 0x53F0;
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
    case 0xFE63:
    case 0x2500: return '-';
    case 0x3010:
    case 0x3014:
    case 0x300C:
    case 0x300E:
    case 0x3008:
    case 0x300A:
    case 0xFE59: return '(';
    case 0x3011:
    case 0x3015:
    case 0x300D:
    case 0x300F:
    case 0x3009:
    case 0x300B:
    case 0xFE5A: return ')';
    case 0x2018:
    case 0x2019:
    case 0x2032:
    case 0xFF07: return '\'';
    case 0x201C:
    case 0x201D:
    case 0x2033: return '"';
    case 0x3001:
    case 0xFE50:
    case 0xFE51: return ',';
    case 0xA0:
    case 0x3000:
    case 0xFEFF:
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x85: return 0;
    default: return c >= 0x2000 && c <= 0x200A ? 0 : c;
    }
}

void text_name_key(struct buf *out, const char *text, size_t len)
{
    char *room = buf_room(out, len); /* no character grows */
    if (!room)
        return;
    for (size_t i = 0; i < len;) {
        size_t n = text_utf8_length(text + i, len - i);
        if (!n) {
            i++;
            continue;
        }
        uint32_t was = text_utf8_next(text + i, &n), c = fold(was);
        if (c == was) {
            memcpy(room, text + i, n);
            room += n;
        } else if (c && c < 0x80) {
            *room++ = (char)c;
        } else if (c) { /* to another of the same length, such as 臺 */
            *room++ = (char)(0xE0 | c >> 12);
            *room++ = (char)(0x80 | (c >> 6 & 0x3F));
            *room++ = (char)(0x80 | (c & 0x3F));
        }
        i += n;
    }
    out->len = (size_t)(room - out->data);
}

size_t text_put_decimal(char out[TEXT_DECIMAL_MAX], double value)
{
    static const double scale = 1e9;
    if (!(fabs(value) < 4e6) || (value == 0 && signbit(value)))
        return 0;
    int64_t n = (int64_t)rint(value * scale);
    if ((double)n / scale != value)
        return 0;
    char digits[TEXT_DECIMAL_MAX], *to = out;
    uint64_t left = n < 0 ? (uint64_t)-n : (uint64_t)n;
    int count = 0, zeros = 0;
    while (left || count < 10) {
        digits[count++] = (char)('0' + left % 10);
        left /= 10;
    }
    if (n < 0)
        *to++ = '-';
    while (zeros < 9 && digits[zeros] == '0')
        zeros++;
    while (count > 9)
        *to++ = digits[--count];
    if (zeros < 9)
        *to++ = '.';
    while (count > zeros)
        *to++ = digits[--count];
    return (size_t)(to - out);
}

double text_round15(double value)
{
    char digits[TEXT_EXACT_MAX];
    double rounded;
    snprintf(digits, sizeof digits, "%.15g", value);
    return isfinite(value) && text_to_double(&rounded, digits) ? rounded : value;
}

void text_exact(char out[TEXT_EXACT_MAX], double value)
{
    double back;
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, TEXT_EXACT_MAX, "%.*g", digits, value);
        if (text_to_double(&back, out) && back >= value && back <= value)
            return;
    }
}

void text_copy(char *dst, size_t size, const char *src)
{
    size_t len = strlen(src);
    if (len >= size) {
        len = size - 1;
        while (len && ((unsigned char)src[len] & 0xC0) == 0x80)
            len--;
    }
    memcpy(dst, src, len);
    dst[len] = '\0';
}

bool text_cas_valid(const char *cas)
{
    size_t len = strlen(cas);
    if (len < 7 || len > 12 || cas[0] == '0' || cas[len - 2] != '-' || cas[len - 5] != '-')
        return false;
    int sum = 0, place = 0;
    for (size_t i = len; i-- > 0;) {
        if (i == len - 2 || i == len - 5)
            continue;
        if (!isdigit((unsigned char)cas[i]))
            return false;
        sum += place++ * (cas[i] - '0');
    }
    return sum % 10 == cas[len - 1] - '0';
}
