#include "import/position.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/axis.h"
#include "import/names.h"

static const char *title(const struct import_run *run, int field)
{
    return reader_header(run->reader)->columns[run->column[field]].text;
}

/* What the names of easting and northing say; *crs NULL = nothing. */
static bool crs_of_names(const char **crs, const struct import_run *run,
                         const struct position_fields *f, struct error *err)
{
    char *x = names_key(title(run, f->x), strlen(title(run, f->x))),
         *y = names_key(title(run, f->y), strlen(title(run, f->y)));
    bool same = axis_is_twd67(x) == axis_is_twd67(y);
    *crs = axis_crs(x);
    free(x);
    free(y);
    return same || error_set(err, ERROR_INPUT,
                             "the columns \"%.60s\" and \"%.60s\" are in different coordinate "
                             "systems; say which columns to take with maps",
                             title(run, f->x), title(run, f->y));
}

/* A half pair matters only where no pair is whole. */
static bool check_pairs(const int *c, const struct position_fields *f, struct error *err)
{
    bool degrees = c[f->lon] >= 0 && c[f->lat] >= 0, metres = c[f->x] >= 0 && c[f->y] >= 0;
    const char *half = c[f->lon] >= 0   ? "lon"
                       : c[f->lat] >= 0 ? "lat"
                       : c[f->x] >= 0   ? "x"
                       : c[f->y] >= 0   ? "y"
                                        : NULL;
    return degrees || metres || !half ||
           error_set(err, ERROR_INPUT, "there is only one column of a pair of coordinates (%s)",
                     half);
}

/* Degrees of TWD67 would be taken 850 m off. */
static bool check_degrees(const struct import_run *run, const struct position_fields *f,
                          struct error *err)
{
    char *key = names_key(title(run, f->lon), strlen(title(run, f->lon)));
    bool old = axis_is_twd67(key);
    free(key);
    return !old || run->request->crs ||
           error_set(err, ERROR_UNSUPPORTED,
                     "the column \"%.60s\" has degrees of TWD67, which are not read; bring the "
                     "metres (TM2, EPSG:3828) or degrees of TWD97",
                     title(run, f->lon));
}

bool position_begin(struct import_run *run, const struct position_fields *f, struct error *err)
{
    const struct reader_header *header = reader_header(run->reader);
    const int *c = run->column;
    bool degrees = c[f->lon] >= 0 && c[f->lat] >= 0, metres = c[f->x] >= 0 && c[f->y] >= 0;
    const char *crs = run->request->crs;
    char why[sizeof run->place.why] = "";
    if (!check_pairs(c, f, err))
        return false;
    if (degrees && !check_degrees(run, f, err))
        return false;
    if (!crs && degrees) {
        crs = "EPSG:4326";
        snprintf(why, sizeof why, "the columns \"%.60s\" and \"%.60s\" are degrees",
                 title(run, f->lon), title(run, f->lat));
    } else if (!crs && metres) {
        if (!crs_of_names(&crs, run, f, err))
            return false;
        if (crs)
            snprintf(why, sizeof why, "the names of the columns say so: \"%.60s\", \"%.60s\"",
                     title(run, f->x), title(run, f->y));
    } else if (!crs && header->geometry) {
        crs = *header->crs ? header->crs : NULL; /* NULL: the first numbers say it */
    }
    if (!degrees && !metres && !header->geometry)
        crs = NULL;
    if (!place_open(&run->place, crs, err))
        return false;
    memcpy(run->place.why, why, sizeof why);
    return true;
}

/* Whether the row says another system than the file is taken in, which is noted. A file with both
 * pairs may say it of the pair that is not taken. */
static bool says_other_crs(struct import_run *run, const struct position_fields *f)
{
    const int *c = run->column;
    const char *text = f->crs < 0 ? NULL : import_value(run, f->crs), *taken = run->place.code;
    if (!text || !*taken || (c[f->lon] >= 0 && c[f->lat] >= 0 && c[f->x] >= 0 && c[f->y] >= 0))
        return false;
    char *key = names_key(text, strlen(text));
    const char *other = axis_other_crs(key, taken);
    free(key);
    if (other)
        import_note(run, f->crs, "crs_differs",
                    "the row says that its coordinates are in \"%.60s\", and the file is taken as "
                    "%s: it is not drawn; bring such rows in metres with --crs %s",
                    text, taken, other);
    return other != NULL;
}

static const struct {
    const char *given, *code, *sentence;
} verdicts[] = {
    [PLACE_ACCEPTED] = {"accepted", NULL, NULL},
    [PLACE_MISSING] = {"missing", NULL, NULL},
    [PLACE_HALF] = {"missing", "field_ignored", "only one of the two coordinates is given"},
    [PLACE_NOT_NUMBER] = {"missing", "field_ignored", "the coordinates are not numbers"},
    [PLACE_SWAPPED] = {"missing", "axes_swapped",
                       "the two coordinates are swapped: they fall in Taiwan only the other way "
                       "round"},
    [PLACE_OTHER_ZONE] = {"other_zone", "zone_mixed_up",
                          "the position is outside the region and would lie in Taiwan in the other "
                          "TM2 zone (119/121): the source mixed them up; it is not drawn and not "
                          "moved"},
    [PLACE_OUTSIDE] = {"outside", "position_outside_region",
                       "the position is outside the region of Taiwan (longitude 114-123.5, "
                       "latitude 10-27)"},
};

void position_take(struct position *p, struct import_run *run, const struct position_fields *f)
{
    bool degrees = run->column[f->lon] >= 0 && run->column[f->lat] >= 0;
    int fx = degrees ? f->lon : f->x, fy = degrees ? f->lat : f->y;
    bool shape = false; /* a geometry that is no point */
    enum place_verdict verdict;
    if (run->column[fx] < 0 && run->row->wkb) {
        bool point = place_from_wkb(&p->x, &p->y, run->row->wkb, run->row->wkb_len);
        shape = !point;
        verdict = point ? place_check(&run->place, &p->lon, &p->lat, p->x, p->y) : PLACE_NOT_NUMBER;
    } else {
        verdict = place_read(&run->place, &p->lon, &p->lat, &p->x, &p->y, import_value(run, fx),
                             import_value(run, fy));
    }
    p->reported = verdict == PLACE_ACCEPTED || verdict >= PLACE_SWAPPED;
    bool other = p->reported && says_other_crs(run, f);
    p->given = other ? "missing" : verdicts[verdict].given;
    p->crs = other ? NULL : run->place.code;
    if (!other && verdicts[verdict].code)
        import_note(run, fx, verdicts[verdict].code, "%s",
                    shape ? "the geometry of the row is no point: mend it in the original file"
                          : verdicts[verdict].sentence);
}
