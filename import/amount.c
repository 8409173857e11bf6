#include "import/amount.h"

#include <string.h>

#include "gis/text.h"
#include "import/value.h"

/* In the normal form of gis/text.h. 1 坪 = 400/121 m², 1 甲 = 2,934 坪. */
static const struct {
    const char *key;
    double square_metres;
} areas[] = {{"平方公尺", 1},
             {"平方米", 1},
             {"m2", 1},
             {"m²", 1},
             {"㎡", 1},
             {"公頃", 1e4},
             {"ha", 1e4},
             {"公畝", 100},
             {"平方公里", 1e6},
             {"km2", 1e6},
             {"km²", 1e6},
             {"坪", 400.0 / 121},
             {"甲", 2934 * 400.0 / 121}};

static const char *const unknowns[] = {"不明",    "未知", "不詳", "無資料",   "-無資料-", "未標示",
                                       "unknown", "n/a",  "na",   "無法辨識", "-",        "--"};

bool amount_read(double *value, char unit[AMOUNT_UNIT_MAX], const char *text)
{
    struct buf b = {.max = 1 << 16};
    text_name_key(&b, text, strlen(text));
    char number[AMOUNT_UNIT_MAX];
    const char *key = buf_string(&b);
    size_t digits = strspn(key, "0123456789.,");
    bool ok = digits && digits < sizeof number && strlen(key + digits) < AMOUNT_UNIT_MAX;
    if (ok) {
        memcpy(number, key, digits);
        number[digits] = '\0';
        ok = value_double(value, number);
        text_copy(unit, AMOUNT_UNIT_MAX, key + digits);
    }
    buf_free(&b);
    return ok;
}

double amount_area(const char *unit)
{
    double found = 0;
    struct buf b = {.max = 1 << 16};
    text_name_key(&b, unit, strlen(unit));
    const char *key = buf_string(&b);
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++)
        if (!strcmp(areas[i].key, key))
            found = areas[i].square_metres;
    buf_free(&b);
    return found;
}

bool amount_unknown(const char *text)
{
    bool found = false;
    struct buf b = {.max = 1 << 16};
    text_name_key(&b, text, strlen(text));
    const char *key = buf_string(&b);
    for (size_t i = 0; i < sizeof unknowns / sizeof *unknowns; i++)
        found |= !strcmp(unknowns[i], key);
    buf_free(&b);
    return found;
}
