/* A list of scores as JSON, GeoJSON and tables. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analysis/radar_options.h"
#include "server/cells.h"
#include "server/geojson.h"
#include "server/radar_json.h"
#include "server/radar_list.h"
#include "server/radar_words.h"

/* Letters of the axes that are so, e.g. "CD". */
static void put_axes(struct cells *s, const struct radar_list *l, const struct radar_score *score,
                     bool official)
{
    char letters[RADAR_AXES + 1] = "";
    size_t n = 0;
    for (int i = 0; i < RADAR_AXES; i++)
        if (official ? score->axis[i].official : score->axis[i].no_data)
            letters[n++] =
                radar_axis_names[i + (l->of == RADAR_FACILITIES ? RADAR_AXES : 0)].key[0];
    letters[n] = '\0';
    cells_text(s, n ? letters : NULL);
}

#define SCORE_COLUMNS                                                                              \
    {.key = "area",                                                                                \
     .zh = "警示雷達圖面積",                                                                       \
     .en = "warning radar area",                                                                   \
     .decimals = 3,                                                                                \
     .about = "the score; no unit"},                                                               \
        {.key = "mean_area",                                                                       \
         .zh = "平均面積",                                                                         \
         .en = "mean area",                                                                        \
         .decimals = 3,                                                                            \
         .about = "mean of the area over all orders of the axes: e2/3"},                           \
        {.key = "geometric",                                                                       \
         .zh = "加權幾何平均",                                                                     \
         .en = "geometric mean",                                                                   \
         .decimals = 3,                                                                            \
         .about =                                                                                  \
             "weighted geometric mean of the classes, 1-10: nothing makes up for a low axis"},     \
        {.key = "rank_best",                                                                       \
         .zh = "全體最佳排名",                                                                     \
         .en = "best rank of all",                                                                 \
         .about = "of everything in the atlas, over the three orders of the axes"},                \
    {                                                                                              \
        .key = "rank_worst", .zh = "全體最差排名", .en = "worst rank of all"                       \
    }

static const struct sheet_column facility_columns[] = {
    {.key = "rank", .zh = "排名", .en = "rank"},
    {.key = "id", .zh = "編號", .en = "facility"},
    {.key = "name", .zh = "廠場名稱", .en = "name", .width = 36},
    {.key = "county_code", .zh = "縣市代碼", .en = "county code"},
    {.key = "county", .zh = "縣市", .en = "county"},
    {.key = "township_code", .zh = "鄉鎮代碼", .en = "township code"},
    {.key = "township", .zh = "鄉鎮市區", .en = "township"},
    {.key = "industry", .zh = "行業別", .en = "industry", .width = 24},
    {.key = "lon",
     .zh = "經度",
     .en = "longitude",
     .about = "EPSG:4326, degrees; empty = not drawn"},
    {.key = "lat", .zh = "緯度", .en = "latitude", .about = "EPSG:4326, degrees"},
    SCORE_COLUMNS,
    {.key = "g_mean_score",
     .zh = "G 物質平均面積",
     .en = "G mean substance score",
     .decimals = 3,
     .about = "mean warning radar area of its linked substances"},
    {.key = "h_quantity_kg",
     .zh = "H 運作量（公斤）",
     .en = "H quantity, kg",
     .about = "largest sum by source, behaviour and year of each substance, summed"},
    {.key = "h_class", .zh = "H 等級", .en = "H class"},
    {.key = "i_size",
     .zh = "I 規模",
     .en = "I size",
     .about =
         "sme: paid-in capital <= NT$80 M or fewer than 200 employees; large; empty = no data"},
    {.key = "i_class", .zh = "I 等級", .en = "I class"},
    {.key = "j_established", .zh = "J 設立年", .en = "J year founded"},
    {.key = "j_class", .zh = "J 等級", .en = "J class"},
    {.key = "substances", .zh = "物質數", .en = "substances"},
    {.key = "no_data",
     .zh = "無資料之因子",
     .en = "axes without data",
     .about = "counted as class 1"},
    {.key = NULL}};

