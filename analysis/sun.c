/* Source: NOAA Global Monitoring Division, "General Solar Position Calculations" (the low-precision
 * form: Fourier series of Spencer 1971 for the equation of time and the declination). */
#include "analysis/sun.h"

#include <math.h>
#include <time.h>

static const double degree = 3.14159265358979323846 / 180.0;

double sun_zenith(double lon, double lat, int64_t unix_time)
{
    time_t when = (time_t)unix_time;
    struct tm utc = {0};
    gmtime_r(&when, &utc);
    double hours = utc.tm_hour + utc.tm_min / 60.0 + utc.tm_sec / 3600.0;
    double g = 2.0 * 180.0 * degree / 365.0 * (utc.tm_yday + (hours - 12.0) / 24.0);
    double equation_min = 229.18 * (0.000075 + 0.001868 * cos(g) - 0.032077 * sin(g) -
                                    0.014615 * cos(2.0 * g) - 0.040849 * sin(2.0 * g));
    double declination = 0.006918 - 0.399912 * cos(g) + 0.070257 * sin(g) -
                         0.006758 * cos(2.0 * g) + 0.000907 * sin(2.0 * g) -
                         0.002697 * cos(3.0 * g) + 0.00148 * sin(3.0 * g);
    double solar_min = 60.0 * hours + equation_min + 4.0 * lon;
    double hour_angle = (solar_min / 4.0 - 180.0) * degree;
    double phi = lat * degree;
    double cosine = sin(phi) * sin(declination) + cos(phi) * cos(declination) * cos(hour_angle);
    return acos(fmax(-1.0, fmin(1.0, cosine))) / degree;
}

bool sun_is_up(double lon, double lat, int64_t unix_time)
{
    return sun_zenith(lon, lat, unix_time) < 90.833;
}
