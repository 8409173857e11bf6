/* threshold_detail_json.h - a verdict on one site with its items, and the rows that it rests on. */
#ifndef SERVER_THRESHOLD_DETAIL_JSON_H
#define SERVER_THRESHOLD_DETAIL_JSON_H

#include "analysis/threshold_site.h"
#include "gis/json.h"

/* Members answer, reached, index, arithmetic, flags, items of an open object. titles: of sources by
 * id; NULL = none is told. */
void threshold_detail_verdict(struct json *j, const struct threshold_verdict *v,
                              const struct threshold_book *book, enum threshold_compare compare,
                              const struct threshold_set *titles);
/* The array "rows": everything that one facility reports on site, and what each comes to; and
 * "elsewhere": what it reports otherwise. */
void threshold_detail_rows(struct json *j, const struct threshold_detail *d);
/* Members cas, name_zh, name_en, reported_name. */
void threshold_detail_subject(struct json *j, const struct threshold_subject *s);

#endif