static const struct sheet_column substance_columns[] = {
    {.key = "rank", .zh = "排名", .en = "rank"},
    {.key = "cas", .zh = "CAS 號碼", .en = "CAS number", .width = 14},
    {.key = "name_zh", .zh = "中文名稱", .en = "Chinese name", .width = 28},
    {.key = "name_en", .zh = "英文名稱", .en = "English name", .width = 28},
    SCORE_COLUMNS,
    {.key = "a_nfpa_sum", .zh = "A 危害性", .en = "A hazard, NFPA sum"},
    {.key = "a_class", .zh = "A 等級", .en = "A class"},
    {.key = "b_national_kg", .zh = "B 全國運作量（公斤）", .en = "B national quantity, kg"},
    {.key = "b_class", .zh = "B 等級", .en = "B class"},
    {.key = "c_incidents", .zh = "C 事故（件）", .en = "C incidents"},
    {.key = "c_class", .zh = "C 等級", .en = "C class"},
    {.key = "d_export_thousand_twd", .zh = "D 出口值（千元）", .en = "D exports, thousand TWD"},
    {.key = "d_class", .zh = "D 等級", .en = "D class"},
    {.key = "no_data",
     .zh = "無資料之因子",
     .en = "axes without data",
     .about = "counted as class 1"},
    {.key = "official",
     .zh = "官方等級",
     .en = "official classes",
     .about = "axes whose class is the imported official one"},
    {.key = NULL}};

static void put_scores(struct cells *s, const struct radar_list *l, const struct radar_score *score,
                       uint32_t index)
{
    const struct radar_ranks *ranks = &l->ranks[index];
    cells_number(s, score->area);
    cells_number(s, radar_mean_area(l->radar, score));
    cells_number(s, radar_geometric(l->radar, l->of, score));
    cells_number(s, ranks->best ? ranks->best : (double)NAN);
    cells_number(s, ranks->worst ? ranks->worst : (double)NAN);
}

static void put_facility(struct cells *s, const struct radar_list *l, int64_t row)
{
    const struct atlas *a = l->radar->atlas;
    uint32_t i = l->index[row];
    bool county = a->county[i] != ATLAS_NO_COUNTY, township = a->township[i] != ATLAS_NO_TOWNSHIP;
    struct radar_score score;
    const struct radar_axis *x = score.axis;
    radar_explain_facility(&score, l->radar, i);
    cells_int(s, row + 1);
    cells_int(s, a->id[i]);
    cells_text(s, a->names + a->name[i]);
    cells_text(s, county ? a->counties[a->county[i]].code : NULL);
    cells_text(s, county ? a->counties[a->county[i]].name : NULL);
    cells_text(s, township ? a->townships[a->township[i]].code : NULL);
    cells_text(s, township ? a->townships[a->township[i]].name : NULL);
    cells_text(s, a->industry[i] != ATLAS_NO_INDUSTRY ? a->industries[a->industry[i]].name : NULL);
    cells_number(s, i < a->drawn ? a->lon[i] : (double)NAN);
    cells_number(s, i < a->drawn ? a->lat[i] : (double)NAN);
    put_scores(s, l, &score, i);
    cells_number(s, x[0].raw);
    cells_number(s, x[1].raw);
    cells_int(s, (int64_t)x[1].value);
    cells_text(s, a->size[i] == SIZE_SME ? "sme" : a->size[i] == SIZE_LARGE ? "large" : NULL);
    cells_int(s, (int64_t)x[2].value);
    cells_number(s, x[3].raw);
    cells_int(s, (int64_t)x[3].value);
    cells_int(s, a->substances[i]);
    put_axes(s, l, &score, false);
}

static void put_substance(struct cells *s, const struct radar_list *l, int64_t row)
{
    const struct atlas_substance *about = &l->radar->atlas->substance[l->index[row]];
    struct radar_score score;
    radar_explain_substance(&score, l->radar, l->index[row]);
    cells_int(s, row + 1);
    cells_text(s, about->cas);
    cells_text(s, about->name_zh);
    cells_text(s, about->name_en);
    put_scores(s, l, &score, l->index[row]);
    for (int i = 0; i < RADAR_AXES; i++) {
        cells_number(s, score.axis[i].raw);
        cells_int(s, (int64_t)score.axis[i].value);
    }
    put_axes(s, l, &score, false);
    put_axes(s, l, &score, true);
}

