/* app.h - what all of the server shares; made once by serve.c. */
#ifndef SERVER_APP_H
#define SERVER_APP_H

#include "analysis/snapshot.h"
#include "tiles/cache.h"

struct app {
    struct snapshot_store *snapshots;
    struct tile_cache *tile_cache; /* tiles made by PostGIS or by heat, by atlas number */
    struct metrics *metrics;
    struct imports *imports; /* files sent over HTTP; NULL = no folder for them */
    struct refresh *refresh; /* state of the database, sources; see refresh.h */
    const char *version;
    char database[1024]; /* libpq string */
    int port;
    int64_t started_at; /* Unix time, s */
    bool verbose;       /* a log line for each request */
};

#endif
