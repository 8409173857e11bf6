/* tilejson.h - what all tile endpoints share: the tile of an address, the head of a TileJSON. */
#ifndef SERVER_TILEJSON_H
#define SERVER_TILEJSON_H

#include "gis/json.h"
#include "gis/tile.h"
#include "server/http.h"
#include "tiles/layer.h"

/* The tile that the route's parts first, first + 1, first + 2 (z, x, y) name. */
bool tilejson_tile(struct tile *t, const struct request *r, int first, struct error *err);
/* Opens the object and puts all members that do not depend on the kind of layer; url: of tiles. */
void tilejson_begin(struct json *j, const struct layer *layer, const char *url);

#endif
