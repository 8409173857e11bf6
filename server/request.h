/* request.h - from bytes of a request line to the path and parameters of a struct request. */
#ifndef SERVER_REQUEST_H
#define SERVER_REQUEST_H

#include "server/http.h"

/* Reads a request target ("/tiles?cas=7782-50-5", or with "http://host" before it), decoding it
 * exactly once, in place: r->path and r->query point into target. Refuses what no honest client
 * sends: bad %-escapes, NUL and control characters, text that is not UTF-8, empty, "." and ".."
 * segments, and what passes the limits of http.h. */
bool request_parse_target(struct request *r, char *target, struct error *err);

/* Base URL that links are made with, e.g. "http://127.0.0.1:8080" or "https://map.example/haz".
 * host, proto, forwarded_host and prefix are the headers Host, X-Forwarded-Proto, -Host, -Prefix
 * (NULL = absent); what is not a plain host[:port] (http, https, /path) is not used. */
void request_base_url(char *out, size_t size, const char *host, const char *proto,
                      const char *forwarded_host, const char *prefix, int port);

/* Whether an Accept-Encoding header (NULL = absent) takes gzip. */
bool request_takes_gzip(const char *accept_encoding);

#endif
