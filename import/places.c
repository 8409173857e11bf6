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
    MANAGER,
    LEVEL,
    REGION,
    TYPE,
    CAPACITY,
    VILLAGES,
    HAZARDS,
    ANNOUNCED,
    VALID_UNTIL,
    LON,
    LAT,
    X,
    Y,
    CRS,
    NOTE,
    FIELDS
};

static const struct import_field fields[] = {
    [CLASS] = {"class", "類別|場所類別|設施類別|種類|據點類別|kind",
               "what it is; where the whole file is of one kind: --set class=hospital", false},
    [PLACE_NO] = {"place_no",
                  "編號|場所編號|機構代碼|醫事機構代碼|代碼|學校代碼|收容所編號|避難收容處所編號|"
                  "消防栓編號|栓號|取水口編號|設施編號|id",
                  "its number in the source", false},
    [NAME] =
        {"name",
         "名稱|場所名稱|機構名稱|醫事機構名稱|醫院名稱|急救責任醫院名稱|學校名稱|校名|單位名稱|"
         "消防單位|消防隊名稱|分隊名稱|隊別|避難收容處所名稱|收容所名稱|避難所名稱|取水口名稱|"
         "淨水場名稱",
         "name; a hydrant may have its number or address instead", false},
    [NAME_EN] = {"name_en", "英文名稱|english_name", "name in English", false},
    [COUNTY] = {"county", "縣市|縣市別|縣市名稱|所在縣市|city", "county", false},
    [TOWNSHIP] = {"township", "鄉鎮市區|鄉鎮|行政區|行政區域|鄉鎮市區別|district", "township",
                  false},
    [ADDRESS] = {"address",
                 "地址|住址|所在地址|機構地址|學校地址|避難收容處所地址|收容所地址|設置地點|"
                 "設置位置|位置",
                 "address, or where it stands", false},
    [PHONE] = {"phone", "電話|聯絡電話|電話號碼|telephone|tel", "telephone", false},
    [MANAGER] = {"manager", "管理人|管理人姓名|負責人|管理單位|聯絡人", "who is in charge", false},
    [LEVEL] = {"level",
               "級別|等級|分級|醫院等級|急救責任醫院等級|急救責任醫院分級|急救責任醫院級別|"
               "緊急醫療能力分級|緊急醫療能力|學校級別",
               "level, e.g. 重度級 中度級 一般級", false},
    [REGION] = {"region", "區域|急救區域|緊急醫療區域|轄區", "region or precinct", false},
    [TYPE] = {"type", "型式|形式|消防栓型式|栓別|公私立|公私立別|水源別|特約類別",
              "its type, e.g. 地上式 地下式; public or private; kind of water", false},
    [CAPACITY] = {"capacity",
                  "容量|收容人數|可收容人數|預計收容人數|容納人數|床數|急診床數|學生數|取水量|beds",
                  "persons, beds; of a water intake m³ a day", false},
    [VILLAGES] = {"villages", "預計收容村里|收容村里|服務村里", "villages that it is meant for",
                  false},
    [HAZARDS] = {"hazards", "適用災害類別|適用災害|災害類別", "disasters that it is fit for",
                 false},
    [ANNOUNCED] = {"announced", "公告日期|評定日期|核定日期", "day of the announcement", false},
    [VALID_UNTIL] = {"valid_to", "有效期限|效期|有效日期|valid_until", "last day that this holds",
                     false},
    POSITION_FIELDS(LON, LAT, X, Y, CRS),
    [NOTE] = {"note", "備註|說明|remarks", "remarks", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [CLASS] = {.type = IMPORT_WORD,
               .key = true,
               .words =
                   "hospital=醫院|急救責任醫院|醫療院所|醫療機構;fire_station=消防隊|消防分隊|"
                   "消防大隊|消防局|fire station;shelter=避難收容處所|避難所|收容所|避難收容場所|"
                   "避難收容|收容處所;school=學校|國小|國民小學|國中|國民中學|高中|高級中等學校|"
                   "大學|大專校院|幼兒園;hydrant=消防栓|地上式消防栓|地下式消防栓|fire "
                   "hydrant;water_intake=取水口|淨水場取水口|自來水取水口|water intake|intake"},
    [PLACE_NO] = {.key = true},
    [NAME] = {.role = IMPORT_ROLE_NAME, .key = true},
    [NAME_EN] = {.role = IMPORT_ROLE_NAME_EN},
    [COUNTY] = {.role = IMPORT_ROLE_COUNTY, .key = true},
    [TOWNSHIP] = {.key = true},
    [ADDRESS] = {.role = IMPORT_ROLE_ADDRESS, .key = true},
    [CAPACITY] = {.type = IMPORT_NUMBER, .least = 0, .most = 1e9},
    [VILLAGES] = {.type = IMPORT_LIST},
    [HAZARDS] = {.type = IMPORT_LIST},
    [ANNOUNCED] = {.type = IMPORT_DATE},
    [VALID_UNTIL] = {.type = IMPORT_DATE},
    POSITION_RULES(LON, LAT, X, Y, CRS),
};

/* Numbers are often only those of the rows of one county's list: number, name and address together
 * tell places apart. Hydrants have no names. */
static bool check(struct import_run *run, struct record_row *r)
{
    if (r->value[NAME].text)
        return true;
    r->name = r->value[PLACE_NO].text ? r->value[PLACE_NO].text : r->value[ADDRESS].text;
    if (!r->name)
        import_reject(run, NAME, "name_missing", "the row has no name, number or address");
    return r->name;
}

static const struct record_family family = {.geometry = RECORD_POINT, .check = check};

const struct importer importer_places = {
    .kind = {.name = "places",
             .title_zh = "應變據點",
             .title_en = "Places that matter",
             .about = "hospitals, fire stations, shelters, schools, hydrants, water intakes",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(record_publish, &family),
};
