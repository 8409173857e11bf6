#include "import/concentration.h"

#include <math.h>
#include <string.h>

#include "gis/text.h"
#include "import/value.h"

enum { KEY_MAX = 120 };

static bool normal_form(char key[KEY_MAX], const char *text)
{
    struct buf b = {.max = 1 << 16};
    text_name_key(&b, text, strlen(text));
    bool fits = b.len && b.len < KEY_MAX && !b.overflow;
    if (fits)
        text_copy(key, KEY_MAX, buf_string(&b));
    buf_free(&b);
    return fits;
}

/* The first of words that s begins with; 0 = none. Longer words stand before their beginnings. */
static size_t begins(const char *s, const char *const *words)
{
    for (; *words; words++)
        if (!strncmp(s, *words, strlen(*words)))
            return strlen(*words);
    return 0;
}

/* ---- values ---- */

static size_t number_at(double *out, const char *s)
{
    char number[KEY_MAX];
    size_t len = strspn(s, "0123456789.,");
    if (len && s[len] == 'e') {
        size_t sign = s[len + 1] == '-' || s[len + 1] == '+';
        size_t digits = strspn(s + len + 1 + sign, "0123456789");
        len += digits ? 1 + sign + digits : 0;
    }
    memcpy(number, s, len);
    number[len] = '\0';
    return len && value_double(out, number) ? len : 0;
}

bool concentration_read(struct concentration *out, const char *text, double limit)
{
    static const char *const below[] = {
        "<=",        "<",           "≦",      "≤",        "﹤",       "notdetected",
        "nondetect", "belowdetect", "未檢出", "未檢測出", "低於",     "小於",
        "n.d.",      "n.d",         "nd",     "bdl",      "檢測不出", NULL};
    static const char *const about[] = {
        "方法偵測極限", "偵測極限", "檢測極限", "定量極限", "極限", "mdl", "lod", "loq", "limit",
        "able",         "ed",       "ion",      "(",        ")",    "=",   ":",   "值",  NULL};
    char key[KEY_MAX];
    double number = (double)NAN;
    *out = (struct concentration){.value = (double)NAN, .limit = limit};
    if (!normal_form(key, text))
        return false;
    for (const char *s = key; *s;) {
        size_t len = isfinite(number) ? 0 : begins(s, below);
        out->below |= len > 0;
        if (!len && s > key && out->below)
            len = begins(s, about);
        if (!len && !isfinite(number))
            len = number_at(&number, s);
        if (!len)
            return false;
        s += len;
    }
    if (!out->below) {
        bool ok = isfinite(number) && number >= 0;
        if (ok)
            out->value = number;
        return ok;
    }
    if (isfinite(number))
        out->limit = number;
    return true;
}

/* ---- what was measured ---- */

static enum matter matter_of(const char *text)
{
    static const struct {
        const char *word;
        enum matter matter;
    } words[] = {
        {"底泥", MATTER_SOLID},   {"沉積物", MATTER_SOLID},   {"底質", MATTER_SOLID},
        {"土壤", MATTER_SOLID},   {"污泥", MATTER_SOLID},     {"生物", MATTER_SOLID},
        {"魚", MATTER_SOLID},     {"sediment", MATTER_SOLID}, {"soil", MATTER_SOLID},
        {"sludge", MATTER_SOLID}, {"biota", MATTER_SOLID},    {"fish", MATTER_SOLID},
        {"水", MATTER_WATER},     {"water", MATTER_WATER},    {"海域", MATTER_WATER},
        {"湖", MATTER_WATER},     {"空氣", MATTER_AIR},       {"大氣", MATTER_AIR},
        {"air", MATTER_AIR},
    };
    char key[KEY_MAX];
    if (!text || !normal_form(key, text))
        return MATTER_UNKNOWN;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(key, words[i].word))
            return words[i].matter;
    return MATTER_UNKNOWN;
}

enum matter concentration_matter(const char *kind, const char *medium)
{
    enum matter matter = matter_of(kind);
    return matter == MATTER_UNKNOWN ? matter_of(medium) : matter;
}

/* ---- units ---- */

