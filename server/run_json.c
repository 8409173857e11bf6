#include "server/run_json.h"

void run_json_head(struct json *j, const char *key, const struct radar_run_head *head)
{
    json_open(j, key, '{');
    if (head->id) {
        json_int(j, "id", head->id);
        json_text(j, "name", head->name);
        json_text(j, "note", head->note);
        json_time(j, "created_at", head->created_at);
    } else {
        json_null(j, "id");
        json_text(j, "name", "now");
        json_null(j, "note");
        json_null(j, "created_at");
    }
    json_int(j, "atlas", (int64_t)head->atlas);
    json_text(j, "atlas_tag", head->atlas_tag);
    json_time(j, "atlas_time", head->atlas_time);
    json_text(j, "parameters", head->parameters);
    json_int(j, "facilities", head->facilities);
    json_int(j, "scored", head->scored);
    json_int(j, "substances", head->substances);
    if (head->id)
        json_int(j, "bytes", head->bytes);
    else
        json_null(j, "bytes");
    json_close(j, '}');
}
