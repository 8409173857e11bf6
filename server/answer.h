/* answer.h - how an answer from the atlas begins. */
#ifndef SERVER_ANSWER_H
#define SERVER_ANSWER_H

#include "server/http.h"

/* Fails with ERROR_BUSY while no atlas is loaded. Sets the ETag of the atlas; *done = true when the
 * client holds that version already: the handler then returns true at once (304). */
bool answer_begin(bool *done, struct reply *reply, const struct request *request,
                  struct error *err);
/* After an answer from the database, which may be one change ahead of the atlas for a moment:
 * with another number than the atlas it has no ETag. */
void answer_of_number(struct reply *reply, const struct request *request, int64_t number);

#endif
