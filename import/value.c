#include "import/value.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "gis/text.h"

/* The normal form of text, if it fits. */
static bool fold(char *out, size_t size, const char *text)
{
    struct buf b = {.max = 1 << 16};
    text_name_key(&b, text, strlen(text));
    bool fits = b.len && b.len < size && !b.overflow;
    if (fits)
        memcpy(out, buf_string(&b), b.len + 1);
    buf_free(&b);
    return fits;
}

static size_t space_at(const char *s)
{
    unsigned char c = (unsigned char)*s;
    if (c > ' ' && c != 0xE3 && c != 0xEF && c != 0xC2) /* the usual case */
        return 0;
    if (*s && (isspace((unsigned char)*s) || (unsigned char)*s < ' '))
        return 1;
    if (!strncmp(s, "\xE3\x80\x80", 3) || !strncmp(s, "\xEF\xBB\xBF", 3))
        return 3; /* ideographic space, byte order mark */
    return strncmp(s, "\xC2\xA0", 2) ? 0 : 2;
}

char *value_trim(char *text)
{
    size_t n;
    while ((n = space_at(text)))
        text += n;
    char *end = text;
    for (char *s = text; *s;) {
        n = space_at(s);
        s += n ? n : 1;
        if (!n)
            end = s;
    }
    *end = '\0';
    return *text ? text : NULL;
}

bool value_number(char out[VALUE_NUMBER_MAX], const char *text)
{
    if (!fold(out, VALUE_NUMBER_MAX, text))
        return false;
    for (char *s = out; *s; s++) {
        if (!isalnum((unsigned char)*s) && *s != '-')
            return false;
        *s = (char)toupper((unsigned char)*s);
    }
    return true;
}

bool value_digits(char *out, size_t digits, const char *text)
{
    if (!fold(out, digits + 1, text) || strlen(out) != digits)
        return false;
    return strspn(out, "0123456789") == digits;
}

/* Takes the commas of 1,234,567.8 out; a comma anywhere else stays, and with it no number. */
static void drop_thousands(char *text)
{
    char *first = text + strspn(text, "+-");
    size_t whole = strcspn(first, "."), lead = strcspn(first, ",");
    if (lead >= whole || !lead || lead > 3 || *first == '0' ||
        strspn(first, "0123456789,") != whole || strchr(first + whole, ','))
        return;
    for (size_t i = lead; i < whole; i += 4)
        if (first[i] != ',' || strspn(first + i + 1, "0123456789") != 3)
            return;
    char *to = first;
    for (const char *from = first; *from; from++)
        if (*from != ',')
            *to++ = *from;
    *to = '\0';
}

static bool fold_number(char *out, size_t size, const char *text)
{
    bool fits = fold(out, size, text);
    if (fits)
        drop_thousands(out);
    return fits;
}

bool value_double(double *out, const char *text)
{
    char folded[64];
    return fold_number(folded, sizeof folded, text) && text_to_double(out, folded);
}

bool value_int(int64_t *out, const char *text)
{
    char folded[64];
    return fold_number(folded, sizeof folded, text) && text_to_i64(out, folded);
}

bool value_yes(int *out, const char *text)
{
    static const char *const words[2][5] = {{"no", "false", "0", "n", "否"},
                                            {"yes", "true", "1", "y", "是"}};
    char folded[16];
    if (!fold(folded, sizeof folded, text))
        return false;
    for (*out = 0; *out < 2; ++*out)
        for (int i = 0; i < 5; i++)
            if (!strcmp(folded, words[*out][i]))
                return true;
    return false;
}

/* One of the marks between the parts of a time of day; 0 = none. */
static size_t time_mark(const char *s)
{
    static const char *const marks[] = {":", "時", "點", "分", "秒", NULL};
    for (int i = 0; marks[i]; i++)
        if (!strncmp(s, marks[i], strlen(marks[i])))
            return strlen(marks[i]);
    return 0;
}

