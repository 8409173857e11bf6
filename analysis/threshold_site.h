/* threshold_site.h - one facility against a set of regulated quantities, with every row that it
 * reports and what each comes to: the way a person can follow. */
#ifndef ANALYSIS_THRESHOLD_SITE_H
#define ANALYSIS_THRESHOLD_SITE_H

#include "analysis/threshold_aside.h"
#include "analysis/threshold_set.h"

struct threshold_held {                     /* who reported a row, for the reader */
    const char *behaviour, *unit, *own_key; /* own_key NULL = the facility's own registration */
    const char *place;                      /* NULL = not said */
    int64_t id, batch, line;
};

struct threshold_detail {
    struct threshold_set *set;
    struct threshold_book book;
    struct threshold_what *whats; /* of the set, then of what is linked to no substance */
    struct threshold_subject *subjects;
    struct threshold_row *rows;
    struct threshold_held *held; /* of each row */
    struct threshold_unit *units;
    uint8_t *counted; /* of each row: it is in the amount of its part */
    size_t count;
    struct threshold_verdict verdict;
    struct threshold_asides asides;       /* what imports kept aside of it */
    struct db_result *result, *elsewhere; /* elsewhere: threshold_elsewhere.sql */
};

/* NULL with err; a facility that reports nothing on site has no rows. db must be idle. */
struct threshold_detail *threshold_detail_load(const char *rule_set, int64_t facility,
                                               struct db *db, struct error *err);
void threshold_detail_free(struct threshold_detail *d); /* NULL allowed */

#endif
