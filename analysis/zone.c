#include "analysis/zone.h"

#include <math.h>

#include "gis/crs.h"

static const double degree = 3.14159265358979323846 / 180.0;

void zone_circle(struct zone_ring *out, double lon, double lat, double radius_m)
{
    for (int i = 0; i < ZONE_CIRCLE_VERTICES; i++)
        crs_direct(&out->lon[i], &out->lat[i], lon, lat, -360.0 * i / ZONE_CIRCLE_VERTICES,
                   radius_m);
    out->lon[ZONE_CIRCLE_VERTICES] = out->lon[0];
    out->lat[ZONE_CIRCLE_VERTICES] = out->lat[0];
    out->count = ZONE_CIRCLE_VERTICES + 1;
}

void zone_square(struct zone_ring *out, double lon, double lat, double wind_to_deg, double side_m)
{
    double far_lon = lon, far_lat = lat, length = side_m, back = 0.0, half = side_m / 2.0;
    crs_direct(&far_lon, &far_lat, lon, lat, wind_to_deg, side_m);
    crs_inverse(&length, &back, far_lon, far_lat, lon, lat); /* meridians converge: its own axis */
    double ahead = back + 180.0;
    crs_direct(&out->lon[0], &out->lat[0], lon, lat, wind_to_deg + 90.0, half);
    crs_direct(&out->lon[1], &out->lat[1], far_lon, far_lat, ahead + 90.0, half);
    crs_direct(&out->lon[2], &out->lat[2], far_lon, far_lat, ahead - 90.0, half);
    crs_direct(&out->lon[3], &out->lat[3], lon, lat, wind_to_deg - 90.0, half);
    out->lon[4] = out->lon[0];
    out->lat[4] = out->lat[0];
    out->count = 5;
}

/* Plane coordinates along and across the wind are good to centimetres at these distances: the
 * error of a geodesic triangle grows as d^3 / 6R^2, 1.5 cm at 15 km. */
bool zone_square_holds(double distance_m, double azimuth_deg, double wind_to_deg, double side_m)
{
    double angle = (azimuth_deg - wind_to_deg) * degree;
    double along = distance_m * cos(angle), across = distance_m * sin(angle);
    const double slack = 0.05;
    return along >= -slack && along <= side_m + slack && fabs(across) <= side_m / 2.0 + slack;
}
