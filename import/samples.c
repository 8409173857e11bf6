/* Samples: measured concentrations, the 15 fields of 圖 4-101 and what else files have. */
#include <math.h>
#include <string.h>

#include "gis/text.h"
#include "import/concentration.h"
#include "import/importers.h"
#include "import/position.h"
#include "import/record.h"
#include "import/river.h"
#include "sql.h"

enum {
    SAMPLE_ID,
    MEDIUM,
    SUB_MEDIUM,
    SUBSTANCE_CODE,
    SUBSTANCE,
    SUBSTANCE_EN,
    CAS,
    ANALYTE_CODE,
    ANALYTE,
    KIND,
    PLAN_YEAR,
    SITE,
    SITE_NO,
    RIVER,
    BASIN,
    COUNTY,
    REPORTED,
    UNIT,
    DETECTION_LIMIT,
    DATE,
    AGENCY,
    LON,
    LAT,
    X,
    Y,
    CRS,
    NOTE,
    FIELDS
};

static const struct import_field fields[] = {
    [SAMPLE_ID] = {"sample_id", "樣品編號|採樣編號|樣本編號|sample_no|sampleid",
                   "number of the sample", false},
    [MEDIUM] = {"medium", "環境類別|環境介質|介質|env_category|environment",
                "what was sampled: 河川, 地下水, 土壤 …", false},
    [SUB_MEDIUM] = {"sub_medium",
                    "環境次類別|環境次類別(河川名)|env_subcategory|env_subcategory_river",
                    "its kind; of a river its name", false},
    [SUBSTANCE_CODE] = {"substance_code", "化學物質代碼|物質代碼|列管編號|chemical_code",
                        "code of the substance", false},
    [SUBSTANCE] = {"substance", "化學物質名稱|物質名稱|化學物質|chemical_name|substance_name",
                   "substance", false},
    [SUBSTANCE_EN] = {"substance_en",
                      "化學物質英文名稱|英文名稱|chemical_name_en|substance_name_en",
                      "substance in English", false},
    [CAS] = {"cas", "CAS編號|CAS號碼|CAS No.|CAS NO|CASNO|CAS_no|CAS number", "CAS number", false},
    [ANALYTE_CODE] = {"analyte_code", "分析物代碼|分析項目代碼|檢測項目代碼|測項代碼",
                      "code of what was measured", false},
    [ANALYTE] = {"analyte", "分析物名稱|分析物|分析項目|檢測項目|測項|analyte_name",
                 "what was measured", false},
    [KIND] = {"sample_type", "樣品類型|樣品種類|樣本類型|sample_kind", "底泥, 水體, 生物 …", false},
    [PLAN_YEAR] = {"plan_year", "計畫年度|計畫年|年度|project_year", "year of the plan", false},
    [SITE] = {"site", "採樣地點|採樣站|採樣站名稱|採樣點|測站名稱|測站|place|site_name|station",
              "sampling site", false},
    [SITE_NO] = {"site_no", "站號|測站編號|採樣站編號|site_id|station_id", "its number", false},
    [RIVER] = {"river", "河川|河川名稱|河流|河川別|river_name", "river", false},
    [BASIN] = {"basin", "流域|流域名稱|水系|basin_name", "basin", false},
    [COUNTY] = {"county", "縣市|縣市別|所在縣市|city", "county", false},
    [REPORTED] = {"reported", "濃度|檢測值|測值|濃度值|檢驗值|concentration|result|value",
                  "concentration as reported; <0.05, ND, N.D.(<0.05), 未檢出 are below detection",
                  true},
    [UNIT] = {"unit", "單位|濃度單位|units", "its unit: mg/kg dw, μg/L, ng/g, ppb …", false},
    [DETECTION_LIMIT] = {"detection_limit", "偵測極限|方法偵測極限|檢測極限|MDL|LOD",
                         "detection limit, in the same unit", false},
    [DATE] = {"sample_date", "採樣日期|採樣時間|日期|date|sampled_on", "day of sampling", false},
    [AGENCY] = {"agency", "執行單位|監測機關|採樣單位", "who took it", false},
    POSITION_FIELDS(LON, LAT, X, Y, CRS),
    [NOTE] = {"note", "備註|說明|remarks", "remarks", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [SAMPLE_ID] = {.key = true},
    [SUB_MEDIUM] = {.key = true},
    [SUBSTANCE_CODE] = {.key = true},
    [SUBSTANCE] = {.key = true},
    [CAS] = {.type = IMPORT_CAS},
    [ANALYTE_CODE] = {.key = true},
    [ANALYTE] = {.key = true},
    [KIND] = {.key = true},
    [PLAN_YEAR] = {.type = IMPORT_YEAR},
    [SITE] = {.role = IMPORT_ROLE_NAME, .key = true},
    [SITE_NO] = {.key = true},
    [RIVER] = {.key = true},
    [COUNTY] = {.role = IMPORT_ROLE_COUNTY},
    [DETECTION_LIMIT] = {.type = IMPORT_NUMBER, .least = 0, .most = 1e12},
    [DATE] = {.type = IMPORT_DATE, .key = true},
    POSITION_RULES(LON, LAT, X, Y, CRS),
};

/* A sample with a number is that, and what was measured in it; without one also where and when. */
static bool names_thing(const struct record_row *r, int field)
{
    bool what =
        field == SUBSTANCE_CODE || field == SUBSTANCE || field == ANALYTE_CODE || field == ANALYTE;
    return what || (r->value[SAMPLE_ID].text ? field == SAMPLE_ID : field != SAMPLE_ID);
}

static bool read_value(struct concentration *c, const struct record_row *r)
{
    const char *text = r->value[REPORTED].text;
    return text && concentration_read(c, text, r->value[DETECTION_LIMIT].number);
}

static bool check(struct import_run *run, struct record_row *r)
{
    struct concentration c;
    if (!r->value[SUBSTANCE].text && !r->value[SUBSTANCE_CODE].text &&
        !r->value[SUBSTANCE_EN].text && !r->value[CAS].text && !r->value[ANALYTE].text &&
        !r->value[ANALYTE_CODE].text) {
        import_reject(run, SUBSTANCE, "substance_missing",
                      "the row does not say what was measured");
        return false;
    }
    if (!read_value(&c, r))
        import_note(run, REPORTED, "field_ignored", "%s",
                    r->value[REPORTED].text
                        ? "no concentration (0.05, <0.05, ND, 未檢出): kept as text only"
                        : "the row has no concentration");
    return true;
}

/* The river: of its own column, or what a sample of a river has as its kind. */
static const char *river_of(const struct record_row *r)
{
    const char *medium = r->value[MEDIUM].text;
    bool of_river = !medium || strstr(medium, "河") || strcasestr(medium, "river");
    return r->value[RIVER].text ? r->value[RIVER].text
           : of_river           ? r->value[SUB_MEDIUM].text
                                : NULL;
}

static void write_unit(struct json *j, const struct record_row *r, const struct concentration *c)
{
    struct concentration_unit u;
    enum matter matter = concentration_matter(r->value[KIND].text, r->value[MEDIUM].text);
    if (!r->value[UNIT].text || !concentration_unit(&u, r->value[UNIT].text, matter))
        return;
    json_text(j, "unit_normal", u.normal);
    if (u.basis)
        json_text(j, "basis", u.basis);
    if (isfinite(c->value))
        json_number(j, "value_normal", c->value * u.factor, 12);
    if (isfinite(c->limit))
        json_number(j, "limit_normal", c->limit * u.factor, 12);
}

static void write_key(struct json *j, const char *name, const char *text)
{
    struct buf key = {.max = 1 << 16};
    if (text)
        text_name_key(&key, text, strlen(text));
    if (key.len)
        json_text_n(j, name, key.data, key.len);
    buf_free(&key);
}

static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    struct concentration c = {.value = (double)NAN, .limit = (double)NAN};
    const char *river = river_of(r);
    bool read = read_value(&c, r);
    (void)run;
    if (read)
        json_bool(j, "below_detection", c.below);
    if (isfinite(c.value))
        json_number(j, "value", c.value, 12);
    if (isfinite(c.limit))
        json_number(j, "limit", c.limit, 12);
    write_unit(j, r, &c);
    if (river && !r->value[RIVER].text)
        json_text(j, "river", river);
    river_write_key(j, "river_key", river);
    river_write_key(j, "basin_key", r->value[BASIN].text);
    write_key(j, "site_key", r->value[SITE].text);
    write_key(j, "substance_key", r->value[SUBSTANCE].text);
    write_key(j, "substance_en_key", r->value[SUBSTANCE_EN].text);
    write_key(j, "substance_code_key", r->value[SUBSTANCE_CODE].text);
    write_key(j, "analyte_key", r->value[ANALYTE].text);
}

static const struct record_family family = {.geometry = RECORD_POINT,
                                            .check = check,
                                            .names_thing = names_thing,
                                            .more = more,
                                            .judge = &SQL_import_samples_judge};

const struct importer importer_samples = {
    .kind = {.name = "samples",
             .title_zh = "採樣",
             .title_en = "Samples",
             .about = "concentrations measured in rivers and elsewhere",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(record_publish, &family),
};
