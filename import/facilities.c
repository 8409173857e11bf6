/* DESIGN. Who is who: 管制編號, else 工廠登記編號, else name and address within a source
 * (facility.facility_key). Within one file a later row with the same key takes the place of an
 * earlier one: equal rows count as repeated, others are kept aside as duplicate_key. A field that
 * cannot be read is left out, said in rejected_row, and the row stays; a name or a registration
 * number that cannot be read sends the row away, because it says who the row is about. */
#include "import/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/text.h"
#include "import/borders.h"
#include "import/date.h"
#include "import/facilities.h"
#include "import/importers.h"
#include "import/known.h"
#include "import/position.h"
#include "import/value.h"
#include "sql.h"

enum {
    NAME_MAX_BYTES = 600, /* with the address it must fit into an index entry */
    ADDRESS_MAX_BYTES = 1200,
    TEXT_MAX_BYTES = 4000
};

enum {
    EMS_NO,
    FACTORY_NO,
    BUSINESS_NO,
    NAME,
    NAME_EN,
    ADDRESS,
    COUNTY,
    TOWNSHIP,
    PHONE,
    INDUSTRY,
    INDUSTRIAL_PARK,
    REGULATED_TYPES,
    LON,
    LAT,
    X,
    Y,
    CRS,
    POSITION_METHOD,
    POSITION_ACCURACY,
    ESTABLISHED_YEAR,
    CAPITAL,
    EMPLOYEES,
    OPERATOR_NAME,
    FIELDS
};

