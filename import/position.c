#include "import/position.h"

#include <string.h>

#include "gis/text.h"

bool position_begin(struct import_run *run, const struct position_fields *f, struct error *err)
{
    const struct reader_header *header = reader_header(run->reader);
    const int *c = run->column;
    bool degrees = c[f->lon] >= 0 && c[f->lat] >= 0, metres = c[f->x] >= 0 && c[f->y] >= 0;
    if ((c[f->lon] >= 0) != (c[f->lat] >= 0) || (c[f->x] >= 0) != (c[f->y] >= 0))
        return error_set(err, ERROR_INPUT, "there is only one column of a pair of coordinates (%s)",
                         c[f->lon] >= 0   ? "lon"
                         : c[f->lat] >= 0 ? "lat"
                         : c[f->x] >= 0   ? "x"
                                          : "y");
    const char *crs = run->request->crs;
    if (!crs && degrees)
        crs = "EPSG:4326";
    if (!crs && metres) {
        struct buf key = {.max = 1 << 16};
        text_name_key(&key, header->columns[c[f->x]].text, header->columns[c[f->x]].len);
        crs = strstr(buf_string(&key), "twd97")   ? "EPSG:3826"
              : strstr(buf_string(&key), "twd67") ? "EPSG:3828" /* with --map x=TWD67X */
                                                  : NULL;
        buf_free(&key);
    }
    if (!crs && !degrees && !metres && header->geometry)
        crs = *header->crs ? header->crs : "EPSG:4326";
    if (!degrees && !metres && !header->geometry)
        crs = NULL;
    return place_open(&run->place, crs, err);
}

void position_take(struct position *p, struct import_run *run, const struct position_fields *f)
{
    static const char *const sentences[] = {
        [PLACE_HALF] = "only one of the two coordinates is given",
        [PLACE_NOT_NUMBER] = "the coordinates are not numbers",
        [PLACE_SWAPPED] =
            "the two coordinates are swapped: they fall in Taiwan only the other way round",
        [PLACE_OUTSIDE] =
            "the position is outside the region of Taiwan (longitude 114-123.5, latitude 10-27)",
    };
    bool degrees = run->column[f->lon] >= 0;
    int fx = degrees ? f->lon : f->x, fy = degrees ? f->lat : f->y;
    enum place_verdict verdict;
    if (run->column[fx] < 0 && run->row->wkb) {
        bool point = place_from_wkb(&p->x, &p->y, run->row->wkb, run->row->wkb_len);
        verdict = point ? place_check(&run->place, &p->lon, &p->lat, p->x, p->y) : PLACE_NOT_NUMBER;
    } else {
        verdict = place_read(&run->place, &p->lon, &p->lat, &p->x, &p->y, import_value(run, fx),
                             import_value(run, fy));
    }
    p->given = verdict == PLACE_ACCEPTED  ? "accepted"
               : verdict == PLACE_OUTSIDE ? "outside"
                                          : "missing";
    p->reported = verdict == PLACE_ACCEPTED || verdict == PLACE_OUTSIDE || verdict == PLACE_SWAPPED;
    if (verdict == PLACE_SWAPPED)
        import_note(run, fx, "axes_swapped", "%s", sentences[verdict]);
    else if (verdict == PLACE_OUTSIDE)
        import_note(run, fx, "position_outside_region", "%s", sentences[verdict]);
    else if (verdict == PLACE_HALF || verdict == PLACE_NOT_NUMBER)
        import_note(run, fx, "field_ignored", "%s", sentences[verdict]);
}
