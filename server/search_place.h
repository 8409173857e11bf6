/* search_place.h - is a search text a coordinate? Degrees ("120.3, 22.6" in either order), degrees
 * with minutes and seconds, TWD97 TM2 metres ("250000 2600000", 7 + 7 digits). */
#ifndef SERVER_SEARCH_PLACE_H
#define SERVER_SEARCH_PLACE_H

#include "gis/error.h"

enum { SEARCH_PLACES_MAX = 2 };

struct search_place {
    double lon, lat; /* EPSG:4326 degrees, inside the region served */
    const char *crs; /* what the numbers were taken as, e.g. "EPSG:3826" */
};

/* How many places the text can mean: 0 = it is no coordinate of the region; 2 = TM2 metres, which
 * name a place in zone 121 (Taiwan) and one in zone 119 (Penghu, Kinmen, Matsu). */
int search_place(struct search_place out[SEARCH_PLACES_MAX], const char *text);

#endif
