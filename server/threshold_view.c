#include "server/threshold_view.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "server/cells.h"
#include "server/geojson.h"
#include "server/threshold_json.h"

bool threshold_view_compare(enum threshold_compare *out, const char *text, struct error *err)
{
    if (strcmp(text, "gt") != 0 && strcmp(text, "ge") != 0)
        return error_set(err, ERROR_INPUT, "compare is gt (> 1) or ge (>= 1), not \"%.40s\"", text);
    *out = text[1] == 'e' ? THRESHOLD_GE : THRESHOLD_GT;
    return true;
}

bool threshold_view_answer(int *out, const char *text, struct error *err)
{
    for (*out = 0; *out < THRESHOLD_ANSWERS; ++*out)
        if (!strcmp(text, threshold_answer_names[*out]))
            return true;
    *out = -1;
    if (!strcmp(text, "all"))
        return true;
    return error_set(err, ERROR_INPUT,
                     "answer is report, undecided, below, not_listed or all, not \"%.40s\"", text);
}

static bool passes(const struct threshold_view *v, const struct threshold_site *s)
{
    const struct threshold_filter *f = &v->filter;
    return (f->answer < 0 || s->answer[f->compare] == f->answer) &&
           (f->county < 0 || (s->index != UINT32_MAX && v->atlas->county[s->index] == f->county));
}

void threshold_view_make(struct threshold_view *out, const struct threshold_list *l,
                         const struct atlas *a, const struct threshold_filter *f, int64_t after,
                         int64_t limit)
{
    *out = (struct threshold_view){.list = l, .atlas = a, .filter = *f};
    out->rows = mem_zero(l->site_count, sizeof *out->rows);
    /* The list stands by the answers of "gt"; with "ge" those that reach exactly 1 go up. */
    for (int answer = 0; answer < THRESHOLD_ANSWERS; answer++)
        for (uint32_t i = 0; i < l->site_count; i++)
            if (l->sites[i].answer[f->compare] == answer && passes(out, &l->sites[i]))
                out->rows[out->count++] = i;
    out->after = after < out->count ? after : out->count;
    out->end = limit < out->count - out->after ? out->after + limit : out->count;
}

void threshold_view_free(struct threshold_view *v)
{
    free(v->rows);
    v->rows = NULL;
}

/* ---- JSON ---- */

void threshold_view_write_head(struct json *j, const struct threshold_view *v)
{
    const struct threshold_list *l = v->list;
    enum threshold_compare compare = v->filter.compare;
    json_int(j, "atlas", l->set->number);
    json_text(j, "rule_set", l->set->name);
    json_text(j, "edition", l->set->edition);
    json_text(j, "imported_from", l->set->imported_from);
    json_text(j, "compare", compare == THRESHOLD_GE ? "ge" : "gt");
    threshold_json_definition(j, "definition", compare);
    json_open(j, "counts", '{');
    json_int(j, "facilities", l->site_count);
    for (int i = 0; i < THRESHOLD_ANSWERS; i++)
        json_int(j, threshold_answer_names[i], l->answers[compare][i]);
    json_int(j, "quantities", l->rows);
    json_int(j, "substances_not_listed", l->unlisted_count);
    json_close(j, '}');
}

static const char *source_title(const struct threshold_list *l, uint32_t id)
{
    int64_t at = threshold_set_source(l->set, id);
    return at < 0 ? NULL : l->set->sources[at].title;
}

static void write_line(struct json *j, const struct threshold_list *l,
                       const struct threshold_line *line)
{
    json_open(j, NULL, '{');
    threshold_json_rule(j, &l->set->rules[line->rule]);
    threshold_json_number(j, "amount", threshold_text(l, line->amount), line->amount_ends, NULL);
    threshold_json_number(j, "ratio", threshold_text(l, line->ratio), line->ratio_ends,
                          threshold_text(l, line->fraction));
    json_bool(j, "reached", line->reached);
    json_text(j, "source", source_title(l, line->source));
    json_day(j, "from", line->from);
    json_day(j, "to", line->to);
    threshold_json_flags(j, "flags", line->flags);
    json_close(j, '}');
}

