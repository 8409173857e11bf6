/* company_key.h - names and addresses in the form that facilities of different sources are matched
 * by. Coarser than text_name_key: forms of company, 廠 and brackets go, so that two ways to write
 * one name give one key; the number of the plant is told apart, so that 一廠 and 二廠 never do. */
#ifndef IMPORT_COMPANY_KEY_H
#define IMPORT_COMPANY_KEY_H

#include "gis/buf.h"

/* 臺灣積體電路製造(股)公司十二A廠 → name 台灣積體電路製造, plant 12a; 中油桃園煉油廠 → name
 * 中油桃園煉油, no plant. What stands between company and 廠 (a place, a department) stays in the
 * name. Both are cleared first. */
void company_key(struct buf *name, struct buf *plant, const char *text);
/* Street and house number, cut at the first 號: 105臺北市松山區中山里12鄰忠孝東路五段二三六巷一五號
 * 3樓 → 忠孝東路5段236巷15; empty where the address has no 號. Cleared first. */
void company_door_key(struct buf *out, const char *address);

#endif
