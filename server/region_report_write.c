/* DESIGN. The ten figures of a region are named once (`figures`); JSON, the properties of GeoJSON
 * and the columns of tables take their names and values from there. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analysis/radar_options.h"
#include "gis/crs.h"
#include "server/radar_json.h"
#include "server/region_report.h"
#include "server/run_json.h"
#include "sql.h"

enum { FIGURES = 8 };

static const char mixed_zh[] =
    "至少一份計算結果之參數與現在不同，其變化同時包含參數與資料之變動（same_parameters）";
static const char mixed_en[] =
    "at least one run was made with other parameters, so its changes are of parameters and of "
    "data at once (same_parameters)";

static const char *const figure_keys[FIGURES] = {
    "facilities", "scored", "sum", "mean", "maximum", "p90", "quantity_kg", "with_quantity"};

static void figures(double out[FIGURES], const struct region_sum *s)
{
    const double value[FIGURES] = {s->facilities, s->scored, s->sum, s->mean,
                                   s->maximum,    s->p90,    s->kg,  s->weighed};
    memcpy(out, value, sizeof value);
}

static bool is_count(int figure)
{
    return figure < 2 || figure == FIGURES - 1;
}

/* Whether a run was made with the parameters of now; else changes are of weights and data at
 * once. */
static bool same_parameters(const struct region_report *r, int run)
{
    return radar_options_equal(&r->run[run]->options, &r->radar->options);
}

bool region_report_mixed(const struct region_report *r)
{
    bool mixed = false;
    for (int i = 1; i < r->count; i++)
        mixed |= !same_parameters(r, i);
    return mixed;
}

static void put_figures(struct json *j, const char *before, const double *value)
{
    char key[64];
    for (int i = 0; i < FIGURES; i++) {
        snprintf(key, sizeof key, "%s%s", before, figure_keys[i]);
        if (is_count(i) && !isnan(value[i]))
            json_int(j, key, (int64_t)value[i]);
        else
            json_exact(j, key, value[i]);
    }
}

static void subtract(double *out, const double *now, const double *then)
{
    for (int i = 0; i < FIGURES; i++)
        out[i] = now[i] - then[i];
}

/* Which summary of a run stands beside one of now; nothing in it where there is none. */
enum which { ROW, NOWHERE, ALL };

static struct region_sum sum_of(const struct region_report *r, int run, enum which which,
                                const struct region *row)
{
    const struct region_table *t = r->table[run];
    struct region_sum none;
    region_sum_make(&none, 0, NULL, 0, NULL, 0);
    if (which == ROW) {
        const struct region *found = run ? region_find(t, row) : row;
        return found ? found->sum : none;
    }
    return which == ALL ? t->all : t->nowhere;
}

/* Members: the figures of now and, where runs are asked for, trend: those of each run and now less
 * them. */