static const char *name_of(const struct atlas *a, const struct threshold_site *s)
{
    return s->index == UINT32_MAX ? NULL : a->names + a->name[s->index];
}

static const struct atlas_county *county_of(const struct atlas *a, const struct threshold_site *s)
{
    if (s->index == UINT32_MAX || a->county[s->index] == ATLAS_NO_COUNTY)
        return NULL;
    return &a->counties[a->county[s->index]];
}

static void write_site(struct json *j, const struct threshold_view *v, int64_t row)
{
    const struct threshold_list *l = v->list;
    const struct threshold_site *s = &l->sites[v->rows[row]];
    const struct atlas_county *county = county_of(v->atlas, s);
    json_open(j, NULL, '{');
    json_int(j, "rank", row + 1);
    json_int(j, "id", s->facility);
    json_text(j, "name", name_of(v->atlas, s));
    json_text(j, "county", county ? county->code : NULL);
    json_text(j, "answer", threshold_answer_names[s->answer[v->filter.compare]]);
    json_bool(j, "reached", s->reached);
    threshold_json_number(j, "index", threshold_text(l, s->decimal), s->decimal_ends,
                          threshold_text(l, s->fraction));
    json_day(j, "index_from", s->arithmetic ? s->sum_from : INT32_MIN);
    json_day(j, "index_to", s->arithmetic ? s->sum_to : INT32_MAX);
    json_text(j, "arithmetic", s->arithmetic ? threshold_text(l, s->arithmetic) : NULL);
    threshold_json_flags(j, "flags", s->flags);
    json_open(j, "items", '[');
    for (uint32_t i = 0; i < s->count; i++)
        write_line(j, l, &l->lines[s->first + i]);
    json_close(j, ']');
    json_int(j, "quantities", s->listed);
    json_int(j, "quantities_not_listed", s->not_listed);
    json_int(j, "rows_kept_aside", s->aside);
    json_close(j, '}');
}

void threshold_view_write_rows(struct json *j, const struct threshold_view *v)
{
    unsigned flags = 0;
    json_open(j, "facilities", '[');
    for (int64_t k = v->after; k < v->end; k++) {
        write_site(j, v, k);
        flags |= v->list->sites[v->rows[k]].flags;
    }
    json_close(j, ']');
    threshold_json_flag_words(j, "flag_words", flags);
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
    {.key = "answer",
     .zh = "判定",
     .en = "answer",
     .about = "report: must report; undecided: something could not be summed, or imports kept rows "
              "aside; below; not_listed: nothing is of an item"},
    {.key = "reached", .zh = "單項達管制量", .en = "an item reaches its quantity"},
    {.key = "index", .zh = "綜合管制指數", .en = "sum of shares", .decimals = 4},
    {.key = "index_exact", .zh = "指數為精確值", .en = "the decimal is exact"},
    {.key = "index_fraction", .zh = "指數（分數）", .en = "sum of shares as a fraction"},
    {.key = "arithmetic", .zh = "算式", .en = "arithmetic", .width = 48},
    {.key = "items",
     .zh = "項目",
     .en = "items",
     .width = 60,
     .about = "item quantity/regulated quantity"},
    {.key = "flags", .zh = "註記", .en = "remarks", .width = 24},
    {.key = "quantities", .zh = "列入之申報數", .en = "reported quantities that are of an item"},
    {.key = "quantities_not_listed",
     .zh = "非列管之申報數",
     .en = "reported quantities that are of no item"},
    {.key = "rows_kept_aside",
     .zh = "匯入時留置之列",
     .en = "rows about it that imports kept aside"},
    {.key = NULL}};

