#include "gis/clock.h"

#include <stdbool.h>
#include <time.h>

int64_t clock_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t clock_ms(void)
{
    return clock_ns() / 1000000;
}

static void write_utc(char out[CLOCK_TEXT_MAX], int64_t time_s, bool with_clock)
{
    time_t t = (time_t)time_s;
    struct tm utc;
    if (!gmtime_r(&t, &utc) ||
        !strftime(out, CLOCK_TEXT_MAX, with_clock ? "%Y-%m-%dT%H:%M:%SZ" : "%Y-%m-%d", &utc))
        out[0] = '\0';
}

void clock_text(char out[CLOCK_TEXT_MAX], int64_t time_s)
{
    write_utc(out, time_s, true);
}

void clock_day_text(char out[CLOCK_TEXT_MAX], int32_t day)
{
    out[0] = '\0';
    if (day != INT32_MIN && day != INT32_MAX)
        write_utc(out, (int64_t)day * CLOCK_DAY_S, false);
}
