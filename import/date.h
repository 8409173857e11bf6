/* date.h - dates as files write them, to ISO 8601. */
#ifndef IMPORT_DATE_H
#define IMPORT_DATE_H

#include <stdbool.h>

enum { DATE_SIZE = 11 /* "2014-04-01" and its NUL */ };

/* 2014-04-01, 2014/4/1, 2014.04.01, 20140401, 2014年4月1日; years of the Republic of China (民國,
 * 1 = 1912) by three digits or by a word: 108/12/15, 108.12.15, 1081215, 108年12月15日,
 * 98年12月31日, 民國99年1月5日; and by two digits above 31, which are no day or month and which
 * agencies write so: 98/04/01, 98.12.31, 98-04-01, 980401 are of 2009. Full-width forms are the
 * same. Two digits up to 31 without the word are refused: they may be a day or either year. A time
 * of day behind it is cut off. Years 1600-2200. */
bool date_parse(char out[DATE_SIZE], const char *text);
/* Of a year alone (2009, 民國98年, 98年度, 108, 098, 98) or of a date: the Gregorian year. Numbers
 * up to 31 without a word are none. */
bool date_year(int *year, const char *text);

#endif
