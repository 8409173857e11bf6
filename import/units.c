#include "import/units.h"

#include <string.h>

#include "gis/text.h"

static const struct {
    const char *key; /* normal form of gis/text.h: lower case, 台 for 臺 */
    enum unit_kind kind;
    double factor; /* kg or litres */
} units[] = {
    {"公噸", UNIT_MASS, 1000},     {"噸", UNIT_MASS, 1000},     {"t", UNIT_MASS, 1000},
    {"ton", UNIT_MASS, 1000},      {"tonne", UNIT_MASS, 1000},  {"tonnes", UNIT_MASS, 1000},
    {"tons", UNIT_MASS, 1000},     {"mt", UNIT_MASS, 1000},     {"kg", UNIT_MASS, 1},
    {"公斤", UNIT_MASS, 1},        {"千克", UNIT_MASS, 1},      {"kgs", UNIT_MASS, 1},
    {"kilogram", UNIT_MASS, 1},    {"kilograms", UNIT_MASS, 1}, {"g", UNIT_MASS, 1e-3},
    {"公克", UNIT_MASS, 1e-3},     {"克", UNIT_MASS, 1e-3},     {"gram", UNIT_MASS, 1e-3},
    {"grams", UNIT_MASS, 1e-3},    {"mg", UNIT_MASS, 1e-6},     {"毫克", UNIT_MASS, 1e-6},
    {"l", UNIT_VOLUME, 1},         {"公升", UNIT_VOLUME, 1},    {"升", UNIT_VOLUME, 1},
    {"liter", UNIT_VOLUME, 1},     {"litre", UNIT_VOLUME, 1},   {"liters", UNIT_VOLUME, 1},
    {"litres", UNIT_VOLUME, 1},    {"ml", UNIT_VOLUME, 1e-3},   {"毫升", UNIT_VOLUME, 1e-3},
    {"公秉", UNIT_VOLUME, 1000},   {"kl", UNIT_VOLUME, 1000},   {"m3", UNIT_VOLUME, 1000},
    {"m³", UNIT_VOLUME, 1000},     {"㎥", UNIT_VOLUME, 1000},   {"立方公尺", UNIT_VOLUME, 1000},
    {"立方米", UNIT_VOLUME, 1000},
};

enum unit_kind units_find(double *factor, const char *text)
{
    struct buf b = {.max = 256};
    text_name_key(&b, text, strlen(text));
    const char *key = buf_string(&b);
    enum unit_kind kind = UNIT_OTHER;
    *factor = 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (!strcmp(units[i].key, key)) {
            kind = units[i].kind;
            *factor = units[i].factor;
        }
    buf_free(&b);
    return kind;
}
