/* reply.h - what handlers answer with: JSON begun and ended, problem details, validators. */
#ifndef SERVER_REPLY_H
#define SERVER_REPLY_H

#include "gis/json.h"
#include "server/http.h"

extern const struct reply reply_fresh; /* what a handler gets */
/* A JSON writer over the reply's body. */
struct json reply_json(struct reply *reply);
/* ETag "a<atlas number>-<address>-<what>", printf-like; what names all the answer depends on
 * besides the atlas and the address. Without a snapshot there is no ETag. */
void reply_etag(struct reply *reply, const struct request *request, const char *what, ...)
    __attribute__((format(printf, 3, 4)));
/* ETag "h…" of the body's bytes, for answers that do not come from the atlas. */
void reply_etag_body(struct reply *reply);
/* True when the client holds the version that the ETag (set before) names: the reply then is a 304
 * and the handler returns true at once. */
bool reply_unchanged(struct reply *reply, const struct request *request);
/* application/problem+json (RFC 9457) in place of what was in the reply. */
void reply_problem(struct reply *reply, int status, const char *title, const char *detail,
                   const char *instance);
/* The same from an error. Details of our own faults (500) are not told. */
void reply_error(struct reply *reply, const struct error *err, const char *instance);
/* Applies If-None-Match and compresses where the client takes gzip and the type gains by it. */
void reply_finish(struct reply *reply, const struct request *request, bool gzip_accepted);
/* The body is a file to keep, of this name (ASCII); NULL = of the name in the address. */
void reply_file(struct reply *reply, const char *name);
void reply_free(struct reply *reply);

#endif
