/* threshold.h - regulated quantities (管制量): what one site holds against a set of rules, in exact
 * numbers.
 *
 * A site is judged by moments. In one place (and registration) the reports of one source on one
 * substance for the same period are added (they bear different names), those for periods that
 * overlap otherwise are not, since a year holds its quarters: the largest counts. What all places
 * hold at a moment is added; of several sources that tell of an item the largest counts, since they
 * may tell of the same stock. A site must report where at any moment an item reaches its quantity,
 * or where the sum of the shares held together (綜合管制指數) passes 1. */
#ifndef ANALYSIS_THRESHOLD_H
#define ANALYSIS_THRESHOLD_H

#include <stddef.h>
#include <stdint.h>

#include "analysis/decimal.h"
#include "gis/units.h"

enum threshold_compare { THRESHOLD_GT, THRESHOLD_GE }; /* sum of shares > 1 (the rule), >= 1 */

struct threshold_rule { /* a row of regulated_quantity */
    const char *category, *category_zh, *category_en, *item_no, *item_zh, *item_en;
    const char *unit, *test, *reporting, *note, *citation; /* NULL = none */
    int8_t water_soluble; /* 1 for liquids that mix with water, 0 for others, -1 both */
    enum unit_kind kind;  /* of unit */
    bool has_quantity;    /* false: another test, or not given */
    struct decimal quantity;
};

/* Why a quantity is not in the sum, or what the reader must know of it. */
enum {
    THRESHOLD_NO_QUANTITY = 1,  /* the item has no quantity: not 0, but not decided here */
    THRESHOLD_NO_DENSITY = 2,   /* litres and kilograms, and no density */
    THRESHOLD_GAS_VOLUME = 4,   /* a volume of a gas: the density stored is not that of the gas */
    THRESHOLD_UNIT = 8,         /* a unit that is neither (bottles) */
    THRESHOLD_UNREADABLE = 16,  /* the quantity is not a plain number */
    THRESHOLD_MIXTURE = 32,     /* the quantity of a mixture, of no single substance */
    THRESHOLD_SEVERAL = 64,     /* the substance is of several items */
    THRESHOLD_TOO_LONG = 128,   /* passes the numbers of decimal.h */
    THRESHOLD_SOLUBILITY = 256, /* not known whether it mixes with water: the smaller quantity */
    THRESHOLD_UNDATED = 512,    /* no period: taken to hold always */
    THRESHOLD_UNKNOWN_NAME = 1024, /* no item and no substance bears the name */
    THRESHOLD_KEPT_ASIDE = 2048, /* imports kept rows of the site aside: two contradict each other,
                                    or something could not be read */
    THRESHOLD_FLAGS = 12,
    THRESHOLD_LEFT_OUT = 255 | THRESHOLD_UNKNOWN_NAME |
                         THRESHOLD_KEPT_ASIDE /* any of these: the sum is a lower bound */
};
extern const char *const threshold_flag_names[THRESHOLD_FLAGS]; /* "no_quantity" … by bit */

#define THRESHOLD_NOT_LISTED (-1) /* of no item */
#define THRESHOLD_UNDECIDED (-2)  /* of several items */
#define THRESHOLD_UNKNOWN (-3)    /* a name that nothing bears */

struct threshold_what { /* one substance, or one reported name that is linked to none */
    int32_t rule;       /* index, or one of those above */
    uint16_t flags;     /* THRESHOLD_SOLUBILITY */
    bool gas, has_density;
    struct decimal density; /* kg per litre */
};

struct threshold_row { /* one reported quantity */
    uint32_t what, source;
    int32_t from, to;     /* days since 1970-01-01, both included; INT32_MIN, INT32_MAX = open */
    const char *quantity; /* as reported */
    uint32_t unit;        /* index in book.units */
    bool mixture;
    uint32_t place; /* registration and place, numbered by who fills this */
    uint32_t aside; /* other reports about it that the import kept aside */
};

struct threshold_unit { /* as reported; threshold_unit_of */
    const char *text;
    enum unit_kind kind;
    double factor; /* kg or litres of one */
};

struct threshold_part { /* one rule at one site */
    uint32_t rule, source;
    int32_t day, from, to; /* the first moment of the largest amount, and the days it held */
    struct decimal amount, ratio;
    struct decimal at_sum;      /* the amount at the moment of the largest sum */
    bool has_amount, has_ratio; /* amount: something could be summed */
    bool in_sum;
    bool reached; /* amount >= quantity */
    uint16_t flags;
};

struct threshold_verdict {
    struct threshold_part *parts;       /* in order of rules; threshold_verdict_free */
    uint32_t count, listed, not_listed; /* rows that are of an item, and of none */
    uint32_t aside;                     /* reports that imports kept aside */
    struct decimal sum;                 /* the largest of the sums of shares at one moment … */
    int32_t sum_from, sum_to;           /* … and the days it held */
    bool reached;                       /* any item */
    bool reports[2];                    /* by enum threshold_compare, at any moment … */
    int32_t first[2];                   /* … and the first such day; INT32_MIN = not known */
    bool too_long;                      /* the sum passes the numbers of decimal.h */
    uint16_t flags;                     /* of all rows */
};

struct threshold_book { /* borrowed by the judge */
    const struct threshold_rule *rules;
    const struct threshold_what *whats;
    const struct threshold_unit *units;
    uint32_t rule_count, what_count, unit_count;
};

struct threshold_unit threshold_unit_of(const char *text); /* borrows it */

/* What the rows of one site come to on the days from … to (INT32_MIN, INT32_MAX = all days).
 * counted: NULL, or a byte for each row, set to 1 where it is in the amount of its part. */
void threshold_judge(struct threshold_verdict *out, const struct threshold_book *book,
                     const struct threshold_row *rows, size_t count, int32_t from, int32_t to,
                     uint8_t *counted);
void threshold_verdict_free(struct threshold_verdict *v);

enum threshold_answer {
    THRESHOLD_REPORT,
    THRESHOLD_OPEN,
    THRESHOLD_BELOW,
    THRESHOLD_NONE,
    THRESHOLD_ANSWERS
};
/* "report", "undecided", "below", "not_listed" (nothing is of an item) */
extern const char *const threshold_answer_names[THRESHOLD_ANSWERS];
enum threshold_answer threshold_answer(const struct threshold_verdict *v, enum threshold_compare c);

/* The quantity of a row in the unit of its rule; 0 = *out holds it, else the flags why not. */
uint16_t threshold_convert(struct decimal *out, const struct threshold_book *book,
                           const struct threshold_row *row);
/* "20/50 + 40/50 = 6/5 = 1.2"; "" where nothing has a ratio. */
void threshold_write_arithmetic(struct buf *out, const struct threshold_verdict *v,
                                const struct threshold_book *book);

#endif
