/* merge.h - two facilities made one, and one made two again. Everything that any source said stays:
 * rows and holdings move and remember the key they came under (own_key), so that parting is exact
 * also after later imports. All inside the caller's transaction. */
#ifndef IMPORT_MERGE_H
#define IMPORT_MERGE_H

#include "import/run.h"

/* Makes the temporary table stage_merge (winner_id, loser_id, rule, confidence), which the caller
 * fills; merge_apply decides itself which of two stays (better key, more numbers, older). No
 * facility may stand in two pairs. */
bool merge_begin(struct import_run *run, struct error *err);
bool merge_apply(struct import_run *run, struct error *err);
/* One pair. ERROR_CONFLICT where one source lists both as two things. */
bool merge_two(int64_t one, int64_t other, const char *rule, double confidence,
               struct import_run *run, struct error *err);

struct merge_part {
    const char *key;  /* what was merged into the facility, or never stood by itself */
    int64_t facility; /* that it is part of */
    const char *name; /* for one that never stood by itself */
};
/* The facility of that key stands by itself again. */
bool merge_part(const struct merge_part *part, struct import_run *run, struct error *err);

#endif
