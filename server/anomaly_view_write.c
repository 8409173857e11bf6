/* What anomaly_view.h writes. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "server/anomaly_view.h"
#include "server/cells.h"
#include "server/geojson.h"

static const struct {
    const char *zh, *en;
} behaviour_words[BEHAVIOURS] = {
    [BEHAVIOUR_MANUFACTURE] = {"製造", "manufacture"},
    [BEHAVIOUR_IMPORT] = {"輸入", "import"},
    [BEHAVIOUR_EXPORT] = {"輸出", "export"},
    [BEHAVIOUR_USE] = {"使用", "use"},
    [BEHAVIOUR_STORE] = {"貯存", "store"},
    [BEHAVIOUR_SELL] = {"販賣", "sell"},
    [BEHAVIOUR_TRANSFER] = {"運送", "transfer"},
    [BEHAVIOUR_DISCARD] = {"廢棄", "discard"},
    [BEHAVIOUR_OTHER] = {"其他", "other"},
};
static const char *const kind_names[] = {"none", "high", "low"};

struct shown { /* one row, resolved */
    const struct anomaly_hit *hit;
    const struct anomaly_series *series;
    const struct anomaly_value *value;
    const struct anomaly_what *what;
    const char *name, *source, *unit; /* name NULL = not in the atlas */
    const struct atlas_county *county;
};

static struct shown show(const struct anomaly_view *v, int64_t row)
{
    const struct anomaly_data *d = v->list->data;
    struct shown s = {.hit = &v->list->hits[v->rows[row]]};
    const struct atlas *a = v->atlas;
    uint32_t index = s.hit->index;
    s.series = &d->series[s.hit->series];
    s.value = &d->values[s.series->first + s.hit->at];
    s.what = &d->whats[s.series->what];
    for (uint32_t i = 0; i < d->source_count; i++)
        if (d->sources[i].id == s.series->source)
            s.source = d->sources[i].title;
    s.unit = s.series->unit == ANOMALY_KG  ? "kg"
             : s.series->unit == ANOMALY_L ? "L"
                                           : intern_text(&d->units, s.series->unit_text);
    if (index != UINT32_MAX) {
        s.name = a->names + a->name[index];
        if (a->county[index] != ATLAS_NO_COUNTY)
            s.county = &a->counties[a->county[index]];
    }
    return s;
}

/* "month", "quarter", "half_year", "year", "5 months", "10 days" */
static void length_text(char out[32], int32_t length)
{
    const char *word = length == 1    ? "month"
                       : length == 3  ? "quarter"
                       : length == 6  ? "half_year"
                       : length == 12 ? "year"
                                      : NULL;
    if (word)
        snprintf(out, 32, "%s", word);
    else if (length > 0)
        snprintf(out, 32, "%" PRId32 " months", length);
    else
        snprintf(out, 32, "%" PRId32 " days", -length);
}

static const char *called_by(const struct anomaly_hit *h)
{
    bool mean = h->judged.mean.kind != ANOMALY_NONE, median = h->judged.median.kind != ANOMALY_NONE;
    return mean && median ? "both" : mean ? "mean" : "median";
}

/* ---- JSON ---- */

static void write_counts(struct json *j, const struct anomaly_view *v)
{
    const struct anomaly_list *l = v->list;
    int64_t by[3] = {0}, allowed = 0; /* mean alone, median alone, both */
    for (uint32_t i = 0; i < l->hit_count; i++) {
        bool mean = anomaly_hit_by(&l->hits[i], ANOMALY_MEAN);
        bool median = anomaly_hit_by(&l->hits[i], ANOMALY_MEDIAN);
        by[mean && median ? 2 : mean ? 0 : 1]++;
        allowed += l->hits[i].allowed >= 0;
    }
    json_open(j, "counts", '{');
    json_int(j, "series", l->data->series_count);
    json_int(j, "values", l->data->value_count);
    json_int(j, "judged", l->judged);
    json_int(j, "too_few_before", l->too_short);
    json_int(j, "without_period", l->data->undated);
    json_int(j, "of_mixtures", l->data->mixtures);
    json_int(j, "unreadable", l->data->unreadable);
    json_int(j, "mean_alone", by[0]);
    json_int(j, "median_alone", by[1]);
    json_int(j, "both", by[2]);
    json_int(j, "allowed", allowed);
    json_close(j, '}');
}

