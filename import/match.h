/* match.h - which facilities of different sources are one (廠商歸戶), in the order factory →
 * company → business: 工廠登記編號, 管制編號, then 統一編號 where name or address agree, then the
 * name in the form of company_key.h with county, door and distance.
 *
 * What is certain is linked at import; what may be is put on the review list; a person's decisions
 * (review.h) go before all rules. Rules and confidences stand in import_match_judge.sql. Facilities
 * that one source lists are never matched with each other: it lists them as two. */
#ifndef IMPORT_MATCH_H
#define IMPORT_MATCH_H

#include "import/run.h"

enum {
    MATCH_CANDIDATES_MAX = 20, /* facilities that bear one name or number; more is said */
    MATCH_REVIEWS_MAX = 5      /* doubtful pairs of a row that go to the list; more is said */
};

/* Before stage_facility is planned: rows take the key of the facility they are about. */
bool match_facilities(struct import_run *run, struct error *err);
/* After its rows are written: keeps rules with the rows, and doubtful pairs on the review list. */
bool match_keep(struct import_run *run, struct error *err);

/* The same for holdings (match_holdings.c), which say no more of a facility than number and name:
 * after stage_known is filled, and after holdings are written. */
bool match_holdings(struct import_run *run, struct error *err);
bool match_holdings_keep(struct import_run *run, struct error *err);

#endif
