/* DESIGN. A holding is identified by facility, source, what names the substance, behaviour,
 * period and, where the file has it, the place on the site; a row that says one of them again word
 * for word is counted once (the agencies' exports repeat lines). Nothing is lost for want of a
 * partner: a facility not known yet is made from its number and name, a substance not known stays
 * as reported and is linked when substances come. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/behaviour.h"
#include "gis/text.h"
#include "gis/units.h"
#include "import/cas.h"
#include "import/date.h"
#include "import/facilities.h"
#include "import/holdings.h"
#include "import/importers.h"
#include "import/link_split.h"
#include "import/value.h"
#include "sql.h"

enum {
    EMS_NO,
    FACTORY_NO,
    FACILITY_NAME,
    CAS,
    CODE,
    NAME,
    NAME_EN,
    PLACE,
    BEHAVIOUR,
    QUANTITY,
    UNIT,
    START,
    END,
    FIELDS
};
enum { NAME_MAX_BYTES = 600, UNIT_MAX_BYTES = 100, QUANTITY_MAX_BYTES = 60 };
#define QUANTITY_MAX_KG 1e12

static const struct import_field fields[] = {
    [EMS_NO] = {"ems_no", "管制編號|管編|環保署管制編號|事業管制編號|control_no",
                "control number of the facility", false},
    [FACTORY_NO] = {"factory_no", "工廠登記編號|工廠登記證號|工廠登記字號",
                    "factory registration number", false},
    [FACILITY_NAME] = {"facility_name",
                       "事業名稱|工廠名稱|廠商名稱|廠場名稱|運作場所名稱|公司名稱|facility",
                       "name of the facility, used where it is not known yet", false},
    [CAS] = {"cas", "CAS No.|CAS號碼|CAS編號|cas_no|casno|CAS NO", "CAS number", false},
    [CODE] = {"substance_code", "列管編號|毒化物列管編號|toxic_item_no|item_no",
              "number on the list of toxic chemical substances", false},
    [NAME] = {"substance_name",
              "化學物質名稱|物質名稱|毒化物名稱|毒性化學物質名稱|中文名稱|物質中文名稱|toxic_name_"
              "zh|name_zh|substance",
              "name in Chinese", false},
    [NAME_EN] = {"substance_name_en", "英文名稱|物質英文名稱|毒化物英文名稱|toxic_name_en|name_en",
                 "name in English", false},
    [PLACE] = {"place",
               "儲存地點|貯存地點|存放地點|儲存場所|貯存場所|存放場所|存放位置|儲存位置|場所|地點|"
               "location|storage_place|storage_location",
               "where on the site; two places may each hold the same", false},
    [BEHAVIOUR] = {"behaviour", "運作行為|行為|運作別|behavior|operation",
                   "製造 輸入 輸出 使用 貯存 販賣 運送 廢棄, or manufacture import export use "
                   "store sell transfer discard other",
                   true},
    [QUANTITY] = {"quantity", "運作量|數量|申報量|總量|amount", "a number from 0; at most 1e12 kg",
                  true},
    [UNIT] = {"unit", "單位|數量單位|quantity_unit",
              "公噸 t, 公斤 kg, 公克 g, 公升 L, 立方公尺 m3 …", true},
    [START] = {"period_start", "起始日期|開始日期|申報起日|期間起日|運作起日|start_date|start",
               "first day, 2014-04-01", false},
    [END] = {"period_end", "結束日期|終止日期|申報迄日|期間迄日|運作迄日|end_date|end", "last day",
             false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static bool begin(struct import_run *run, struct error *err)
{
    const int *c = run->column;
    if (c[EMS_NO] == -1 && c[FACTORY_NO] == -1)
        return error_set(
            err, ERROR_INPUT,
            "no column says which facility: ems_no (管制編號) or factory_no (工廠登記編號)");
    if (c[CAS] == -1 && c[CODE] == -1 && c[NAME] == -1 && c[NAME_EN] == -1)
        return error_set(err, ERROR_INPUT,
                         "no column says which substance: cas, substance_code (列管編號), "
                         "substance_name or substance_name_en");
    return true;
}

struct holding {
    char ems_no[VALUE_NUMBER_MAX], factory_no[VALUE_NUMBER_MAX], start[DATE_SIZE], end[DATE_SIZE];
    const char *facility_name, *cas, *code, *name, *name_en, *place, *behaviour, *quantity, *unit;
    double kg, litres; /* NAN = not in this kind of unit */
};

