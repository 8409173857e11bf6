/* threshold_set.h - a set of regulated quantities as it stands in the database, and of which item
 * each substance is: by a person's word, by the item's CAS list, by what comes with the product, by
 * a name that is the item's. Two that contradict each other at the same rank decide nothing. */
#ifndef ANALYSIS_THRESHOLD_SET_H
#define ANALYSIS_THRESHOLD_SET_H

#include "analysis/intern.h"
#include "analysis/threshold.h"
#include "gis/db.h"

extern const char threshold_default_set[]; /* the one that comes with the product */

enum threshold_how { /* why a substance is of an item, or of none */
                     THRESHOLD_BY_PERSON,
                     THRESHOLD_BY_CAS,
                     THRESHOLD_BY_PRODUCT,
                     THRESHOLD_BY_NAME,
                     THRESHOLD_BY_NOTHING,
                     THRESHOLD_HOWS
};
extern const char *const threshold_how_names[THRESHOLD_HOWS]; /* "person" … */

struct threshold_subject {               /* who a threshold_what is */
    int64_t substance;                   /* id; 0 = reported and linked to none */
    const char *cas, *name_zh, *name_en; /* reported: name_zh is what the report says */
    const char *reported_key;            /* NULL = a substance */
    const char *reason;                  /* why, by a person or the product */
    enum threshold_how how;
};

struct threshold_source {
    int64_t id;
    const char *name, *title;
};

struct threshold_set { /* read-only once loaded */
    int64_t number;    /* of the atlas */
    char *name;
    const char *edition, *imported_from; /* NULL = none */
    struct threshold_rule *rules;
    uint32_t *item;                     /* of each rule: the first rule of the same item */
    struct threshold_what *whats;       /* substances by id, in the order of the database … */
    struct threshold_subject *subjects; /* … and who they are */
    struct threshold_source *sources;
    uint32_t rule_count, what_count, source_count;
    struct intern item_names;     /* normal forms of items … */
    uint32_t *item_of_name;       /* … and their items; INTERN_NONE = of several */
    struct db_result *results[5]; /* all texts are theirs */
};

/* One snapshot of the database must be open (REPEATABLE READ). ERROR_NOT_FOUND where there is no
 * such set; the texts of it live as long as it. */
struct threshold_set *threshold_set_load(const char *name, struct db *db, struct error *err);
void threshold_set_free(struct threshold_set *set); /* NULL allowed */

/* The index of a substance; -1 = none. */
int64_t threshold_set_substance(const struct threshold_set *set, int64_t id);
/* Of which rule something is that is reported under a name and linked to no substance. */
void threshold_set_reported(struct threshold_what *what, struct threshold_subject *subject,
                            const struct threshold_set *set, const char *key, const char *name);
/* The rule of an item for liquids that mix with water (1), do not (0), or of which that is not
 * known (-1: the smaller quantity, *flags says so). */
uint32_t threshold_set_rule(const struct threshold_set *set, uint32_t item, int water_soluble,
                            uint16_t *flags);
/* The item of that name, or of category and number (item NULL allowed); -1 = none, -2 = several. */
int64_t threshold_set_item(const struct threshold_set *set, const char *name);
int64_t threshold_set_number(const struct threshold_set *set, const char *category,
                             const char *item_no, const char *item);
/* Index of a source by id, -1 = none. */
int64_t threshold_set_source(const struct threshold_set *set, int64_t id);

#endif
