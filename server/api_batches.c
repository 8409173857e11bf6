/* /api/v1/batches: what was published, and the rows that were kept aside. */
#include <stdio.h>
#include <string.h>

#include "gis/text.h"
#include "import/import.h"
#include "server/api.h"
#include "server/imports.h"
#include "server/link.h"
#include "server/reply.h"
#include "sql.h"

enum { LIST_DEFAULT = 20, LIST_MAX = 100 };

static struct db_result *read_batches(const struct request *r, int64_t id, int64_t below,
                                      int64_t limit, struct error *err)
{
    const struct db_value any = db_text(NULL);
    return db_query(r->db, &SQL_batch_list, err,
                    DB_ARGS(id ? db_i64(id) : any, db_text(request_query(r, "kind")),
                            db_text(request_query(r, "source")), below ? db_i64(below) : any,
                            db_i64(limit)));
}

static bool list_batches(struct reply *reply, const struct request *r, struct error *err)
{
    int64_t limit = LIST_DEFAULT, below = 0;
    if (!request_int(&limit, r, "limit", 1, LIST_MAX, err) ||
        !request_int(&below, r, "after", 1, INT64_MAX, err))
        return false;
    struct db_result *page = read_batches(r, 0, below, limit, err);
    if (!page)
        return false;
    int64_t last = db_get_i64(page, 0, 1);
    bool full = db_get_i64(page, 0, 2) == limit;
    struct db_result *more = full ? read_batches(r, 0, last, 1, err) : NULL;
    bool ok = !full || more;
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    json_raw(&j, "batches", db_get_text(page, 0, 0));
    json_int(&j, "limit", limit);
    link_next(&j, r, more && db_get_i64(more, 0, 2) ? last : 0);
    json_close(&j, '}');
    db_done(page);
    db_done(more);
    return ok;
}

static bool take_id(int64_t *id, const struct request *r, struct error *err)
{
    return (text_to_i64(id, r->part[0]) && *id > 0) ||
           error_set(err, ERROR_NOT_FOUND, "there is no batch \"%.40s\"", r->part[0]);
}

static bool get_batch(struct reply *reply, const struct request *r, struct error *err)
{
    int64_t id;
    if (!take_id(&id, r, err))
        return false;
    struct db_result *row = read_batches(r, id, 0, 1, err);
    if (!row)
        return false;
    bool found = db_get_i64(row, 0, 2) == 1;
    const char *list = db_get_text(row, 0, 0);
    if (found) /* without the brackets of the list */
        buf_add(&reply->body, list + 1, strlen(list) - 2);
    db_done(row);
    return found || error_set(err, ERROR_NOT_FOUND, "there is no batch %lld", (long long)id);
}

/* ---- rejected rows ---- */

static ssize_t write_some(void *cookie, const char *data, size_t len)
{
    struct buf *b = cookie;
    buf_add(b, data, len);
    return b->overflow ? 0 : (ssize_t)len;
}

static bool get_rejected(struct reply *reply, const struct request *r, struct error *err)
{
    int64_t id;
    if (!take_id(&id, r, err))
        return false;
    reply->body.max = IMPORTS_REJECTED_MAX;
    FILE *out = fopencookie(&reply->body, "w", (cookie_io_functions_t){.write = write_some});
    if (!out)
        return error_set(err, ERROR_SYSTEM, "no memory for the rows");
    fputs("\xEF\xBB\xBF", out); /* or a spreadsheet takes UTF-8 for something else */
    bool ok = import_write_rejected(out, id, r->db, err);
    fclose(out);
    if (reply->body.overflow)
        return error_set(err, ERROR_TOO_LARGE,
                         "the rejected rows of batch %lld are more than %d MB; `hazatlas export "
                         "rejected --batch %lld` writes them all",
                         (long long)id, IMPORTS_REJECTED_MAX >> 20, (long long)id);
    reply->type = "text/csv; charset=utf-8";
    reply_file(reply, "rejected.csv");
    return ok;
}

static const struct parameter list_parameters[] = {
    {.name = "kind", .kind = PARAMETER_TEXT, .about = "only of this kind; see /api/v1/kinds"},
    {.name = "source", .kind = PARAMETER_TEXT, .about = "only of this source"},
    {.name = "limit",
     .kind = PARAMETER_INTEGER,
     .least = 1,
     .most = LIST_MAX,
     .fallback = "20",
     .about = "batches of a page"},
    {.name = "after", .kind = PARAMETER_INTEGER, .about = "number of a batch; taken from `next`"},
    {.name = NULL},
};

const struct route batch_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/batches",
     .handler = list_batches,
     .parameters = list_parameters,
     .summary =
         "Published imports, newest first, with their counts; undone: when the state before was "
         "brought back",
     .answer = "application/json",
     .tag = "imports"},
    {.method = "GET",
     .pattern = "/api/v1/batches/{n}",
     .handler = get_batch,
     .summary =
         "One published import, with its rejected rows by reason, and notes on rows that are in",
     .answer = "application/json",
     .tag = "imports"},
    {.method = "GET",
     .pattern = "/api/v1/batches/{n}/rejected.csv",
     .handler = get_rejected,
     .summary =
         "The rows that something was wrong with, as the file's own columns (and x, y of points) "
         "plus rejected_line, rejected_column, rejected_value, rejected_reason and "
         "rejected_kept (yes: the row is in already): mend them and import that file. Up "
         "to 64 MB",
     .answer = "text/csv",
     .tag = "imports"},
    {.pattern = NULL},
};
