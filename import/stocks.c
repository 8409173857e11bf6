/* Chemicals of campuses as the schools' survey (學校盤點) lists them, bottle by bottle. What is not
 * known is what the survey is for: it stays, as unknown. Two rows that say the same are two
 * bottles, told apart by their order. */
#include <string.h>

#include "gis/text.h"
#include "gis/units.h"
#include "import/amount.h"
#include "import/cas.h"
#include "import/date.h"
#include "import/importers.h"
#include "import/position.h"
#include "import/record.h"
#include "import/value.h"
#include "sql.h"

enum {
    SURVEY_KIND,
    SURVEYED,
    SCHOOL,
    SCHOOL_NO,
    DEPARTMENT,
    LABORATORY,
    BUILDING,
    ROOM,
    SUBSTANCE,
    SUBSTANCE_EN,
    CAS_GIVEN,
    CONCENTRATION,
    WEIGHT,
    UNIT,
    BOTTLES,
    PURCHASED,
    STATE,
    CONTAINER,
    MANAGER,
    PHONE,
    COUNTY,
    ADDRESS,
    LON,
    LAT,
    X,
    Y,
    CRS,
    NOTE,
    FIELDS
};

static const struct import_field fields[] = {
    [SURVEY_KIND] = {"kind", "盤點類別|類別|種類|化學品類別|藥品類別",
                     "which of the four lists: toxic without permit, toxic with permit unused, "
                     "unknown, ordinary",
                     false},
    [SURVEYED] = {"surveyed", "盤點日期|盤點年度|調查日期|年度|survey_date",
                  "day or year of the survey", false},
    [SCHOOL] = {"school", "學校|學校名稱|校名", "school", true},
    [SCHOOL_NO] = {"school_no", "學校代碼|管制編號", "number of the school", false},
    [DEPARTMENT] = {"department", "系所|科系|系所名稱|單位|部門", "department", false},
    [LABORATORY] = {"laboratory", "實驗室|實驗室名稱|實驗場所|lab", "laboratory", false},
    [BUILDING] = {"building", "建築物|大樓|館別|棟別", "building", false},
    [ROOM] = {"room", "房號|教室|位置|存放位置|存放地點|室號", "room or place in it", false},
    [SUBSTANCE] = {"substance", "化學品名稱|藥品名稱|品名|中文名稱|化學物質名稱|名稱|name",
                   "what the bottle says; 不明 where nobody knows", false},
    [SUBSTANCE_EN] = {"substance_en", "英文名稱|英文品名", "the same in English", false},
    [CAS_GIVEN] = {"cas_given", "CAS No.|CASNO|CAS編號|CAS號|cas_no|cas", "CAS number, or 不明",
                   false},
    [CONCENTRATION] = {"concentration", "濃度|純度", "concentration as given", false},
    [WEIGHT] = {"weight", "重量|總重量|數量|存量|重量(公克)",
                "weight or volume, with its unit or in "
                "the column unit",
                false},
    [UNIT] = {"unit", "重量單位|計量單位", "unit of the weight", false},
    [BOTTLES] = {"bottles", "瓶數|容器數|件數", "bottles", false},
    [PURCHASED] = {"purchased", "購買日期|購置日期|採購日期|購買年份", "day or year, or 不明",
                   false},
    [STATE] = {"state", "狀態|物態|相態", "solid, liquid, gas", false},
    [CONTAINER] = {"container", "容器|容器種類|容器材質|包裝", "container", false},
    [MANAGER] = {"manager", "管理人|負責人|保管人", "who is in charge", false},
    [PHONE] = {"phone", "電話|聯絡電話", "telephone", false},
    [COUNTY] = {"county", "縣市|縣市別", "county of the school", false},
    [ADDRESS] = {"address", "地址|學校地址", "address of the school", false},
    POSITION_FIELDS(LON, LAT, X, Y, CRS),
    [NOTE] = {"note", "備註|說明", "remarks", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [SURVEY_KIND] =
        {.type = IMPORT_WORD,
         .words = "unlicensed=未申請核可之毒化物|未申請核可|未核可毒化物|toxic without permit;"
                  "unused=有核可未使用|有核可未使用之毒化物|已核可未使用|toxic with permit "
                  "unused;unknown=不明|不明化學品|不明藥品|不明廢棄藥品;ordinary=一般|"
                  "一般化學品|一般藥品"},
    [SURVEYED] = {.key = true},
    [SCHOOL] = {.key = true},
    [DEPARTMENT] = {.key = true},
    [LABORATORY] = {.key = true},
    [BUILDING] = {.key = true},
    [ROOM] = {.key = true},
    [SUBSTANCE] = {.key = true},
    [SUBSTANCE_EN] = {.role = IMPORT_ROLE_NAME_EN, .key = true},
    [CAS_GIVEN] = {.key = true},
    [CONCENTRATION] = {.key = true},
    [PURCHASED] = {.key = true},
    [BOTTLES] = {.type = IMPORT_NUMBER, .least = 0, .most = 1e6},
    [STATE] = {.type = IMPORT_WORD,
               .words =
                   "solid=固態|固體|固;liquid=液態|液體|液;gas=氣態|氣體|氣;unknown=不明|未知"},
    [COUNTY] = {.role = IMPORT_ROLE_COUNTY},
    [ADDRESS] = {.role = IMPORT_ROLE_ADDRESS},
    POSITION_RULES(LON, LAT, X, Y, CRS),
};

static bool check(struct import_run *run, struct record_row *r)
{
    if (!r->value[SCHOOL].text) {
        import_reject(run, SCHOOL, "value_missing", "the row does not say which school");
        return false;
    }
    r->name = r->value[SUBSTANCE].text      ? r->value[SUBSTANCE].text
              : r->value[SUBSTANCE_EN].text ? r->value[SUBSTANCE_EN].text
              : r->value[CAS_GIVEN].text    ? r->value[CAS_GIVEN].text
                                            : "不明";
    return true;
}

static bool is_known(const char *text)
{
    return text && !amount_unknown(text);
}

static void write_key(struct json *j, const char *name, const char *text)
{
    struct buf key = {.max = 1 << 16};
    text_name_key(&key, text, strlen(text));
    json_text_n(j, name, key.len ? key.data : "", key.len);
    buf_free(&key);
}

static void write_substance(struct json *j, struct import_run *run, const struct record_row *r)
{
    struct cas_reading cas;
    const char *given = r->value[CAS_GIVEN].text, *name = r->value[SUBSTANCE].text;
    if (!is_known(name))
        name = r->value[SUBSTANCE_EN].text;
    if (is_known(name))
        write_key(j, "substance_key", name);
    if (!is_known(given))
        return;
    enum cas_state state = cas_read(&cas, given);
    if (state == CAS_RIGHT || state == CAS_MENDED) {
        json_text(j, "cas", cas.numbers[0]);
        json_bool(j, "cas_mended", state == CAS_MENDED);
    } else {
        json_text(j, "cas_reported", given);
        import_note(run, CAS_GIVEN, "field_ignored",
                    "not a CAS number with the right check digit: kept as text, links nothing");
    }
}

/* 500 with unit g, 500 g, 2公升; without a unit it stays as it is given. */
static void write_weight(struct json *j, struct import_run *run, const struct record_row *r)
{
    double value, factor;
    char within[AMOUNT_UNIT_MAX];
    const char *text = r->value[WEIGHT].text, *unit = r->value[UNIT].text;
    if (!is_known(text))
        return;
    if (!amount_read(&value, within, text)) {
        import_note(run, WEIGHT, "field_ignored", "not a weight or volume: kept as text");
        return;
    }
    unit = *within ? within : unit;
    enum unit_kind kind = unit ? units_find(&factor, unit) : UNIT_OTHER;
    if (kind == UNIT_OTHER)
        import_note(run, unit && unit != within ? UNIT : WEIGHT, "field_ignored",
                    "its unit is not known: kept as text");
    else
        json_number(j, kind == UNIT_MASS ? "weight_kg" : "volume_l", value * factor, 9);
}

/* A day, or a year of either calendar; what is neither stays as text. */
static void write_day(struct json *j, const char *name, const char *text)
{
    char day[DATE_SIZE];
    if (is_known(text) && date_parse(day, text))
        json_text(j, name, day);
}

static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    write_substance(j, run, r);
    write_weight(j, run, r);
    write_day(j, "purchased_date", r->value[PURCHASED].text);
    write_day(j, "surveyed_date", r->value[SURVEYED].text);
}

static const struct record_family family = {
    .geometry = RECORD_POINT, .check = check, .more = more, .judge = &SQL_import_stocks_number};

const struct importer importer_stocks = {
    .kind = {.name = "stocks",
             .title_zh = "校園化學品",
             .title_en = "Campus chemical stocks",
             .about = "chemicals of schools as surveyed, bottle by bottle, unknown ones too",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(record_publish, &family),
};