/* Each returns false where the row is rejected. */
static bool take_facility(struct holding *h, struct import_run *run)
{
    const char *ems = import_value(run, EMS_NO), *factory = import_value(run, FACTORY_NO);
    if (!ems && !factory) {
        import_reject(run, run->column[EMS_NO] >= 0 ? EMS_NO : FACTORY_NO, "facility_missing",
                      "the row does not say which facility");
        return false;
    }
    if ((ems && !value_number(h->ems_no, ems)) ||
        (factory && !value_number(h->factory_no, factory))) {
        import_reject(run, ems ? EMS_NO : FACTORY_NO, "number_invalid",
                      "not a registration number (letters, digits and '-', at most 40)");
        return false;
    }
    h->facility_name = import_short(run, FACILITY_NAME, NAME_MAX_BYTES);
    return true;
}

/* One CAS number, however damaged, or several in one cell. */
static bool has_cas(const char *text)
{
    struct cas_reading reading;
    struct link_piece pieces[LINK_PIECES_MAX];
    if (cas_read(&reading, text) != CAS_NONE)
        return true;
    int count = link_split(pieces, text, true), found = 0;
    for (int i = 0; i < count; i++) {
        char piece[VALUE_CAS_MAX * 2] = "";
        if (pieces[i].len < sizeof piece)
            memcpy(piece, pieces[i].text, pieces[i].len);
        found += cas_read(&reading, piece) != CAS_NONE;
    }
    return found > 1;
}

static bool take_substance(struct holding *h, struct import_run *run)
{
    h->cas = import_short(run, CAS, NAME_MAX_BYTES);
    h->code = import_short(run, CODE, NAME_MAX_BYTES);
    h->name = import_short(run, NAME, NAME_MAX_BYTES);
    h->name_en = import_short(run, NAME_EN, NAME_MAX_BYTES);
    if (!h->cas && !h->code && !h->name && !h->name_en) {
        import_reject(run, -1, "substance_missing", "the row does not say which substance");
        return false;
    }
    if (h->cas && !has_cas(h->cas))
        import_note(run, CAS, "field_ignored",
                    "not a CAS number (the check digit is wrong): the names decide");
    return true;
}

static bool take_quantity(struct holding *h, struct import_run *run)
{
    double value = -1, factor;
    h->quantity = import_value(run, QUANTITY);
    h->unit = import_value(run, UNIT);
    if (!h->quantity || strlen(h->quantity) > QUANTITY_MAX_BYTES ||
        !value_double(&value, h->quantity) || !(value >= 0)) {
        import_reject(run, QUANTITY, h->quantity ? "quantity_invalid" : "quantity_missing",
                      h->quantity ? "not a number from 0" : "the row has no quantity");
        return false;
    }
    if (!h->unit || strlen(h->unit) > UNIT_MAX_BYTES) {
        import_reject(run, UNIT, "unit_missing", "the quantity has no usable unit");
        return false;
    }
    enum unit_kind kind = units_find(&factor, h->unit);
    h->kg = kind == UNIT_MASS ? value * factor : NAN;
    h->litres = kind == UNIT_VOLUME ? value * factor : NAN;
    if (h->kg > QUANTITY_MAX_KG || h->litres > QUANTITY_MAX_KG || !(value <= 1e15)) {
        import_reject(run, QUANTITY, "quantity_invalid", "more than 1e12 kg: a wrong unit?");
        return false;
    }
    return true;
}

