/* DESIGN. A CAS number is NN…N-NN-N; its last digit checks the others (text_cas_valid). Damage is
 * undone by rule, never by search: each rule gives the numbers the text can have been, and only
 * those whose check digit is right count. A wrong digit passes with one chance in ten, so a rule
 * that keeps all digits in order (MENDED) is believed more than one that makes them anew (GUESSED),
 * and more than one number left over is for a person.
 *
 * Spreadsheets take NN-MM-D (75-05-8) and YYYY-MM-D (7440-06-4, the year 7440) for dates where MM
 * is a month and D a day: the CAS number is then year, month with two digits, day with one. The
 * year may have been written in full or with its last two digits; month and day change places with
 * the country. Days are counted from 1899-12-30. */
#include "import/cas.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "gis/text.h"

enum {
    TEXT_MAX = 64,
    GROUP_MAX = 12,     /* digits of one group, leading zeros and all */
    FIRST_LEAST = 50,   /* the lowest CAS number is 50-00-0 */
    DAYS_MAX = 2958465, /* 9999-12-31 */
    DAYS_TO_1970 = 25569,
    CENTURIES_FROM = 1900, /* where a year of two digits is put */
    CENTURIES_TO = 2100
};

/* Adds first-second-check where its check digit is right and it is not there yet. */
static void add(struct cas_reading *out, long first, long second, long check)
{
    char number[40];
    if (first < FIRST_LEAST || first > 9999999 || second < 0 || second > 99 || check < 0 ||
        check > 9)
        return;
    snprintf(number, sizeof number, "%ld-%02ld-%ld", first, second, check);
    if (!text_cas_valid(number) || out->count == CAS_CANDIDATES_MAX)
        return;
    for (int i = 0; i < out->count; i++)
        if (!strcmp(out->numbers[i], number))
            return;
    text_copy(out->numbers[out->count++], VALUE_CAS_MAX, number);
}

static void add_digits(struct cas_reading *out, long value)
{
    add(out, value / 1000, value / 10 % 100, value % 10);
}

static void add_date(struct cas_reading *out, long year, long month, long day)
{
    if (month < 1 || month > 12 || day < 1 || day > 9)
        return;
    add(out, year, month, day);
    if (year < 100 || (year >= CENTURIES_FROM && year < CENTURIES_TO))
        add(out, year % 100, month, day);
}

/* Gregorian year, month, day of a day counted from 1970 (H. Hinnant, "chrono-compatible low-level
 * date algorithms", civil_from_days). */
static void add_days(struct cas_reading *out, long days)
{
    if (days < 1 || days > DAYS_MAX)
        return;
    long z = days - DAYS_TO_1970 + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
    long of_era = z - era * 146097;
    long year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long m = (5 * of_year + 2) / 153;
    long month = m < 10 ? m + 3 : m - 9;
    add_date(out, year_of_era + era * 400 + (month <= 2), month, of_year - (153 * m + 2) / 5 + 1);
}

/* Up to GROUP_MAX digits; how many, 0 = none or too many. */
static int digits(long *value, const char **s)
{
    int count = 0;
    for (*value = 0; isdigit((unsigned char)**s); ++*s)
        if (++count <= GROUP_MAX)
            *value = *value * 10 + (**s - '0');
    return count <= GROUP_MAX ? count : 0;
}

static bool skip(const char **s, const char *word)
{
    size_t len = strlen(word);
    if (strncmp(*s, word, len))
        return false;
    *s += len;
    return true;
}

/* One mark that people and scanners put where the hyphen belongs. */
static bool skip_mark(const char **s)
{
    static const char *const marks[] = {"-", "_", ".", "~", "ー", "一", "‧", "·", "/", NULL};
    for (int i = 0; marks[i]; i++)
        if (skip(s, marks[i]))
            return true;
    return false;
}

/* Three groups: a CAS number with marks of any kind and leading zeros; the last group has so many
 * digits. */
static bool read_groups(struct cas_reading *out, const char *s, int check_digits)
{
    long first, second, check;
    if (!digits(&first, &s) || !skip_mark(&s) || digits(&second, &s) != 2 || !skip_mark(&s) ||
        digits(&check, &s) != check_digits || *s)
        return false;
    add(out, first, second, check);
    return true;
}

static int month_named(const char **s)
{
    static const char *const names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
    for (int i = 0; i < 12; i++)
        if (skip(s, names[i]))
            return i + 1;
    return 0;
}

/* Behind a date nothing, or midnight: normal form has no spaces. */
static bool ends_date(const char *s)
{
    skip(&s, "t");
    skip(&s, "上午");
    if (skip(&s, "12:00:00") || skip(&s, "00:00:00") || skip(&s, "0:00:00") || skip(&s, "00:00") ||
        skip(&s, "0:00"))
        if (!skip(&s, "am") && !skip(&s, "z"))
            skip(&s, ".000");
    return !*s;
}

/* 2067/11/5, 11/5/2067, 1975年5月8日, 8-may-75. Midnight stands apart by a space, which normal form
 * has not: a day of one digit is then taken before a time of two. */
