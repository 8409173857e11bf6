/* heat_zones.h - the areas that heat is summed over: borders and basins of the database, or
 * polygons that a client sends. */
#ifndef SERVER_HEAT_ZONES_H
#define SERVER_HEAT_ZONES_H

#include "gis/area.h"
#include "server/http.h"

enum { HEAT_ZONES_MAX = 2000, HEAT_ZONES_SENT_MAX = 100 /* in a request's body */ };
enum { HEAT_ZONES_BODY_MAX = 4 << 20 /* bytes of it */ };
#define HEAT_ZONE_CHOICES "county|township|basin"

struct heat_zones {
    struct area area; /* longitude, latitude; all zones */
    int *zone;        /* of each polygon */
    int count;
    bool sent; /* by the client */
    struct heat_zones_row {
        char *code, *name, *name_en; /* owned; NULL = none */
        double km2;                  /* on the ground; NaN = not known */
    } * rows;
};

/* All counties, townships or basins. */
bool heat_zones_load(struct heat_zones *z, const char *kind, struct db *db, struct error *err);
/* GeoJSON: a Polygon, MultiPolygon, Feature (its `name`) or FeatureCollection (each feature is a
 * zone), longitude and latitude. */
bool heat_zones_read(struct heat_zones *z, const char *text, size_t len, struct error *err);
/* Whether the polygons that were read are valid (simple rings, holes within, no overlap in one
 * zone), so that "inside" has one meaning; sets their areas on the ground. */
bool heat_zones_check(struct heat_zones *z, struct db *db, struct error *err);
void heat_zones_free(struct heat_zones *z);

#endif
