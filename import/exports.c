/* Values of exports by substance and year: the economic weight of the warning radar. */
#include <math.h>
#include <string.h>

#include "import/heading.h"
#include "import/importers.h"
#include "import/record.h"
#include "import/rule.h"
#include "sql.h"

enum { CAS, SUBSTANCE, SUBSTANCE_EN, VALUE, UNIT, YEAR, CITATION, NOTE, FIELDS };

static const struct import_field fields[] = {
    [CAS] = {"cas", "CAS編號|CAS號碼|CAS No.|CAS NO|CASNO|CAS_no|CAS number", "CAS number", true},
    [SUBSTANCE] = {"name_zh", "物質名稱|化學物質名稱|化學物質|中文名稱|名稱|substance|name",
                   "substance", false},
    [SUBSTANCE_EN] = {"name_en", "英文名稱|物質英文名稱|substance_en", "substance in English",
                      false},
    [VALUE] =
        {"value",
         "出口值|出口金額|出口總值|出口額|出口值(*)|出口金額(*)|出口總值(*)|出口額(*)|export_value|"
         "export_value_thousand_twd|export_####_thousand_twd|export_####|####年出口值|"
         "###年出口值|####年出口值(*)|###年出口值(*)|####年出口金額(*)|###年出口金額(*)",
         "value of exports of the year; thousand TWD where nothing else is said", true},
    [UNIT] = {"unit", "單位|幣別|金額單位|currency", "unit of the value", false},
    [YEAR] = {"year", "年度|年份|年|統計年度|統計年",
              "year of the value; without this column that of the value's header", false},
    [CITATION] = {"citation", "出處|資料來源|來源|source", "where it is printed", false},
    [NOTE] = {"note", "備註|說明|remarks", "remarks", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [CAS] = {.type = IMPORT_CAS, .key = true},
    [SUBSTANCE] = {.role = IMPORT_ROLE_NAME},
    [SUBSTANCE_EN] = {.role = IMPORT_ROLE_NAME_EN},
    [VALUE] = {.type = IMPORT_NUMBER, .least = 0, .most = 1e15},
    [UNIT] = {.type = IMPORT_WORD,
              .words =
                  "thousand_twd=千元|仟元|新台幣千元|千元新台幣|千新台幣|thousand "
                  "twd|thousand ntd|k twd;twd=元|新台幣元|新台幣|twd|ntd|nt$;million_twd=百萬元|"
                  "新台幣百萬元|million twd|million ntd;hundred_million_twd=億元|新台幣億元"},
    [YEAR] = {.type = IMPORT_YEAR, .key = true},
};

/* Thousand TWD of one of a word of the rule above. */
static double thousands(const char *word)
{
    return !strcmp(word, "twd")                   ? 1e-3
           : !strcmp(word, "million_twd")         ? 1e3
           : !strcmp(word, "hundred_million_twd") ? 1e5
                                                  : 1;
}

/* Of the row, else of the value's header, else thousand TWD; NAN where there is one that is not
 * known. */
static double scale(struct import_run *run, const struct record_row *r)
{
    char header[HEADING_UNIT_MAX], small[RULE_VALUE_MAX];
    const char *word;
    double number;
    if (import_value(run, UNIT))
        return r->value[UNIT].text ? thousands(r->value[UNIT].text) : (double)NAN;
    if (!heading_unit(header, run, VALUE))
        return 1;
    return rule_read(&word, &number, small, &rules[UNIT], header) ? thousands(word) : (double)NAN;
}

static bool check(struct import_run *run, struct record_row *r)
{
    if (!isfinite(r->value[YEAR].number) && heading_year(run, VALUE))
        r->value[YEAR].number = heading_year(run, VALUE);
    if (!r->value[CAS].text)
        import_reject(run, CAS, "cas_missing", "the row does not say which substance");
    else if (!isfinite(r->value[VALUE].number))
        import_reject(run, VALUE, "value_missing", "no value of exports, 0 or more");
    else if (!isfinite(r->value[YEAR].number))
        import_reject(run, YEAR, "year_missing",
                      "neither a column nor the header of the value says the year; one year for "
                      "all rows can be set (year=2018)");
    else if (!isfinite(scale(run, r)))
        import_reject(
            run, UNIT, "unit_unknown",
            "the unit is not thousand TWD (千元), TWD (元), million TWD (百萬元) or 億元");
    else
        return true;
    return false;
}

static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    json_number(j, "thousand_twd", r->value[VALUE].number * scale(run, r), 15);
}

static bool after(struct import_run *run, struct error *err)
{
    return import_remarks(run, &SQL_import_factors_unlinked, err, DB_NONE);
}

static const struct record_family family = {
    .geometry = RECORD_NO_GEOMETRY, .check = check, .more = more, .after = after};

const struct importer importer_exports = {
    .kind = {.name = "exports",
             .title_zh = "出口值",
             .title_en = "Export values",
             .about = "value of exports by substance and year, for the warning radar",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(record_publish, &family),
};
