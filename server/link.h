/* link.h - addresses of this server in answers: percent-encoding, and the present request with one
 * parameter replaced. */
#ifndef SERVER_LINK_H
#define SERVER_LINK_H

#include "gis/json.h"
#include "server/http.h"

/* Appends text with everything but unreserved characters (RFC 3986) percent-encoded. */
void link_encode(struct buf *out, const char *text);
/* Appends base URL, path and query of the request; parameter `name` gets `value` instead of what it
 * has (NULL value = leaves it out). name NULL = the request as it is. */
void link_request(struct buf *out, const struct request *r, const char *name, const char *value);
/* The member "next" of a list: the present request with after=…, or null where after is 0. */
void link_next(struct json *j, const struct request *r, int64_t after);

#endif
