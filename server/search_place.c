/* DESIGN: numbers are picked out of the text; anything that is neither a number nor a sign of
 * degrees makes it no coordinate, so that names and registration numbers never turn into places.
 * Which number is the longitude is told by a letter, else by the region served. */
#include "server/search_place.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "gis/crs.h"
#include "gis/text.h"

enum { NUMBERS_MAX = 6 };

struct scan {
    double number[NUMBERS_MAX];
    int count;
    char first_axis, last_axis; /* 'E' or 'N', '\0' = not said */
    bool signs;                 /* degree, minute or second signs are there */
};

/* Signs that may stand beside the numbers of a coordinate. */
static const char *const signs[] = {"°", "º", "'", "′", "’", "\"", "″", "”", "度", "分", "秒", ":"};
static const struct {
    const char *word;
    char axis;
} axes[] = {{"東經", 'E'}, {"北緯", 'N'}, {"E", 'E'}, {"N", 'N'}, {"e", 'E'}, {"n", 'N'}};

static size_t take_number(struct scan *s, const char *at)
{
    char digits[24];
    size_t len = strspn(at, "0123456789.");
    if (len >= sizeof digits || s->count == NUMBERS_MAX)
        return 0;
    memcpy(digits, at, len);
    digits[len] = '\0';
    if (!text_to_double(&s->number[s->count], digits))
        return 0;
    s->count++;
    return len;
}

static size_t take_word(struct scan *s, const char *at)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (!strncmp(at, signs[i], strlen(signs[i]))) {
            s->signs = true;
            return strlen(signs[i]);
        }
    for (size_t i = 0; i < sizeof axes / sizeof *axes; i++)
        if (!strncmp(at, axes[i].word, strlen(axes[i].word))) {
            if (!s->first_axis)
                s->first_axis = axes[i].axis;
            else if (s->last_axis)
                return 0;
            else
                s->last_axis = axes[i].axis;
            return strlen(axes[i].word);
        }
    if (*at == ' ' || *at == ',' || *at == ';' || *at == '/' || *at == '(' || *at == ')')
        return 1;
    return !strncmp(at, "　", 3) || !strncmp(at, "，", 3) || !strncmp(at, "、", 3) ? 3 : 0;
}

static bool scan(struct scan *s, const char *text)
{
    *s = (struct scan){0};
    for (const char *at = text; *at;) {
        bool digit = isdigit((unsigned char)*at) || *at == '.';
        size_t len = digit ? take_number(s, at) : take_word(s, at);
        if (!len)
            return false;
        at += len;
    }
    return s->count == 2 || s->count == 4 || s->count == 6;
}

/* Degrees, minutes, seconds of one half of the numbers. */
static bool angle(double *out, const double *n, int count)
{
    *out = n[0];
    if (count > 1 && (floor(n[0]) < n[0] || n[1] >= 60.0))
        return false;
    if (count > 2 && (floor(n[1]) < n[1] || n[2] >= 60.0))
        return false;
    *out += count > 1 ? n[1] / 60.0 : 0.0;
    *out += count > 2 ? n[2] / 3600.0 : 0.0;
    return true;
}

static int degrees(struct search_place *out, const struct scan *s)
{
    double a, b;
    int half = s->count / 2;
    if (half > 1 && !s->signs && !s->first_axis)
        return 0; /* four or six bare numbers are more likely something else */
    if (!angle(&a, s->number, half) || !angle(&b, s->number + half, half))
        return 0;
    bool east_first = s->first_axis ? s->first_axis == 'E' : crs_in_region(a, b);
    if (s->first_axis && s->last_axis && s->first_axis == s->last_axis)
        return 0;
    out->lon = east_first ? a : b;
    out->lat = east_first ? b : a;
    out->crs = "EPSG:4326";
    return crs_in_region(out->lon, out->lat);
}

static int metres(struct search_place out[SEARCH_PLACES_MAX], double x, double y)
{
    static const char *const zones[SEARCH_PLACES_MAX] = {"EPSG:3826", "EPSG:3825"};
    int found = 0;
    for (int i = 0; i < SEARCH_PLACES_MAX; i++) {
        struct search_place *p = &out[found];
        struct crs *crs = crs_open(zones[i], NULL);
        if (crs && crs_to_lonlat(crs, &p->lon, &p->lat, x, y) && crs_in_region(p->lon, p->lat)) {
            p->crs = zones[i];
            found++;
        }
        crs_close(crs);
    }
    return found;
}

int search_place(struct search_place out[SEARCH_PLACES_MAX], const char *text)
{
    struct scan s;
    if (!scan(&s, text))
        return 0;
    if (s.count == 2 && !s.signs && !s.first_axis) {
        double x = fmin(s.number[0], s.number[1]), y = fmax(s.number[0], s.number[1]);
        if (x >= 50000.0 && x <= 450000.0 && y >= 2200000.0 && y <= 3000000.0)
            return metres(out, x, y);
    }
    return degrees(out, &s);
}
