/* zone.h - the shapes of the Emergency Response Guidebook on the ground: the isolation circle and
 * the protective action square. Metres along geodesics (GRS 80), bearings from true north,
 * EPSG:4326 longitude and latitude in degrees. */
#ifndef ANALYSIS_ZONE_H
#define ANALYSIS_ZONE_H

#include <stdbool.h>

enum { ZONE_CIRCLE_VERTICES = 120, ZONE_RING_MAX = ZONE_CIRCLE_VERTICES + 1 };

/* Closed (last = first), counterclockwise as RFC 7946 wants outer rings. */
struct zone_ring {
    double lon[ZONE_RING_MAX], lat[ZONE_RING_MAX];
    int count;
};

/* A polygon of 120 vertices on the circle: at most 0.034 % of the radius inside it. */
void zone_circle(struct zone_ring *out, double lon, double lat, double radius_m);
/* A square of side side_m that lies towards wind_to_deg; the place is the middle of its upwind
 * side. ERG: "a square whose length and width are the same as the downwind distance". */
void zone_square(struct zone_ring *out, double lon, double lat, double wind_to_deg, double side_m);
/* Is a point, given by its distance and azimuth from the place, inside that square? */
bool zone_square_holds(double distance_m, double azimuth_deg, double wind_to_deg, double side_m);

#endif
