/* review_json.h - doubtful matches and decisions on them as JSON. */
#ifndef SERVER_REVIEW_JSON_H
#define SERVER_REVIEW_JSON_H

#include "gis/json.h"
#include "import/review.h"

/* One row; key NULL = element of an array. */
void review_json_write(struct json *j, const char *key, const struct review *review);
/* {"open": n, "confirmed": n, "refused": n} */
void review_json_counts(struct json *j, const char *key, const int64_t counts[3]);

#endif
