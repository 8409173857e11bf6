/* radar_run_store.h - saved radar runs in the database: table radar_run. A run is one row, written
 * by one statement: whole or absent. */
#ifndef ANALYSIS_RADAR_RUN_STORE_H
#define ANALYSIS_RADAR_RUN_STORE_H

#include "analysis/radar_run.h"

struct db_result;

/* Heads borrow their texts from the result. */
struct radar_run_list {
    struct db_result *result;
    struct radar_run_head *heads;
    int count;
    int64_t total; /* saved ones in all */
};

/* Saves run under a name (1 … RADAR_RUN_NAME_MAX characters) and a note (NULL = none); *head is
 * the first and only one of the list. A name that is there already, or that looks the same:
 * ERROR_CONFLICT, as is RADAR_RUNS_MAX. */
bool radar_run_save(struct radar_run_list *out, const struct radar_run *run, const char *name,
                    const char *note, struct db *db, struct error *err);
/* The latest first, those with an id below `before` (0 = all); heads only. */
bool radar_run_list(struct radar_run_list *out, int64_t before, int limit, struct db *db,
                    struct error *err);
/* One head; ERROR_NOT_FOUND. Deleting gives the head of what is gone. */
bool radar_run_one(struct radar_run_list *out, int64_t id, struct db *db, struct error *err);
bool radar_run_delete(struct radar_run_list *out, int64_t id, struct db *db, struct error *err);
void radar_run_list_free(struct radar_run_list *list); /* one that failed is allowed */
/* A whole run; ERROR_NOT_FOUND. Free with radar_run_free. */
struct radar_run *radar_run_load(int64_t id, struct db *db, struct error *err);

#endif
