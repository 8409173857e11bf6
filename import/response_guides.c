/* The orange guides of the Emergency Response Guidebook: their distances. */
#include <string.h>

#include "import/importers.h"
#include "import/response.h"
#include "sql.h"

enum {
    EDITION,
    GUIDE,
    TITLE_EN,
    TITLE_ZH,
    LIQUID,
    SOLID,
    LARGE_DOWNWIND,
    FIRE_ISOLATION,
    FIRE_EVACUATION,
    IMMEDIATE_TEXT,
    SPILL_TEXT,
    FIRE_TEXT,
    USE,
    CITATION,
    NOTE,
    FIELDS
};

static const struct import_field fields[] = {
    [EDITION] = RESPONSE_EDITION_FIELD,
    [GUIDE] = {"guide", "指南|指南編號|處理原則|guide_no", "guide number, three digits", true},
    [TITLE_EN] = {"title_en", "標題|名稱|title", "title as printed", true},
    [TITLE_ZH] = {"title_zh", "中文標題|中文名稱", "title in Chinese", false},
    [LIQUID] = {"isolation_liquid_m", "液體隔離距離|immediate_isolation_liquid_or_any_m",
                "immediate isolation of liquids or of any state, metres", true},
    [SOLID] = {"isolation_solid_m", "固體隔離距離|immediate_isolation_solid_m",
               "immediate isolation of solids, metres", false},
    [LARGE_DOWNWIND] = {"large_spill_downwind_m", "大量洩漏下風疏散距離",
                        "large spill: evacuation downwind, metres", false},
    [FIRE_ISOLATION] = {"fire_isolation_m", "火災隔離距離|fire_isolate_m",
                        "tank in a fire: isolation, metres", false},
    [FIRE_EVACUATION] = {"fire_evacuation_m", "火災疏散距離|fire_evacuate_m",
                         "tank in a fire: evacuation, metres", false},
    [IMMEDIATE_TEXT] = {"immediate_text", "立即措施", "sentence of the immediate isolation", false},
    [SPILL_TEXT] = {"spill_text", "洩漏措施", "sentence of the large spill", false},
    [FIRE_TEXT] = {"fire_text", "火災措施", "sentence of the fire", false},
    [USE] = WHOLE_USE_FIELD,
    [CITATION] = RESPONSE_CITATION_FIELD,
    [NOTE] = {"note", "備註", "doubts about this row", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

#define METRES                                                                                     \
    {                                                                                              \
        .type = IMPORT_INTEGER, .least = 1, .most = 100000                                         \
    }
static const struct import_rule rules[FIELDS] = {
    [EDITION] = {.key = true}, [GUIDE] = {.key = true},    [TITLE_EN] = {.role = IMPORT_ROLE_NAME},
    [LIQUID] = METRES,         [SOLID] = METRES,           [LARGE_DOWNWIND] = METRES,
    [FIRE_ISOLATION] = METRES, [FIRE_EVACUATION] = METRES, [USE] = {.type = IMPORT_YES},
};

static bool check(struct import_run *run, struct record_row *r)
{
    const char *guide = r->value[GUIDE].text;
    if (!response_check_edition(run, r, EDITION))
        return false;
    if (guide && strlen(guide) == 3 && strspn(guide, "0123456789") == 3)
        return true;
    import_reject(run, GUIDE, "value_invalid", "not the number of a guide, three digits");
    return false;
}

static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    (void)run;
    response_more(j, r, EDITION);
}

static const struct record_family family = {
    .geometry = RECORD_NO_GEOMETRY, .begin = whole_begin, .check = check, .more = more};

const struct importer importer_response_guides = {
    .kind = {.name = "response_guides",
             .title_zh = "應變指南",
             .title_en = "Response guides",
             .about = "distances of the orange guides of an edition of the guidebook, taken whole",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(whole_publish, &family),
};
