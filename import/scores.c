/* Official classes 1-10 of substances: they take the place of the warning radar's own, axis by
 * axis. Importing a list again replaces what its source said of each substance; of a source whose
 * rows say their edition only those of the edition imported last hold (view radar_official). */
#include <math.h>

#include "import/importers.h"
#include "import/record.h"
#include "sql.h"

enum {
    CAS,
    SUBSTANCE,
    SUBSTANCE_EN,
    HAZARD,
    QUANTITY,
    INCIDENT,
    ECONOMY,
    AREA,
    RANK,
    EDITION,
    CITATION,
    NOTE,
    FIELDS
};

static const struct import_field fields[] = {
    [CAS] = {"cas", "CAS編號|CAS號碼|CAS No.|CAS NO|CASNO|CAS_no|CAS number|cas_assigned",
             "CAS number", true},
    [SUBSTANCE] = {"name_zh", "物質名稱|化學物質名稱|化學物質|中文名稱|名稱|substance|name",
                   "substance", false},
    [SUBSTANCE_EN] = {"name_en", "英文名稱|物質英文名稱|substance_en", "substance in English",
                      false},
    [HAZARD] = {"hazard", "危害性分數|危害性|危害分數|A|a_raw_1to10|hazard_score",
                "class of hazard, 1-10 (axis A)", false},
    [QUANTITY] = {"quantity", "運作量分數|全國運作量|運作量|B|b_raw_1to10|quantity_score",
                  "class of national quantity, 1-10 (axis B)", false},
    [INCIDENT] = {"incident",
                  "災害歷史分數|歷史災害|災害歷史|事故分數|C|c_raw_1to10|incident_score",
                  "class of incidents, 1-10 (axis C)", false},
    [ECONOMY] = {"economy", "經濟分數|經濟影響|經濟性|經濟|D|d_raw_1to10|economy_score",
                 "class of economic weight, 1-10 (axis D)", false},
    [AREA] = {"area", "面積|雷達圖面積|警示雷達圖面積|area_printed",
              "area as printed beside them, to compare", false},
    [RANK] = {"rank", "排名|排序|名次|printed_rank", "rank as printed", false},
    [EDITION] = {"edition", "版本|年度|公告日期|year",
                 "edition or year of the list; a later edition of the source takes its place as a "
                 "whole",
                 false},
    [CITATION] = {"citation", "出處|資料來源|source", "where it is printed", false},
    [NOTE] = {"note", "備註|說明|remarks", "remarks", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

#define CLASS                                                                                      \
    {                                                                                              \
        .type = IMPORT_INTEGER, .least = 1, .most = 10                                             \
    }

static const struct import_rule rules[FIELDS] = {
    [CAS] = {.type = IMPORT_CAS, .key = true},
    [SUBSTANCE] = {.role = IMPORT_ROLE_NAME},
    [SUBSTANCE_EN] = {.role = IMPORT_ROLE_NAME_EN},
    [HAZARD] = CLASS,
    [QUANTITY] = CLASS,
    [INCIDENT] = CLASS,
    [ECONOMY] = CLASS,
    [AREA] = {.type = IMPORT_NUMBER, .least = 0, .most = 1000},
    [RANK] = {.type = IMPORT_INTEGER, .least = 1, .most = 1e6},
};

static bool check(struct import_run *run, struct record_row *r)
{
    bool any = false;
    for (int f = HAZARD; f <= ECONOMY; f++)
        any = any || isfinite(r->value[f].number);
    if (!r->value[CAS].text)
        import_reject(run, CAS, "cas_missing", "the row does not say which substance");
    else if (!any)
        import_reject(run, HAZARD, "value_missing",
                      "none of hazard, quantity, incident, economy is a whole number from 1 to 10");
    else
        return true;
    return false;
}

static bool after(struct import_run *run, struct error *err)
{
    return import_remarks(run, &SQL_import_factors_unlinked, err, DB_NONE);
}

static const struct record_family family = {
    .geometry = RECORD_NO_GEOMETRY, .check = check, .after = after};

const struct importer importer_scores = {
    .kind = {.name = "scores",
             .title_zh = "官方雷達分數",
             .title_en = "Official radar classes",
             .about = "official classes 1-10 of substances, which override the warning radar's own",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(record_publish, &family),
};
