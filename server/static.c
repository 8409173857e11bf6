#include "server/static.h"

#include <string.h>

#include "gis/text.h"
#include "server/asset.h"

/* Everything under /assets/ has a hash or a version in its path. */
#define CACHE_FOR_EVER "public, max-age=31536000, immutable"

static const char *media_type(const char *path)
{
    static const struct {
        const char *ending, *type;
    } types[] = {
        {".html", "text/html; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".txt", "text/plain; charset=utf-8"},
    };
    const char *ending = strrchr(path, '.');
    for (size_t i = 0; ending && i < sizeof types / sizeof *types; i++)
        if (!strcmp(ending, types[i].ending))
            return types[i].type;
    return "application/octet-stream";
}

bool static_find(struct reply *reply, const char *path, bool gzip_accepted)
{
    if (!strcmp(path, "/"))
        path = "/index.html";
    if (!strcmp(path, "/favicon.ico")) /* pages without a link to it are asked for this name */
        path = "/favicon.svg";
    const struct asset *a = assets;
    while (a->path && strcmp(a->path, path) != 0)
        a++;
    if (!a->path)
        return false;
    size_t plain = (size_t)(a->end - a->data), packed = (size_t)(a->gzip_end - a->gzip);
    bool gzip = gzip_accepted && packed < plain;
    reply->type = media_type(path);
    reply->ready_body = gzip ? a->gzip : a->data;
    reply->ready_len = gzip ? packed : plain;
    reply->gzipped = gzip;
    reply->cache = strncmp(path, "/assets/", 8) == 0 ? CACHE_FOR_EVER : NULL;
    text_copy(reply->etag, sizeof reply->etag, a->etag);
    return true;
}
