/* rule.h - values read by the rule of their field (import.h). */
#ifndef IMPORT_RULE_H
#define IMPORT_RULE_H

#include <stddef.h>

#include "gis/json.h"
#include "import/import.h"

enum { RULE_VALUE_MAX = 40 /* a date, CAS number or word, and its NUL */ };

/* Text is trimmed and not empty. *out = as it is kept (small, or text itself), or NULL where it is
 * a number; *number = NAN where it is none. False: it is not such a value. */
bool rule_read(const char **out, double *number, char small[RULE_VALUE_MAX],
               const struct import_rule *rule, const char *text);
/* What is wanted: "not a date (2014-04-01, 108/12/15)". */
void rule_sentence(char *out, size_t size, const struct import_rule *rule);
/* A text list as an array. */
void rule_write_list(struct json *j, const char *name, const char *text);
/* For pages and --help: what values the rule takes, "a date", "one of hospital 醫院, …"; NULL = any
 * text. */
const char *rule_about(char *out, size_t size, const struct import_rule *rule);

#endif