static void put_row(struct cells *s, const struct radar_list *l, int64_t row)
{
    s->column = l->of == RADAR_FACILITIES ? facility_columns : substance_columns;
    if (l->of == RADAR_FACILITIES)
        put_facility(s, l, row);
    else
        put_substance(s, l, row);
}

/* ---- JSON ---- */

void radar_list_write_head(struct json *j, const struct radar_list *l)
{
    radar_json_parameters(j, l->radar, l->of);
    json_text(j, "sort", radar_sort_names[l->sort]);
    json_int(j, "atlas", (int64_t)l->radar->atlas->number);
    radar_json_factors(j, "factors", l->radar, l->of);
}

void radar_list_write_rows(struct json *j, const struct radar_list *l)
{
    const struct atlas *a = l->radar->atlas;
    bool facilities = l->of == RADAR_FACILITIES;
    json_open(j, facilities ? "facilities" : "substances", '[');
    for (int64_t k = l->after; k < l->end; k++) {
        uint32_t i = l->index[k];
        struct radar_score score;
        json_open(j, NULL, '{');
        json_int(j, "rank", k + 1);
        if (facilities) {
            radar_explain_facility(&score, l->radar, i);
            json_int(j, "id", a->id[i]);
            json_text(j, "name", a->names + a->name[i]);
            json_text(j, "county",
                      a->county[i] != ATLAS_NO_COUNTY ? a->counties[a->county[i]].code : NULL);
            json_text(j, "township",
                      a->township[i] != ATLAS_NO_TOWNSHIP ? a->townships[a->township[i]].code
                                                          : NULL);
            json_text(j, "industry",
                      a->industry[i] != ATLAS_NO_INDUSTRY ? a->industries[a->industry[i]].name
                                                          : NULL);
            json_number(j, "lon", i < a->drawn ? a->lon[i] : (double)NAN, 7);
            json_number(j, "lat", i < a->drawn ? a->lat[i] : (double)NAN, 7);
        } else {
            radar_explain_substance(&score, l->radar, i);
            json_text(j, "cas", a->substance[i].cas);
            json_text(j, "name_zh", a->substance[i].name_zh);
            json_text(j, "name_en", a->substance[i].name_en);
        }
        json_exact(j, "area", score.area);
        radar_json_companions(j, l->radar, l->of, &score);
        radar_json_ranks(j, &l->ranks[i]);
        radar_json_axes(j, "axes", l->radar, &score, facilities);
        json_close(j, '}');
    }
    json_close(j, ']');
}

