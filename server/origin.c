#include "server/origin.h"

#include <string.h>
#include <strings.h>

/* The schemes are not compared: whoever ends TLS before us may not tell. */
static const char *after_scheme(const char *url)
{
    const char *at = strstr(url, "://");
    return at ? at + 3 : NULL;
}

/* Whether origin ("https://host:port") names this host ("host:port", more may follow after '/'). */
static bool is_host(const char *origin, const char *host)
{
    const char *from = after_scheme(origin);
    if (!from || !host)
        return false;
    size_t len = strcspn(host, "/");
    return len && strlen(from) == len && !strncasecmp(from, host, len);
}

bool origin_check(const char *method, const char *fetch_site, const char *origin, const char *host,
                  const char *base_url, struct error *err)
{
    if (!strcmp(method, "GET") || !strcmp(method, "HEAD") || !strcmp(method, "OPTIONS"))
        return true;
    bool own = true;
    if (fetch_site)
        own = !strcmp(fetch_site, "same-origin") || !strcmp(fetch_site, "none");
    else if (origin)
        own = is_host(origin, host) || is_host(origin, after_scheme(base_url));
    return own || error_set(err, ERROR_FORBIDDEN,
                            "a page of another site may not change anything here; open HazAtlas's "
                            "own page, or send the request from a program");
}
