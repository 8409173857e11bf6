#include "import/date.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

/* Up to `most` digits; *used = how many. */
static int digits(const char *s, int most, int *used)
{
    int value = 0;
    for (*used = 0; *used < most && isdigit((unsigned char)s[*used]); ++*used)
        value = value * 10 + s[*used] - '0';
    return value;
}

bool date_parse(char out[DATE_SIZE], const char *text)
{
    int used, month, day;
    const char *s = text;
    int year = digits(s, 4, &used);
    if (used != 4)
        return false;
    s += used;
    char mark = *s;
    bool packed = isdigit((unsigned char)mark);
    if (!packed && !(mark && strchr("-/.", mark)))
        return false;
    s += !packed;
    month = digits(s, 2, &used);
    if (!used || (packed && used != 2) || s[used] != (packed ? s[used] : mark))
        return false;
    s += used + !packed;
    day = digits(s, 2, &used);
    if (!used || (packed && used != 2))
        return false;
    s += used;
    if (*s && !((*s == 'T' || *s == ' ') && isdigit((unsigned char)s[1])))
        return false;
    if (year < 1600 || year > 2200 || month < 1 || month > 12 || day < 1 ||
        day > days_in(year, month))
        return false;
    char iso[40]; /* the compiler does not see the ranges */
    snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, month, day);
    memcpy(out, iso, DATE_SIZE - 1);
    out[DATE_SIZE - 1] = '\0';
    return true;
}