static void items_text(struct buf *out, const struct threshold_list *l,
                       const struct threshold_site *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        const struct threshold_line *line = &l->lines[s->first + i];
        const struct threshold_rule *rule = &l->set->rules[line->rule];
        buf_format(out, "%s%s", i ? "; " : "", rule->item_zh);
        if (line->amount)
            buf_format(out, " %s%s %s", line->amount_ends ? "" : "≈",
                       threshold_text(l, line->amount), rule->unit);
        if (rule->has_quantity) {
            buf_char(out, '/');
            decimal_write(out, &rule->quantity);
            buf_format(out, " %s", rule->unit);
        }
    }
}

static void put_site(struct cells *c, const struct threshold_view *v, int64_t row)
{
    const struct threshold_list *l = v->list;
    const struct threshold_site *s = &l->sites[v->rows[row]];
    const struct atlas *a = v->atlas;
    const struct atlas_county *county = county_of(a, s);
    bool drawn = s->index < a->drawn;
    char flags[256];
    struct buf items = {.max = 1 << 20};
    items_text(&items, l, s);
    threshold_flag_list(flags, sizeof flags, s->flags);
    c->column = columns;
    cells_int(c, row + 1);
    cells_int(c, s->facility);
    cells_text(c, name_of(a, s));
    cells_text(c, county ? county->code : NULL);
    cells_text(c, county ? county->name : NULL);
    cells_number(c, drawn ? a->lon[s->index] : (double)NAN);
    cells_number(c, drawn ? a->lat[s->index] : (double)NAN);
    cells_text(c, threshold_answer_names[s->answer[v->filter.compare]]);
    cells_bool(c, s->reached);
    cells_decimal(c, s->decimal ? threshold_text(l, s->decimal) : NULL);
    cells_bool(c, s->decimal_ends);
    cells_text(c, s->fraction ? threshold_text(l, s->fraction) : NULL);
    cells_text(c, s->arithmetic ? threshold_text(l, s->arithmetic) : NULL);
    cells_text(c, items.len ? buf_string(&items) : NULL);
    cells_text(c, *flags ? flags : NULL);
    cells_int(c, s->listed);
    cells_int(c, s->not_listed);
    cells_int(c, s->aside);
    buf_free(&items);
}

void threshold_view_write_geojson(struct buf *out, const struct threshold_view *v, const char *next)
{
    struct json j = {.out = out};
    geojson_open_list(&j, "thresholds", v->count, v->end - v->after);
    threshold_view_write_head(&j, v);
    json_text(&j, "next", next);
    json_open(&j, "features", '[');
    for (int64_t k = v->after; k < v->end && !patience_over(v->patience); k++) {
        const struct threshold_site *s = &v->list->sites[v->rows[k]];
        struct cells cells = {.json = &j};
        geojson_open_facility(&j, v->atlas, s->index, s->facility);
        put_site(&cells, v, k);
        json_close(&j, '}');
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
}

struct sheet *threshold_view_sheet(const struct threshold_view *v, enum sheet_format format,
                                   struct error *err)
{
    struct sheet *sheet = sheet_new(format, "管制量檢核", "regulated quantities", columns, err);
    if (!sheet)
        return NULL;
    struct cells cells = {.sheet = sheet};
    sheet_patience(sheet, v->patience);
    for (int64_t k = v->after; k < v->end; k++) {
        put_site(&cells, v, k);
        if (!sheet_row(sheet))
            break;
    }
    sheet_about_atlas(sheet, v->atlas);
    sheet_about(sheet, "法規", "rules", "%s%s%s", v->list->set->name,
                v->list->set->edition ? " " : "",
                v->list->set->edition ? v->list->set->edition : "");
    sheet_about(sheet, "加總門檻", "sum of shares", "%s",
                v->filter.compare == THRESHOLD_GE ? ">= 1" : "> 1");
    if (v->filter.county >= 0)
        sheet_about(sheet, "縣市", "county", "%s", v->atlas->counties[v->filter.county].code);
    sheet_about(sheet, "符合筆數", "rows that match", "%" PRIu32, v->count);
    if (v->end < v->count)
        sheet_note(sheet, "已達筆數上限，其餘未列", "cut at the limit of rows: not all are here");
    return sheet;
}
