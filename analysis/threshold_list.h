/* threshold_list.h - all facilities against a set of regulated quantities; made once for an atlas
 * and a set, from rows that stream out of the database, and kept with the snapshot. */
#ifndef ANALYSIS_THRESHOLD_LIST_H
#define ANALYSIS_THRESHOLD_LIST_H

#include "analysis/reported.h"
#include "analysis/snapshot.h"
#include "analysis/threshold_set.h"

struct threshold_line {    /* one rule at one facility; texts are offsets, see threshold_text */
    uint32_t rule, source; /* index in set.rules, id of the source */
    int32_t from, to;      /* days; INT32_MIN, INT32_MAX = open */
    uint16_t flags;
    bool reached;
    size_t amount, ratio, fraction; /* 0 = there is none */
    bool amount_ends, ratio_ends;   /* the decimal is exact */
    double value;                   /* the ratio */
};

struct threshold_site {
    int64_t facility;
    uint32_t index;    /* in the atlas; UINT32_MAX = not in it */
    uint8_t answer[2]; /* enum threshold_answer, by enum threshold_compare */
    bool reached;      /* an item alone */
    uint16_t flags;
    uint32_t first, count;                /* of lines */
    uint32_t listed, not_listed, aside;   /* rows */
    double sum;                           /* for order and colour */
    double largest;                       /* ratio of an item */
    size_t arithmetic, decimal, fraction; /* texts; 0 = nothing has a ratio */
    bool decimal_ends;
    int32_t sum_from, sum_to; /* days that the sum held */
};

struct threshold_unlisted { /* what facilities have on site and no item names */
    uint32_t what;
    bool several; /* of several items: not decided */
    uint32_t facilities, rows;
};

struct threshold_list {
    bool ok; /* false: err says why, nothing else is set */
    struct error err;
    struct threshold_set *set;
    struct threshold_subject *subjects; /* of set.whats and of what is linked to no substance */
    struct threshold_site *sites;       /* those that report anything on site: largest sum first */
    uint32_t *by_place;                 /* sites that are drawn, in the order of the atlas */
    struct threshold_line *lines;
    struct threshold_unlisted *unlisted; /* most facilities first */
    uint32_t site_count, drawn_count, line_count, unlisted_count, rows;
    uint32_t answers[2][THRESHOLD_ANSWERS]; /* sites by compare and answer */
    struct buf texts;
    struct reported reported;
};

/* NULL with err where the set is not there or the database fails. Put it back. */
const struct threshold_list *threshold_list_take(const struct snapshot *s, const char *rule_set,
                                                 struct db *db, struct error *err);
void threshold_list_put(const struct snapshot *s, const struct threshold_list *l);
/* "" for 0. */
const char *threshold_text(const struct threshold_list *l, size_t offset);

#endif