static void read_date(struct cas_reading *out, const char *text)
{
    const char *s = text;
    long a, b, c;
    int first = digits(&a, &s), second, third, month;
    if (!first)
        return;
    char mark[2] = {*s, '\0'};
    bool words = skip(&s, "年");
    if (!words && !(*mark && strchr("-/.", *mark) && skip(&s, mark)))
        return;
    if (!words && first <= 2 && (month = month_named(&s))) {
        if (skip(&s, mark) && (third = digits(&c, &s)) && (third == 2 || third == 4) &&
            ends_date(s))
            add_date(out, c, month, a);
        return;
    }
    second = digits(&b, &s);
    if (!second || second > 2 || !skip(&s, words ? "月" : mark) || !isdigit((unsigned char)*s))
        return;
    const char *day = s;
    third = digits(&c, &s);
    if (words)
        skip(&s, "日");
    if ((first == 4 || first == 2) && third <= 2 && third && ends_date(s)) {
        add_date(out, a, b, c);
        return;
    }
    if (first <= 2 && third == 4 && !words && ends_date(s)) {
        add_date(out, c, a, b);
        add_date(out, c, b, a);
        return;
    }
    for (int len = 1; first == 4 && !words && len <= 2 && isdigit((unsigned char)day[len]); len++)
        if (ends_date(day + len))
            add_date(out, a, b, len == 1 ? *day - '0' : (*day - '0') * 10 + (day[1] - '0'));
}

/* 7.64701e+06: all digits, or one lost to rounding; more cannot be made back. */
static bool read_scientific(struct cas_reading *out, const char *s)
{
    long whole, part = 0, power;
    int decimals = 0;
    if (digits(&whole, &s) != 1)
        return false;
    if (skip(&s, ".") && !(decimals = digits(&part, &s)))
        return false;
    if (!skip(&s, "e") || (!skip(&s, "+") && !isdigit((unsigned char)*s)) || !digits(&power, &s) ||
        *s || power < 4 || power > 9 || decimals > power)
        return false;
    for (int i = 0; i < decimals; i++)
        whole *= 10;
    whole += part;
    if (decimals == power)
        add_digits(out, whole);
    for (long last = -5; decimals + 1 == power && last < 5; last++)
        add_digits(out, whole * 10 + last);
    return true;
}

/* Only digits: hyphens lost, or days since 1900. */
static bool read_number(struct cas_reading *out, bool *kept, const char *s)
{
    long value;
    int count = digits(&value, &s);
    if (count < 5 || (*s && strcmp(s, ".0") != 0 && strcmp(s, ".00") != 0))
        return false;
    add_digits(out, value);
    *kept = out->count > 0;
    add_days(out, value);
    return true;
}

static const char *skip_prefix(const char *s)
{
    static const char *const marks[] = {"=", "'", "\"", "(", "#", ":", ".", "`", NULL};
    static const char *const words[] = {
        "registrynumber", "number", "號碼", "編號", "rn", "no", "reg", "登記", "號", NULL};
    bool more = true, named = false;
    while (more) {
        more = !named && skip(&s, "cas");
        named = named || more;
        for (int i = 0; !more && marks[i]; i++)
            more = skip(&s, marks[i]);
        for (int i = 0; named && !more && words[i]; i++)
            more = skip(&s, words[i]);
        if (named && !more)
            more = skip(&s, "-");
    }
    return s;
}

static void cut_suffix(char *s)
{
    static const char *const marks[] = {".", ",", ";", ":", ")", "'", "\"", "。", "*", "`", "-"};
    for (bool more = true; more;) {
        size_t len = strlen(s);
        more = false;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            size_t n = strlen(marks[i]);
            if (len > n && !strcmp(s + len - n, marks[i])) {
                s[len - n] = '\0';
                more = true;
                break;
            }
        }
    }
}

static enum cas_state read_folded(struct cas_reading *out, char *text)
{
    bool kept = true; /* all digits, in order */
    char *inner = text + (skip_prefix(text) - text);
    cut_suffix(inner);
    /* In the form of a CAS number with another check digit it is a wrong number, not a date. */
    bool groups = read_groups(out, inner, 1) && !strchr(inner, '/');
    if (!out->count && !groups) {
        kept = false;
        if (!read_number(out, &kept, inner) && !read_scientific(out, inner))
            read_date(out, inner);
        /* Two digits behind are a day of the month first (75-05-08), else a leading zero. */
        kept = kept || (!out->count && read_groups(out, inner, 2));
    }
    return !out->count ? CAS_NONE : out->count > 1 ? CAS_SEVERAL : kept ? CAS_MENDED : CAS_GUESSED;
}

enum cas_state cas_read(struct cas_reading *out, const char *text)
{
    char folded[TEXT_MAX];
    struct buf b = {.max = TEXT_MAX};
    *out = (struct cas_reading){.state = CAS_NONE};
    size_t len = strlen(text);
    if (len >= 3 * TEXT_MAX)
        return CAS_NONE;
    text_name_key(&b, text, len);
    bool fits = b.len && b.len < sizeof folded && !b.overflow;
    if (fits)
        memcpy(folded, buf_string(&b), b.len + 1);
    buf_free(&b);
    if (!fits)
        return CAS_NONE;
    if (!text_cas_valid(folded))
        return out->state = read_folded(out, folded);
    text_copy(out->numbers[0], VALUE_CAS_MAX, folded);
    out->count = 1;
    return out->state = strcmp(folded, text) ? CAS_MENDED : CAS_RIGHT;
}

bool cas_mend(char out[VALUE_CAS_MAX], bool *mended, const char *text)
{
    struct cas_reading reading;
    cas_read(&reading, text);
    *mended = reading.state == CAS_MENDED || reading.state == CAS_GUESSED;
    if (reading.state != CAS_RIGHT && !*mended)
        return false;
    text_copy(out, VALUE_CAS_MAX, reading.numbers[0]);
    return true;
}
