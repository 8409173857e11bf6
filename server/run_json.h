/* run_json.h - heads of radar runs as JSON, the same wherever a run is named. */
#ifndef SERVER_RUN_JSON_H
#define SERVER_RUN_JSON_H

#include "analysis/radar_run.h"
#include "gis/json.h"

/* {id, name, note, created_at, atlas, atlas_tag, atlas_time, parameters, facilities, scored,
 * substances, bytes}; of now id, created_at and bytes are null. */
void run_json_head(struct json *j, const char *key, const struct radar_run_head *head);

#endif
