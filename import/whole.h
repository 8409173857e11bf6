/* whole.h - families of record whose table is taken whole or not at all: response tables, regulated
 * quantities. A row missing from such a table is a danger, so a row that cannot be used refuses the
 * file; and rows of the same edition and source that the file no longer has are ended with it.
 *
 * Such a family has whole_begin as its begin, whole_publish as the importer's publish, and writes
 * a member "set" (what is replaced: the edition) and perhaps "use" into the fields of its rows. */
#ifndef IMPORT_WHOLE_H
#define IMPORT_WHOLE_H

#include "import/record.h"

#define WHOLE_USE_FIELD                                                                            \
    {                                                                                              \
        "use", "使用|採用",                                                                        \
            "yes: used whatever its age; no: kept and not used; empty: the newest edition is",     \
            false                                                                                  \
    }

bool whole_begin(struct import_run *run, struct error *err);
/* Refuses as well: two rows about the same entry that differ, and a part of a table that would take
 * the place of a whole one (less than nine tenths of the entries in use) unless use is yes. */
bool whole_publish(struct import_run *run, struct error *err);

#endif
