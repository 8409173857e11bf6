/* Table 1 of the Emergency Response Guidebook: initial isolation and protective action distances,
 * one row an entry. A spill is three figures (isolation, day, night), all of them or none. */
#include <string.h>

#include "import/importers.h"
#include "import/response.h"
#include "sql.h"

enum {
    EDITION,
    UN,
    GUIDE,
    ENTRY,
    NAMES,
    CONDITION_TEXT,
    SMALL_ISO,
    SMALL_DAY_KM,
    SMALL_NIGHT_KM,
    LARGE_ISO,
    LARGE_DAY_KM,
    LARGE_NIGHT_KM,
    SMALL_DAY_M,
    SMALL_NIGHT_M,
    LARGE_DAY_M,
    LARGE_NIGHT_M,
    AT_LEAST,
    USE,
    CITATION,
    NOTE,
    FIELDS
};

static const struct import_field fields[] = {
    [EDITION] = RESPONSE_EDITION_FIELD,
    [UN] = {"un", "UN編號|聯合國編號|IDNum|un_no|id_no", "UN number; 0 = none", true},
    [GUIDE] = {"guide", "指南|指南編號|處理原則|GuideNum|guide_no", "orange guide", false},
    [ENTRY] = {"entry", "項次", "which of the entries of this UN number it is", false},
    [NAMES] = {"names", "品名|物質名稱|Material|name_en|name_of_material", "names as printed",
               true},
    [CONDITION_TEXT] = {"condition_text", "條件|情形|condition",
                        "when spilled in water, on land, inhalation hazard zone …", false},
    [SMALL_ISO] = {"small_iso_m", "小量洩漏隔離距離|SM_ISO", "small spill: isolation, metres",
                   true},
    [SMALL_DAY_KM] = {"small_day_km", "小量洩漏日間", "small spill by day, km", false},
    [SMALL_NIGHT_KM] = {"small_night_km", "小量洩漏夜間", "small spill by night, km", false},
    [LARGE_ISO] = {"large_iso_m", "大量洩漏隔離距離|LG_ISO", "large spill: isolation, metres",
                   true},
    [LARGE_DAY_KM] = {"large_day_km", "大量洩漏日間", "large spill by day, km", false},
    [LARGE_NIGHT_KM] = {"large_night_km", "大量洩漏夜間", "large spill by night, km", false},
    [SMALL_DAY_M] = {"small_day_m", "SM_DY", "small spill by day, metres", false},
    [SMALL_NIGHT_M] = {"small_night_m", "SM_NTE", "small spill by night, metres", false},
    [LARGE_DAY_M] = {"large_day_m", "LG_DY", "large spill by day, metres", false},
    [LARGE_NIGHT_M] = {"large_night_m", "LG_NTE", "large spill by night, metres", false},
    [AT_LEAST] = {"at_least", "fields_printed_as_11plus",
                  "which distances are printed as 11+ km: large_day_km large_night_km", false},
    [USE] = WHOLE_USE_FIELD,
    [CITATION] = RESPONSE_CITATION_FIELD,
    [NOTE] = {"note", "備註", "doubts about this row", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [EDITION] = {.key = true},        [UN] = {.key = true},
    [ENTRY] = {.key = true},          [NAMES] = {.role = IMPORT_ROLE_NAME, .key = true},
    [CONDITION_TEXT] = {.key = true}, [USE] = {.type = IMPORT_YES},
};

static const struct spill {
    const char *name, *word; /* word: as at_least begins */
    int isolation, km[2], m[2];
} spills[] = {
    {"small", "small_", SMALL_ISO, {SMALL_DAY_KM, SMALL_NIGHT_KM}, {SMALL_DAY_M, SMALL_NIGHT_M}},
    {"large", "large_", LARGE_ISO, {LARGE_DAY_KM, LARGE_NIGHT_KM}, {LARGE_DAY_M, LARGE_NIGHT_M}}};
static const char *const times[] = {"day", "night"};

struct figures {
    int isolation, downwind[2];
    bool at_least[2];
    int given, fault; /* fault: field that cannot be read; -1 = none */
};

static void read_figure(struct figures *f, int *metres, bool *at_least, const struct record_row *r,
                        int field, double unit_m)
{
    const char *text = r->value[field].text;
    if (!text)
        return;
    f->given++;
    if (!response_metres(metres, at_least, text, unit_m))
        f->fault = field;
}

static bool printed_at_least(const struct record_row *r, const struct spill *s, int time)
{
    char word[24];
    struct buf b = {.max = sizeof word};
    buf_format(&b, "%s%s", s->word, times[time]);
    bool found = r->value[AT_LEAST].text && strstr(r->value[AT_LEAST].text, buf_string(&b));
    buf_free(&b);
    return found;
}

static struct figures read_spill(const struct record_row *r, const struct spill *s)
{
    bool plus;
    struct figures f = {.fault = -1};
    read_figure(&f, &f.isolation, &plus, r, s->isolation, 1);
    for (int t = 0; t < 2; t++) {
        read_figure(&f, &f.downwind[t], &f.at_least[t], r, s->km[t], 1000);
        read_figure(&f, &f.downwind[t], &f.at_least[t], r, s->m[t], 1);
        f.at_least[t] |= printed_at_least(r, s, t);
    }
    return f;
}

/* Both distances printed as 0: the isolation beside them is a guide's, not of this table. */
static bool is_none(const struct figures *f)
{
    return !f->given || (f->given == 3 && !f->downwind[0] && !f->downwind[1]);
}

static bool check_spill(struct import_run *run, const struct record_row *r, const struct spill *s)
{
    struct figures f = read_spill(r, s);
    bool whole = f.given == 3 && f.isolation && f.downwind[0] && f.downwind[1];
    if (f.fault < 0 && (is_none(&f) || (whole && r->value[UN].text)))
        return true;
    if (f.fault >= 0)
        import_reject(run, f.fault, "value_invalid",
                      "not a distance of at most 100 km (30, 0.1, 11+)");
    else if (!whole)
        import_reject(run, s->isolation, "distance_missing",
                      "a %s spill needs isolation, day and night, each once", s->name);
    else
        import_reject(run, UN, "value_missing", "distances without a UN number");
    return false;
}

static bool check(struct import_run *run, struct record_row *r)
{
    return response_check_edition(run, r, EDITION) && response_check_un(run, r, UN) &&
           check_spill(run, r, &spills[0]) && check_spill(run, r, &spills[1]);
}

static bool says(const struct record_row *r, const char *const words[])
{
    for (int i = 0; words[i]; i++)
        if ((r->value[CONDITION_TEXT].text && strstr(r->value[CONDITION_TEXT].text, words[i])) ||
            (r->value[NAMES].text && strstr(r->value[NAMES].text, words[i])))
            return true;
    return false;
}

static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    static const char *const water[] = {"spilled in water", "水中", NULL};
    static const char *const land[] = {"spilled on land", "陸上", "陸地", NULL};
    (void)run;
    response_more(j, r, EDITION);
    json_text(j, "condition", says(r, water) ? "water" : says(r, land) ? "land" : "");
    json_open(j, "distances", '[');
    for (int s = 0; s < 2; s++) {
        struct figures f = read_spill(r, &spills[s]);
        for (int t = 0; t < 2 && !is_none(&f); t++)
            response_write(j, spills[s].name, times[t], NULL, f.isolation, f.downwind[t],
                           f.at_least[t]);
    }
    json_close(j, ']');
}

static const struct record_family family = {
    .geometry = RECORD_NO_GEOMETRY, .begin = whole_begin, .check = check, .more = more};

const struct importer importer_response_table1 = {
    .kind = {.name = "response_table1",
             .title_zh = "應變距離表 1",
             .title_en = "Response distances, Table 1",
             .about = "isolation and protective action distances of an edition of the guidebook, "
                      "taken whole",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(whole_publish, &family),
};
