/* Table 3 of the Emergency Response Guidebook: large spills of a few gases, by container and wind.
 */
#include <string.h>

#include "import/importers.h"
#include "import/response.h"
#include "sql.h"

enum {
    EDITION,
    UN,
    GUIDE,
    NAMES,
    CONTAINER_TEXT,
    ISOLATION,
    DAY_LOW,
    DAY_MODERATE,
    DAY_HIGH,
    NIGHT_LOW,
    NIGHT_MODERATE,
    NIGHT_HIGH,
    AT_LEAST,
    USE,
    CITATION,
    NOTE,
    FIELDS
};

static const struct import_field fields[] = {
    [EDITION] = RESPONSE_EDITION_FIELD,
    [UN] = {"un", "UN編號|聯合國編號|un_no|id_no", "UN number", true},
    [GUIDE] = {"guide", "指南|指南編號|處理原則|guide_no", "orange guide", false},
    [NAMES] = {"names", "品名|物質名稱|name_en|name_of_material", "name as printed", true},
    [CONTAINER_TEXT] = {"container_text", "容器|容器種類|container|transport_container",
                        "container", true},
    [ISOLATION] = {"initial_isolation_m", "隔離距離|isolation_m", "isolation, metres", true},
    [DAY_LOW] = {"day_low_km", "日間低風速", "by day, wind below 10 km/h; km", true},
    [DAY_MODERATE] = {"day_mod_km", "日間中風速|day_moderate_km", "by day, 10 to 20 km/h; km",
                      true},
    [DAY_HIGH] = {"day_high_km", "日間高風速", "by day, above 20 km/h; km", true},
    [NIGHT_LOW] = {"night_low_km", "夜間低風速", "by night, below 10 km/h; km", true},
    [NIGHT_MODERATE] = {"night_mod_km", "夜間中風速|night_moderate_km",
                        "by night, 10 to 20 km/h; km", true},
    [NIGHT_HIGH] = {"night_high_km", "夜間高風速", "by night, above 20 km/h; km", true},
    [AT_LEAST] = {"at_least", "fields_printed_as_11plus",
                  "which distances are printed as 11+ km: day_low;night_mod", false},
    [USE] = WHOLE_USE_FIELD,
    [CITATION] = RESPONSE_CITATION_FIELD,
    [NOTE] = {"note", "備註", "doubts about this row", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [EDITION] = {.key = true},
    [UN] = {.key = true},
    [NAMES] = {.role = IMPORT_ROLE_NAME, .key = true},
    [CONTAINER_TEXT] = {.key = true},
    [USE] = {.type = IMPORT_YES},
};

static const struct {
    int field;
    const char *time, *wind, *word; /* word: in at_least */
} cells[] = {{DAY_LOW, "day", "low", "day_low"},
             {DAY_MODERATE, "day", "moderate", "day_mod"},
             {DAY_HIGH, "day", "high", "day_high"},
             {NIGHT_LOW, "night", "low", "night_low"},
             {NIGHT_MODERATE, "night", "moderate", "night_mod"},
             {NIGHT_HIGH, "night", "high", "night_high"}};
enum { CELLS = sizeof cells / sizeof *cells };

/* As questions to a packet and the shipped table call them. */
static const char *container_of(const char *text)
{
    static const char *const names[][2] = {
        {"鐵路槽車", "Rail tank car"},
        {"公路槽車或拖車", "Highway tank truck or trailer"},
        {"農用槽", "Agricultural nurse tank"},
        {"多支小鋼瓶", "Multiple small cylinders"},
        {"多個噸級鋼瓶", "Multiple ton cylinders"},
        {"多支小鋼瓶或單一噸級鋼瓶", "Multiple small cylinders or single ton cylinder"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i][0], text))
            return names[i][1];
    return text;
}

static bool metres(int *out, bool *at_least, const struct record_row *r, int field, double unit_m)
{
    const char *text = r->value[field].text;
    return text && response_metres(out, at_least, text, unit_m) && *out > 0;
}

static bool check(struct import_run *run, struct record_row *r)
{
    int m;
    bool plus;
    int fault = metres(&m, &plus, r, ISOLATION, 1) ? -1 : ISOLATION;
    if (!response_check_edition(run, r, EDITION) || !response_check_un(run, r, UN))
        return false;
    for (int i = 0; i < CELLS && fault < 0; i++)
        if (!metres(&m, &plus, r, cells[i].field, 1000))
            fault = cells[i].field;
    if (fault >= 0)
        import_reject(run, fault, "value_invalid",
                      "not a distance of at most 100 km (30, 0.1, 11+)");
    else if (!r->value[UN].text || !r->value[CONTAINER_TEXT].text)
        import_reject(run, r->value[UN].text ? CONTAINER_TEXT : UN, "value_missing",
                      "the row needs a UN number and a container");
    else
        return true;
    return false;
}

static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    int isolation = 0, downwind = 0;
    bool plus = false;
    const char *printed = r->value[AT_LEAST].text;
    (void)run;
    response_more(j, r, EDITION);
    json_text(j, "container", container_of(r->value[CONTAINER_TEXT].text));
    json_open(j, "distances", '[');
    metres(&isolation, &plus, r, ISOLATION, 1);
    for (int i = 0; i < CELLS; i++) {
        metres(&downwind, &plus, r, cells[i].field, 1000);
        response_write(j, "large", cells[i].time, cells[i].wind, isolation, downwind,
                       plus || (printed && strstr(printed, cells[i].word)));
    }
    json_close(j, ']');
}

static const struct record_family family = {
    .geometry = RECORD_NO_GEOMETRY, .begin = whole_begin, .check = check, .more = more};

const struct importer importer_response_table3 = {
    .kind = {.name = "response_table3",
             .title_zh = "應變距離表 3",
             .title_en = "Response distances, Table 3",
             .about = "distances for large spills of a few gases by container and wind, of an "
                      "edition of the guidebook, taken whole",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(whole_publish, &family),
};
