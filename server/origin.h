/* origin.h - whether a browser says that another site's page sends a request. */
#ifndef SERVER_ORIGIN_H
#define SERVER_ORIGIN_H

#include "gis/error.h"

/* Refuses (ERROR_FORBIDDEN) what changes something here on behalf of another site, by the headers
 * that browsers add and pages cannot: Sec-Fetch-Site, else Origin against the host asked for.
 * Headers: NULL = absent; without both the sender is no browser, and is let through. base_url is
 * the request's own. */
bool origin_check(const char *method, const char *fetch_site, const char *origin, const char *host,
                  const char *base_url, struct error *err);

#endif
