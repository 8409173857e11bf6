#include "import/date.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "gis/text.h"
#include "import/value.h"

enum {
    TEXT_MAX = 64,
    YEAR_LEAST = 1600,
    YEAR_MOST = 2200,
    ROC_BEFORE_FIRST = 1911, /* 民國 1 is 1912 */
    ROC_MOST = 199,          /* a bare number up to this is no Gregorian year */
    DAY_MOST = 31            /* a bare number above this is no day or month */
};

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

/* Full-width forms to ASCII, spaces of all kinds stay one; false where it is too long for a date.
 */
static bool to_ascii(char out[TEXT_MAX], const char *text)
{
    size_t len = 0, used;
    for (; *text; text += used) {
        uint32_t code = text_utf8_next(text, &used);
        if (len + used >= TEXT_MAX)
            return false;
        if (code == 0x3000 || (code >= 0xFF01 && code <= 0xFF5E)) {
            out[len++] = code == 0x3000 ? ' ' : (char)(code - 0xFF01 + '!');
        } else {
            memcpy(out + len, text, used);
            len += used;
        }
    }
    out[len] = '\0';
    return true;
}

static bool skip(const char **s, const char *word)
{
    size_t len = strlen(word);
    if (strncmp(*s, word, len))
        return false;
    *s += len;
    return true;
}

/* From `least` to `most` digits. */
static bool digits(int *value, const char **s, int least, int most)
{
    int used = 0;
    for (*value = 0; used < most && isdigit((unsigned char)**s); used++)
        *value = *value * 10 + *(*s)++ - '0';
    return used >= least;
}

/* Month and day behind the year: 年月日, one mark twice, or no mark and two digits each. */
static bool month_and_day(int *month, int *day, const char **s)
{
    skip(s, " ");
    if (skip(s, "年")) {
        skip(s, " ");
        if (!digits(month, s, 1, 2))
            return false;
        skip(s, " ");
        if (!skip(s, "月"))
            return false;
        skip(s, " ");
        if (!digits(day, s, 1, 2))
            return false;
        skip(s, " ");
        return skip(s, "日");
    }
    char mark[2] = {**s, '\0'};
    if (isdigit((unsigned char)*mark))
        return digits(month, s, 2, 2) && digits(day, s, 2, 2);
    return *mark && strchr("-/.", *mark) && skip(s, mark) && digits(month, s, 1, 2) &&
           skip(s, mark) && digits(day, s, 1, 2);
}

static int first_two(const char *s)
{
    return (s[0] - '0') * 10 + s[1] - '0';
}

/* How many digits the year has, of those the text begins with; 0 = it may not be a year. */
static int year_digits(const char *s, bool roc)
{
    int count = (int)strspn(s, "0123456789");
    const char *behind = s + count;
    skip(&behind, " ");
    if (count == 7 || count == 8 || (count == 6 && (roc || first_two(s) > DAY_MOST)))
        return count - 4; /* packed: 1081215, 20140401, 980401 */
    if (count == 3 || count == 4)
        return count;
    bool two = count == 1 || count == 2;
    return two && (roc || skip(&behind, "年") || (count == 2 && first_two(s) > DAY_MOST)) ? count
                                                                                          : 0;
}

bool date_parse(char out[DATE_SIZE], const char *text)
{
    char ascii[TEXT_MAX] = "";
    int year, month, day;
    const char *s = ascii;
    if (!to_ascii(ascii, text))
        return false;
    bool roc = skip(&s, "中華民國") || skip(&s, "民國");
    if (roc)
        skip(&s, " ");
    int length = year_digits(s, roc);
    if (!length || (roc && length == 4) || !digits(&year, &s, length, length) ||
        !month_and_day(&month, &day, &s))
        return false;
    if (*s && !((*s == 'T' || *s == ' ') && isdigit((unsigned char)s[1])))
        return false;
    if (length < 4)
        year = year ? year + ROC_BEFORE_FIRST : 0;
    if (year < YEAR_LEAST || year > YEAR_MOST || month < 1 || month > 12 || day < 1 ||
        day > days_in(year, month))
        return false;
    char iso[40]; /* the compiler does not see the ranges */
    snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, month, day);
    memcpy(out, iso, DATE_SIZE - 1);
    out[DATE_SIZE - 1] = '\0';
    return true;
}

/* The year alone, behind the word and before 年 or 年度. */
static bool bare_year(int *year, const char *text)
{
    struct buf key = {.max = 4096};
    int64_t value = 0;
    text_name_key(&key, text, strlen(text));
    const char *s = buf_string(&key);
    bool roc = skip(&s, "中華民國") || skip(&s, "民國");
    size_t count = strspn(s, "0123456789");
    bool word = !strcmp(s + count, "年") || !strcmp(s + count, "年度");
    if (word)
        key.data[(size_t)(s - key.data) + count] = '\0';
    bool ok = value_int(&value, s) && value > 0;
    buf_free(&key);
    if (ok && !roc && value <= ROC_MOST)
        roc = word || count == 3 || value > DAY_MOST;
    if (ok && roc && value <= YEAR_MOST)
        value += ROC_BEFORE_FIRST;
    ok = ok && value >= YEAR_LEAST && value <= YEAR_MOST;
    *year = ok ? (int)value : 0;
    return ok;
}

bool date_year(int *year, const char *text)
{
    char day[DATE_SIZE];
    if (bare_year(year, text))
        return true;
    const char *s = day;
    return date_parse(day, text) && digits(year, &s, 4, 4);
}
