/* quality.h - how good the stored data are, as JSON (the answer of /api/v1/quality; its members are
 * written out in quality.c): what became of the rows of each import, what links, where positions
 * are doubtful, what is overdue. */
#ifndef ANALYSIS_QUALITY_H
#define ANALYSIS_QUALITY_H

#include "gis/buf.h"
#include "gis/db.h"

enum {
    QUALITY_OVERDUE_DAYS = 120, /* a quarter and a month */
    QUALITY_SHARED = 5,         /* things at the very same place from which on it is doubtful */
    QUALITY_BATCHES = 200       /* the latest that are told one by one */
};

struct quality_question {
    char today[11];       /* ISO date that overdue is counted from */
    int64_t overdue_days; /* after the end of the latest declared period */
    int64_t shared;
};

/* What the answer depends on, besides the question. */
struct quality_state {
    int64_t atlas, batch, undone;
};

/* today in Taiwan (UTC+8), the other members by default. */
void quality_question_default(struct quality_question *q);
/* True for a day of the calendar written 2026-02-28. */
bool quality_is_day(const char *text);
bool quality_read_state(struct quality_state *state, struct db *db, struct error *err);
/* Appends the JSON; one snapshot of the database. db must be idle. */
bool quality_write(struct buf *out, const struct quality_question *q, struct db *db,
                   struct error *err);

#endif
