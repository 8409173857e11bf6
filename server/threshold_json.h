/* threshold_json.h - words of the check of regulated quantities in JSON. */
#ifndef SERVER_THRESHOLD_JSON_H
#define SERVER_THRESHOLD_JSON_H

#include "analysis/threshold_set.h"
#include "gis/json.h"

/* {"decimal": "1.2", "exact": true, "fraction": "6/5"}; NULL decimal = null. */
void threshold_json_number(struct json *j, const char *key, const char *decimal, bool exact,
                           const char *fraction);
void threshold_json_decimal(struct json *j, const char *key, const struct decimal *d);
/* Members category, category_zh, item_no, item_zh, item_en, water_soluble, threshold, unit, test,
 * reporting. */
void threshold_json_rule(struct json *j, const struct threshold_rule *rule);
/* ["no_density", …] */
void threshold_json_flags(struct json *j, const char *key, unsigned flags);
/* What each flag means, in both languages: {"no_density": {"zh", "en"}, …} of those set. */
void threshold_json_flag_words(struct json *j, const char *key, unsigned flags);
/* "no_density;mixture", "" for none. */
void threshold_flag_list(char *out, size_t size, unsigned flags);
/* How the check reckons, in both languages. */
void threshold_json_definition(struct json *j, const char *key, enum threshold_compare compare);

#endif
