/* review.h - the list of doubtful matches, of facilities and of substances: read by page, and
 * decided by a person. Each decision is one transaction and one batch (kind "review"); it is found
 * again by the two keys at every later import. */
#ifndef IMPORT_REVIEW_H
#define IMPORT_REVIEW_H

#include "gis/db.h"
#include "import/run.h"

enum { REVIEW_BY_MAX = 80, REVIEW_NOTE_MAX = 1000 /* characters */ };

struct review_filter {
    const char *subject; /* facility, substance; NULL = both */
    const char *status;  /* open, confirmed, refused; NULL = all */
    int64_t after;       /* id of the last row of the page before; 0 = first page */
    int64_t limit;
};

struct review { /* texts are borrowed from the page */
    int64_t id, batch;
    const char *subject, *status, *rule, *left_key, *right_key, *detail; /* detail: JSON */
    const char *found_at, *decided_at, *decided_by, *note;               /* NULL = not decided */
    double confidence;
    int64_t left_id, right_id; /* facilities that the keys lead to now; 0 = none */
};

struct review_page {
    struct db_result *rows;
    int count;
    bool more;
};

/* Surest first. Free with review_page_free. */
bool review_list(struct review_page *page, const struct review_filter *filter, struct db *db,
                 struct error *err);
bool review_one(struct review_page *page, int64_t id, struct db *db, struct error *err);
void review_get(struct review *out, const struct review_page *page, int row);
void review_page_free(struct review_page *page);
/* How many stand open, confirmed, refused. subject NULL = both. */
bool review_count(int64_t counts[3], const char *subject, struct db *db, struct error *err);
/* What a rule says, for people; NULL where the rule has no words of its own. */
const char *review_rule_zh(const char *rule);
const char *review_rule_en(const char *rule);

enum review_verdict { REVIEW_CONFIRM, REVIEW_REFUSE, REVIEW_REOPEN, REVIEW_VERDICTS };
extern const char *const review_verdict_names[]; /* "confirm" … */

struct review_decision {
    int64_t id;
    enum review_verdict verdict;
    const char *by;   /* who, as they say; wanted */
    const char *note; /* why; NULL = none */
};
struct review_outcome {
    int64_t batch;   /* number of the batch that the decision is */
    bool merged;     /* two facilities became one */
    bool parted;     /* one became two again */
    int64_t changed; /* holdings of substances whose link changed */
};
/* db must be idle. On failure nothing has changed. ERROR_CONFLICT: decided so already, or the two
 * facilities cannot be one. */
bool review_decide(struct review_outcome *out, const struct review_decision *decision,
                   struct db *db, struct error *err);

/* review_facility.c: what a decision on facilities does, in its transaction. */
bool review_decide_facility(struct review_outcome *out, const struct review *review,
                            const struct review_decision *decision, struct import_run *run,
                            struct error *err);

#endif