bool value_time(char out[VALUE_TIME_SIZE], const char *text)
{
    char folded[32];
    int part[3] = {0, 0, 0}, count = 0;
    if (!fold(folded, sizeof folded, text))
        return false;
    for (const char *s = folded; *s; count++) {
        size_t digits = strspn(s, "0123456789"), mark = time_mark(s + digits);
        if (count == 3 || digits < 1 || digits > 4 || (!mark && s[digits]))
            return false;
        for (size_t i = 0; i < digits; i++)
            part[count] = part[count] * 10 + (s[i] - '0');
        if (count == 0 && !mark && digits > 2) { /* 726, 0726 */
            part[1] = part[0] % 100;
            part[0] /= 100;
        } else if (digits > 2 || (count == 0 && !mark)) {
            return false;
        }
        s += digits + mark;
    }
    if (part[0] > 23 || part[1] > 59 || part[2] > 59)
        return false;
    snprintf(out, VALUE_TIME_SIZE, "%02u:%02u", (unsigned)part[0] % 24, (unsigned)part[1] % 60);
    return true;
}

bool value_cas(char out[VALUE_CAS_MAX], const char *text)
{
    return fold(out, VALUE_CAS_MAX, text) && text_cas_valid(out);
}

static bool skip_any(const char **s, const char *const *words)
{
    for (; *words; words++) {
        size_t len = strlen(*words);
        if (!strncmp(*s, *words, len)) {
            *s += len;
            return true;
        }
    }
    return false;
}

/* Digits, at most `most` of them before a point, and the text behind them. */
static bool take_part(double *out, bool *whole, const char **s, size_t most)
{
    char part[24];
    size_t len = strspn(*s, "0123456789"), all = len;
    if ((*s)[len] == '.')
        all += 1 + strspn(*s + len + 1, "0123456789");
    if (!len || len > most || all >= sizeof part)
        return false;
    memcpy(part, *s, all);
    part[all] = '\0';
    *whole = all == len;
    *s += all;
    return text_to_double(out, part);
}

/* Full-width forms, small letters and spaces of all kinds made one; a space stays a space. */
static bool plain_text(struct buf *out, const char *text)
{
    size_t used;
    for (; *text; text += used) {
        used = space_at(text);
        if (used) {
            buf_char(out, ' ');
            continue;
        }
        text_utf8_next(text, &used);
        text_name_key(out, text, used);
    }
    buf_string(out);
    return !out->overflow;
}

static bool read_degrees(double *out, const char *s)
{
    static const char *const spaces[] = {" ", NULL};
    static const char *const positive[] = {"e", "n", "東經", "北緯", NULL};
    static const char *const negative[] = {"w", "s", "西經", "南緯", NULL};
    static const char *const marks[3][9] = {{"°", "º", "˚", "度", ":", NULL},
                                            {"'", "′", "’", "‘", "分", ":", NULL},
                                            {"\"", "''", "″", "”", "“", "秒", "′′", "’’", NULL}};
    static const double units[] = {1, 60, 3600};
    bool marked = false, whole = true;
    int sides = 0, parts = 0, sign = 1;
    *out = 0;
    for (int i = 0; i < 2; i++) {
        bool minus = skip_any(&s, negative);
        sides += minus || skip_any(&s, positive);
        sign = minus ? -1 : sign;
        while (skip_any(&s, spaces))
            ;
        for (; !i && parts < 3 && *s >= '0' && *s <= '9'; parts++) {
            double value;
            if (!whole || !take_part(&value, &whole, &s, parts ? 2 : 3) ||
                value > (parts ? 59.99999999999 : 180))
                return false;
            *out += value / units[parts];
            bool spaced = false;
            while (skip_any(&s, spaces))
                spaced = true;
            bool mark = skip_any(&s, marks[parts]);
            marked = marked || mark;
            while (skip_any(&s, spaces))
                spaced = true;
            if (!mark && !spaced && *s >= '0' && *s <= '9')
                return false;
        }
    }
    *out *= sign;
    return !*s && sides < 2 && parts && (parts > 1 || marked || sides) && *out >= -180 &&
           *out <= 180;
}

bool value_degrees(double *out, const char *text)
{
    struct buf b = {.max = 256};
    bool ok = plain_text(&b, text) && read_degrees(out, buf_string(&b));
    buf_free(&b);
    return ok;
}
