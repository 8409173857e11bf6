/* POST /api/v1/batches/{n}/undo: the state before an import returns. */
#include "gis/text.h"
#include "import/undo.h"
#include "server/api.h"
#include "server/reply.h"

static bool post_undo(struct reply *reply, const struct request *r, struct error *err)
{
    int64_t batch;
    struct undo_report report;
    if (!text_to_i64(&batch, r->part[0]) || batch < 1)
        return error_set(err, ERROR_NOT_FOUND, "there is no batch \"%.20s\"", r->part[0]);
    if (!import_undo(&report, batch, "http", r->db, err))
        return false;
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    json_int(&j, "batch", batch);
    json_text(&j, "kind", report.kind);
    json_text(&j, "source", report.source);
    json_int(&j, "removed", report.removed);
    json_int(&j, "restored", report.restored);
    json_int(&j, "atlas_number", report.atlas);
    json_close(&j, '}');
    reply->cache = "no-store";
    return true;
}

const struct route undo_routes[] = {
    {.method = "POST",
     .pattern = "/api/v1/batches/{n}/undo",
     .handler = post_undo,
     .summary = "Undoes an import: the state before it returns. Answers with the rows removed and "
                "restored; 409 says which later imports must be undone first, or why it cannot be",
     .answer = "application/json",
     .tag = "imports"},
    {.pattern = NULL}};
