/* date.h - dates as files write them, to ISO 8601. */
#ifndef IMPORT_DATE_H
#define IMPORT_DATE_H

#include <stdbool.h>

enum { DATE_SIZE = 11 /* "2014-04-01" and its NUL */ };

/* 2014-04-01, 2014/4/1, 2014.04.01, 20140401, 2014年4月1日; years of the Republic of China (民國,
 * 1 = 1912) by three digits or by the word: 108/12/15, 108.12.15, 1081215, 108年12月15日,
 * 民國99年1月5日. Full-width forms are the same. Two digits without the word are refused: they may
 * be either. A time of day behind it is cut off. Years 1600-2200. */
bool date_parse(char out[DATE_SIZE], const char *text);

#endif
