/* Rivers, as lines. */
#include "import/importers.h"
#include "import/record.h"
#include "import/river.h"
#include "sql.h"

enum { RIVER_NO, NAME, NAME_EN, BASIN, QUALITY, NOTE, FIELDS };

static const struct import_field fields[] = {
    [RIVER_NO] = {"river_no", "河川編號|河川代碼|river_id|river_code", "its number in the source",
                  false},
    [NAME] = {"name", "河川|河川名稱|河流名稱|河名|river|river_name", "name of the river", true},
    [NAME_EN] = {"name_en", "英文名稱|河川英文名稱|english_name|river_name_en", "name in English",
                 false},
    [BASIN] = {"basin", "流域|流域名稱|水系|basin_name", "basin that it is of", false},
    [QUALITY] = {"quality", "資料品質|線形品質|line_quality",
                 "how good the lines are; base_map: kilometres off, only to look at: --set "
                 "quality=base_map",
                 false},
    [NOTE] = {"note", "備註|說明|name_assigned_by|remarks", "remarks", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [RIVER_NO] = {.key = true},
    [NAME] = {.role = IMPORT_ROLE_NAME, .key = true},
    [NAME_EN] = {.role = IMPORT_ROLE_NAME_EN},
    [BASIN] = {.key = true},
    [QUALITY] = {.type = IMPORT_WORD,
                 .words = "survey=實測|測繪|精確|surveyed;base_map=底圖|示意|概略|base map"},
};

static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    (void)run;
    river_write_key(j, "river_key", r->value[NAME].text);
    river_write_key(j, "basin_key", r->value[BASIN].text);
}

static const struct record_family family = {
    .geometry = RECORD_LINE, .geometry_wanted = true, .more = more};

const struct importer importer_rivers = {
    .kind = {.name = "rivers",
             .title_zh = "河川",
             .title_en = "Rivers",
             .about = "lines of rivers",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(record_publish, &family),
};