void anomaly_view_write_head(struct json *j, const struct anomaly_view *v)
{
    json_int(j, "atlas", v->list->data->number);
    json_text(j, "scale", v->filter.scale == ANOMALY_LOG ? "log" : "linear");
    json_text(j, "method", anomaly_method_names[v->filter.method]);
    json_int(j, "window", ANOMALY_WINDOW);
    json_int(j, "least", ANOMALY_LEAST);
    json_both(
        j, "definition",
        "同一廠場、物質、行為、來源、單位及期間長度之申報量，與其前 12 個值（至少 6 個，不含本值）"
        "比較：平均 ± 3 倍標準差（n-1；下限不低於 0；標準差為 0 時 ± 10%），另以中位數 ± 3 × "
        "1.4826 × "
        "MAD 作第二意見。未申報不是 0，申報之 0 為數值",
        "each quantity against the 12 values (at least 6) that the same facility, substance, "
        "behaviour, source, unit and length of period reported before it, itself left out: "
        "mean ± 3 standard deviations (n-1; the lower limit is never below 0; where there "
        "is none, ± 10 %), and median ± 3 × 1.4826 MAD as a second opinion. What is not "
        "reported is not 0; a reported 0 is a value");
    write_counts(j, v);
}

static void write_opinion(struct json *j, const char *key, const struct anomaly_opinion *o,
                          const char *centre, const char *spread)
{
    json_open(j, key, '{');
    json_text(j, "kind", kind_names[o->kind]);
    json_exact(j, centre, o->centre);
    json_exact(j, spread, o->spread);
    json_exact(j, "low", o->low);
    json_exact(j, "high", o->high);
    json_exact(j, "excess", o->excess);
    json_close(j, '}');
}

static void write_value(struct json *j, const char *key, const struct anomaly_value *v)
{
    json_open(j, key, '{');
    json_day(j, "from", v->from);
    json_day(j, "to", v->to);
    json_exact(j, "quantity", v->quantity);
    json_close(j, '}');
}

static void write_allowed(struct json *j, const struct anomaly_view *v, int32_t row)
{
    const struct db_result *r = v->list->allowed;
    if (row < 0) {
        json_null(j, "allowed");
        return;
    }
    json_open(j, "allowed", '{');
    json_int(j, "id", db_get_i64(r, row, 0));
    json_text(j, "by", db_get_text(r, row, 7));
    json_text(j, "reason", db_get_text(r, row, 8));
    json_text(j, "at", db_get_text(r, row, 9));
    if (db_is_null(r, row, 6))
        json_null(j, "until");
    else
        json_day(j, "until", (int32_t)db_get_i64(r, row, 6));
    json_close(j, '}');
}

