/* Regulated quantities (管制量) and the rules of reporting them, a set of rules taken whole.
 * Quantities are kept as the decimals that are written, never as binary fractions: sums of shares
 * of them decide at exactly 1. */
#include <stdio.h>
#include <string.h>

#include "gis/text.h"
#include "gis/units.h"
#include "import/amount.h"
#include "import/importers.h"
#include "import/value.h"
#include "import/whole.h"
#include "sql.h"

enum {
    RULE_SET,
    EDITION,
    CATEGORY,
    CATEGORY_ZH,
    CATEGORY_EN,
    ITEM_NO,
    ITEM,
    ITEM_EN,
    CAS,
    QUANTITY,
    UNIT,
    WATER_SOLUBLE,
    TEST,
    REPORTING,
    USE,
    CITATION,
    NOTE,
    FIELDS
};

static const struct import_field fields[] = {
    [RULE_SET] = {"rule_set", "法規|規定|規則",
                  "set of rules; empty = the one that comes with the product", false},
    [EDITION] = {"edition", "版本|公告日期|發布日期", "edition, or day of promulgation", false},
    [CATEGORY] = {"category", "類別|分類|類別編號", "category number", true},
    [CATEGORY_ZH] = {"category_zh", "類別名稱|分類名稱|category_name", "category in Chinese",
                     false},
    [CATEGORY_EN] = {"category_en", "類別英文名稱", "category in English", false},
    [ITEM_NO] = {"item_no", "項次|項目編號|編號", "item number in the category", false},
    [ITEM] = {"item_zh", "品名|項目|物品名稱|種類|item", "item", true},
    [ITEM_EN] = {"item_en", "英文名稱|英文品名", "item in English", false},
    [CAS] = {"cas", "CAS No.|CAS編號|CASNO", "CAS numbers that it names", false},
    [QUANTITY] = {"regulated_quantity", "管制量|數量|quantity",
                  "regulated quantity; empty where the "
                  "rule is another test",
                  true},
    [UNIT] = {"unit_given", "單位|unit", "its unit: kg, L, t …", false},
    [WATER_SOLUBLE] = {"water_soluble", "水溶性", "yes, no; empty = both", false},
    [TEST] = {"test", "規模|其他條件|適用規模", "test that takes the place of a quantity", false},
    [REPORTING] = {"reporting", "申報規定|申報期限", "who reports what until when", false},
    [USE] = WHOLE_USE_FIELD,
    [CITATION] = {"citation", "出處|來源|source", "where it is printed", false},
    [NOTE] = {"note", "備註|說明", "remarks of the rule", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [RULE_SET] = {.key = true},
    [EDITION] = {.key = true},
    [CATEGORY] = {.key = true},
    [ITEM_NO] = {.key = true},
    [ITEM] = {.role = IMPORT_ROLE_NAME, .key = true},
    [ITEM_EN] = {.role = IMPORT_ROLE_NAME_EN},
    [CAS] = {.type = IMPORT_LIST},
    [WATER_SOLUBLE] = {.type = IMPORT_YES, .key = true},
    [USE] = {.type = IMPORT_YES},
};

enum { DECIMAL_MAX = 32, FRACTION_MAX = 12 };

/* "1,000.50公斤" to "1000.50" and 公斤. */
static bool read_decimal(char out[DECIMAL_MAX], char unit[AMOUNT_UNIT_MAX], const char *text)
{
    double value;
    struct buf key = {.max = 1 << 16};
    if (!amount_read(&value, unit, text) || !(value > 0))
        return false;
    text_name_key(&key, text, strlen(text));
    size_t len = 0;
    bool ok = true;
    for (const char *c = buf_string(&key); ok && *c && strchr("0123456789.,", *c); c++) {
        ok = len + 1 < DECIMAL_MAX;
        if (ok && *c != ',')
            out[len++] = *c;
    }
    out[len] = '\0';
    buf_free(&key);
    const char *point = strchr(out, '.');
    return ok && (!point || (point > out && point[1] && strlen(point) <= FRACTION_MAX));
}

/* kg, L, or what is written; *factor: how many of them one of the unit is. */
static const char *unit_of(double *factor, const char *text)
{
    switch (units_find(factor, text)) {
    case UNIT_MASS: return "kg";
    case UNIT_VOLUME: return "L";
    case UNIT_OTHER: break;
    }
    *factor = 1;
    return text;
}

static bool check_cas(struct import_run *run, const char *list)
{
    char one[VALUE_CAS_MAX], part[60];
    while (list && *list) {
        size_t len = strcspn(list, ";,|/ "), mark = strspn(list + len, ";,|/ ");
        text_copy(part, len + 1 < sizeof part ? len + 1 : sizeof part, list);
        if (len && !value_cas(one, part)) {
            import_reject(run, CAS, "value_invalid", "\"%s\" is not a CAS number", part);
            return false;
        }
        list += len + mark;
    }
    return true;
}

static bool check(struct import_run *run, struct record_row *r)
{
    char decimal[DECIMAL_MAX], unit[AMOUNT_UNIT_MAX];
    const char *quantity = r->value[QUANTITY].text;
    if (!r->value[RULE_SET].text)
        r->value[RULE_SET].text = "公共危險物品及可燃性高壓氣體";
    if (!check_cas(run, r->value[CAS].text))
        return false;
    if (!quantity && (r->value[TEST].text || r->value[NOTE].text))
        return true;
    if (!quantity)
        import_reject(run, QUANTITY, "value_missing",
                      "neither a quantity nor a test or remark that takes its place");
    else if (!read_decimal(decimal, unit, quantity))
        import_reject(run, QUANTITY, "value_invalid",
                      "not a quantity above zero with at most 11 decimals");
    else if (!*unit && !r->value[UNIT].text)
        import_reject(run, UNIT, "value_missing", "a quantity without a unit");
    else
        return true;
    return false;
}

static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    char decimal[DECIMAL_MAX], within[AMOUNT_UNIT_MAX], scale[32];
    double factor;
    struct buf set = {.max = 4096};
    (void)run;
    buf_format(&set, "%s|%s", r->value[RULE_SET].text,
               r->value[EDITION].text ? r->value[EDITION].text : "");
    json_text(j, "set", buf_string(&set));
    buf_free(&set);
    if (!r->value[QUANTITY].text || !read_decimal(decimal, within, r->value[QUANTITY].text))
        return;
    json_text(j, "quantity", decimal);
    json_text(j, "unit", unit_of(&factor, *within ? within : r->value[UNIT].text));
    snprintf(scale, sizeof scale, "%.15g", factor);
    json_text(j, "unit_factor", scale);
}

static const struct record_family family = {
    .geometry = RECORD_NO_GEOMETRY, .begin = whole_begin, .check = check, .more = more};

const struct importer importer_thresholds = {
    .kind = {.name = "thresholds",
             .title_zh = "管制量",
             .title_en = "Regulated quantities",
             .about = "regulated quantities and reporting rules, a set of rules taken whole",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(whole_publish, &family),
};
