/* app.h - what all of the server shares; made once by serve.c. */
#ifndef SERVER_APP_H
#define SERVER_APP_H

#include "analysis/snapshot.h"
#include "tiles/cache.h"

struct app {
    struct snapshot_store *snapshots;
    struct tile_cache *tile_cache; /* tiles made by PostGIS or by heat, by atlas number */
    const char *version;
    char database[1024]; /* libpq string */
    int port;
};

#endif
