/* date.h - dates as files write them, to ISO 8601. */
#ifndef IMPORT_DATE_H
#define IMPORT_DATE_H

#include <stdbool.h>

enum { DATE_SIZE = 11 /* "2014-04-01" and its NUL */ };

/* 2014-04-01, 2014/4/1, 2014.04.01, 20140401; a time of day behind it is cut off. Years 1600-2200.
 */
bool date_parse(char out[DATE_SIZE], const char *text);

#endif
