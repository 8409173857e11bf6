#include "gis/units.h"

#include <string.h>

#include "gis/text.h"

static const struct {
    const char *key; /* normal form of gis/text.h: lower case, 台 for 臺 */
    enum unit_kind kind;
    double factor; /* kg or litres */
} units[] = {
    {"公噸", UNIT_MASS, 1000},     {"噸", UNIT_MASS, 1000},       {"t", UNIT_MASS, 1000},
    {"ton", UNIT_MASS, 1000},      {"tonne", UNIT_MASS, 1000},    {"tonnes", UNIT_MASS, 1000},
    {"tons", UNIT_MASS, 1000},     {"mt", UNIT_MASS, 1000},       {"kg", UNIT_MASS, 1},
    {"公斤", UNIT_MASS, 1},        {"千克", UNIT_MASS, 1},        {"kgs", UNIT_MASS, 1},
    {"kilogram", UNIT_MASS, 1},    {"kilograms", UNIT_MASS, 1},   {"g", UNIT_MASS, 1e-3},
    {"公克", UNIT_MASS, 1e-3},     {"克", UNIT_MASS, 1e-3},       {"gram", UNIT_MASS, 1e-3},
    {"grams", UNIT_MASS, 1e-3},    {"mg", UNIT_MASS, 1e-6},       {"毫克", UNIT_MASS, 1e-6},
    {"l", UNIT_VOLUME, 1},         {"公升", UNIT_VOLUME, 1},      {"升", UNIT_VOLUME, 1},
    {"liter", UNIT_VOLUME, 1},     {"litre", UNIT_VOLUME, 1},     {"liters", UNIT_VOLUME, 1},
    {"litres", UNIT_VOLUME, 1},    {"ml", UNIT_VOLUME, 1e-3},     {"毫升", UNIT_VOLUME, 1e-3},
    {"公秉", UNIT_VOLUME, 1000},   {"kl", UNIT_VOLUME, 1000},     {"m3", UNIT_VOLUME, 1000},
    {"m³", UNIT_VOLUME, 1000},     {"㎥", UNIT_VOLUME, 1000},     {"立方公尺", UNIT_VOLUME, 1000},
    {"立方米", UNIT_VOLUME, 1000}, {"千公斤", UNIT_MASS, 1000},   {"仟公斤", UNIT_MASS, 1000},
    {"仟克", UNIT_MASS, 1},        {"仟公升", UNIT_VOLUME, 1000}, {"千公升", UNIT_VOLUME, 1000},
    {"千升", UNIT_VOLUME, 1000},   {"仟升", UNIT_VOLUME, 1000},   {"cc", UNIT_VOLUME, 1e-3},
    {"c.c.", UNIT_VOLUME, 1e-3},   {"cm3", UNIT_VOLUME, 1e-3},    {"立方公分", UNIT_VOLUME, 1e-3},
    {"公撮", UNIT_VOLUME, 1e-3},   {"cbm", UNIT_VOLUME, 1000},    {"ug", UNIT_MASS, 1e-9},
    {"µg", UNIT_MASS, 1e-9},       {"μg", UNIT_MASS, 1e-9},       {"微克", UNIT_MASS, 1e-9},
    {"磅", UNIT_MASS, 0.45359237}, {"lb", UNIT_MASS, 0.45359237}, {"lbs", UNIT_MASS, 0.45359237},
    {"台斤", UNIT_MASS, 0.6},
};

static enum unit_kind find(double *factor, const char *key)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (!strcmp(units[i].key, key)) {
            *factor = units[i].factor;
            return units[i].kind;
        }
    return UNIT_OTHER;
}

/* "公斤(kg)": what stands in brackets must be a unit of the same size. */
static enum unit_kind find_twice(double *factor, char *key)
{
    size_t len = strlen(key);
    char *bracket = strchr(key, '(');
    double second = 0;
    if (!bracket || bracket == key || key[len - 1] != ')')
        return UNIT_OTHER;
    key[len - 1] = *bracket = '\0';
    enum unit_kind kind = find(factor, key);
    if (kind != UNIT_OTHER && find(&second, bracket + 1) == kind && !(second < *factor) &&
        !(second > *factor))
        return kind;
    *factor = 0;
    return UNIT_OTHER;
}

enum unit_kind units_find(double *factor, const char *text)
{
    struct buf b = {.max = 256};
    char key[128];
    text_name_key(&b, text, strlen(text));
    text_copy(key, sizeof key, buf_string(&b));
    buf_free(&b);
    *factor = 0;
    enum unit_kind kind = find(factor, key);
    size_t len = strlen(key);
    if (kind == UNIT_OTHER && len > 1 && key[len - 1] == '.') { /* "kg." */
        key[len - 1] = '\0';
        kind = find(factor, key);
    }
    return kind == UNIT_OTHER ? find_twice(factor, key) : kind;
}
