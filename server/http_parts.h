/* http_parts.h - what http.c, http_send.c and http_pages.c share, the three files that speak
 * libmicrohttpd. */
#ifndef SERVER_HTTP_PARTS_H
#define SERVER_HTTP_PARTS_H

#include <microhttpd.h>

#include "server/http.h"

struct http_header {
    const char *name, *value;
};
/* What every answer has: content security policy, CORS and the like. Ends with a NULL name. */
extern const struct http_header http_common_headers[];

/* Queues the reply; its body is taken. methods: for Allow, of a preflight and of a 405. closing:
 * the connection is to be given up after it. */
enum MHD_Result http_send(struct MHD_Connection *connection, struct reply *reply, bool preflight,
                          const char *methods, bool closing);
/* "Frees" a body that is not the response's to free. */
void http_keep(void *body);

#endif
