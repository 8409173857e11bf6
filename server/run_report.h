/* run_report.h - a saved radar run, and two runs compared, as JSON, CSV and XLSX. The same for
 * requests and for the command line. */
#ifndef SERVER_RUN_REPORT_H
#define SERVER_RUN_REPORT_H

#include "analysis/run_reason.h"
#include "server/sheet.h"

/* One run: head, class limits, and its facilities by score, `limit` of them after so many. */
void run_report_json(struct buf *out, const struct radar_run *run, int64_t after, int64_t limit);
/* All facilities of a run, by score. NULL with err. */
struct sheet *run_report_sheet(const struct radar_run *run, struct patience *p,
                               enum sheet_format format, struct error *err);

struct run_comparison {
    const struct run_compare *compare;
    const struct run_reasons *reasons;
    enum radar_of of;          /* what is listed */
    const char *county;        /* as asked for; NULL = all */
    struct patience *patience; /* who waits for the file; borrowed, NULL = always somebody */
};

/* limit: rows of each of the lists rose, fell, new, gone, scored, unscored. */
void run_comparison_json(struct buf *out, const struct run_comparison *c, int64_t limit);
/* All that changed. NULL with err. */
int64_t run_comparison_rows(const struct run_comparison *c); /* of its table */
struct sheet *run_comparison_sheet(const struct run_comparison *c, enum sheet_format format,
                                   struct error *err);

#endif
