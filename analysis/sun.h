/* sun.h - is it day or night at a place? The Emergency Response Guidebook's day runs from sunrise
 * to sunset. */
#ifndef ANALYSIS_SUN_H
#define ANALYSIS_SUN_H

#include <stdbool.h>
#include <stdint.h>

/* Degrees between the zenith and the sun's centre, without refraction. lon, lat: EPSG:4326 degrees;
 * unix_time: s, UTC. Good to about 0.2 degrees (a minute of time in Taiwan). */
double sun_zenith(double lon, double lat, int64_t unix_time);
/* From sunrise to sunset: the upper limb above the horizon with usual refraction, zenith < 90.833.
 */
bool sun_is_up(double lon, double lat, int64_t unix_time);

#endif