static void write_row(struct json *j, const struct anomaly_view *v, int64_t row, bool window)
{
    struct shown s = show(v, row);
    char length[32];
    length_text(length, s.series->length);
    json_open(j, NULL, '{');
    json_int(j, "rank", row + 1);
    json_int(j, "id", s.series->facility);
    json_text(j, "name", s.name);
    json_text(j, "county", s.county ? s.county->code : NULL);
    json_open(j, "substance", '{');
    json_text(j, "cas", s.what->cas);
    json_text(j, "name_zh", s.what->reported_key ? NULL : s.what->name_zh);
    json_text(j, "name_en", s.what->name_en);
    json_text(j, "reported_name", s.what->reported_key ? s.what->name_zh : NULL);
    json_text(j, "reported_key", s.what->reported_key);
    json_close(j, '}');
    json_open(j, "behaviour", '{');
    json_text(j, "key", behaviour_names[s.series->behaviour]);
    json_text(j, "zh", behaviour_words[s.series->behaviour].zh);
    json_text(j, "en", behaviour_words[s.series->behaviour].en);
    json_close(j, '}');
    json_text(j, "source", s.source);
    json_text(j, "length", length);
    json_text(j, "unit", s.unit);
    write_value(j, "value", s.value);
    json_text(j, "kind", kind_names[anomaly_hit_kind(s.hit, v->filter.method)]);
    json_text(j, "called_by", called_by(s.hit));
    json_exact(j, "excess", anomaly_hit_excess(s.hit, v->filter.method));
    json_int(j, "n", s.hit->judged.n);
    write_opinion(j, "mean", &s.hit->judged.mean, "mean", "s");
    write_opinion(j, "median", &s.hit->judged.median, "median", "spread");
    json_bool(j, "latest", s.hit->latest);
    write_allowed(j, v, s.hit->allowed);
    if (window) {
        json_open(j, "before", '[');
        for (int i = s.hit->judged.n; i > 0; i--)
            write_value(j, NULL, s.value - i);
        json_close(j, ']');
    }
    json_close(j, '}');
}

void anomaly_view_write_rows(struct json *j, const struct anomaly_view *v, bool window)
{
    json_open(j, "anomalies", '[');
    for (int64_t k = v->after; k < v->end; k++)
        write_row(j, v, k, window);
    json_close(j, ']');
}

/* ---- tables and GeoJSON ---- */

static const struct sheet_column columns[] = {
    {.key = "rank", .zh = "排名", .en = "rank"},
    {.key = "id", .zh = "編號", .en = "facility"},
    {.key = "name", .zh = "廠場名稱", .en = "name", .width = 36},
    {.key = "county_code", .zh = "縣市代碼", .en = "county code"},
    {.key = "county", .zh = "縣市", .en = "county"},
    {.key = "lon", .zh = "經度", .en = "longitude", .about = "EPSG:4326, degrees"},
    {.key = "lat", .zh = "緯度", .en = "latitude", .about = "EPSG:4326, degrees"},
    {.key = "cas", .zh = "CAS 號碼", .en = "CAS number", .width = 14},
    {.key = "substance", .zh = "物質", .en = "substance", .width = 28},
    {.key = "behaviour", .zh = "行為", .en = "behaviour"},
    {.key = "source", .zh = "來源", .en = "source", .width = 20},
    {.key = "from", .zh = "期間起", .en = "first day", .width = 12},
    {.key = "to", .zh = "期間迄", .en = "last day", .width = 12},
    {.key = "length", .zh = "期間長度", .en = "length of the period"},
    {.key = "quantity", .zh = "數量", .en = "quantity"},
    {.key = "unit", .zh = "單位", .en = "unit"},
    {.key = "kind", .zh = "偏高或偏低", .en = "high or low"},
    {.key = "excess", .zh = "超出量", .en = "past its limit by"},
    {.key = "called_by", .zh = "判定", .en = "called by", .about = "mean, median, both"},
    {.key = "n", .zh = "前值數", .en = "values before it"},
    {.key = "mean", .zh = "平均", .en = "mean", .about = "of ln(1 + x/u) where scale is log"},
    {.key = "s", .zh = "標準差", .en = "standard deviation"},
    {.key = "low", .zh = "下限", .en = "lower limit"},
    {.key = "high", .zh = "上限", .en = "upper limit"},
    {.key = "median", .zh = "中位數", .en = "median"},
    {.key = "median_spread", .zh = "1.4826 MAD", .en = "1.4826 MAD"},
    {.key = "median_low", .zh = "下限（中位數）", .en = "lower limit by the median"},
    {.key = "median_high", .zh = "上限（中位數）", .en = "upper limit by the median"},
    {.key = "allowed_by", .zh = "核可人", .en = "allowed by"},
    {.key = "allowed_why", .zh = "核可理由", .en = "why allowed", .width = 24},
    {.key = NULL}};

