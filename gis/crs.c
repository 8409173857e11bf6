/* DESIGN: PROJ makes each transformation to EPSG:4326 itself, with ALLOW_BALLPARK=NO, so that a
 * pair it has no parameters for fails instead of passing coordinates through. For TWD67 that is the
 * case (PROJ's own answer without the switch is 850 m off), so it has a pipeline of its own: the
 * seven parameters that Taiwan's +towgs84 strings carry, seconds of arc and ppm, position vector,
 * on aust_SA. Rejected: the four-parameter plane formula, which has no geographic form and holds
 * for the main island only. Geodesics are Karney's (geodesic.h comes with PROJ), 15 nm exact. */
#include "gis/crs.h"

#include <geodesic.h>
#include <math.h>
#include <proj.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"

struct crs {
    PJ_CONTEXT *context;
    PJ *pj; /* forward: the system to longitude, latitude in degrees; NULL = already that */
};

const char *const crs_codes[] = {"EPSG:4326", "EPSG:3824", "EPSG:3826", "EPSG:3825",
                                 "EPSG:3828", "EPSG:3827", "EPSG:3857", NULL};

/* Central meridian in degrees in place of %d. */
static const char twd67_pipeline[] =
    "+proj=pipeline "
    "+step +inv +proj=tmerc +lat_0=0 +lon_0=%d +k=0.9999 +x_0=250000 +y_0=0 +ellps=aust_SA "
    "+step +proj=push +v_3 +step +proj=cart +ellps=aust_SA "
    "+step +proj=helmert +x=-752 +y=-358 +z=-179 +rx=-.0000011698 +ry=.0000018398 "
    "+rz=.0000009822 +s=.00002329 +convention=position_vector "
    "+step +inv +proj=cart +ellps=GRS80 +step +proj=pop +v_3 "
    "+step +proj=unitconvert +xy_in=rad +xy_out=deg";

static PJ *open_twd67(PJ_CONTEXT *context, int meridian)
{
    char pipeline[sizeof twd67_pipeline + 8];
    snprintf(pipeline, sizeof pipeline, twd67_pipeline, meridian);
    return proj_create(context, pipeline);
}

static PJ *open_listed(PJ_CONTEXT *context, const char *code)
{
    static const char *const options[] = {"ALLOW_BALLPARK=NO", NULL};
    PJ *from = proj_create(context, code), *to = proj_create(context, "EPSG:4326");
    PJ *pj = NULL, *sorted = NULL;
    if (from && to)
        pj = proj_create_crs_to_crs_from_pj(context, from, to, NULL, options);
    if (pj)
        sorted = proj_normalize_for_visualization(context, pj); /* x before y on both sides */
    proj_destroy(pj);
    proj_destroy(from);
    proj_destroy(to);
    return sorted;
}

struct crs *crs_open(const char *code, struct error *err)
{
    bool known = false;
    for (int i = 0; crs_codes[i]; i++)
        known |= !strcmp(crs_codes[i], code);
    if (!known) {
        error_fill(err, ERROR_INPUT,
                   "coordinate system %.40s is not known; use EPSG:4326, 3824, 3826, 3825, 3828, "
                   "3827 or 3857",
                   code);
        return NULL;
    }
    struct crs *crs = mem_zero(1, sizeof *crs);
    if (!strcmp(code, "EPSG:4326"))
        return crs;
    crs->context = proj_context_create();
    proj_context_set_enable_network(crs->context, 0);
    proj_log_level(crs->context, PJ_LOG_NONE);
    if (!strcmp(code, "EPSG:3828") || !strcmp(code, "EPSG:3827"))
        crs->pj = open_twd67(crs->context, strcmp(code, "EPSG:3828") ? 119 : 121);
    else
        crs->pj = open_listed(crs->context, code);
    if (!crs->pj) {
        crs_close(crs);
        error_fill(err, ERROR_SYSTEM, "PROJ has no transformation from %.40s to EPSG:4326", code);
        return NULL;
    }
    return crs;
}

void crs_close(struct crs *crs)
{
    if (!crs)
        return;
    proj_destroy(crs->pj);
    if (crs->context)
        proj_context_destroy(crs->context);
    free(crs);
}

static bool lonlat_valid(double lon, double lat)
{
    return fabs(lon) <= 180.0 && fabs(lat) <= 90.0; /* false for NaN and infinity */
}

bool crs_to_lonlat(struct crs *crs, double *lon, double *lat, double x, double y)
{
    PJ_COORD c = proj_coord(x, y, 0.0, HUGE_VAL);
    if (!isfinite(x) || !isfinite(y))
        return false;
    if (crs->pj) {
        proj_errno_reset(crs->pj);
        c = proj_trans(crs->pj, PJ_FWD, c);
    }
    if (!lonlat_valid(c.xy.x, c.xy.y))
        return false;
    *lon = c.xy.x;
    *lat = c.xy.y;
    return true;
}

bool crs_from_lonlat(struct crs *crs, double *x, double *y, double lon, double lat)
{
    if (!lonlat_valid(lon, lat))
        return false;
    PJ_COORD c = proj_coord(lon, lat, 0.0, HUGE_VAL);
    if (crs->pj) {
        proj_errno_reset(crs->pj);
        c = proj_trans(crs->pj, PJ_INV, c);
    }
    if (!isfinite(c.xy.x) || !isfinite(c.xy.y))
        return false;
    *x = c.xy.x;
    *y = c.xy.y;
    return true;
}

static struct geod_geodesic grs80;
static pthread_once_t grs80_once = PTHREAD_ONCE_INIT;

static void grs80_init(void)
{
    geod_init(&grs80, 6378137.0, 1.0 / 298.257222101);
}

void crs_direct(double *lon2, double *lat2, double lon, double lat, double azimuth_deg,
                double distance_m)
{
    pthread_once(&grs80_once, grs80_init);
    geod_direct(&grs80, lat, lon, azimuth_deg, distance_m, lat2, lon2, NULL);
}

void crs_inverse(double *distance_m, double *azimuth_deg, double lon1, double lat1, double lon2,
                 double lat2)
{
    double azimuth = 0.0;
    pthread_once(&grs80_once, grs80_init);
    geod_inverse(&grs80, lat1, lon1, lat2, lon2, distance_m, &azimuth, NULL);
    if (azimuth_deg)
        *azimuth_deg = azimuth < 0.0 ? azimuth + 360.0 : azimuth;
}

bool crs_in_region(double lon, double lat)
{
    return lon >= 114.0 && lon <= 123.5 && lat >= 10.0 && lat <= 27.0;
}

const char *crs_library_version(void)
{
    return proj_info().version;
}
