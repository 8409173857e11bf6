/* legend.h - the fixed classes and colours of the layers: one table each for the tiles, the
 * TileJSON, the styles and the page. */
#ifndef TILES_LEGEND_H
#define TILES_LEGEND_H

#include "analysis/heat_classes.h"
#include "gis/json.h"

struct legend_class {
    double min; /* a value belongs to the last class whose min it reaches */
    uint8_t r, g, b;
};

struct legend {
    const char *property, *unit_zh, *unit_en;
    const struct legend_class *classes;
    int count;
};

enum { LEGEND_SCORES = 5 };
enum { LEGEND_NO_DATA = 0x9E }; /* grey level of "no data", never white */

/* Radar score of facilities: five classes of ColorBrewer YlOrRd. */
extern const struct legend legend_score;
/* The same for scores by other parameters: its limits scaled by the largest score that these allow
 * (radar_largest), to two digits, so that lopsided weights do not make the map one colour. */
struct legend_scaled {
    struct legend legend;
    struct legend_class classes[LEGEND_SCORES];
};
void legend_score_scale(struct legend_scaled *out, double largest);
/* Heat: filled into `out` and its classes from the classes of a query. Inferno-like, so that it is
 * read by the colour-blind and in black and white: by day dark = most, by night dark = few. */
struct legend_heat {
    struct legend legend;
    struct legend_class classes[HEAT_CLASSES_MAX];
};
void legend_heat_fill(struct legend_heat *out, const struct heat_source *s,
                      const struct heat_classes *classes, bool night);
/* Unit of a source's values, e.g. "廠場/平方公里", "facilities per km²". */
void legend_heat_unit(const char **zh, const char **en, const struct heat_source *s);

/* Share of facilities without a position, percent. */
extern const struct legend legend_missing;
/* Sum of shares of regulated quantities; how far a quantity is past its limit, kg. */
extern const struct legend legend_threshold, legend_anomaly;

/* Class of a value: 0 … count-1, -1 below the first. */
int legend_class_of(const struct legend *l, double value);
/* {"property", "unit", "classes": […], "no_data"} of the contract. */
void legend_json(struct json *j, const char *key, const struct legend *l, bool no_data);

#endif
