#include "import/run.h"

#include <string.h>

#include "import/facilities.h"
#include "import/geometry.h"
#include "import/importers.h"
#include "import/record.h"
#include "import/value.h"
#include "import/zones.h"
#include "sql.h"

enum { CODE, NAME, NAME_EN, TOWN_CODE, TOWN_NAME, TOWN_NAME_EN, FIELDS };
enum { NAME_MAX_BYTES = 200 };

static const struct import_field fields[] = {
    [CODE] = {"county_code", "COUNTYCODE|縣市代碼", "code of the county (Ministry of the Interior)",
              true},
    [NAME] = {"county_name", "COUNTYNAME|縣市名稱|縣市", "name of the county", true},
    [NAME_EN] = {"county_name_en", "COUNTYENG|縣市英文名稱", "its name in English", false},
    [TOWN_CODE] = {"town_code", "TOWNCODE|鄉鎮市區代碼|township_code",
                   "code of the township; with this column the file is of townships", false},
    [TOWN_NAME] = {"town_name", "TOWNNAME|鄉鎮市區名稱|township_name", "name of the township",
                   false},
    [TOWN_NAME_EN] = {"town_name_en", "TOWNENG|鄉鎮市區英文名稱", "its name in English", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static bool begin(struct import_run *run, struct error *err)
{
    const struct reader_header *header = reader_header(run->reader);
    const char *code = run->request->crs ? run->request->crs : header->crs;
    if (!header->geometry)
        return error_set(err, ERROR_INPUT, "areas need a file with borders (GeoJSON or TopoJSON)");
    if (run->column[TOWN_CODE] >= 0 && run->column[TOWN_NAME] < 0)
        return error_set(err, ERROR_INPUT, "townships have codes (%s) and no column of names",
                         header->columns[run->column[TOWN_CODE]].text);
    return place_open(&run->place, *code ? code : NULL, err);
}

/* The border in EPSG:4326, in run->key; false: the row is rejected. */
static bool take_border(struct import_run *run)
{
    struct geometry_facts facts;
    enum geometry_verdict verdict =
        geometry_to_lonlat(&run->key, &facts, &run->place, run->row->wkb, run->row->wkb_len);
    if (verdict != GEOMETRY_ACCEPTED)
        import_reject(run, -1, geometry_code(verdict), "%s", geometry_sentence(verdict));
    else if (!(facts.parts & GEOMETRY_AREAS))
        import_reject(run, -1, geometry_code(GEOMETRY_EMPTY), "the border encloses nothing");
    else
        run->rings_closed += facts.closed;
    return verdict == GEOMETRY_ACCEPTED && (facts.parts & GEOMETRY_AREAS);
}

static void row(struct import_run *run)
{
    bool town = run->column[TOWN_CODE] >= 0;
    int code = town ? TOWN_CODE : CODE, name = town ? TOWN_NAME : NAME;
    char number[VALUE_NUMBER_MAX], county[VALUE_NUMBER_MAX];
    const char *text = import_value(run, code), *of = import_value(run, CODE);
    const char *called = import_value(run, name);
    struct buf *b = &run->stage.rows;
    if (!text || !value_number(number, text) || !of || !value_number(county, of)) {
        import_reject(run, text ? CODE : code, "code_missing", "the area has no usable code");
        return;
    }
    if (!called || strlen(called) > NAME_MAX_BYTES) {
        import_reject(run, name, "name_missing", "the area has no name of at most 200 bytes");
        return;
    }
    if (!take_border(run))
        return;
    stage_i64(b, (int64_t)run->row->line);
    stage_text(b, town ? "township" : "county");
    stage_text(b, number);
    stage_text(b, called);
    stage_text(b, import_short(run, town ? TOWN_NAME_EN : NAME_EN, NAME_MAX_BYTES));
    import_key(b, called);
    stage_text(b, county);
    stage_hex(b, run->key.data, run->key.len);
    stage_bytes(b, run->raw.data, run->raw.len);
    stage_end(b);
}

static bool write_changes(struct import_run *run, struct error *err)
{
    int64_t rechecked, records, zones;
    if (run->report->rows_changed && !import_sql(NULL, run, &SQL_import_areas_update, err,
                                                 DB_ARGS(db_i64(run->source), db_i64(run->batch))))
        return false;
    if (run->report->rows_new && !import_sql(NULL, run, &SQL_import_areas_insert, err,
                                             DB_ARGS(db_i64(run->source), db_i64(run->batch))))
        return false;
    if (!import_sql(NULL, run, &SQL_import_areas_parts_gone, err, DB_NONE) ||
        !import_sql(NULL, run, &SQL_import_areas_parts, err, DB_NONE) ||
        !db_exec(run->db, "ANALYZE area; ANALYZE area_part", err) ||
        !facilities_recheck(&rechecked, run, err) || !record_recheck(&records, run, err) ||
        !zones_remake(&zones, run, err))
        return false;
    import_remark(run, "facilities whose position check changed", (uint64_t)rechecked);
    import_remark(run, "other records whose position check changed", (uint64_t)records);
    import_remark(run, "zones made anew of the borders", (uint64_t)zones);
    return true;
}

static bool publish(struct import_run *run, struct error *err)
{
    if (!import_sql(NULL, run, &SQL_import_areas_repair, err, DB_NONE) ||
        !import_sql(NULL, run, &SQL_import_areas_place, err, DB_NONE) ||
        !import_sql(NULL, run, &SQL_import_areas_refuse, err, DB_NONE) ||
        !import_sql(NULL, run, &SQL_import_areas_drop, err, DB_NONE) ||
        !import_sql(NULL, run, &SQL_import_areas_plan, err, DB_NONE))
        return false;
    struct db_result *r = db_run(run->db, SQL_import_areas_counts.text, err, DB_NONE);
    if (!r)
        return false;
    run->report->rows_new = (uint64_t)db_get_i64(r, 0, 0);
    run->report->rows_changed = (uint64_t)db_get_i64(r, 0, 1);
    run->report->rows_unchanged = (uint64_t)db_get_i64(r, 0, 2);
    run->report->rows_repeated = (uint64_t)db_get_i64(r, 0, 3);
    import_remark(run, "rings closed (their ends did not meet)", run->rings_closed);
    import_remark(run, "borders repaired (they crossed themselves)", (uint64_t)db_get_i64(r, 0, 4));
    db_done(r);
    return !(run->report->rows_new || run->report->rows_changed) || write_changes(run, err);
}

const struct importer importer_areas = {
    .kind = {.name = "areas",
             .title_zh = "行政區界",
             .title_en = "Borders",
             .about = "borders of counties (縣市) or townships (鄉鎮市區)",
             .fields = fields},
    .stage = &SQL_import_areas_stage,
    .table = "stage_area",
    .copy = "COPY stage_area (line, kind, code, name, name_en, name_key, county_code, wkb, raw) "
            "FROM STDIN",
    .begin = begin,
    .row = row,
    .publish = publish,
    .shapes = true,
    .grows = "area, area_part, facility, record",
};