static const struct {
    const char *key, *normal;
    double factor;
} units[] = {
    {"g/kg", "mg/kg", 1e3},          {"mg/g", "mg/kg", 1e3},
    {"mg/kg", "mg/kg", 1},           {"ug/g", "mg/kg", 1},
    {"ug/kg", "mg/kg", 1e-3},        {"ng/g", "mg/kg", 1e-3},
    {"ng/kg", "mg/kg", 1e-6},        {"pg/g", "mg/kg", 1e-6},
    {"毫克/公斤", "mg/kg", 1},       {"微克/公斤", "mg/kg", 1e-3},
    {"微克/克", "mg/kg", 1},         {"g/l", "µg/L", 1e6},
    {"mg/l", "µg/L", 1e3},           {"ug/l", "µg/L", 1},
    {"ng/l", "µg/L", 1e-3},          {"pg/l", "µg/L", 1e-6},
    {"ug/ml", "µg/L", 1e3},          {"ng/ml", "µg/L", 1},
    {"毫克/公升", "µg/L", 1e3},      {"微克/公升", "µg/L", 1},
    {"奈克/公升", "µg/L", 1e-3},     {"mg/m3", "µg/m³", 1e3},
    {"ug/m3", "µg/m³", 1},           {"ng/m3", "µg/m³", 1e-3},
    {"毫克/立方公尺", "µg/m³", 1e3}, {"微克/立方公尺", "µg/m³", 1},
};

/* Parts in a million and fewer: of mass in what is solid, of mass in a litre (1 kg) of water. */
static bool parts_unit(struct concentration_unit *out, const char *key, enum matter matter)
{
    static const struct {
        const char *name;
        double share; /* of a million */
    } parts[] = {{"ppm", 1}, {"ppb", 1e-3}, {"ppt", 1e-6}};
    for (int i = 0; i < 3; i++) {
        if (strcmp(key, parts[i].name) != 0)
            continue;
        out->normal = matter == MATTER_SOLID   ? "mg/kg"
                      : matter == MATTER_WATER ? "µg/L"
                                               : parts[i].name;
        out->factor = matter == MATTER_SOLID   ? parts[i].share
                      : matter == MATTER_WATER ? parts[i].share * 1e3
                                               : 1;
        return true;
    }
    return false;
}

/* Greek mu and the micro sign to u, m³ to m3. */
static void plain(char key[KEY_MAX])
{
    static const struct {
        const char *from, *to;
    } pairs[] = {{"μ", "u"}, {"µ", "u"}, {"mcg", "ug"}, {"m³", "m3"}, {"㎥", "m3"}, {"／", "/"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char *at = strstr(key, pairs[i].from);
        size_t from = strlen(pairs[i].from), to = strlen(pairs[i].to);
        if (!at)
            continue;
        memcpy(at, pairs[i].to, to);
        memmove(at + to, at + from, strlen(at + from) + 1);
    }
}

/* Cuts what says of which weight: "mg/kgdw", "mg/kg-乾重", "mg/kg(dw)". */
static const char *cut_basis(char key[KEY_MAX])
{
    static const struct {
        const char *word, *basis;
    } words[] = {{"dryweight", "dw"}, {"d.w.", "dw"}, {"dry", "dw"},       {"dw", "dw"},
                 {"乾重", "dw"},      {"乾基", "dw"}, {"wetweight", "ww"}, {"w.w.", "ww"},
                 {"wet", "ww"},       {"ww", "ww"},   {"濕重", "ww"},      {"濕基", "ww"},
                 {"lipid", "lw"},     {"lw", "lw"},   {"脂重", "lw"}};
    size_t len = strlen(key);
    if (len && key[len - 1] == ')')
        key[--len] = '\0';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i].word);
        if (len <= n || strcmp(key + len - n, words[i].word) != 0)
            continue;
        len -= n;
        while (len && strchr("-(,.", key[len - 1]))
            len--;
        key[len] = '\0';
        return words[i].basis;
    }
    return NULL;
}

bool concentration_unit(struct concentration_unit *out, const char *text, enum matter matter)
{
    char key[KEY_MAX];
    *out = (struct concentration_unit){.factor = 0};
    if (!normal_form(key, text))
        return false;
    plain(key);
    out->basis = cut_basis(key);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (!strcmp(units[i].key, key)) {
            out->normal = units[i].normal;
            out->factor = units[i].factor;
            return true;
        }
    return parts_unit(out, key, matter);
}
