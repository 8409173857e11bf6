/* known.h - the rows that a source has said already, by their hashes: such a row changes nothing
 * and needs no staging. 16 bytes a row. */
#ifndef IMPORT_KNOWN_H
#define IMPORT_KNOWN_H

#include "gis/db.h"

enum { KNOWN_HASH = 16, KNOWN_MAX = 10000000 /* rows; a source with more is compared in SQL */ };

struct known;

/* Of facilities; source: a checked name. *out NULL where there is nothing to know or too much. */
bool known_load(struct known **out, const char *source, struct db *db, struct error *err);
void known_free(struct known *k); /* NULL allowed */
/* Whether the source says this row now; from then on it counts as seen. k NULL: false. */
bool known_take(struct known *k, const unsigned char hash[KNOWN_HASH]);
/* Different rows seen, and how often one was seen again. k NULL: 0. */
uint64_t known_seen(const struct known *k);
uint64_t known_again(const struct known *k);
/* In the publishing transaction, after stage_plan is made: false in *hold where the database has
 * changed since known_load, or where the file says of one facility both what was known and
 * something else, so that its rows have to be compared with each other. Then nothing of k counts.
 */
bool known_hold(bool *hold, const struct known *k, struct db *db, struct error *err);

#endif
