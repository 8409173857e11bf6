/* Incidents with chemicals: one row is one substance in one incident. */
#include <string.h>

#include "gis/text.h"
#include "import/importers.h"
#include "import/position.h"
#include "import/record.h"
#include "import/value.h"
#include "sql.h"

enum {
    INCIDENT_NO,
    DATE,
    TIME,
    TITLE,
    KIND,
    COUNTY,
    ADDRESS,
    OWNER,
    EMS_NO,
    FACTORY_NO,
    SUBSTANCE,
    SUBSTANCE_EN,
    CAS,
    PLACE_TYPE,
    ROLE,
    INJURED,
    DEAD,
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
    [INCIDENT_NO] = {"incident_no", "事件編號|案件編號|編號|序號|no|incident_id",
                     "its number in the list; not part of what makes two rows one", false},
    [DATE] = {"date", "日期|發生日期|事故日期|事件日期|incident_date", "day", true},
    [TIME] = {"time", "時間|發生時間|事故時間|incident_time", "time of day, hh:mm", false},
    [TITLE] = {"title", "事故名稱|事件名稱|案名|標題|name", "what happened, in one line", false},
    [KIND] = {"kind", "災害類型|災害類別|事故類型|事件類型|disaster_type|type",
              "洩漏, 火災, 爆炸, 中毒, 其他", false},
    [COUNTY] = {"county", "縣市|縣市別|發生縣市|地區|area|city", "county; old names are known",
                false},
    [ADDRESS] = {"address", "地址|發生地點|事故地點|地點|place", "place", false},
    [OWNER] = {"owner", "廠商|業者|公司|工廠名稱|廠場名稱|facility_name|company|operator",
               "facility or company", false},
    [EMS_NO] = {"ems_no", "管制編號|ems", "its number of the environment agency", false},
    [FACTORY_NO] = {"factory_no", "工廠登記編號|工廠登記證號|factory_number",
                    "its factory registration number", false},
    [SUBSTANCE] = {"substance", "化學物質|化學物質名稱|物質名稱|化學品|chemical|chemical_name",
                   "substance", false},
    [SUBSTANCE_EN] = {"substance_en", "英文名稱|化學物質英文名稱|chemical_name_en",
                      "substance in English", false},
    [CAS] = {"cas", "CAS編號|CAS號碼|CAS No.|CAS NO|CASNO|CAS_no|CAS number", "CAS number", false},
    [PLACE_TYPE] = {"place_type", "場所類型|場所|事故場所|事故類別", "工廠事故, 交通事故 …", false},
    [ROLE] = {"role", "主因|主因或間接|主因/間接|main_or_indirect",
              "whether the substance caused it (main) or was drawn in (indirect)", false},
    [INJURED] = {"injured", "受傷|受傷人數|傷", "injured persons", false},
    [DEAD] = {"dead", "死亡|死亡人數|亡|deaths", "dead persons", false},
    [AGENCY] = {"agency", "通報單位|主管機關", "who reported it", false},
    POSITION_FIELDS(LON, LAT, X, Y, CRS),
    [NOTE] = {"note", "備註|說明|remarks", "remarks", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [DATE] = {.type = IMPORT_DATE, .key = true},
    [TIME] = {.type = IMPORT_TIME, .key = true},
    [TITLE] = {.role = IMPORT_ROLE_NAME, .key = true},
    [KIND] = {.type = IMPORT_WORD,
              .words = "leak=洩漏|外洩|洩露|spill|release;fire=火災|火警;explosion=爆炸|氣爆;"
                       "poisoning=中毒|poisoning;odour=異味|臭味|odor;other=其他|其它"},
    [COUNTY] = {.role = IMPORT_ROLE_COUNTY, .key = true},
    [ADDRESS] = {.role = IMPORT_ROLE_ADDRESS},
    [OWNER] = {.key = true},
    [SUBSTANCE] = {.key = true},
    [SUBSTANCE_EN] = {.key = true},
    [CAS] = {.type = IMPORT_CAS},
    [ROLE] = {.type = IMPORT_WORD, .words = "main=主因|主要|direct;indirect=間接|次因|secondary"},
    [INJURED] = {.type = IMPORT_INTEGER, .least = 0, .most = 1000000},
    [DEAD] = {.type = IMPORT_INTEGER, .least = 0, .most = 1000000},
    POSITION_RULES(LON, LAT, X, Y, CRS),
};

static void write_key(struct json *j, const char *name, const char *text)
{
    struct buf key = {.max = 1 << 16};
    if (text)
        text_name_key(&key, text, strlen(text));
    if (key.len)
        json_text_n(j, name, key.data, key.len);
    buf_free(&key);
}

static void write_number(struct json *j, const char *name, const char *text)
{
    char number[VALUE_NUMBER_MAX];
    if (text && value_number(number, text))
        json_text(j, name, number);
}

static bool check(struct import_run *run, struct record_row *r)
{
    if (!r->value[DATE].text) {
        import_reject(run, DATE, "date_missing", "the row does not say when it was");
        return false;
    }
    if (!r->value[TITLE].text)
        r->name = r->value[OWNER].text ? r->value[OWNER].text : r->value[SUBSTANCE].text;
    return true;
}

static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    (void)run;
    write_key(j, "substance_key", r->value[SUBSTANCE].text);
    write_key(j, "substance_en_key", r->value[SUBSTANCE_EN].text);
    write_key(j, "owner_key", r->value[OWNER].text);
    write_number(j, "ems_number", r->value[EMS_NO].text);
    write_number(j, "factory_number", r->value[FACTORY_NO].text);
}

static const struct record_family family = {.geometry = RECORD_POINT, .check = check, .more = more};

const struct importer importer_incidents = {
    .kind = {.name = "incidents",
             .title_zh = "事故",
             .title_en = "Incidents",
             .about = "leaks, fires, explosions with chemicals",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(record_publish, &family),
};
