#include "server/answer.h"

#include "server/reply.h"

bool answer_begin(bool *done, struct reply *reply, const struct request *request, struct error *err)
{
    if (!request->snapshot)
        return error_set(err, ERROR_BUSY, "the atlas is still being loaded; try again");
    reply_etag(reply, request, "%s", HAZATLAS_VERSION);
    *done = reply_unchanged(reply, request);
    return true;
}

void answer_of_number(struct reply *reply, const struct request *request, int64_t number)
{
    if (number == (int64_t)request->snapshot->atlas->number)
        return;
    reply->etag[0] = '\0';
    reply->cache = "no-store";
}
