/* amount.h - a number and its unit in one cell: 1,004平方公尺, 500 g, 0.5公升. */
#ifndef IMPORT_AMOUNT_H
#define IMPORT_AMOUNT_H

#include <stdbool.h>

enum { AMOUNT_UNIT_MAX = 40 };

/* *value, and what stands behind it, trimmed ("" = nothing). False: it does not begin with a number
 * that is not negative, or the unit is too long to be one. */
bool amount_read(double *value, char unit[AMOUNT_UNIT_MAX], const char *text);
/* Square metres of one of the unit (平方公尺, 公頃, 坪, m2, ha …); 0 = not a unit of area. */
double amount_area(const char *unit);
/* 不明, 未知, unknown, -無資料- …: the source says that it does not know. */
bool amount_unknown(const char *text);

#endif
