/* National sums as systems state them themselves (圖 4-111): one row is one substance, system and
 * behaviour. The warning radar takes the largest of those over manufacture, use and stock; what is
 * none of them (年平均運作量) is kept and does not count. */
#include <math.h>
#include <string.h>

#include "gis/behaviour.h"
#include "gis/units.h"
#include "import/amount.h"
#include "import/heading.h"
#include "import/importers.h"
#include "import/record.h"
#include "sql.h"

enum {
    CAS,
    SUBSTANCE,
    SUBSTANCE_EN,
    AGENCY,
    SYSTEM,
    SYSTEM_SHORT,
    BEHAVIOUR,
    AMOUNT,
    UNIT,
    YEAR,
    CITATION,
    NOTE,
    FIELDS
};

static const struct import_field fields[] = {
    [CAS] = {"cas", "CAS編號|CAS號碼|CAS No.|CAS NO|CASNO|CAS_no|CAS number", "CAS number", true},
    [SUBSTANCE] = {"name_zh", "物質名稱|化學物質名稱|化學物質|中文名稱|名稱|substance|name",
                   "substance", false},
    [SUBSTANCE_EN] = {"name_en", "英文名稱|物質英文名稱|substance_en", "substance in English",
                      false},
    [AGENCY] = {"agency", "機關|機關名稱|主管機關|單位名稱|agency_printed", "agency", false},
    [SYSTEM] = {"system", "系統|系統名稱|來源系統|申報系統|system_name|system_full_name",
                "system that states the sum", false},
    [SYSTEM_SHORT] = {"system_short", "系統簡稱|system_printed|system_printed_truncated",
                      "its name cut short; taken where the whole one is not given", false},
    [BEHAVIOUR] = {"behaviour", "運作行為|行為|運作別|運作型態|behavior|operation",
                   "製造, 使用, 結餘量 … ; others are kept and do not count", true},
    [AMOUNT] = {"amount",
                "運作量|年運作量|總運作量|總量|合計|數量|運作量(*)|年運作量(*)|總運作量(*)|總量(*)|"
                "數量(*)|quantity|total|amount_####|####年運作量|###年運作量|####年運作量(*)|"
                "###年運作量(*)",
                "sum of the whole country in the year, with its unit or in the column unit", true},
    [UNIT] = {"unit", "單位|計量單位|units", "unit of the sum: t, kg …", false},
    [YEAR] = {"year", "年度|年份|年|統計年度|申報年度",
              "year of the sum; without this column that of its header", false},
    [CITATION] = {"citation", "出處|資料來源|source", "where it is printed", false},
    [NOTE] = {"note", "備註|說明|remarks", "remarks", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [CAS] = {.type = IMPORT_CAS, .key = true},
    [SUBSTANCE] = {.role = IMPORT_ROLE_NAME},
    [SUBSTANCE_EN] = {.role = IMPORT_ROLE_NAME_EN},
    [AGENCY] = {.key = true},
    [SYSTEM] = {.key = true},
    [BEHAVIOUR] = {.key = true},
    [YEAR] = {.type = IMPORT_YEAR, .key = true},
};

/* NULL: kilograms are in *kg; else what is wrong with the amount. */
static const char *read_amount(double *kg, struct import_run *run, const struct record_row *r)
{
    char within[AMOUNT_UNIT_MAX], header[HEADING_UNIT_MAX];
    const char *text = r->value[AMOUNT].text, *unit = r->value[UNIT].text;
    double value, factor;
    if (!text || !amount_read(&value, within, text))
        return "not a quantity, 0 or more";
    if (*within)
        unit = within;
    else if (!unit && heading_unit(header, run, AMOUNT))
        unit = header;
    if (!unit)
        return "a quantity without a unit; one unit for all rows can be set (unit=公噸)";
    if (units_find(&factor, unit) != UNIT_MASS)
        return "its unit is not one of mass (公噸, 公斤 …): volumes are not summed with it";
    *kg = value * factor;
    return NULL;
}

static bool check(struct import_run *run, struct record_row *r)
{
    double kg;
    const char *wrong = read_amount(&kg, run, r);
    if (!r->value[SYSTEM].text)
        r->value[SYSTEM].text = r->value[SYSTEM_SHORT].text;
    if (!isfinite(r->value[YEAR].number) && heading_year(run, AMOUNT))
        r->value[YEAR].number = heading_year(run, AMOUNT);
    if (!r->value[CAS].text)
        import_reject(run, CAS, "cas_missing", "the row does not say which substance");
    else if (!r->value[BEHAVIOUR].text)
        import_reject(run, BEHAVIOUR, "value_missing", "the row does not say the sum of what");
    else if (wrong)
        import_reject(run, AMOUNT, "value_invalid", "%s", wrong);
    else
        return true;
    return false;
}

static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    const char *kind = behaviour_find(r->value[BEHAVIOUR].text);
    double kg;
    json_text(j, "behaviour_kind", kind ? kind : "other");
    if (!read_amount(&kg, run, r))
        json_exact(j, "quantity_kg", kg);
}

static bool after(struct import_run *run, struct error *err)
{
    return import_remarks(run, &SQL_import_factors_unlinked, err, DB_NONE) &&
           import_remarks(run, &SQL_import_national_apart, err, DB_NONE);
}

static const struct record_family family = {
    .geometry = RECORD_NO_GEOMETRY, .check = check, .more = more, .after = after};

const struct importer importer_national = {
    .kind = {.name = "national",
             .title_zh = "全國運作量",
             .title_en = "National sums",
             .about = "sums of the whole country as systems state them, for the warning radar",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(record_publish, &family),
};
