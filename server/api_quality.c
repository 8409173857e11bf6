/* /api/v1/quality: how good the stored data are. */
#include <stdio.h>
#include <string.h>

#include "analysis/quality.h"
#include "gis/text.h"
#include "server/api.h"
#include "server/app.h"
#include "server/reply.h"

enum { DAYS_MAX = 36500, SHARED_MAX = 100000 };

struct make {
    const struct quality_question *question;
    struct db *db;
};

static bool make(struct buf *out, void *ctx, struct error *err)
{
    const struct make *m = ctx;
    return quality_write(out, m->question, m->db, err);
}

static bool read_question(struct quality_question *q, const struct request *r, struct error *err)
{
    const char *today = request_query(r, "today");
    quality_question_default(q);
    if (today && !quality_is_day(today))
        return error_set(err, ERROR_INPUT, "today must be a day such as 2026-02-28, not \"%.40s\"",
                         today);
    if (today)
        text_copy(q->today, sizeof q->today, today);
    return request_int(&q->overdue_days, r, "overdue_days", 0, DAYS_MAX, err) &&
           request_int(&q->shared, r, "shared", 2, SHARED_MAX, err);
}

/* Imports that changed no row raise no atlas number, but are part of the answer: the ETag and the
 * name in the cache hold the latest batch and how many were undone. */
static bool get_quality(struct reply *reply, const struct request *r, struct error *err)
{
    struct quality_question q;
    struct quality_state state;
    char key[128];
    if (!r->snapshot)
        return error_set(err, ERROR_BUSY, "the atlas is still being loaded; try again");
    if (!read_question(&q, r, err) || !quality_read_state(&state, r->db, err))
        return false;
    snprintf(key, sizeof key, "q%lld-%lld-%lld-%s-%lld-%lld", (long long)state.atlas,
             (long long)state.batch, (long long)state.undone, q.today, (long long)q.overdue_days,
             (long long)q.shared);
    reply_etag(reply, r, "%s", key);
    if (reply_unchanged(reply, r))
        return true;
    struct make m = {.question = &q, .db = r->db};
    return tile_cache_get(&reply->body, r->app->tile_cache, key, r->snapshot->atlas->number, make,
                          &m, err);
}

static const struct parameter parameters[] = {
    {.name = "today",
     .kind = PARAMETER_TEXT,
     .fallback = "today in Taiwan",
     .about = "day that overdue is counted from, 2026-02-28"},
    {.name = "overdue_days",
     .kind = PARAMETER_INTEGER,
     .least = 0,
     .most = DAYS_MAX,
     .fallback = "120",
     .about = "a facility is overdue when its latest declared period ended more days ago"},
    {.name = "shared",
     .kind = PARAMETER_INTEGER,
     .least = 2,
     .most = SHARED_MAX,
     .fallback = "5",
     .about = "a place is doubtful from so many facilities at the very same point on"},
    {.name = NULL}};

const struct route quality_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/quality",
     .handler = get_quality,
     .parameters = parameters,
     .summary = "How good the data are: rows of each source and import by what became of them, "
                "share of usable rows (可用率) and of linked rows (整併率), positions by check, "
                "overdue declarations, figures by county; `definitions` says what each share means",
     .answer = "application/json",
     .tag = "quality"},
    {.pattern = NULL}};
