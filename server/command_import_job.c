/* hazatlas import-job: one import for the server that started this process; see child.h. Not for
 * people: its file and its listener are descriptors that only the server hands over. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/json.h"
#include "server/cancel.h"
#include "server/child.h"
#include "server/command_maps.h"
#include "server/stop.h"

static void write_found(struct json *j, const struct import_report *r)
{
    json_open(j, "taken_as", '[');
    for (int i = 0; i < r->taken_count; i++) {
        json_open(j, NULL, '{');
        json_text(j, "name", r->taken[i].name);
        json_text(j, "value", r->taken[i].value);
        json_text(j, "why", r->taken[i].why);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_open(j, "remarks", '[');
    for (int i = 0; i < r->remark_count; i++) {
        json_open(j, NULL, '{');
        json_text(j, "name", r->remarks[i].name);
        json_int(j, "value", (int64_t)r->remarks[i].value);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_open(j, "reasons", '[');
    for (int i = 0; i < r->reason_count; i++) {
        json_open(j, NULL, '{');
        json_text(j, "code", r->reasons[i].code);
        json_int(j, "rows", (int64_t)r->reasons[i].rows);
        json_text(j, "example", r->reasons[i].example);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void write_report(struct json *j, const struct import_report *r, bool dry_run)
{
    json_open(j, NULL, '{');
    if (r->batch)
        json_int(j, "batch", r->batch);
    else
        json_null(j, "batch");
    json_bool(j, "same_file", r->same_file);
    json_int(j, "rows_read", (int64_t)r->rows_read);
    json_int(j, "rows_new", (int64_t)r->rows_new);
    json_int(j, "rows_changed", (int64_t)r->rows_changed);
    json_int(j, "rows_unchanged", (int64_t)r->rows_unchanged);
    json_int(j, "rows_repeated", (int64_t)r->rows_repeated);
    json_int(j, "rows_rejected", (int64_t)r->rows_rejected);
    json_text(j, "crs", *r->crs ? r->crs : NULL);
    json_text(j, "encoding", *r->encoding ? r->encoding : NULL);
    write_found(j, r);
    if (dry_run) {
        json_text(j, "columns", r->columns);
        if (*r->understood)
            json_raw(j, "understood", r->understood);
        json_open(j, "preview", '[');
        for (int i = 0; i < r->preview_count; i++)
            json_text(j, NULL, r->preview[i]);
        json_close(j, ']');
        json_open(j, "preview_rows", '[');
        for (int i = 0; i < r->preview_count; i++)
            if (*r->preview_rows[i])
                json_raw(j, NULL, r->preview_rows[i]);
        json_close(j, ']');
    }
    json_close(j, '}');
}

static bool import(struct import_report *report, const struct import_request *q, struct error *err)
{
    const char *conninfo = getenv("HAZATLAS_DATABASE");
    struct db *db = conninfo ? db_open(conninfo, err) : NULL;
    if (!db) /* db_open's words are the operator's */
        return error_set(err, ERROR_DATABASE, "the database does not answer; try again");
    struct cancel *cancel = cancel_start(conninfo, db, err);
    bool ok = cancel && !stop_wanted() && import_run(report, q, db, err);
    cancel_end(cancel);
    db_close(db);
    if (!ok && stop_wanted())
        return error_set(err, ERROR_CONFLICT, "the import was cancelled; nothing was changed");
    return ok;
}

static bool tell(void *ctx, const struct import_progress *p)
{
    return !stop_wanted() && child_tell(ctx, p);
}

static int run(const struct command_line *line)
{
    struct command_maps maps;
    struct import_report report = {.batch = 0};
    struct error err = {.kind = ERROR_NONE};
    struct import_request q = {.kind = command_value(line, "kind"),
                               .fd = CHILD_FILE,
                               .name = command_value(line, "name"),
                               .source = command_value(line, "source"),
                               .crs = command_value(line, "crs"),
                               .encoding = command_value(line, "encoding"),
                               .sheet = command_value(line, "sheet"),
                               .dry_run = command_value(line, "dry-run") != NULL,
                               .maps = maps.maps,
                               .tell = tell};
    if (!q.kind || !q.name || !q.source || !command_maps_take(&maps, line) ||
        fcntl(CHILD_FILE, F_SETFD, FD_CLOEXEC) || fcntl(CHILD_TELL, F_SETFD, FD_CLOEXEC)) {
        fputs("hazatlas import-job is started by `hazatlas serve` only\n", stderr);
        return EXIT_USAGE;
    }
    q.map_count = maps.count;
    stop_hold();
    bool ok = import(&report, &q, &err);
    struct buf b = {.max = 1 << 19};
    struct json j = {.out = &b};
    if (ok)
        write_report(&j, &report, q.dry_run);
    if (ok && !b.overflow)
        child_report(b.data, b.len);
    else
        child_error(&err);
    buf_free(&b);
    return ok ? 0 : EXIT_FAILED;
}

static const struct option options[] = {
    {.name = "kind", .value = "KIND", .about = "what the file holds"},
    {.name = "source", .value = "NAME", .about = "where it comes from"},
    {.name = "name", .value = "FILE", .about = "its name"},
    {.name = "crs", .value = "CODE", .about = "as of import"},
    {.name = "encoding", .value = "NAME", .about = "as of import"},
    {.name = "sheet", .value = "NAME", .about = "as of import"},
    {.name = "map", .value = "FIELD=COLUMN", .repeat = true, .about = "as of import"},
    {.name = "set", .value = "FIELD=VALUE", .repeat = true, .about = "as of import"},
    {.name = "dry-run", .about = "as of import"},
    {.name = NULL},
};

const struct command command_import_job = {
    .name = "import-job",
    .summary = NULL, /* not listed */
    .about = "One import for the server that started this process.",
    .options = options,
    .run = run,
};