static void put_sums(struct json *j, const struct region_report *r, enum which which,
                     const struct region *row)
{
    double now[FIGURES], then[FIGURES], change[FIGURES];
    struct region_sum s = sum_of(r, 0, which, row);
    figures(now, &s);
    put_figures(j, "", now);
    if (r->count == 1)
        return;
    json_open(j, "trend", '[');
    for (int i = 1; i < r->count; i++) {
        s = sum_of(r, i, which, row);
        figures(then, &s);
        subtract(change, now, then);
        json_open(j, NULL, '{');
        json_int(j, "run", r->run[i]->head.id);
        json_bool(j, "same_parameters", same_parameters(r, i));
        put_figures(j, "", then);
        json_open(j, "change", '{');
        put_figures(j, "", change);
        json_close(j, '}');
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_names(struct json *j, const struct region_report *r, const struct region *row)
{
    double x, y;
    json_text(j, "code", row->code);
    if (r->wish->query.by == REGION_HEXAGON) {
        hexagon_centre(&x, &y, row->hexagon, r->wish->query.size);
        json_int(j, "q", row->hexagon.q);
        json_int(j, "r", row->hexagon.r);
        json_number(j, "x", x, 3);
        json_number(j, "y", y, 3);
        return;
    }
    json_text(j, "name", row->name);
    json_text(j, "name_en", row->name_en);
    if (r->wish->query.by == REGION_TOWNSHIP) {
        json_text(j, "county_code", row->county);
        json_text(j, "county", row->county_name);
        json_text(j, "county_en", row->county_name_en);
    }
}

static void put_head(struct json *j, const struct region_report *r)
{
    const struct region_query *q = &r->wish->query;
    json_text(j, "by", region_by_names[q->by]);
    json_text(j, "county", q->county);
    if (q->by == REGION_HEXAGON) {
        json_int(j, "size", q->size);
        json_both(j, "grid",
                  "EPSG:3826（TWD97 二度分帶 121），原點 (0, 0)，尖頂六角形，size "
                  "為相對兩邊之距離（公尺），x、y 為中心",
                  "EPSG:3826 (TWD97 / TM2 121), origin 0, 0, pointy hexagons; size is the distance "
                  "across flats in metres; x, y: centre");
    }
    radar_json_parameters(j, r->radar, RADAR_FACILITIES);
    json_int(j, "atlas", (int64_t)r->radar->atlas->number);
    json_both(j, "p90", "第 90 百分位數採最近序位法：有分數之廠場由小到大排序，取第 ⌈0.9 n⌉ 個",
              "90th percentile by nearest rank: the scored facilities in ascending order, number "
              "ceil(0.9 n)");
    json_open(j, "runs", '[');
    for (int i = 1; i < r->count; i++) {
        json_open(j, NULL, '{');
        run_json_head(j, "run", &r->run[i]->head);
        json_bool(j, "same_parameters", same_parameters(r, i));
        json_close(j, '}');
    }
    json_close(j, ']');
    if (region_report_mixed(r))
        json_both(j, "note", mixed_zh, mixed_en);
}

void region_report_json(struct buf *out, const struct region_report *r)
{
    struct json j = {.out = out};
    json_open(&j, NULL, '{');
    put_head(&j, r);
    json_open(&j, "all", '{');
    put_sums(&j, r, ALL, NULL);
    json_close(&j, '}');
    json_open(&j, "nowhere", '{');
    put_sums(&j, r, NOWHERE, NULL);
    json_close(&j, '}');
    json_int(&j, "count", r->table[0]->count);
    json_open(&j, "regions", '[');
    for (uint32_t i = 0; i < r->table[0]->count; i++) {
        const struct region *row = &r->table[0]->rows[i];
        json_open(&j, NULL, '{');
        put_names(&j, r, row);
        put_sums(&j, r, ROW, row);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
}

/* ---- GeoJSON ---- */

static void put_properties(struct json *j, const struct region_report *r, const struct region *row)
{
    char before[48];
    double now[FIGURES], then[FIGURES], change[FIGURES];
    struct region_sum s = sum_of(r, 0, ROW, row);
    figures(now, &s);
    json_open(j, "properties", '{');
    put_names(j, r, row);
    put_figures(j, "", now);
    for (int i = 1; i < r->count; i++) { /* flat, as maps and GIS want it */
        s = sum_of(r, i, ROW, row);
        figures(then, &s);
        subtract(change, now, then);
        snprintf(before, sizeof before, "run%lld_", (long long)r->run[i]->head.id);
        put_figures(j, before, then);
        snprintf(before, sizeof before, "run%lld_same_parameters", (long long)r->run[i]->head.id);
        json_bool(j, before, same_parameters(r, i));
        snprintf(before, sizeof before, "change%lld_", (long long)r->run[i]->head.id);
        put_figures(j, before, change);
    }
    json_close(j, '}');
}

static bool put_hexagon(struct json *j, struct hexagon h, int size, struct crs *crs)
{
    double x[HEXAGON_CORNERS], y[HEXAGON_CORNERS], lon, lat;
    hexagon_corners(x, y, h, size);
    json_open(j, "geometry", '{');
    json_text(j, "type", "Polygon");
    json_open(j, "coordinates", '[');
    json_open(j, NULL, '[');
    for (int i = 0; i <= HEXAGON_CORNERS; i++) {
        if (!crs_to_lonlat(crs, &lon, &lat, x[i % HEXAGON_CORNERS], y[i % HEXAGON_CORNERS]))
            return false;
        json_open(j, NULL, '[');
        json_number(j, NULL, lon, 7);
        json_number(j, NULL, lat, 7);
        json_close(j, ']');
    }
    json_close(j, ']');
    json_close(j, ']');
    json_close(j, '}');
    return true;
}

static bool put_hexagons(struct json *j, const struct region_report *r, struct error *err)
{
    struct crs *crs = crs_open("EPSG:3826", err);
    bool ok = crs;
    for (uint32_t i = 0; ok && i < r->table[0]->count; i++) {
        const struct region *row = &r->table[0]->rows[i];
        json_open(j, NULL, '{');
        json_text(j, "type", "Feature");
        json_text(j, "id", row->code);
        ok = put_hexagon(j, row->hexagon, r->wish->query.size, crs) ||
             error_set(err, ERROR_INTERNAL, "hexagon %s has no place on the map", row->code);
        put_properties(j, r, row);
        json_close(j, '}');
    }
    crs_close(crs);
    return ok;
}

/* Borders come by code, as rows do; a row whose border is not there any more has none. */
static bool put_areas(struct json *j, const struct region_report *r, struct db *db,
                      struct error *err)
{
    const struct region_wish *w = r->wish;
    double stray = w->borders == REGION_BORDERS_FULL
                       ? 0
                       : 40075016.7 / 512 / (double)(1 << w->zoom); /* half a pixel */
    struct db_result *borders = NULL;
    int at = 0, n = 0;
    if (w->borders != REGION_BORDERS_NONE) {
        borders = db_query(db, &SQL_region_borders, err,
                           DB_ARGS(db_text(region_by_names[w->query.by]), db_f64(stray),
                                   db_text(w->query.county)));
        if (!borders)
            return false;
        n = db_rows(borders);
    }
    for (uint32_t i = 0; i < r->table[0]->count; i++) {
        const struct region *row = &r->table[0]->rows[i];
        while (at < n && strcmp(db_get_text(borders, at, 0), row->code) < 0)
            at++;
        const char *border = at < n && !strcmp(db_get_text(borders, at, 0), row->code)
                                 ? db_get_text(borders, at, 1)
                                 : NULL;
        json_open(j, NULL, '{');
        json_text(j, "type", "Feature");
        json_text(j, "id", row->code);
        json_raw(j, "geometry", border);
        put_properties(j, r, row);
        json_close(j, '}');
    }
    db_done(borders);
    return true;
}

bool region_report_geojson(struct buf *out, const struct region_report *r, struct db *db,
                           struct error *err)
{
    struct json j = {.out = out};
    json_open(&j, NULL, '{');
    json_text(&j, "type", "FeatureCollection");
    json_text(&j, "name", "radar_regions");
    put_head(&j, r);
    json_open(&j, "nowhere", '{');
    put_sums(&j, r, NOWHERE, NULL);
    json_close(&j, '}');
    json_open(&j, "features", '[');
    bool ok =
        r->wish->query.by == REGION_HEXAGON ? put_hexagons(&j, r, err) : put_areas(&j, r, db, err);
    json_close(&j, ']');
    json_close(&j, '}');
    return ok;
}

/* ---- tables ---- */

static const struct sheet_column columns[] = {
    {.key = "code", .zh = "代碼", .en = "code", .width = 16},
    {.key = "name", .zh = "名稱", .en = "name", .width = 14},
    {.key = "name_en", .zh = "英文名稱", .en = "English name", .width = 20},
    {.key = "county_code", .zh = "縣市代碼", .en = "county code"},
    {.key = "county", .zh = "縣市", .en = "county"},
    {.key = "x", .zh = "中心 X", .en = "centre x", .about = "of a hexagon, EPSG:3826, metres"},
    {.key = "y", .zh = "中心 Y", .en = "centre y", .about = "of a hexagon, EPSG:3826, metres"},
    {.key = "run", .zh = "計算結果編號", .en = "saved run", .about = "empty = now"},
    {.key = "run_name", .zh = "計算結果名稱", .en = "name of the run", .width = 20},
    {.key = "same_parameters",
     .zh = "參數與現在相同",
     .en = "parameters as now",
     .about = "of a run; if not, its changes are of parameters and of data at once"},
    {.key = "atlas", .zh = "圖集編號", .en = "atlas number"},
    {.key = "facilities", .zh = "廠場數", .en = "facilities"},
    {.key = "scored", .zh = "有分數之廠場數", .en = "scored facilities"},
    {.key = "sum", .zh = "面積總和", .en = "sum of scores", .decimals = 3},
    {.key = "mean", .zh = "面積平均", .en = "mean score", .decimals = 3},
    {.key = "maximum", .zh = "面積最大值", .en = "highest score", .decimals = 3},
    {.key = "p90",
     .zh = "面積第 90 百分位",
     .en = "90th percentile",
     .decimals = 3,
     .about = "nearest rank: the scored facilities in ascending order, number ceil(0.9 n)"},
    {.key = "quantity_kg",
     .zh = "運作量（公斤）",
     .en = "quantity, kg",
     .about = "sum of the known quantities"},
    {.key = "with_quantity", .zh = "有運作量之廠場數", .en = "facilities with a quantity"},
    {.key = "change_sum",
     .zh = "面積總和之變化",
     .en = "change of the sum",
     .decimals = 3,
     .about = "now less this run; empty = now itself, or not known on one side"},
    {.key = "change_mean", .zh = "面積平均之變化", .en = "change of the mean", .decimals = 3},
    {.key = "change_maximum", .zh = "最大值之變化", .en = "change of the highest", .decimals = 3},
    {.key = "change_p90", .zh = "第 90 百分位之變化", .en = "change of the p90", .decimals = 3},
    {.key = "change_facilities", .zh = "廠場數之變化", .en = "change of facilities"},
    {.key = NULL}};

static void put_row(struct sheet *sheet, const struct region_report *r, int run, enum which which,
                    const struct region *row)
{
    static const struct region whole = {.code = "all", .name = "全部", .name_en = "all"};
    static const struct region nowhere = {
        .code = "nowhere", .name = "無位置", .name_en = "nowhere"};
    const struct region *named = which == ROW ? row : which == ALL ? &whole : &nowhere;
    bool hexagon = which == ROW && r->wish->query.by == REGION_HEXAGON;
    double x = (double)NAN, y = (double)NAN, now[FIGURES], then[FIGURES], change[FIGURES];
    struct region_sum s = sum_of(r, 0, which, row);
    figures(now, &s);
    s = sum_of(r, run, which, row);
    figures(then, &s);
    subtract(change, now, then);
    if (hexagon)
        hexagon_centre(&x, &y, row->hexagon, r->wish->query.size);
    sheet_text(sheet, named->code);
    sheet_text(sheet, named->name);
    sheet_text(sheet, named->name_en);
    sheet_text(sheet, named->county);
    sheet_text(sheet, named->county_name);
    sheet_number(sheet, x);
    sheet_number(sheet, y);
    if (run)
        sheet_int(sheet, r->run[run]->head.id);
    else
        sheet_none(sheet);
    sheet_text(sheet, run ? r->run[run]->head.name : NULL);
    if (run)
        sheet_bool(sheet, same_parameters(r, run));
    else
        sheet_none(sheet);
    sheet_int(sheet, (int64_t)r->run[run]->head.atlas);
    for (int i = 0; i < FIGURES; i++)
        sheet_number(sheet, then[i]);
    for (int i = 0; i < 5; i++) {
        static const int told[] = {2, 3, 4, 5, 0};
        sheet_number(sheet, run ? change[told[i]] : (double)NAN);
    }
    sheet_row(sheet);
}

struct sheet *region_report_sheet(const struct region_report *r, enum sheet_format format,
                                  struct error *err)
{
    struct buf text = {.data = NULL};
    struct sheet *sheet = sheet_new(format, "區域彙總", "regions", columns, err);
    if (!sheet)
        return NULL;
    radar_options_text(&text, &r->radar->options, RADAR_FACILITIES);
    sheet_patience(sheet, r->patience);
    sheet_about_atlas(sheet, r->radar->atlas);
    sheet_about(sheet, "區域", "by", "%s", region_by_names[r->wish->query.by]);
    if (r->wish->query.by == REGION_HEXAGON)
        sheet_about(sheet, "六角形", "hexagons",
                    "EPSG:3826, origin 0, 0, pointy, %d m across flats", r->wish->query.size);
    sheet_about(sheet, "參數", "parameters", "%s", text.len ? buf_string(&text) : "defaults");
    buf_free(&text);
    if (region_report_mixed(r))
        sheet_about(sheet, "參數不同", "other parameters", "%s / %s", mixed_zh, mixed_en);
    for (int run = 0; run < r->count; run++) {
        for (uint32_t i = 0; i < r->table[0]->count; i++)
            put_row(sheet, r, run, ROW, &r->table[0]->rows[i]);
        put_row(sheet, r, run, NOWHERE, NULL);
        put_row(sheet, r, run, ALL, NULL);
    }
    return sheet;
}
