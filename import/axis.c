/* DESIGN. Agencies write the same column in a hundred ways. Everything that names a system, a zone,
 * a unit or the word "coordinate" is cut out of the name; what is left must be the axis and nothing
 * else. So "x坐標(twd67,m)" is an easting, and "最大x值" is not. */
#include "import/axis.h"

#include <string.h>

/* Longest first: each is cut out wherever it stands. */
static const char *const filler[] = {
    "coordinates", "coordinate", "epsg3826", "epsg3828", "2度分帶", "二度分帶", "taiwan", "wgs1984",
    "(公尺)",      "twd97",      "twd67",    "wgs84",    "座標",    "坐標",     "分帶",   "公尺",
    "投影",        "(度)",       "tm2",      "tmx2",     "121",     "119",      "97",     "67",
    "84",          "(m)",        ",m",       "tm",       "()",      "_",        "-",      ".",
    "(",           ")",          ",",        ":",        "/",       "值"};

static const struct {
    const char *rest;
    enum axis axis;
} rests[] = {
    {"x", AXIS_X},       {"橫", AXIS_X},     {"e", AXIS_X},        {"east", AXIS_X},
    {"easting", AXIS_X}, {"東", AXIS_X},     {"y", AXIS_Y},        {"縱", AXIS_Y},
    {"n", AXIS_Y},       {"north", AXIS_Y},  {"northing", AXIS_Y}, {"北", AXIS_Y},
    {"lon", AXIS_LON},   {"lng", AXIS_LON},  {"long", AXIS_LON},   {"longitude", AXIS_LON},
    {"經度", AXIS_LON},  {"東經", AXIS_LON}, {"lat", AXIS_LAT},    {"latitude", AXIS_LAT},
    {"緯度", AXIS_LAT},  {"北緯", AXIS_LAT},
};

enum { KEY_MAX = 64 };

static void cut_out(char *key, const char *word)
{
    size_t len = strlen(word);
    for (char *at = key; (at = strstr(at, word));)
        memmove(at, at + len, strlen(at + len) + 1);
}

enum axis axis_find(const char *key)
{
    char rest[KEY_MAX];
    size_t len = strlen(key);
    if (len >= sizeof rest)
        return AXIS_NONE;
    memcpy(rest, key, len + 1);
    for (size_t i = 0; i < sizeof filler / sizeof *filler; i++)
        cut_out(rest, filler[i]);
    bool degrees = strstr(key, "wgs84") || strstr(key, "wgs1984");
    for (size_t i = 0; i < sizeof rests / sizeof *rests; i++)
        if (!strcmp(rest, rests[i].rest)) {
            enum axis a = rests[i].axis;
            return !degrees ? a : a == AXIS_X ? AXIS_LON : a == AXIS_Y ? AXIS_LAT : a;
        }
    return AXIS_NONE;
}

bool axis_is_twd67(const char *key)
{
    return strstr(key, "67") || strstr(key, "3828") || strstr(key, "3827");
}

const char *axis_crs(const char *key)
{
    bool west = strstr(key, "119") || strstr(key, "3825") || strstr(key, "3827");
    if (axis_is_twd67(key))
        return west ? "EPSG:3827" : "EPSG:3828";
    if (strstr(key, "97") || strstr(key, "3826") || west)
        return west ? "EPSG:3825" : "EPSG:3826";
    return NULL;
}

static bool has_one(const char *key, const char *const *words)
{
    for (; *words; words++)
        if (strstr(key, *words))
            return true;
    return false;
}

const char *axis_other_crs(const char *key, const char *taken)
{
    static const char *const olds[] = {"67", "3828", "3827", "虎子山", NULL};
    static const char *const news[] = {"97", "3824", "3825", "3826", "4326", "wgs", NULL};
    static const char *const wests[] = {"119", "3825", "3827", NULL};
    static const char *const easts[] = {"121", "3826", "3828", NULL};
    bool old = has_one(key, olds), west = has_one(key, wests);
    bool taken_old = has_one(taken, (const char *const[]){"3828", "3827", NULL});
    bool taken_west = has_one(taken, wests), tm2 = taken_west || has_one(taken, easts);
    bool datum = old != has_one(key, news), zone = tm2 && west != has_one(key, easts);
    if ((!datum || old == taken_old) && (!zone || west == taken_west))
        return NULL;
    old = datum ? old : taken_old;
    west = zone ? west : taken_west;
    return old ? (west ? "EPSG:3827" : "EPSG:3828") : west ? "EPSG:3825" : "EPSG:3826";
}
