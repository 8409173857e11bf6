/* kind_text.h - what the column table of an import says of its fields, as words for people. */
#ifndef SERVER_KIND_TEXT_H
#define SERVER_KIND_TEXT_H

#include "gis/buf.h"
#include "import/import.h"

/* The label in Chinese: the first header name that is not plain ASCII, else the field's name. */
void kind_label(struct buf *out, const struct import_field *f);
/* "text", "number", …; NULL where the table has no rules. */
const char *kind_type(const struct import_kind *kind, int field);
/* Whether a header name is in Chinese. */
bool kind_is_chinese(const char *header, size_t len);
/* A header name as people read it: where the table takes any digits and any unit (####年出口值(*)),
 * one of them (2018年出口值(…)). */
void kind_header(struct buf *out, const char *header, size_t len);
/* A template: the header row, in Chinese or by the fields' names. UTF-8 with byte order mark. */
void kind_template(struct buf *out, const struct import_kind *kind, bool english);

#endif
