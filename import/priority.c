/* Companies with the four figures that the combined priority order goes by (圖 4-99, 4-100):
 * domestic and foreign totals, risk class, centrality. In printed lists names are masked
 * (友●●●公司): rows of one masked name are several companies, told apart by their order. A list
 * that comes again takes the place of the former one of its source: ranks are of who is on it. */
#include <math.h>
#include <string.h>

#include "import/importers.h"
#include "import/record.h"
#include "import/value.h"
#include "sql.h"

enum {
    LIST,
    COMPANY,
    BUSINESS_NO,
    EMS_NO,
    FACTORY_NO,
    DOMESTIC,
    FOREIGN,
    RISK,
    CENTRALITY,
    PRINTED,
    CITATION,
    NOTE,
    FIELDS
};

static const struct import_field fields[] = {
    [LIST] = {"list", "名單|清單|名單名稱|list_name",
              "list that the row belongs to; companies are ordered within one list", false},
    [COMPANY] = {"company", "公司|公司名稱|廠商|廠商名稱|業者|業者名稱|name|name_masked", "company",
                 true},
    [BUSINESS_NO] = {"business_no", "統一編號|統編|營利事業統一編號", "business number", false},
    [EMS_NO] = {"ems_no", "管制編號|管編", "control number of the Ministry of Environment", false},
    [FACTORY_NO] = {"factory_no", "工廠登記編號|工廠登記證號", "factory registration number",
                    false},
    [DOMESTIC] = {"domestic_total", "國內總計|國內合計|國內|國內總和|domestic",
                  "total of domestic findings; empty = 0", false},
    [FOREIGN] = {"foreign_total", "國外總計|國外合計|國外|國外總和|foreign",
                 "total of foreign findings; empty = 0", false},
    [RISK] = {"bayes_risk", "貝氏風險|風險等級|風險類別|風險|risk|risk_class", "紅, 黃, 綠 or NA",
              false},
    [CENTRALITY] = {"degree_centrality",
                    "連結中心性|程度中心性|點度中心性|中心性|centrality|degree",
                    "degree centrality; empty = not known, last", false},
    [PRINTED] = {"printed_order", "排序|順序|名次|排名|printed_rank",
                 "place in the printed list, to compare", false},
    [CITATION] = {"citation", "出處|資料來源|source", "where it is printed", false},
    [NOTE] = {"note", "備註|說明|remarks", "remarks", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [LIST] = {.key = true},
    [COMPANY] = {.role = IMPORT_ROLE_NAME, .key = true},
    [DOMESTIC] = {.type = IMPORT_NUMBER, .least = 0, .most = 1e12},
    [FOREIGN] = {.type = IMPORT_NUMBER, .least = 0, .most = 1e12},
    [RISK] = {.type = IMPORT_WORD,
              .words = "red=紅|紅色|紅燈|高風險;yellow=黃|黃色|黃燈|中風險;green=綠|綠色|綠燈|"
                       "低風險;na=NA|N/A|無|-|無資料"},
    [CENTRALITY] = {.type = IMPORT_NUMBER, .least = 0, .most = 1e12},
    [PRINTED] = {.type = IMPORT_INTEGER, .least = 1, .most = 1e9},
};

static bool check(struct import_run *run, struct record_row *r)
{
    if (isfinite(r->value[DOMESTIC].number) || isfinite(r->value[FOREIGN].number) ||
        isfinite(r->value[CENTRALITY].number) || r->value[RISK].text)
        return true;
    import_reject(run, DOMESTIC, "value_missing",
                  "none of domestic and foreign total, risk class and centrality is given");
    return false;
}

static void write_number(struct json *j, const char *name, const char *text)
{
    char number[VALUE_NUMBER_MAX];
    if (text && value_number(number, text))
        json_text(j, name, number);
}

static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    (void)run;
    json_text(j, "set", r->value[LIST].text ? r->value[LIST].text : "");
    write_number(j, "business_number", r->value[BUSINESS_NO].text);
    write_number(j, "ems_number", r->value[EMS_NO].text);
    write_number(j, "factory_number", r->value[FACTORY_NO].text);
}

static bool publish(struct import_run *run, struct error *err)
{
    int64_t ended;
    if (!record_publish(run, err) || !import_sql(&ended, run, &SQL_import_whole_end, err,
                                                 DB_ARGS(db_text(run->importer->kind.name),
                                                         db_i64(run->source), db_i64(run->batch))))
        return false;
    run->report->rows_changed += (uint64_t)ended;
    import_remark(run, "companies of the former list that this one has no more", (uint64_t)ended);
    return true;
}

static const struct record_family family = {.geometry = RECORD_NO_GEOMETRY,
                                            .check = check,
                                            .more = more,
                                            .judge = &SQL_import_priority_number};

const struct importer importer_priority = {
    .kind = {.name = "priority",
             .title_zh = "優先名單",
             .title_en = "Priority lists",
             .about = "companies with what the combined priority order goes by",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(publish, &family),
};
