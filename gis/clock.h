/* clock.h - a clock for intervals; moments and days as text, in UTC. */
#ifndef GIS_CLOCK_H
#define GIS_CLOCK_H

#include <stdint.h>

enum { CLOCK_TEXT_MAX = 32, CLOCK_DAY_S = 86400 };

/* Milliseconds of a clock that nobody sets; only differences mean something. */
int64_t clock_ms(void);
int64_t clock_ns(void); /* the same in nanoseconds */
/* "2026-02-28T14:05:00Z" of seconds since 1970; "" where no calendar reaches. */
void clock_text(char out[CLOCK_TEXT_MAX], int64_t time_s);
/* "2026-02-28" of days since 1970-01-01; "" of INT32_MIN and INT32_MAX, which stand for open. */
void clock_day_text(char out[CLOCK_TEXT_MAX], int32_t day);

#endif
