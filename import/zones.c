/* Responsibility zones of joint-response organisations: an organisation, or a member of one, with
 * what it answers for. Areas are drawn, or made of the counties that are named. */
#include <string.h>

#include "gis/text.h"
#include "import/importers.h"
#include "import/record.h"
#include "import/rule.h"
#include "import/zones.h"
#include "sql.h"

enum {
    ZONE_NO,
    ORGANISATION,
    NAME_EN,
    MEMBER,
    MEMBERS,
    COUNTIES,
    PREPARATION,
    PHONE,
    RESPONDERS_AWARENESS,
    RESPONDERS_OPERATIONS,
    RESPONDERS_TECHNICIAN,
    RESPONDERS_COMMANDER,
    RESPONDERS_SPECIALIST,
    EQUIPMENT_A,
    EQUIPMENT_B,
    EQUIPMENT_C,
    EQUIPMENT,
    SUBSTANCES,
    VALID_UNTIL,
    RENEWED,
    NOTE,
    FIELDS
};

static const struct import_field fields[] = {
    [ZONE_NO] = {"zone_no", "編號|責任區編號|聯防組織編號|zone_id", "its number in the source",
                 false},
    [ORGANISATION] = {"organisation", "聯防組織|聯防組織名稱|組織名稱|organization|name",
                      "joint-response organisation", true},
    [NAME_EN] = {"name_en", "英文名稱|english_name", "its name in English", false},
    [MEMBER] = {"member", "成員|聯防成員|組員|單位名稱",
                "where a row is of one member: which; a zone of its own", false},
    [MEMBERS] = {"members", "成員名單|會員|成員廠商", "members", false},
    [COUNTIES] = {"counties", "責任區縣市|縣市|責任縣市|責任區|county",
                  "counties it answers for; where no area is drawn their borders are the zone",
                  false},
    [PREPARATION] = {"preparation_minutes",
                     "整備時間|整備時間(分)|整備分鐘|preparation|ready_minutes",
                     "minutes from the call to the start", false},
    [PHONE] = {"phone", "電話|聯絡電話|telephone|tel", "telephone day and night", false},
    [RESPONDERS_AWARENESS] = {"responders_awareness", "通識級|通識級人數|awareness",
                              "responders of awareness level (通識級)", false},
    [RESPONDERS_OPERATIONS] = {"responders_operations", "操作級|操作級人數|operations",
                               "responders of operations level (操作級)", false},
    [RESPONDERS_TECHNICIAN] = {"responders_technician", "技術級|技術級人數|technician",
                               "responders of technician level (技術級)", false},
    [RESPONDERS_COMMANDER] = {"responders_commander", "指揮級|指揮級人數|commander",
                              "responders of commander level (指揮級)", false},
    [RESPONDERS_SPECIALIST] = {"responders_specialist", "專家級|專家級人數|specialist",
                               "responders of specialist level (專家級)", false},
    [EQUIPMENT_A] = {"equipment_a", "A級防護衣|A級防護裝備|level_a", "suits of level A", false},
    [EQUIPMENT_B] = {"equipment_b", "B級防護衣|B級防護裝備|level_b", "suits of level B", false},
    [EQUIPMENT_C] = {"equipment_c", "C級防護衣|C級防護裝備|level_c", "suits of level C", false},
    [EQUIPMENT] = {"equipment", "應變器材|器材|裝備|設備", "other equipment: name or name:number",
                   false},
    [SUBSTANCES] = {"substances", "化學物質|毒性化學物質|物質|運作物質",
                    "substances it can deal with, by CAS number or name", false},
    [VALID_UNTIL] = {"valid_until", "有效期限|效期|valid_to", "last day that its plan holds",
                     false},
    [RENEWED] = {"renewed", "更新日期|最近更新日期|填報日期|last_renewed",
                 "day of the last renewal", false},
    [NOTE] = {"note", "備註|說明|remarks", "remarks", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

#define COUNT_RULE                                                                                 \
    {                                                                                              \
        .type = IMPORT_INTEGER, .least = 0, .most = 1000000                                        \
    }
static const struct import_rule rules[FIELDS] = {
    [ORGANISATION] = {.role = IMPORT_ROLE_NAME, .key = true},
    [NAME_EN] = {.role = IMPORT_ROLE_NAME_EN},
    [MEMBER] = {.key = true},
    [MEMBERS] = {.type = IMPORT_LIST},
    [COUNTIES] = {.type = IMPORT_LIST},
    [PREPARATION] = {.type = IMPORT_NUMBER, .least = 0, .most = 10000},
    [RESPONDERS_AWARENESS] = COUNT_RULE,
    [RESPONDERS_OPERATIONS] = COUNT_RULE,
    [RESPONDERS_TECHNICIAN] = COUNT_RULE,
    [RESPONDERS_COMMANDER] = COUNT_RULE,
    [RESPONDERS_SPECIALIST] = COUNT_RULE,
    [EQUIPMENT_A] = COUNT_RULE,
    [EQUIPMENT_B] = COUNT_RULE,
    [EQUIPMENT_C] = COUNT_RULE,
    [EQUIPMENT] = {.type = IMPORT_LIST},
    [SUBSTANCES] = {.type = IMPORT_LIST},
    [VALID_UNTIL] = {.type = IMPORT_DATE},
    [RENEWED] = {.type = IMPORT_DATE},
};

/* The counties in their normal form, as a list of its own. */
static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    struct buf key = {.max = 1 << 16};
    for (const char *s = r->value[COUNTIES].text; s && *s; s += *s == '\n') {
        size_t len = strcspn(s, "\n"); /* the normal form has no line ends */
        text_name_key(&key, s, len);
        buf_char(&key, ',');
        s += len;
    }
    if (key.len) {
        rule_write_list(j, "county_keys", buf_string(&key));
    }
    if (run->row->wkb)
        json_bool(j, "drawn", true);
    buf_free(&key);
}

static bool check(struct import_run *run, struct record_row *r)
{
    if (!r->value[COUNTIES].text && !run->row->wkb) {
        import_reject(run, COUNTIES, "zone_missing",
                      "the row has neither counties nor a drawn area");
        return false;
    }
    return true;
}

static const struct record_family family = {
    .geometry = RECORD_AREA, .check = check, .more = more, .judge = &SQL_import_zones_areas};

bool zones_remake(int64_t *changed, struct import_run *run, struct error *err)
{
    return import_sql(changed, run, &SQL_import_zones_remake, err, DB_NONE);
}

const struct importer importer_zones = {
    .kind = {.name = "zones",
             .title_zh = "責任區",
             .title_en = "Responsibility zones",
             .about = "areas that joint-response organisations (聯防組織) answer for",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(record_publish, &family),
};