void radar_list_write_geojson(struct buf *out, const struct radar_list *l, const char *next)
{
    const struct atlas *a = l->radar->atlas;
    struct json j = {.out = out};
    geojson_open_list(&j, "radar_facilities", l->count, l->end - l->after);
    radar_list_write_head(&j, l);
    json_text(&j, "next", next);
    json_open(&j, "features", '[');
    for (int64_t k = l->after; k < l->end && !patience_over(l->patience); k++) {
        struct cells s = {.json = &j};
        geojson_open_facility(&j, a, l->index[k], a->id[l->index[k]]);
        put_row(&s, l, k);
        json_close(&j, '}');
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
}

/* ---- tables ---- */

static void about_options(struct sheet *sheet, const struct radar_list *l)
{
    const struct radar_options *o = &l->radar->options;
    const double *w = l->of == RADAR_FACILITIES ? o->facility.w : o->substance.w;
    struct buf text = {.data = NULL};
    char order[RADAR_AXES + 1];
    radar_options_text(&text, o, l->of);
    radar_order_text(order, l->of,
                     l->of == RADAR_FACILITIES ? o->facility_order : o->substance_order);
    sheet_about(sheet, "權重（%）", "weights, %", "%s %.6g, %.6g, %.6g, %.6g",
                l->of == RADAR_FACILITIES ? "G, H, I, J:" : "A, B, C, D:", w[0] * 100, w[1] * 100,
                w[2] * 100, w[3] * 100);
    sheet_about(sheet, "軸順序", "order of the axes", "%s", order);
    sheet_about(sheet, "角度", "angle", "%s",
                o->angle == RADAR_PUBLISHED ? "published: sin(90 rad), as the report printed it"
                                            : "degrees: sin(90°) = 1, as the formula is written");
    sheet_about(sheet, "所有參數", "all parameters", "%s",
                text.len ? buf_string(&text) : "defaults");
    buf_free(&text);
}

static void about_filter(struct sheet *sheet, const struct radar_list *l)
{
    const struct atlas *a = l->radar->atlas;
    const struct radar_filter *f = &l->filter;
    if (f->county >= 0)
        sheet_about(sheet, "縣市", "county", "%s %s", a->counties[f->county].code,
                    a->counties[f->county].name);
    if (f->township >= 0)
        sheet_about(sheet, "鄉鎮市區", "township", "%s %s", a->townships[f->township].code,
                    a->townships[f->township].name);
    if (f->industry >= 0)
        sheet_about(sheet, "行業別", "industry", "%s", a->industries[f->industry].name);
    if (f->substance >= 0)
        sheet_about(sheet, "化學物質", "substance", "%s %s", a->substance[f->substance].cas,
                    a->substance[f->substance].name_zh);
    if (isfinite(f->min_score))
        sheet_about(sheet, "最低面積", "least area", "%.17g", f->min_score);
    sheet_about(sheet, "符合筆數", "rows that match", "%" PRIu32, l->count);
    for (uint32_t i = 0; i < a->source_count; i++) {
        const struct atlas_source *source = &a->sources[i];
        bool titled = source->title && strcmp(source->title, source->name) != 0;
        sheet_about(sheet, "資料來源", "source of the data", "%s%s%s", source->name,
                    titled ? ": " : "", titled ? source->title : "");
    }
}

/* What the reader must know: a limit cut the table after row k, the weights make scores 0. */
static void note(struct sheet *sheet, const struct radar_list *l, int64_t k)
{
    struct radar_words remarks[RADAR_REMARKS_MAX];
    int count = radar_words_remarks(remarks, &l->radar->options, l->of);
    struct buf zh = {.data = NULL}, en = {.data = NULL};
    if (k < l->count) {
        buf_format(&zh, "本檔只列第 %lld 至 %lld 筆，共 %" PRIu32 " 筆符合。",
                   (long long)l->after + 1, (long long)k, l->count);
        buf_format(&en, "This file holds rows %lld to %lld of %" PRIu32 " that match.",
                   (long long)l->after + 1, (long long)k, l->count);
    }
    for (int i = 0; i < count; i++) {
        buf_text(&zh, remarks[i].zh);
        buf_format(&en, "%s%s", en.len ? " " : "", remarks[i].en);
    }
    if (zh.len)
        sheet_note(sheet, buf_string(&zh), buf_string(&en));
    buf_free(&zh);
    buf_free(&en);
}

struct sheet *radar_list_sheet(const struct radar_list *l, enum sheet_format format,
                               struct error *err)
{
    bool facilities = l->of == RADAR_FACILITIES;
    struct sheet *sheet = sheet_new(
        format, facilities ? "廠場警示雷達排序" : "化學物質警示雷達排序",
        facilities ? "facilities by warning radar score" : "substances by warning radar score",
        facilities ? facility_columns : substance_columns, err);
    if (!sheet)
        return NULL;
    sheet_patience(sheet, l->patience);
    sheet_about_atlas(sheet, l->radar->atlas);
    about_options(sheet, l);
    about_filter(sheet, l);
    int64_t k = l->after;
    for (bool room = true; room && k < l->end; k += room) {
        struct cells s = {.sheet = sheet};
        put_row(&s, l, k);
        room = sheet_row(sheet);
    }
    note(sheet, l, k);
    return sheet;
}
