/* Places where samples are taken again and again. */
#include <string.h>

#include "gis/text.h"
#include "import/importers.h"
#include "import/position.h"
#include "import/record.h"
#include "import/river.h"
#include "sql.h"

enum {
    SITE_NO,
    NAME,
    NAME_EN,
    RIVER,
    BASIN,
    COUNTY,
    TOWNSHIP,
    ADDRESS,
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
    [SITE_NO] = {"site_no", "站號|測站編號|採樣站編號|測站代碼|站碼|site_id|station_id|siteid",
                 "its number in the source", false},
    [NAME] = {"name",
              "站名|測站名稱|採樣站|採樣站名稱|測站|採樣點|採樣地點|name_zh|sitename|site|station|"
              "site_name|station_name",
              "name of the site, often a bridge", true},
    [NAME_EN] = {"name_en", "英文名稱|測站英文名稱|english_name|siteengname|site_name_en",
                 "name in English", false},
    [RIVER] = {"river", "河川|河川名稱|河流|河川別|河名|river_name",
               "river; 本流, 支流 and 流域 behind its name make no difference", false},
    [BASIN] = {"basin", "流域|流域名稱|水系|basin_name", "basin", false},
    [COUNTY] = {"county", "縣市|縣市別|所在縣市|city", "county", false},
    [TOWNSHIP] = {"township", "鄉鎮市區|鄉鎮|行政區|district", "township", false},
    [ADDRESS] = {"address", "地址|測站地址", "address", false},
    [AGENCY] = {"agency", "監測機關|管理機關|主管機關|單位", "who takes the samples", false},
    POSITION_FIELDS(LON, LAT, X, Y, CRS),
    [NOTE] = {"note", "備註|說明|remarks", "remarks", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [SITE_NO] = {.key = true},
    [NAME] = {.role = IMPORT_ROLE_NAME, .key = true},
    [NAME_EN] = {.role = IMPORT_ROLE_NAME_EN},
    [RIVER] = {.key = true},
    [COUNTY] = {.role = IMPORT_ROLE_COUNTY},
    [ADDRESS] = {.role = IMPORT_ROLE_ADDRESS},
    POSITION_RULES(LON, LAT, X, Y, CRS),
};

/* A number alone says which site it is; without it name and river do. */
static bool names_thing(const struct record_row *r, int field)
{
    return r->value[SITE_NO].text ? field == SITE_NO : field != SITE_NO;
}

static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    struct buf key = {.max = 1 << 16};
    (void)run;
    text_name_key(&key, r->value[NAME].text, strlen(r->value[NAME].text));
    json_text_n(j, "site_key", key.data, key.len);
    buf_free(&key);
    river_write_key(j, "river_key", r->value[RIVER].text);
    river_write_key(j, "basin_key", r->value[BASIN].text);
}

static const struct record_family family = {
    .geometry = RECORD_POINT, .names_thing = names_thing, .more = more};

const struct importer importer_sites = {
    .kind = {.name = "sites",
             .title_zh = "採樣站",
             .title_en = "Sampling sites",
             .about = "places where samples of a river are taken",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(record_publish, &family),
};
