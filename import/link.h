/* link.h - which substance a report means (化學物質歸戶), by rule and confidence: CAS number,
 * mended where it is damaged (cas.h); else code (列管編號); else Chinese or English name; else a
 * synonym. Code and name count only where exactly one substance bears them; where the Chinese and
 * the English name mean different substances, neither counts. A CAS number that is right and not
 * known is not overruled by a name. A cell that names several known substances is split
 * (link_split.h).
 *
 * What is doubtful goes to table review, subject 'substance', as pairs of left_key and right_key (a
 * CAS number); what a person decided there comes first, in every later import:
 *   name          a name, or a CAS number as written, in its normal form: confirmed, it is a
 * synonym of right; refused, it never links to right by name; CAS|name      identifier and name
 * mean different substances: confirmed, the identifier holds code|name     (right = its substance);
 * refused, the name's substance is taken. */
#ifndef IMPORT_LINK_H
#define IMPORT_LINK_H

#include "import/run.h"

/* What reports call substances, on its way into the temporary tables stage_link, stage_link_guess
 * and stage_link_part. Begins as {.count = 0}; end with link_names_free. */
struct link_names {
    struct buf rows, guesses, pieces;
    int64_t count;
};
void link_add(struct link_names *names, const char *cas, const char *code, const char *name,
              const char *name_en);
/* A row of COPY (reported_cas, reported_code, reported_name, reported_name_en) into names. */
bool link_take(void *names, const unsigned char *const *fields, const int *lengths, int count,
               struct error *err);
/* Fills stage_link and stage_link_part and finds what each means. Within a transaction. */
bool link_resolve(struct link_names *names, struct db *db, struct error *err);
void link_names_free(struct link_names *names);
/* Doubtful links of stage_link into table review; *open = those that wait now. batch 0 = none. */
bool link_put_to_review(int64_t *open, int64_t batch, struct db *db, struct error *err);

/* After substances or decisions changed: links of all stored holdings anew, and kilograms of
 * volumes whose density is now known. *changed = holdings whose link changed. In the caller's
 * transaction, under SQL_import_lock. batch = import to name in review, 0 = none. */
bool link_all_holdings(int64_t *changed, int64_t batch, struct db *db, struct error *err);

/* For the command and the page of reviews, after one or several decisions of subject 'substance'
 * were stored (or taken back): call in the same transaction, before COMMIT. Takes the import's
 * lock, links all stored holdings anew; *changed = holdings whose link changed. */
bool link_review_decided(int64_t *changed, struct db *db, struct error *err);

#endif
