/* radar_svg.h - a warning radar chart as a standalone SVG file: zh-TW and English, on a white or a
 * dark ground, readable in black and white. Only attributes, no style sheet and no script, so that
 * it looks the same under any content security policy. */
#ifndef SERVER_RADAR_SVG_H
#define SERVER_RADAR_SVG_H

#include <stdbool.h>

#include "gis/buf.h"

enum { RADAR_SVG_AXES = 4, RADAR_SVG_NOTES = 6 };
enum radar_svg_theme { RADAR_SVG_DAY, RADAR_SVG_NIGHT };

struct radar_svg_axis {
    const char *key, *zh, *en; /* A, 危害性, hazard */
    char raw[96];              /* "408,888,000 公斤 kg" */
    char how[96];              /* "第 10 級 class 10 × 30 % = 3.000" */
    double weighted, max;      /* in the score's unit; max = of class 10 */
    bool no_data;              /* drawn dashed and hollow */
    bool official;             /* an imported official class */
};

struct radar_svg {
    const char *title_zh, *title_en;            /* name; title_en NULL = none */
    char subtitle[200];                         /* CAS number, county … */
    struct radar_svg_axis axis[RADAR_SVG_AXES]; /* as they stand: top, right, bottom, left */
    double area;                                /* NaN = no score */
    const char *none_zh, *none_en;              /* why there is no score */
    char notes[RADAR_SVG_NOTES][240];           /* lines below; "" = none */
    enum radar_svg_theme theme;
};

void radar_svg_write(struct buf *out, const struct radar_svg *chart);

#endif
