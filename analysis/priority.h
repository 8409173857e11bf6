/* priority.h - the combined priority order of companies (report 圖 4-99, 4-100): by domestic total,
 * then foreign total, then class of Bayes risk (red > yellow > green > NA), then degree centrality,
 * all descending. What is not given counts as 0 (totals), as NA (risk) and as less than any number
 * (centrality). Companies that agree in all four are a tie and share their rank. */
#ifndef ANALYSIS_PRIORITY_H
#define ANALYSIS_PRIORITY_H

#include <stdbool.h>
#include <stdint.h>

enum priority_risk { PRIORITY_NA, PRIORITY_GREEN, PRIORITY_YELLOW, PRIORITY_RED, PRIORITY_RISKS };

enum priority_key { /* in order of weight */
                    PRIORITY_DOMESTIC,
                    PRIORITY_FOREIGN,
                    PRIORITY_RISK,
                    PRIORITY_CENTRALITY,
                    PRIORITY_KEYS,
                    PRIORITY_TIE = PRIORITY_KEYS, /* nothing is left to decide by */
                    PRIORITY_FIRST                /* nobody stands before it */
};

struct priority_company {
    uint32_t list;                        /* companies of one list are ordered among themselves */
    double domestic, foreign, centrality; /* NaN = not given */
    enum priority_risk risk;
    uint32_t printed; /* its place in the printed list, from 1; 0 = not given */
};

struct priority_row {
    uint32_t company;          /* index */
    uint32_t rank, rank_until; /* in its list, from 1; of a tie the first and last that it shares */
    enum priority_key decided; /* why it stands after the row before it */
    bool differs;              /* printed at another place than rank … rank_until */
};

extern const struct priority_name {
    const char *key, *zh, *en;
} priority_risk_names[PRIORITY_RISKS],
    priority_key_names[PRIORITY_KEYS + 1]; /* with the tie, without PRIORITY_FIRST */

/* rows[count]: list by list, best first; what ties stays in the order given. O(n log n). */
void priority_order(struct priority_row *rows, const struct priority_company *companies,
                    uint32_t count);

#endif
