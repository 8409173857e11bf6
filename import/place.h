/* place.h - coordinates as a file gives them, to longitude and latitude (EPSG:4326). The system is
 * told, declared by the column names, or taken from the size of the first numbers; it is one for
 * the whole file, and the report names it. Nothing is corrected: swapped axes are said to be
 * swapped. */
#ifndef IMPORT_PLACE_H
#define IMPORT_PLACE_H

#include "gis/buf.h"
#include "gis/crs.h"

enum place_verdict {
    PLACE_ACCEPTED,
    PLACE_MISSING, /* neither coordinate given */
    PLACE_HALF,    /* only one given */
    PLACE_NOT_NUMBER,
    PLACE_SWAPPED,    /* falls in the region only with the axes exchanged */
    PLACE_OTHER_ZONE, /* outside, and in Taiwan if the central meridian of TM2 were the other */
    PLACE_OUTSIDE     /* falls outside the region (gis/crs.h) */
};

struct place_reader {
    struct crs *crs; /* NULL until known */
    char code[32];   /* "" until known */
    char why[200];   /* how the system was found out; "" = it was told */
};

/* code NULL: by magnitude, at the first pair. */
bool place_open(struct place_reader *p, const char *code, struct error *err);
void place_close(struct place_reader *p);
/* *x, *y: the numbers as given (0 where they are none); *lon, *lat only for PLACE_ACCEPTED. */
enum place_verdict place_read(struct place_reader *p, double *lon, double *lat, double *x,
                              double *y, const char *x_text, const char *y_text);
enum place_verdict place_check(struct place_reader *p, double *lon, double *lat, double x,
                               double y);
/* The coordinates of a little-endian WKB point; false for anything else. */
bool place_from_wkb(double *x, double *y, const char *wkb, size_t len);

/* Adds the normal form of the county that an address seems to begin with ("１０５臺北市松山區…"
 * gives 台北市, but 中壢市… gives 中壢市: the database knows the counties), or nothing. Old names
 * stay old. */
void place_county_key(struct buf *out, const char *address);

#endif
