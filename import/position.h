/* position.h - the position of a row, from its coordinate columns or from the file's own point. */
#ifndef IMPORT_POSITION_H
#define IMPORT_POSITION_H

#include "import/run.h"

struct position_fields {
    int lon, lat, x, y; /* fields of the kind; degrees win over metres */
    int crs;            /* the coordinate system that the row says */
};
struct position {
    double lon, lat;   /* EPSG:4326, where accepted */
    double x, y;       /* as reported */
    const char *given; /* accepted, missing, outside, other_zone */
    const char *crs;   /* x and y were taken in this; NULL where the row says another */
    bool reported;     /* x and y are numbers that were given */
};

/* After the header: opens run->place in the coordinate system that --crs, the columns' names or the
 * file say; without any the first numbers do. Refuses one column of a pair. */
bool position_begin(struct import_run *run, const struct position_fields *f, struct error *err);
/* The present row's; what cannot be accepted is noted and the row kept: so where the row says
 * another coordinate system than the file is taken in. */
void position_take(struct position *p, struct import_run *run, const struct position_fields *f);

/* Position columns, the same in every kind. */
#define POSITION_LON_HEADERS "經度|longitude|lng|long|wgs84_lon|wgs84經度|wgs84x|x_wgs84"
#define POSITION_LAT_HEADERS "緯度|latitude|wgs84_lat|wgs84緯度|wgs84y|y_wgs84"
#define POSITION_X_HEADERS                                                                                  \
    "TWD97X|TWD97_X|TWD97TM2X|TWD97TM2_X|TM2X|X座標|X坐標|座標X|坐標X|橫座標|橫坐標|easting|" \
    "二度分帶X"
#define POSITION_Y_HEADERS                                                                                   \
    "TWD97Y|TWD97_Y|TWD97TM2Y|TWD97TM2_Y|TM2Y|Y座標|Y坐標|座標Y|坐標Y|縱座標|縱坐標|northing|" \
    "二度分帶Y"
#define POSITION_CRS_HEADERS                                                                       \
    "座標系統|坐標系統|座標系|坐標系|coordinate_system|coordinate_reference_system"
#define POSITION_PAIRS(lon, lat, x, y)                                                             \
    [lon] = {"lon", POSITION_LON_HEADERS, "longitude, degrees (EPSG:4326)", false},                \
    [lat] = {"lat", POSITION_LAT_HEADERS, "latitude, degrees (EPSG:4326)", false},                 \
    [x] = {"x", POSITION_X_HEADERS, "easting, metres (EPSG:3826 unless --crs)", false},            \
    [y] = {"y", POSITION_Y_HEADERS, "northing, metres", false}
#define POSITION_FIELDS(lon, lat, x, y, system)                                                      \
    POSITION_PAIRS(lon, lat, x, y), [system] = {"crs", POSITION_CRS_HEADERS,                         \
                                                "what the row says: TWD97, TWD67 …; its position " \
                                                "is not taken if the file's is another",             \
                                                false}
#define POSITION_RULES(lon, lat, x, y, system)                                                     \
    [lon] = {.role = IMPORT_ROLE_LON}, [lat] = {.role = IMPORT_ROLE_LAT},                          \
    [x] = {.role = IMPORT_ROLE_X}, [y] = {.role = IMPORT_ROLE_Y},                                  \
    [system] = {.role = IMPORT_ROLE_CRS}

#endif