static void put_row(struct cells *c, const struct anomaly_view *v, int64_t row)
{
    struct shown s = show(v, row);
    const struct atlas *a = v->atlas;
    const struct anomaly *judged = &s.hit->judged;
    const struct db_result *allowed = v->list->allowed;
    bool drawn = s.hit->index < a->drawn;
    char length[32];
    length_text(length, s.series->length);
    c->column = columns;
    cells_int(c, row + 1);
    cells_int(c, s.series->facility);
    cells_text(c, s.name);
    cells_text(c, s.county ? s.county->code : NULL);
    cells_text(c, s.county ? s.county->name : NULL);
    cells_number(c, drawn ? a->lon[s.hit->index] : (double)NAN);
    cells_number(c, drawn ? a->lat[s.hit->index] : (double)NAN);
    cells_text(c, s.what->cas);
    cells_text(c, s.what->name_zh);
    cells_text(c, behaviour_names[s.series->behaviour]);
    cells_text(c, s.source);
    cells_day(c, s.value->from);
    cells_day(c, s.value->to);
    cells_text(c, length);
    cells_number(c, s.value->quantity);
    cells_text(c, s.unit);
    cells_text(c, kind_names[anomaly_hit_kind(s.hit, v->filter.method)]);
    cells_number(c, anomaly_hit_excess(s.hit, v->filter.method));
    cells_text(c, called_by(s.hit));
    cells_int(c, judged->n);
    cells_number(c, judged->mean.centre);
    cells_number(c, judged->mean.spread);
    cells_number(c, judged->mean.low);
    cells_number(c, judged->mean.high);
    cells_number(c, judged->median.centre);
    cells_number(c, judged->median.spread);
    cells_number(c, judged->median.low);
    cells_number(c, judged->median.high);
    cells_text(c, s.hit->allowed < 0 ? NULL : db_get_text(allowed, s.hit->allowed, 7));
    cells_text(c, s.hit->allowed < 0 ? NULL : db_get_text(allowed, s.hit->allowed, 8));
}

void anomaly_view_write_geojson(struct buf *out, const struct anomaly_view *v, const char *next)
{
    struct json j = {.out = out};
    geojson_open_list(&j, "anomalies", v->count, v->end - v->after);
    anomaly_view_write_head(&j, v);
    json_text(&j, "next", next);
    json_open(&j, "features", '[');
    for (int64_t k = v->after; k < v->end && !patience_over(v->patience); k++) {
        struct cells cells = {.json = &j};
        geojson_open_facility(&j, v->atlas, v->list->hits[v->rows[k]].index, 0);
        put_row(&cells, v, k);
        json_close(&j, '}');
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
}

struct sheet *anomaly_view_sheet(const struct anomaly_view *v, enum sheet_format format,
                                 struct error *err)
{
    struct sheet *sheet = sheet_new(format, "數量異常", "quantity anomalies", columns, err);
    if (!sheet)
        return NULL;
    struct cells cells = {.sheet = sheet};
    sheet_patience(sheet, v->patience);
    for (int64_t k = v->after; k < v->end; k++) {
        put_row(&cells, v, k);
        if (!sheet_row(sheet))
            break;
    }
    sheet_about_atlas(sheet, v->atlas);
    sheet_about(sheet, "方法", "method", "%s", anomaly_method_names[v->filter.method]);
    sheet_about(sheet, "尺度", "scale", "%s", v->filter.scale == ANOMALY_LOG ? "log" : "linear");
    sheet_about(sheet, "前值數", "values before", "%d to %d", ANOMALY_LEAST, ANOMALY_WINDOW);
    sheet_about(sheet, "符合筆數", "rows that match", "%" PRIu32, v->count);
    sheet_about(sheet, "已核可未列", "allowed, not listed", "%" PRIu32, v->hidden);
    if (v->end < v->count)
        sheet_note(sheet, "已達筆數上限，其餘未列", "cut at the limit of rows: not all are here");
    return sheet;
}
