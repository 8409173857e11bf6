/* response.h - what the response tables (response_table1.c …) have in common: edition, UN number,
 * distances. */
#ifndef IMPORT_RESPONSE_H
#define IMPORT_RESPONSE_H

#include "import/whole.h"

enum { RESPONSE_AT_LEAST_M = 11000 /* the guidebook prints it as 11+ km, "or more" */ };

#define RESPONSE_EDITION_FIELD                                                                     \
    {                                                                                              \
        "edition", "版本|版次", "edition with its year, e.g. --set edition=\"ERG 2024\"", true     \
    }
#define RESPONSE_CITATION_FIELD                                                                    \
    {                                                                                              \
        "citation", "出處|來源|資料來源", "where it is printed", false                             \
    }

/* False: the row is sent away, and with it the file, where the edition has no year. */
bool response_check_edition(struct import_run *run, const struct record_row *r, int field);
/* 1005, UN1005, UN 1005: four digits stay; 0 stands for none. */
bool response_check_un(struct import_run *run, struct record_row *r, int field);
/* 30, 0.1, 11+, 0.2 km: whole metres, 0 to 100,000; unit_m: metres of the unit where the cell names
 * none. *at_least: it is printed with a + or is RESPONSE_AT_LEAST_M. */
bool response_metres(int *metres, bool *at_least, const char *text, double unit_m);
/* One element of the array "distances". wind NULL = none. */
void response_write(struct json *j, const char *spill, const char *time, const char *wind,
                    int isolation_m, int downwind_m, bool at_least);
/* The members of every response table. */
void response_more(struct json *j, const struct record_row *r, int edition);

#endif
