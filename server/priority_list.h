/* priority_list.h - companies in the combined priority order (analysis/priority.h), of the database
 * or of a file, and as JSON, CSV or XLSX. */
#ifndef SERVER_PRIORITY_LIST_H
#define SERVER_PRIORITY_LIST_H

#include "analysis/priority.h"
#include "gis/db.h"
#include "gis/json.h"
#include "import/rows.h"
#include "server/sheet.h"

enum { PRIORITY_LIST_MAX = SHEET_SERVED_MAX /* companies */ };

struct priority_item { /* what is known of a company besides what it is ordered by */
    char *name, *list, *source, *link, *facility_name, *operator_name; /* NULL = not known */
    int64_t facility, operator_id, batch;                              /* 0 = none */
    uint64_t line;
};

struct priority_list {
    uint32_t count, cap;
    struct priority_company *companies;
    struct priority_item *items;
    struct priority_row *rows; /* in order, after priority_list_order */
    uint32_t printed, agree;   /* companies with a printed place; of them at that place */
    struct patience *patience; /* who waits for the file; borrowed, NULL = always somebody */
};

/* The companies of one list of the database, in order; one that does not exist has none. */
bool priority_list_load(struct priority_list *out, const char *list, struct db *db,
                        struct error *err);
/* Those of a file, in order, by the columns of `hazatlas import priority`. */
bool priority_list_read(struct priority_list *out, struct rows_report *report, int fd,
                        const char *name, const struct rows_wish *wish, struct error *err);
void priority_list_free(struct priority_list *l); /* also after failure */

/* Rows after … end-1 as an array, and what of them is as printed as an object. */
void priority_list_write(struct json *j, const struct priority_list *l, uint32_t after,
                         uint32_t end);
void priority_list_write_printed(struct json *j, const struct priority_list *l);
/* The rule as a member "rule" in both languages. */
void priority_list_write_rule(struct json *j);
/* A new table of all rows; NULL with err. */
struct sheet *priority_list_sheet(const struct priority_list *l, enum sheet_format format,
                                  struct error *err);

#endif
