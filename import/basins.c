/* River basins. */
#include "import/importers.h"
#include "import/record.h"
#include "import/river.h"
#include "sql.h"

enum { BASIN_NO, NAME, NAME_EN, AGENCY, AREA_KM2, NOTE, FIELDS };

static const struct import_field fields[] = {
    [BASIN_NO] = {"basin_no", "流域編號|流域代碼|basin_id|basin_code", "its number in the source",
                  false},
    [NAME] = {"name", "流域|流域名稱|水系|水系名稱|basin|basin_name",
              "name of the basin or of its main river", true},
    [NAME_EN] = {"name_en", "英文名稱|流域英文名稱|english_name|basin_name_en", "name in English",
                 false},
    [AGENCY] = {"agency", "管理機關|主管機關", "who is responsible", false},
    [AREA_KM2] = {"area_km2", "流域面積|面積|area", "area as reported, km²", false},
    [NOTE] = {"note", "備註|說明|source_name|remarks", "remarks", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [NAME] = {.role = IMPORT_ROLE_NAME, .key = true},
    [NAME_EN] = {.role = IMPORT_ROLE_NAME_EN},
    [AREA_KM2] = {.type = IMPORT_NUMBER, .least = 0, .most = 100000},
};

static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    (void)run;
    river_write_key(j, "basin_key", r->value[NAME].text);
}

static const struct record_family family = {
    .geometry = RECORD_AREA, .geometry_wanted = true, .more = more};

const struct importer importer_basins = {
    .kind = {.name = "basins",
             .title_zh = "流域",
             .title_en = "River basins",
             .about = "areas that drain to one river",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(record_publish, &family),
};
