/* report.h - an import on the terminal: its progress while it runs, its report at the end. */
#ifndef SERVER_REPORT_H
#define SERVER_REPORT_H

#include <stdio.h>
#include <time.h>

#include "import/import.h"

struct report_progress { /* zeroed before the first call */
    time_t told;
    bool on_line; /* a line without its end stands on the terminal */
};

/* An import_tell: one line rewritten on a terminal, a line every few seconds elsewhere, on standard
 * error. Cancels when a stop is wanted. ctx: struct report_progress. */
bool report_tell(void *ctx, const struct import_progress *p);
void report_end_progress(struct report_progress *p);
/* Everything there is to know about what came in. */
void report_print(FILE *out, const struct import_report *r, const struct import_request *request);

#endif
