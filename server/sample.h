/* sample.h - the made-up sample region, loaded once into a database that has no source `sample`. */
#ifndef SERVER_SAMPLE_H
#define SERVER_SAMPLE_H

#include "gis/db.h"

/* dir: counties-10t.json, towns-10t.json, facilities.csv, holdings.csv. Says the counts on stdout.
 */
bool sample_load(const char *dir, struct db *db, struct error *err);

#endif
