/* Places that matter in an emergency. */
#include "import/importers.h"
#include "import/position.h"
#include "import/record.h"
#include "sql.h"

enum {
    CLASS,
    PLACE_NO,
    NAME,
    NAME_EN,
    COUNTY,
    TOWNSHIP,
    ADDRESS,
    PHONE,
    LEVEL,
    CAPACITY,
    VALID_UNTIL,
    LON,
    LAT,
    X,
    Y,
    NOTE,
    FIELDS
};

static const struct import_field fields[] = {
    [CLASS] = {"class", "類別|場所類別|設施類別|種類|kind|type",
               "what it is; where the whole file is of one kind: --set class=hospital", false},
    [PLACE_NO] = {"place_no", "編號|場所編號|機構代碼|代碼|收容所編號|id",
                  "its number in the source", false},
    [NAME] = {"name", "名稱|場所名稱|機構名稱|醫院名稱|學校名稱|單位名稱|避難收容處所名稱", "name",
              true},
    [NAME_EN] = {"name_en", "英文名稱|english_name", "name in English", false},
    [COUNTY] = {"county", "縣市|縣市別|所在縣市|city", "county", false},
    [TOWNSHIP] = {"township", "鄉鎮市區|鄉鎮|行政區|district", "township", false},
    [ADDRESS] = {"address", "地址|住址|所在地址", "address", false},
    [PHONE] = {"phone", "電話|聯絡電話|telephone|tel", "telephone", false},
    [LEVEL] = {"level", "級別|等級|分級|急救責任醫院分級|緊急醫療能力分級",
               "level, e.g. 重度級 中度級 一般級", false},
    [CAPACITY] = {"capacity", "容量|收容人數|可收容人數|床數|beds", "persons or beds", false},
    [VALID_UNTIL] = {"valid_to", "有效期限|效期|valid_until", "last day that this holds", false},
    POSITION_FIELDS(LON, LAT, X, Y),
    [NOTE] = {"note", "備註|說明|remarks", "remarks", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [CLASS] = {.type = IMPORT_WORD,
               .key = true,
               .words =
                   "hospital=醫院|急救責任醫院|醫療院所;fire_station=消防隊|消防分隊|消防局|fire "
                   "station;shelter=避難收容處所|避難所|收容所|避難收容場所;school=學校|國小|國中|"
                   "高中|大學|幼兒園;hydrant=消防栓|fire hydrant;water_intake=取水口|淨水場取水口|"
                   "water intake|intake"},
    [PLACE_NO] = {.key = true},
    [NAME] = {.role = IMPORT_ROLE_NAME, .key = true},
    [NAME_EN] = {.role = IMPORT_ROLE_NAME_EN},
    [COUNTY] = {.role = IMPORT_ROLE_COUNTY, .key = true},
    [ADDRESS] = {.role = IMPORT_ROLE_ADDRESS, .key = true},
    [CAPACITY] = {.type = IMPORT_INTEGER, .least = 0, .most = 10000000},
    [VALID_UNTIL] = {.type = IMPORT_DATE},
    POSITION_RULES(LON, LAT, X, Y),
};

static const struct record_family family = {.geometry = RECORD_POINT};

const struct importer importer_places = {
    .kind = {.name = "places",
             .title_zh = "應變據點",
             .title_en = "Places that matter",
             .about = "hospitals, fire stations, shelters, schools, hydrants, water intakes",
             .fields = fields,
             .rules = rules},
    .stage = &SQL_import_record_stage,
    .table = "stage_record",
    .copy = RECORD_COPY,
    .begin = record_begin,
    .row = record_row,
    .publish = record_publish,
    .grows = "record",
    .family = &family,
};