static const struct import_field fields[] = {
    [EMS_NO] = {"ems_no", "管制編號|管編|列管編號|環保署管制編號|事業管制編號|control_no",
                "control number of the Ministry of Environment", false},
    [FACTORY_NO] = {"factory_no",
                    "工廠登記編號|工廠登記證號|工廠登記字號|工廠登記證編號|factory_id",
                    "factory registration number", false},
    [BUSINESS_NO] = {"business_no", "統一編號|統編|營利事業統一編號|公司統一編號|tax_id|ubn",
                     "business number, 8 digits", false},
    [NAME] = {"name",
              "名稱|事業名稱|工廠名稱|廠商名稱|廠場名稱|公司名稱|機構名稱|單位名稱|facility_name|"
              "facility",
              "name in Chinese (or as registered)", true},
    [NAME_EN] = {"name_en", "英文名稱|事業英文名稱|english_name", "name in English", false},
    [ADDRESS] = {"address", "地址|工廠地址|廠址|事業地址|實際廠場地址|廠場地址|營業地址|設廠地址",
                 "address", false},
    [COUNTY] = {"county", "縣市|縣市別|所在縣市|city",
                "county, where the address does not begin with it", false},
    [TOWNSHIP] = {"township", "鄉鎮市區|鄉鎮|行政區|town|district", "township as reported", false},
    [PHONE] = {"phone", "電話|聯絡電話|電話號碼|telephone|tel", "telephone", false},
    [INDUSTRY] = {"industry", "行業別|行業|行業名稱|產業類別|主要行業|industry_name", "industry",
                  false},
    [INDUSTRIAL_PARK] = {"industrial_park", "工業區|工業區別|工業區名稱|所在工業區|園區",
                         "industrial park", false},
    [REGULATED_TYPES] = {"regulated_types", "列管類別|管制類別|列管別", "what it is regulated for",
                         false},
    POSITION_FIELDS(LON, LAT, X, Y, CRS),
    [POSITION_METHOD] = {"position_method", "定位方式|座標來源|坐標來源|coordinate_source",
                         "how the position came: reported, geocoded, surveyed, drawn", false},
    [POSITION_ACCURACY] = {"position_accuracy_m", "定位精度|座標精度|accuracy_m|accuracy",
                           "accuracy of the position, metres", false},
    [ESTABLISHED_YEAR] = {"established_year",
                          "設立年|設立年份|成立年份|設立年度|建廠年份|year_established",
                          "year of foundation: 2009, 民國98年, 98", false},
    [CAPITAL] = {"paid_in_capital_twd", "實收資本額|資本額|paid_in_capital|capital",
                 "paid-in capital, New Taiwan dollars", false},
    [EMPLOYEES] = {"employees", "員工人數|員工數|從業員工人數|employee_count", "persons employed",
                   false},
    [OPERATOR_NAME] = {"operator_name", "運作人|運作人名稱|所屬公司|總公司名稱|operator|company",
                       "company behind the facility", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

struct facility {
    const char *text[FIELDS];
    char ems_no[VALUE_NUMBER_MAX], factory_no[VALUE_NUMBER_MAX], business_no[9];
    int64_t year, employees;  /* -1 = not given */
    double capital, accuracy; /* -1 = not given */
    struct position at;
};

static const struct position_fields position_fields = {
    .lon = LON, .lat = LAT, .x = X, .y = Y, .crs = CRS};

static bool begin(struct import_run *run, struct error *err)
{
    run->borders = borders_load(run->db, err);
    bool whole = run->all || run->request->dry_run; /* a dry run shows rows */
    return run->borders && (whole || known_load(&run->known, run->request->source, run->db, err)) &&
           position_begin(run, &position_fields, err);
}

static bool take_number(char out[VALUE_NUMBER_MAX], struct import_run *run, int field)
{
    const char *text = import_value(run, field);
    *out = '\0';
    if (!text || value_number(out, text))
        return true;
    import_reject(run, field, "number_invalid",
                  "not a registration number (letters, digits and '-', at most 40)");
    return false;
}

static int64_t take_int(struct import_run *run, int field, int64_t least, int64_t most)
{
    int64_t value = -1;
    const char *text = import_value(run, field);
    if (!text || (value_int(&value, text) && value >= least && value <= most))
        return value;
    import_note(run, field, "field_ignored", "not a whole number from %lld to %lld",
                (long long)least, (long long)most);
    return -1;
}

static int64_t take_year(struct import_run *run, int field)
{
    int year;
    const char *text = import_value(run, field);
    if (!text)
        return -1;
    if (date_year(&year, text))
        return year;
    import_note(run, field, "field_ignored", "not a year (2009, 民國98年, 98, 108) or a date");
    return -1;
}

static double take_amount(struct import_run *run, int field)
{
    double value = -1;
    const char *text = import_value(run, field);
    if (!text || (value_double(&value, text) && value >= 0 && value <= 1e15))
        return value;
    import_note(run, field, "field_ignored", "not a number from 0 to 1e15");
    return -1;
}

/* False: the row is rejected. */
static bool take_fields(struct facility *f, struct import_run *run)
{
    if (!take_number(f->ems_no, run, EMS_NO) || !take_number(f->factory_no, run, FACTORY_NO))
        return false;
    f->text[NAME] = import_value(run, NAME);
    if (!f->text[NAME] || strlen(f->text[NAME]) > NAME_MAX_BYTES) {
        import_reject(run, NAME, f->text[NAME] ? "name_too_long" : "name_missing",
                      f->text[NAME] ? "the name is longer than 600 bytes" : "the row has no name");
        return false;
    }
    static const unsigned char texts[] = {
        COUNTY, TOWNSHIP, PHONE, INDUSTRY, INDUSTRIAL_PARK, REGULATED_TYPES, POSITION_METHOD};
    for (size_t i = 0; i < sizeof texts; i++)
        f->text[texts[i]] = import_short(run, texts[i], TEXT_MAX_BYTES);
    f->text[NAME_EN] = import_short(run, NAME_EN, NAME_MAX_BYTES);
    f->text[OPERATOR_NAME] = import_short(run, OPERATOR_NAME, NAME_MAX_BYTES);
    f->text[ADDRESS] = import_short(run, ADDRESS, ADDRESS_MAX_BYTES);
    const char *business = import_value(run, BUSINESS_NO);
    if (business && !value_digits(f->business_no, 8, business)) {
        *f->business_no = '\0';
        import_note(run, BUSINESS_NO, "field_ignored", "not a 統一編號 (8 digits)");
    }
    f->year = take_year(run, ESTABLISHED_YEAR);
    f->employees = take_int(run, EMPLOYEES, 0, 10000000);
    f->capital = take_amount(run, CAPITAL);
    f->accuracy = take_amount(run, POSITION_ACCURACY);
    position_take(&f->at, run, &position_fields);
    return true;
}

/* All fields as understood, into run->json. */
static void write_fields(struct import_run *run, const struct facility *f)
{
    struct json j = {.out = &run->json};
    buf_clear(&run->json);
    json_open(&j, NULL, '{');
    if (*f->ems_no)
        json_text(&j, "ems_no", f->ems_no);
    if (*f->factory_no)
        json_text(&j, "factory_no", f->factory_no);
    if (*f->business_no)
        json_text(&j, "business_no", f->business_no);
    for (int i = NAME; i < FIELDS; i++)
        if (f->text[i])
            json_text(&j, fields[i].name, f->text[i]);
    if (f->year >= 0)
        json_int(&j, "established_year", f->year);
    if (f->employees >= 0)
        json_int(&j, "employees", f->employees);
    if (f->capital >= 0)
        json_number(&j, "paid_in_capital_twd", f->capital, 2);
    if (f->accuracy >= 0)
        json_number(&j, "position_accuracy_m", f->accuracy, 3);
    if (f->at.reported) {
        json_number(&j, "x", f->at.x, 9);
        json_number(&j, "y", f->at.y, 9);
        json_text(&j, "crs", f->at.crs);
    }
    json_close(&j, '}');
}

static void add_key(struct buf *b, const char *text, char before)
{
    if (!text || !*text)
        return;
    if (b->len)
        buf_char(b, before);
    text_name_key(b, text, strlen(text));
}

void facility_search_key(struct buf *b, const char *name, const char *name_en, const char *ems_no,
                         const char *factory_no, const char *business_no, const char *address)
{
    buf_clear(b);
    add_key(b, name, ' ');
    add_key(b, name_en, ' ');
    add_key(b, ems_no, ' ');
    add_key(b, factory_no, ' ');
    add_key(b, business_no, ' ');
    add_key(b, address, ' ');
}

static void add_facility_key(struct import_run *run, const struct facility *f)
{
    struct buf *b = &run->key;
    buf_clear(b);
    if (*f->ems_no)
        buf_format(b, "ems:%s", f->ems_no);
    else if (*f->factory_no)
        buf_format(b, "factory:%s", f->factory_no);
    else {
        buf_format(b, "name:%s:", run->request->source);
        text_name_key(b, f->text[NAME], strlen(f->text[NAME]));
        buf_char(b, '|');
        if (f->text[ADDRESS])
            text_name_key(b, f->text[ADDRESS], strlen(f->text[ADDRESS]));
    }
    stage_bytes(&run->stage.rows, b->data, b->len);
}

static const char *or_null(const char *text)
{
    return *text ? text : NULL;
}

/* The counties that the address and the county column seem to name; the code of the first that is
 * known, or NULL. */
static const char *add_counties(struct import_run *run, const struct facility *f)
{
    struct buf *b = &run->stage.rows, *key = &run->key;
    const char *code = NULL;
    buf_clear(key);
    if (f->text[ADDRESS])
        place_county_key(key, f->text[ADDRESS]);
    stage_bytes(b, key->len ? key->data : "", key->len);
    code = borders_county(run->borders, key->data, key->len);
    buf_clear(key);
    if (!f->text[COUNTY]) {
        stage_null(b);
        return code;
    }
    text_name_key(key, f->text[COUNTY], strlen(f->text[COUNTY]));
    stage_bytes(b, key->len ? key->data : "", key->len);
    return code ? code : borders_county(run->borders, key->data, key->len);
}

/* Position, and what import_place_check.sql would say of it where that is plain: no position, or
 * one inside the county that is named, or inside some county where none is named. The rest (a few
 * of a hundred) is left to that statement. */
static void add_place(struct import_run *run, const struct facility *f, const char *named)
{
    struct buf *b = &run->stage.rows;
    const char *county = NULL, *township = NULL;
    bool accepted = !strcmp(f->at.given, "accepted");
    if (accepted)
        borders_find(&county, &township, run->borders, f->at.lon, f->at.lat);
    bool plain = !accepted || (county && (!named || !strcmp(named, county)));
    stage_f64(b, accepted ? f->at.lon : NAN);
    stage_f64(b, accepted ? f->at.lat : NAN);
    stage_text(b, f->at.given);
    stage_text(b, plain ? named : NULL);
    stage_text(b, !plain ? NULL : accepted ? county : named);
    stage_text(b, plain ? township : NULL);
    stage_text(b, !plain ? NULL : accepted ? "ok" : f->at.given);
}

static void hash_fields(unsigned char hash[SHA256_BYTES], const struct import_run *run)
{
    struct sha256 s;
    sha256_begin(&s);
    sha256_add(&s, run->json.data, run->json.len);
    sha256_end(hash, &s);
}

static void row(struct import_run *run)
{
    struct facility f = {.year = -1};
    struct buf *b = &run->stage.rows;
    if (!take_fields(&f, run))
        return;
    write_fields(run, &f);
    unsigned char hash[SHA256_BYTES];
    hash_fields(hash, run);
    if (known_take(run->known, hash))
        return;
    stage_i64(b, (int64_t)run->row->line);
    add_facility_key(run, &f);
    stage_text(b, or_null(f.ems_no));
    stage_text(b, or_null(f.factory_no));
    stage_text(b, or_null(f.business_no));
    static const unsigned char texts[] = {
        NAME, NAME_EN, ADDRESS, PHONE, INDUSTRY, INDUSTRIAL_PARK, OPERATOR_NAME, POSITION_METHOD};
    for (size_t i = 0; i < sizeof texts; i++)
        stage_text(b, f.text[texts[i]]);
    const char *named = add_counties(run, &f);
    stage_f64(b, f.year >= 0 ? (double)f.year : NAN);
    stage_f64(b, f.capital >= 0 ? f.capital : NAN);
    stage_f64(b, f.employees >= 0 ? (double)f.employees : NAN);
    stage_f64(b, f.accuracy >= 0 ? f.accuracy : NAN);
    add_place(run, &f, named);
    stage_f64(b, f.at.reported ? f.at.x : NAN);
    stage_f64(b, f.at.reported ? f.at.y : NAN);
    stage_text(b, f.at.reported ? f.at.crs : NULL);
    facility_search_key(&run->key, f.text[NAME], f.text[NAME_EN], f.ems_no, f.factory_no,
                        f.business_no, f.text[ADDRESS]);
    stage_bytes(b, run->key.data, run->key.len);
    buf_text(b, "\\\\x");
    stage_hex(b, hash, STAGE_HASH_BYTES);
    stage_bytes(b, run->json.data, run->json.len);
    stage_bytes(b, run->raw.data, run->raw.len);
    stage_end(b);
}

const struct importer importer_facilities = {
    .kind = {.name = "facilities",
             .title_zh = "廠場",
             .title_en = "Facilities",
             .about = "places with a registration: factories, warehouses, laboratories, dealers",
             .fields = fields},
    .stage = &SQL_import_facilities_stage,
    .table = "stage_facility",
    .copy = "COPY stage_facility FROM STDIN",
    .begin = begin,
    .row = row,
    .publish = facilities_publish,
    .grows =
        "facility (id, facility_key, operator_id, name, county_code, position_check, batch_id),"
        "facility_record (facility_id, source_id, ended_batch_id, batch_id),"
        "facility_number (facility_id, scheme, number), operator (id, business_no, name)",
};
