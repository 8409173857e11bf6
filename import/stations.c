/* Monitoring stations: air, rivers, groundwater, weather, noise. What they measured are samples. */
#include "import/importers.h"
#include "import/position.h"
#include "import/record.h"
#include "sql.h"

enum {
    CLASS,
    STATION_NO,
    NAME,
    NAME_EN,
    NETWORK,
    AGENCY,
    STATUS,
    COUNTY,
    TOWNSHIP,
    ADDRESS,
    RIVER,
    BASIN,
    ITEMS,
    ALTITUDE,
    SINCE,
    UNTIL,
    LON,
    LAT,
    X,
    Y,
    CRS,
    NOTE,
    FIELDS
};

static const struct import_field fields[] = {
    [CLASS] = {"class", "測站種類|監測種類|監測類別|類別|kind",
               "what it measures; where the whole file is of one kind: --set class=air", false},
    [STATION_NO] = {"station_id",
                    "測站編號|站號|測站代碼|站碼|監測井編號|井號|site_id|stationid|編號|id",
                    "its number", false},
    [NAME] = {"name", "測站名稱|站名|名稱|監測站名稱|監測井名稱|sitename|station_name|name_zh",
              "name", true},
    [NAME_EN] = {"name_en", "英文名稱|測站英文名稱|siteengname|english_name", "name in English",
                 false},
    [NETWORK] = {"network", "測站類型|測站類別|測站型態|sitetype|type",
                 "kind within its network, e.g. 一般測站", false},
    [AGENCY] = {"agency", "機關|主管機關|管理單位|設置機關|所屬單位", "who runs it", false},
    [STATUS] = {"status", "狀態|測站狀態|使用狀況|使用狀態|現況", "in use, closed …", false},
    [COUNTY] = {"county", "縣市|縣市別|縣市名稱|所在縣市|city", "county, old names too", false},
    [TOWNSHIP] = {"township", "鄉鎮市區|鄉鎮|行政區|district", "township", false},
    [ADDRESS] = {"address", "地址|測站地址|站址|siteaddress", "address", false},
    [RIVER] = {"river", "河川|河川名稱|溪流", "river that it stands at", false},
    [BASIN] = {"basin", "流域|流域名稱|地下水區|水庫", "basin or groundwater region", false},
    [ITEMS] = {"items", "監測項目|測項|量測項目", "what it measures, one by one", false},
    [ALTITUDE] = {"altitude_m", "海拔|高程|標高|海拔高度", "metres above the sea", false},
    [SINCE] = {"since", "設站日期|啟用日期|設置日期|資料起始日期", "first day", false},
    [UNTIL] = {"until", "撤站日期|停用日期", "last day", false},
    POSITION_FIELDS(LON, LAT, X, Y, CRS),
    [NOTE] = {"note", "備註|說明|remarks", "remarks", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [CLASS] = {.type = IMPORT_WORD,
               .key = true,
               .words =
                   "air=空氣|空氣品質|空品|空氣品質測站|air quality;water_quality=水質|河川水質|"
                   "水質測站|water|water quality;groundwater=地下水|地下水監測井|監測井|地下水質;"
                   "weather=氣象|氣象站|雨量站|weather station;noise=噪音|環境噪音"},
    [STATION_NO] = {.key = true},
    [NAME] = {.role = IMPORT_ROLE_NAME, .key = true},
    [NAME_EN] = {.role = IMPORT_ROLE_NAME_EN},
    [NETWORK] = {.type = IMPORT_LIST},
    [COUNTY] = {.role = IMPORT_ROLE_COUNTY},
    [ADDRESS] = {.role = IMPORT_ROLE_ADDRESS},
    [ITEMS] = {.type = IMPORT_LIST},
    [ALTITUDE] = {.type = IMPORT_NUMBER, .least = -500, .most = 4000},
    [SINCE] = {.type = IMPORT_DATE},
    [UNTIL] = {.type = IMPORT_DATE},
    POSITION_RULES(LON, LAT, X, Y, CRS),
};

static const struct record_family family = {.geometry = RECORD_POINT};

const struct importer importer_stations = {
    .kind = {.name = "stations",
             .title_zh = "監測站",
             .title_en = "Monitoring stations",
             .about = "stations that watch air, rivers, groundwater, weather or noise",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(record_publish, &family),
};
