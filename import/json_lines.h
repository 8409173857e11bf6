/* json_lines.h - a text line by line, each as JSON of its own, in bounded memory. */
#ifndef IMPORT_JSON_LINES_H
#define IMPORT_JSON_LINES_H

#include "import/json_scan.h"

enum { JSON_LINE_MAX = 16 * 1024 * 1024 /* bytes */ };

/* One line that is not blank; j reads it. false ends the whole with err. */
typedef bool json_line_take(void *ctx, struct json_scan *j, uint64_t line, struct error *err);

bool json_lines(json_source *source, void *source_ctx, json_line_take *take, void *ctx,
                struct error *err);

#endif
