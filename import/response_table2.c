/* Table 2 of the Emergency Response Guidebook: what gives off toxic gases in water. */
#include <string.h>

#include "import/importers.h"
#include "import/response.h"
#include "sql.h"

enum { EDITION, UN, GUIDE, NAMES, GASES, USE, CITATION, NOTE, FIELDS };

static const struct import_field fields[] = {
    [EDITION] = RESPONSE_EDITION_FIELD,
    [UN] = {"un", "UN編號|聯合國編號|un_no|id_no", "UN number", true},
    [GUIDE] = {"guide", "指南|指南編號|處理原則|guide_no", "orange guide", false},
    [NAMES] = {"names", "品名|物質名稱|name_en|name_of_material", "name as printed", true},
    [GASES] = {"tih_gases", "產生氣體|產生之毒性氣體|tih_gases_produced|gases",
               "toxic gases that it gives off, HCl;SO2", true},
    [USE] = WHOLE_USE_FIELD,
    [CITATION] = RESPONSE_CITATION_FIELD,
    [NOTE] = {"note", "備註", "doubts about this row", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [EDITION] = {.key = true},
    [UN] = {.key = true},
    [NAMES] = {.role = IMPORT_ROLE_NAME, .key = true},
    [USE] = {.type = IMPORT_YES},
};

static bool check(struct import_run *run, struct record_row *r)
{
    if (!response_check_edition(run, r, EDITION) || !response_check_un(run, r, UN))
        return false;
    if (!r->value[UN].text)
        import_reject(run, UN, "value_missing", "the row has no UN number");
    else if (!r->value[GASES].text)
        import_reject(run, GASES, "value_missing", "the row names no gas");
    else
        return true;
    return false;
}

/* H2S;SO2, "H2S, SO2", H2S SO2: always with | between. */
static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    static const char marks[] = ";,|/ ";
    struct buf b = {.max = 4096};
    (void)run;
    for (const char *at = r->value[GASES].text; *at;) {
        size_t len = strcspn(at, marks);
        if (len && b.len)
            buf_char(&b, '|');
        buf_add(&b, at, len);
        at += len;
        at += strspn(at, marks);
    }
    response_more(j, r, EDITION);
    json_text(j, "gases", buf_string(&b));
    buf_free(&b);
}

static const struct record_family family = {
    .geometry = RECORD_NO_GEOMETRY, .begin = whole_begin, .check = check, .more = more};

const struct importer importer_response_table2 = {
    .kind = {.name = "response_table2",
             .title_zh = "遇水產生毒氣物質表 2",
             .title_en = "Water-reactive materials, Table 2",
             .about = "what gives off toxic gases in water, by an edition of the guidebook, taken "
                      "whole",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(whole_publish, &family),
};
