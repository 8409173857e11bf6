/* A saved radar run as it stands: its head, its class limits, its facilities by score. */
#include "server/run_report.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "gis/mem.h"
#include "server/run_json.h"

/* Indexes of the facilities: by rank, then those without a score by id. */
static uint32_t *in_order(const struct radar_run *run)
{
    uint32_t *order = mem_zero((size_t)run->facility_count + 1, sizeof *order);
    uint32_t past = run->head.scored;
    for (uint32_t i = 0; i < run->facility_count; i++) {
        uint32_t rank = run->facilities[i].rank;
        order[rank && rank <= run->head.scored ? rank - 1 : past++] = i;
    }
    return order;
}

static const struct radar_run_region *region_of(const struct radar_run_region *regions,
                                                uint16_t index)
{
    static const struct radar_run_region none = {.code = NULL};
    return index == RADAR_RUN_NO_REGION ? &none : &regions[index];
}

static const char *size_of(const struct radar_run_facility *f)
{
    return f->size == SIZE_SME ? "sme" : f->size == SIZE_LARGE ? "large" : NULL;
}

static void put_limits(struct json *j, const struct radar_run *run)
{
    json_open(j, "factors", '[');
    for (int i = 0; i < 2 * RADAR_AXES; i++) {
        const struct radar_axis_name *n = &radar_axis_names[i];
        json_open(j, NULL, '{');
        json_text(j, "key", n->key);
        json_both(j, "label", n->zh, n->en);
        json_both(j, "unit", n->unit_zh, n->unit_en);
        json_int(j, "population", run->limits[i].population);
        if (run->limits[i].by_rank) {
            json_open(j, "class_limits", '[');
            for (int k = 0; k < RADAR_CLASSES; k++)
                json_exact(j, NULL, run->limits[i].cut[k]);
            json_close(j, ']');
        }
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_facility(struct json *j, const struct radar_run *run,
                         const struct radar_run_facility *f)
{
    const struct radar_run_region *county = region_of(run->counties, f->county);
    const struct radar_run_region *township = region_of(run->townships, f->township);
    json_open(j, NULL, '{');
    if (f->rank)
        json_int(j, "rank", f->rank);
    else
        json_null(j, "rank");
    json_int(j, "id", f->id);
    json_text(j, "name", f->name);
    json_text(j, "county_code", county->code);
    json_text(j, "county", county->name);
    json_text(j, "township_code", township->code);
    json_text(j, "township", township->name);
    json_number(j, "lon", f->lon, 7);
    json_number(j, "lat", f->lat, 7);
    json_exact(j, "area", f->area);
    json_exact(j, "g_mean_score", f->mean);
    json_exact(j, "h_quantity_kg", f->kg);
    json_int(j, "h_class", f->h);
    json_text(j, "i_size", size_of(f));
    json_int(j, "i_class", f->i);
    if (f->established)
        json_int(j, "j_established", f->established);
    else
        json_null(j, "j_established");
    json_int(j, "j_class", f->j);
    json_close(j, '}');
}

void run_report_json(struct buf *out, const struct radar_run *run, int64_t after, int64_t limit)
{
    struct json j = {.out = out};
    uint32_t *order = in_order(run);
    json_open(&j, NULL, '{');
    run_json_head(&j, "run", &run->head);
    json_int(&j, "year", run->year);
    put_limits(&j, run);
    json_open(&j, "facilities", '[');
    for (int64_t i = after; i < run->facility_count && i < after + limit; i++)
        put_facility(&j, run, &run->facilities[order[i]]);
    json_close(&j, ']');
    json_int(&j, "matched", run->facility_count);
    json_int(&j, "limit", limit);
    json_int(&j, "after", after);
    json_close(&j, '}');
    free(order);
}

static const struct sheet_column columns[] = {
    {.key = "rank", .zh = "排名", .en = "rank"},
    {.key = "id", .zh = "編號", .en = "facility"},
    {.key = "name", .zh = "廠場名稱", .en = "name", .width = 36},
    {.key = "county_code", .zh = "縣市代碼", .en = "county code"},
    {.key = "county", .zh = "縣市", .en = "county"},
    {.key = "township_code", .zh = "鄉鎮代碼", .en = "township code"},
    {.key = "township", .zh = "鄉鎮市區", .en = "township"},
    {.key = "lon", .zh = "經度", .en = "longitude", .about = "EPSG:4326, degrees"},
    {.key = "lat", .zh = "緯度", .en = "latitude", .about = "EPSG:4326, degrees"},
    {.key = "area", .zh = "警示雷達圖面積", .en = "warning radar area", .decimals = 3},
    {.key = "g_mean_score", .zh = "G 物質平均面積", .en = "G mean substance score", .decimals = 3},
    {.key = "h_quantity_kg", .zh = "H 運作量（公斤）", .en = "H quantity, kg"},
    {.key = "h_class", .zh = "H 等級", .en = "H class"},
    {.key = "i_size", .zh = "I 規模", .en = "I size", .about = "sme, large; empty = no data"},
    {.key = "i_class", .zh = "I 等級", .en = "I class"},
    {.key = "j_established", .zh = "J 設立年", .en = "J year founded"},
    {.key = "j_class", .zh = "J 等級", .en = "J class"},
    {.key = NULL}};

static bool put_row(struct sheet *s, const struct radar_run *run,
                    const struct radar_run_facility *f)
{
    const struct radar_run_region *county = region_of(run->counties, f->county);
    const struct radar_run_region *township = region_of(run->townships, f->township);
    sheet_number(s, f->rank ? f->rank : (double)NAN);
    sheet_int(s, f->id);
    sheet_text(s, f->name);
    sheet_text(s, county->code);
    sheet_text(s, county->name);
    sheet_text(s, township->code);
    sheet_text(s, township->name);
    sheet_number(s, f->lon);
    sheet_number(s, f->lat);
    sheet_number(s, f->area);
    sheet_number(s, f->mean);
    sheet_number(s, f->kg);
    sheet_int(s, f->h);
    sheet_text(s, size_of(f));
    sheet_int(s, f->i);
    sheet_number(s, f->established ? f->established : (double)NAN);
    sheet_int(s, f->j);
    return sheet_row(s);
}

struct sheet *run_report_sheet(const struct radar_run *run, struct patience *p,
                               enum sheet_format format, struct error *err)
{
    struct sheet *s = sheet_new(format, "計算結果", "radar run", columns, err);
    if (!s)
        return NULL;
    uint32_t *order = in_order(run);
    sheet_patience(s, p);
    sheet_about(s, "計算結果", "run", "%" PRId64 " %s", run->head.id, run->head.name);
    sheet_about(s, "圖集編號", "atlas number", "%" PRIu64, run->head.atlas);
    sheet_about(s, "參數", "parameters", "%s",
                *run->head.parameters ? run->head.parameters : "defaults");
    bool room = true;
    for (uint32_t i = 0; room && i < run->facility_count; i++)
        room = put_row(s, run, &run->facilities[order[i]]);
    if (!room)
        sheet_note(s, "列數已達試算表上限，其餘廠場未列出。",
                   "The table is full; the other facilities are not in it.");
    free(order);
    return s;
}
