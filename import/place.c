#include "import/place.h"

#include <math.h>
#include <string.h>

#include "gis/text.h"
#include "import/value.h"

bool place_open(struct place_reader *p, const char *code, struct error *err)
{
    *p = (struct place_reader){.crs = NULL};
    if (!code)
        return true;
    text_copy(p->code, sizeof p->code, code);
    return (p->crs = crs_open(code, err)) != NULL;
}

void place_close(struct place_reader *p)
{
    crs_close(p->crs);
    p->crs = NULL;
}

/* "121 33 12.5" is degrees where degrees are due, and 1213312.5 in a file of metres. */
static bool read_number(struct place_reader *p, double *out, const char *text)
{
    if (!text[strspn(text, "0123456789.")])
        return text_to_double(out, text); /* the usual case, without its detours */
    bool degrees = !*p->code || !strcmp(p->code, "EPSG:4326") || !strcmp(p->code, "EPSG:3824");
    return (degrees && value_degrees(out, text)) || value_double(out, text);
}

/* Degrees are small, metres of TM2 are not; 3826 is by far the most used of those in metres. */
static void detect(struct place_reader *p, double x, double y)
{
    bool degrees = fabs(x) <= 180 && fabs(y) <= 180;
    place_open(p, degrees ? "EPSG:4326" : "EPSG:3826", NULL);
    text_copy(p->why, sizeof p->why,
              degrees
                  ? "by the size of the first numbers"
                  : "by the size of the first numbers; TWD67 looks the same and lies 850 m off: "
                    "give --crs EPSG:3828 if that is what they are");
}

static bool in_region(struct place_reader *p, double *lon, double *lat, double x, double y)
{
    return isfinite(x) && isfinite(y) && crs_to_lonlat(p->crs, lon, lat, x, y) &&
           crs_in_region(*lon, *lat);
}

/* The two zones of TM2 (119, 121) differ by 2 degrees of longitude and nothing else: read in the
 * other, the place lies exactly so far east or west. 118-122.2, 21.8-26.5 is Taiwan with Penghu,
 * Kinmen and Matsu, where such positions come from. */
static bool in_other_zone(struct place_reader *p, double x, double y)
{
    static const char *const zones[] = {"EPSG:3826", "EPSG:3825", "EPSG:3828", "EPSG:3827"};
    bool tm2 = false;
    double lon, lat;
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        tm2 = tm2 || !strcmp(p->code, zones[i]);
    if (!tm2 || !isfinite(x) || !isfinite(y) || !crs_to_lonlat(p->crs, &lon, &lat, x, y) ||
        !(lat >= 21.8 && lat <= 26.5))
        return false;
    return (lon - 2 >= 118 && lon - 2 <= 122.2) || (lon + 2 >= 118 && lon + 2 <= 122.2);
}

enum place_verdict place_check(struct place_reader *p, double *lon, double *lat, double x, double y)
{
    double a, b;
    if (!p->crs && (x != 0 || y != 0))
        detect(p, x, y);
    if (!p->crs)
        return PLACE_OUTSIDE;
    if (in_region(p, lon, lat, x, y))
        return PLACE_ACCEPTED;
    if (in_region(p, &a, &b, y, x))
        return PLACE_SWAPPED;
    return in_other_zone(p, x, y) ? PLACE_OTHER_ZONE : PLACE_OUTSIDE;
}

enum place_verdict place_read(struct place_reader *p, double *lon, double *lat, double *x,
                              double *y, const char *x_text, const char *y_text)
{
    *x = *y = 0;
    if (!x_text && !y_text)
        return PLACE_MISSING;
    if (!x_text || !y_text)
        return PLACE_HALF;
    if (!read_number(p, x, x_text) || !read_number(p, y, y_text))
        return PLACE_NOT_NUMBER;
    return place_check(p, lon, lat, *x, *y);
}

bool place_from_wkb(double *x, double *y, const char *wkb, size_t len)
{
    static const char head[] = {1, 1, 0, 0, 0}; /* little endian, point */
    if (len != 21 || memcmp(wkb, head, sizeof head))
        return false;
    memcpy(x, wkb + 5, sizeof *x);
    memcpy(y, wkb + 13, sizeof *y);
    return !isnan(*x) && !isnan(*y);
}

static size_t after(const char *text, const char *prefix)
{
    size_t len = strlen(prefix);
    return strncmp(text, prefix, len) ? 0 : len;
}

void place_county_key(struct buf *out, const char *address)
{
    enum { COUNTY = 9 /* bytes: names of counties have three characters */ };
    struct buf whole = {.max = 1 << 16};
    text_name_key(&whole, address, strlen(address));
    const char *key = buf_string(&whole);
    key += strspn(key, "0123456789-()"); /* postal code */
    key += after(key, "中華民國");
    key += after(key, "台灣省");
    key += after(key, "福建省");
    if (strlen(key) >= COUNTY && (after(key + 6, "縣") || after(key + 6, "市")))
        buf_add(out, key, COUNTY);
    buf_free(&whole);
}
