#include "analysis/priority.h"

#include <math.h>
#include <stdlib.h>

#include "gis/mem.h"

const struct priority_name priority_risk_names[PRIORITY_RISKS] = {
    [PRIORITY_NA] = {"na", "NA", "NA"},
    [PRIORITY_GREEN] = {"green", "綠", "green"},
    [PRIORITY_YELLOW] = {"yellow", "黃", "yellow"},
    [PRIORITY_RED] = {"red", "紅", "red"},
};

const struct priority_name priority_key_names[PRIORITY_KEYS + 1] = {
    [PRIORITY_DOMESTIC] = {"domestic_total", "國內總計", "domestic total"},
    [PRIORITY_FOREIGN] = {"foreign_total", "國外總計", "foreign total"},
    [PRIORITY_RISK] = {"bayes_risk", "貝氏風險", "Bayes risk"},
    [PRIORITY_CENTRALITY] = {"degree_centrality", "連結中心性", "degree centrality"},
    [PRIORITY_TIE] = {"tie", "同序", "tie"},
};

struct place {
    const struct priority_company *company;
    uint32_t index;
};

static int descending(double x, double y)
{
    return x > y ? -1 : x < y;
}

static double total(double given)
{
    return isnan(given) ? 0 : given;
}

/* < 0: x stands before y. *decided = the key that says so. */
static int compare(enum priority_key *decided, const struct priority_company *x,
                   const struct priority_company *y)
{
    const int by[PRIORITY_KEYS] = {
        [PRIORITY_DOMESTIC] = descending(total(x->domestic), total(y->domestic)),
        [PRIORITY_FOREIGN] = descending(total(x->foreign), total(y->foreign)),
        [PRIORITY_RISK] = (int)y->risk - (int)x->risk,
        [PRIORITY_CENTRALITY] = descending(isnan(x->centrality) ? -HUGE_VAL : x->centrality,
                                           isnan(y->centrality) ? -HUGE_VAL : y->centrality),
    };
    int key = 0;
    while (key < PRIORITY_KEYS && !by[key])
        key++;
    *decided = (enum priority_key)key;
    return key < PRIORITY_KEYS ? by[key] : 0;
}

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    enum priority_key decided;
    if (x->company->list != y->company->list)
        return x->company->list < y->company->list ? -1 : 1;
    int order = compare(&decided, x->company, y->company);
    return order ? order : x->index < y->index ? -1 : x->index > y->index;
}

/* Of one list, rows first … end-1: ranks, and whether they are as printed. */
static void rank(struct priority_row *rows, const struct priority_company *companies,
                 uint32_t first, uint32_t end)
{
    for (uint32_t i = first, until; i < end; i = until) {
        for (until = i + 1; until < end && rows[until].decided == PRIORITY_TIE; until++)
            ;
        for (uint32_t k = i; k < until; k++) {
            uint32_t printed = companies[rows[k].company].printed;
            rows[k].rank = i - first + 1;
            rows[k].rank_until = until - first;
            rows[k].differs = printed && (printed < rows[k].rank || printed > rows[k].rank_until);
        }
    }
}

void priority_order(struct priority_row *rows, const struct priority_company *companies,
                    uint32_t count)
{
    struct place *places = mem_zero(count + 1ul, sizeof *places);
    for (uint32_t i = 0; i < count; i++)
        places[i] = (struct place){&companies[i], i};
    qsort(places, count, sizeof *places, by_place);
    uint32_t first = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct priority_company *c = places[i].company;
        bool begins = !i || c->list != places[i - 1].company->list;
        rows[i] = (struct priority_row){.company = places[i].index, .decided = PRIORITY_FIRST};
        if (!begins)
            compare(&rows[i].decided, places[i - 1].company, c);
        if (begins && i) {
            rank(rows, companies, first, i);
            first = i;
        }
    }
    rank(rows, companies, first, count);
    free(places);
}
