/* crs.h - the one place that speaks PROJ: coordinate systems of Taiwan, and geodesics.
 *
 * A struct crs is a transformation from one of the listed systems to EPSG:4326 in the order
 * longitude, latitude; it belongs to one thread. No network, no ballpark transformations: TWD67 has
 * its own pipeline (7 parameters; agrees with the island-wide plane formula within 1.1 m in the
 * middle of the island, 5 m at its ends). */
#ifndef GIS_CRS_H
#define GIS_CRS_H

#include "gis/error.h"

struct crs;

/* code: "EPSG:4326" (lon/lat), "EPSG:3824" (TWD97 lon/lat), "EPSG:3826", "EPSG:3825" (TWD97 TM2
 * 121, 119), "EPSG:3828", "EPSG:3827" (TWD67 TM2 121, 119), "EPSG:3857". Others: ERROR_INPUT. */
struct crs *crs_open(const char *code, struct error *err);
void crs_close(struct crs *crs); /* NULL allowed */
/* x: easting or longitude; y: northing or latitude. */
bool crs_to_lonlat(struct crs *crs, double *lon, double *lat, double x, double y);
bool crs_from_lonlat(struct crs *crs, double *x, double *y, double lon, double lat);
/* The codes above, NULL-terminated, for --help. */
extern const char *const crs_codes[];

/* Geodesic on GRS 80 (Karney 2013, PROJ's geodesic.h). Azimuth: degrees clockwise from true north.
 */
void crs_direct(double *lon2, double *lat2, double lon, double lat, double azimuth_deg,
                double distance_m);
void crs_inverse(double *distance_m, double *azimuth_deg, double lon1, double lat1, double lon2,
                 double lat2);

/* True for a place in the region that HazAtlas serves: longitude 114-123.5, latitude 10-27
 * (Taiwan, Penghu, Kinmen, Matsu, Pratas, Taiping). */
bool crs_in_region(double lon, double lat);

/* PROJ of this program, e.g. "9.1.1". */
const char *crs_library_version(void);

#endif