static bool take_period(struct holding *h, struct import_run *run)
{
    const char *start = import_value(run, START), *end = import_value(run, END);
    bool bad_start = start && !date_parse(h->start, start);
    if (bad_start || (end && !date_parse(h->end, end))) {
        import_reject(run, bad_start ? START : END, "date_invalid",
                      "not a date (2014-04-01 or 2014/4/1)");
        return false;
    }
    if (start && end && strcmp(h->start, h->end) > 0) {
        import_reject(run, END, "period_reversed", "the period ends before it begins");
        return false;
    }
    return true;
}

static void take_behaviour(struct holding *h, struct import_run *run)
{
    const char *text = import_value(run, BEHAVIOUR);
    h->behaviour = text ? behaviour_find(text) : NULL;
    if (h->behaviour)
        return;
    h->behaviour = "other";
    import_note(run, BEHAVIOUR, "field_ignored", "not a known behaviour: taken as other");
}

/* What names the substance, for telling holdings apart: CAS, else code with name, else name. */
static void add_reported_key(struct import_run *run, const struct holding *h)
{
    char cas[VALUE_CAS_MAX];
    bool mended;
    struct buf *k = &run->key;
    buf_clear(k);
    if (h->cas && cas_mend(cas, &mended, h->cas)) {
        buf_text(k, cas);
    } else {
        const char *name = h->name ? h->name : h->name_en;
        if (h->code)
            text_name_key(k, h->code, strlen(h->code));
        buf_char(k, '|');
        if (name)
            text_name_key(k, name, strlen(name));
        if (!h->code && !name && h->cas)
            text_name_key(k, h->cas, strlen(h->cas));
    }
    stage_bytes(&run->stage.rows, k->data, k->len);
}

static const char *or_null(const char *text)
{
    return *text ? text : NULL;
}

static void row(struct import_run *run)
{
    struct holding h = {.kg = NAN};
    struct buf *b = &run->stage.rows;
    if (!take_facility(&h, run) || !take_substance(&h, run) || !take_quantity(&h, run) ||
        !take_period(&h, run))
        return;
    take_behaviour(&h, run);
    h.place = import_short(run, PLACE, NAME_MAX_BYTES);
    stage_i64(b, (int64_t)run->row->line);
    buf_clear(&run->key);
    buf_format(&run->key, *h.ems_no ? "ems:%s" : "factory:%s", *h.ems_no ? h.ems_no : h.factory_no);
    stage_bytes(b, run->key.data, run->key.len);
    stage_text(b, or_null(h.ems_no));
    stage_text(b, or_null(h.factory_no));
    const char *name = h.facility_name ? h.facility_name : *h.ems_no ? h.ems_no : h.factory_no;
    stage_text(b, name);
    facility_search_key(&run->key, name, NULL, h.ems_no, h.factory_no, NULL, NULL);
    stage_bytes(b, run->key.data, run->key.len);
    stage_text(b, h.cas);
    stage_text(b, h.code);
    stage_text(b, h.name);
    stage_text(b, h.name_en);
    add_reported_key(run, &h);
    stage_text(b, h.place);
    stage_text(b, h.behaviour);
    stage_text(b, or_null(h.start));
    stage_text(b, or_null(h.end));
    stage_f64(b, h.kg);
    stage_f64(b, h.litres);
    stage_text(b, h.quantity);
    stage_text(b, h.unit);
    stage_bytes(b, run->raw.data, run->raw.len);
    stage_end(b);
}

const struct importer importer_holdings = {
    .kind = {.name = "holdings",
             .title_zh = "運作量",
             .title_en = "Holdings",
             .about = "how much of a substance a facility makes, uses, stores … in a period",
             .fields = fields},
    .stage = &SQL_import_holdings_stage,
    .table = "stage_holding",
    .copy = "COPY stage_holding FROM STDIN",
    .begin = begin,
    .row = row,
    .publish = holdings_publish,
    .grows = "holding, facility, facility_number",
};
