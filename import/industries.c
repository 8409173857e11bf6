/* Industries with the two numbers of the report's use intensity UC = R PR v: R the share of the
 * substance that the industry uses, a fraction; v a factor that the report leaves undefined, 1
 * where nothing is said. PR is computed of holdings. */
#include <math.h>
#include <string.h>

#include "gis/text.h"
#include "import/heading.h"
#include "import/importers.h"
#include "import/record.h"
#include "import/value.h"
#include "sql.h"

enum { INDUSTRY, CODE, RATIO, FACTOR, YEAR, CITATION, NOTE, FIELDS };

static const struct import_field fields[] = {
    [INDUSTRY] = {"industry", "行業別|行業|產業別|產業|行業名稱|name",
                  "industry as facilities name it: whole, or one of the two parts of "
                  "化學材料製造業(石油化工原料製造業)",
                  true},
    [CODE] = {"code", "行業代碼|行業別代碼|產業代碼|industry_code", "its number", false},
    [RATIO] = {"ratio", "R|比例|使用比例|用途比例|比率|比例(*)|使用比例(*)|用途比例(*)|比率(*)",
               "R, a fraction from 0 to 1; 35% or a header that ends in (%) is 0.35", false},
    [FACTOR] = {"factor", "v|係數|權重|v值", "v of UC = R PR v; 1 where empty", false},
    [YEAR] = {"year", "年度|年份|年", "year that the ratio is of", false},
    [CITATION] = {"citation", "出處|資料來源|source", "where it is printed", false},
    [NOTE] = {"note", "備註|說明|remarks", "remarks", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [INDUSTRY] = {.role = IMPORT_ROLE_NAME, .key = true},
    [FACTOR] = {.type = IMPORT_NUMBER, .least = 0, .most = 1e6},
    [YEAR] = {.type = IMPORT_YEAR},
};

/* NAN where it is none. */
static double read_ratio(const struct import_run *run, const char *text)
{
    char number[64], unit[HEADING_UNIT_MAX];
    double value;
    bool percent = heading_unit(unit, run, RATIO) && !strcmp(unit, "%");
    size_t len = strlen(text);
    static const char wide[] = "％";
    size_t mark = len && text[len - 1] == '%' ? 1
                  : len >= sizeof wide - 1 && !strcmp(text + len - (sizeof wide - 1), wide)
                      ? sizeof wide - 1
                      : 0;
    if (len - mark >= sizeof number)
        return (double)NAN;
    text_copy(number, len - mark + 1, text);
    char *trimmed = value_trim(number);
    if (!trimmed || !value_double(&value, trimmed))
        return (double)NAN;
    value = percent || mark ? value / 100 : value;
    return value >= 0 && value <= 1 ? value : (double)NAN;
}

static bool check(struct import_run *run, struct record_row *r)
{
    const char *ratio = r->value[RATIO].text;
    if (ratio && !isfinite(read_ratio(run, ratio))) {
        import_reject(run, RATIO, "value_invalid",
                      "not a fraction from 0 to 1; percent are written 35%% or have (%%) in the "
                      "header");
        return false;
    }
    if (ratio || isfinite(r->value[FACTOR].number))
        return true;
    import_reject(run, RATIO, "value_missing", "neither a ratio nor a factor");
    return false;
}

static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    double factor = r->value[FACTOR].number;
    if (r->value[RATIO].text)
        json_number(j, "fraction", read_ratio(run, r->value[RATIO].text), 15);
    json_number(j, "v", isfinite(factor) ? factor : 1, 15);
}

static const struct record_family family = {
    .geometry = RECORD_NO_GEOMETRY, .check = check, .more = more};

const struct importer importer_industries = {
    .kind = {.name = "industries",
             .title_zh = "行業係數",
             .title_en = "Industries",
             .about = "ratio R and factor v of industries, for heat maps of use intensity",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(record_publish, &family),
};
