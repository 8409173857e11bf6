/* value.h - strict reading of single values as files have them: full-width digits, spaces and case
 * make no difference; anything else that is not the value is refused. */
#ifndef IMPORT_VALUE_H
#define IMPORT_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    VALUE_NUMBER_MAX = 41 /* a registration number and its NUL */,
    VALUE_CAS_MAX = 16,
    VALUE_TIME_SIZE = 6
};

/* Cuts white space of all kinds (also U+3000) from both ends, in place; NULL where nothing is left.
 */
char *value_trim(char *text);
/* A registration number: ASCII letters, digits and '-', upper case, at most 40. */
bool value_number(char out[VALUE_NUMBER_MAX], const char *text);
bool value_digits(char *out, size_t digits, const char *text); /* exactly so many, out + NUL */
/* Numbers may have commas between thousands, in every place where one belongs or in none. */
bool value_double(double *out, const char *text);
bool value_int(int64_t *out, const char *text);
/* Degrees with minutes and perhaps seconds, decimal: 121°33'12.5"E, N 25 2 3, 東經121度33分12.5秒,
 * 121:33:12; also degrees alone with their sign. At most 180; minutes and seconds below 60. West
 * and south are negative. A plain number is refused: it may be metres. */
bool value_degrees(double *out, const char *text);
/* yes/no, true/false, 1/0, 是/否: *out 1 or 0. */
bool value_yes(int *out, const char *text);
/* A time of day to "07:26": 7:26, 07:26:30, 0726, 7時26分, ７：２６. Seconds are cut off. */
bool value_time(char out[VALUE_TIME_SIZE], const char *text);
/* A CAS number with the right check digit; dashes of all kinds are '-'. */
bool value_cas(char out[VALUE_CAS_MAX], const char *text);

#endif
