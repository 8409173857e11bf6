/* Two radar runs compared, as JSON and as a table. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analysis/radar_options.h"
#include "server/run_json.h"
#include "server/run_report.h"
#include "server/run_words.h"

static int axis_number(enum radar_of of, int axis)
{
    return axis + (of == RADAR_FACILITIES ? RADAR_AXES : 0);
}

/* ---- what a row says ---- */

struct names { /* of the thing that a change is about; the later run's, else the earlier's */
    const char *name, *name_en, *cas, *county_code, *county, *township_code, *township;
    int64_t id[2]; /* 0 = not there */
};

static void name_facility(struct names *out, const struct run_compare *c,
                          const struct run_change *change)
{
    int side = change->index[1] >= 0;
    const struct radar_run *run = c->run[side];
    const struct radar_run_facility *f = &run->facilities[change->index[side]];
    for (int i = 0; i < 2; i++)
        out->id[i] = change->index[i] >= 0 ? c->run[i]->facilities[change->index[i]].id : 0;
    out->name = f->name;
    if (f->county != RADAR_RUN_NO_REGION) {
        out->county_code = run->counties[f->county].code;
        out->county = run->counties[f->county].name;
    }
    if (f->township != RADAR_RUN_NO_REGION) {
        out->township_code = run->townships[f->township].code;
        out->township = run->townships[f->township].name;
    }
}

static void name_it(struct names *out, const struct run_comparison *c,
                    const struct run_change *change)
{
    *out = (struct names){.name = NULL};
    if (c->of == RADAR_FACILITIES) {
        name_facility(out, c->compare, change);
        return;
    }
    int side = change->index[1] >= 0;
    const struct radar_run_substance *s = &c->compare->run[side]->substances[change->index[side]];
    out->cas = s->cas;
    out->name = s->name_zh;
    out->name_en = s->name_en;
}

static void reason_of(struct run_reason *out, const struct run_comparison *c,
                      const struct run_change *change)
{
    if (c->of == RADAR_FACILITIES)
        run_reason_facility(out, c->reasons, change);
    else
        run_reason_substance(out, c->reasons, change);
}

/* ---- JSON ---- */

static void put_by(struct json *j, const double *by, int causes)
{
    json_open(j, "by", '{');
    for (int i = 0; i < causes; i++)
        json_exact(j, run_cause_names[i], by[i]);
    json_close(j, '}');
}

static void put_pair(struct json *j, const char *key, const double *pair)
{
    json_open(j, key, '[');
    json_exact(j, NULL, pair[0]);
    json_exact(j, NULL, pair[1]);
    json_close(j, ']');
}

/* The sentences that a person reads: of the axes that moved, and of the parameters. */
static void put_why(struct json *j, const struct run_comparison *c, const struct run_reason *r)
{
    char zh[RUN_WORDS_MAX], en[RUN_WORDS_MAX];
    json_open(j, "why", '[');
    for (int i = 0; i < RADAR_AXES; i++)
        if (r->axis[i].moved) {
            run_reason_words(zh, en, c->of, i, &r->axis[i]);
            json_both(j, NULL, zh, en);
        }
    if (fabs(r->by[RUN_PARAMETERS]) > 1e-12) {
        run_parameters_words(zh, en, r->by[RUN_PARAMETERS]);
        json_both(j, NULL, zh, en);
    }
    json_close(j, ']');
}

static void put_axes(struct json *j, const struct run_comparison *c, const struct run_reason *r)
{
    json_open(j, "axes", '[');
    for (int i = 0; i < RADAR_AXES; i++) {
        const struct run_axis_reason *axis = &r->axis[i];
        int which = axis_number(c->of, i);
        char zh[RUN_WORDS_MAX], en[RUN_WORDS_MAX];
        json_open(j, NULL, '{');
        json_text(j, "key", radar_axis_names[which].key);
        put_pair(j, "raw", axis->raw);
        put_pair(j, which == RADAR_AXES ? "value" : "class", axis->value);
        if (c->of == RADAR_SUBSTANCES) {
            json_open(j, "official", '[');
            json_bool(j, NULL, axis->official[0]);
            json_bool(j, NULL, axis->official[1]);
            json_close(j, ']');
        }
        if (c->of == RADAR_SUBSTANCES || i == 0)
            json_text(j, "official_change", run_official_names[axis->official_change]);
        if (r->scored) {
            put_by(j, axis->by, RUN_PARAMETERS);
            json_open(j, "moved_by", '[');
            for (int k = 0; k < RUN_CAUSES; k++)
                if (axis->moved >> k & 1)
                    json_text(j, NULL, run_cause_names[k]);
            json_close(j, ']');
            run_reason_words(zh, en, c->of, i, axis);
            json_both(j, "explain", zh, en);
        }
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_rank(struct json *j, uint32_t rank)
{
    if (rank)
        json_int(j, NULL, rank);
    else
        json_null(j, NULL);
}

static void put_change(struct json *j, const struct run_comparison *c,
                       const struct run_change *change)
{
    struct names n;
    struct run_reason reason;
    name_it(&n, c, change);
    reason_of(&reason, c, change);
    json_open(j, NULL, '{');
    if (c->of == RADAR_FACILITIES) {
        json_int(j, "id", n.id[1] ? n.id[1] : n.id[0]);
        if (change->by_name) {
            json_int(j, "id_before", n.id[0]);
            json_text(j, "matched_by", "name");
        }
        json_text(j, "name", n.name);
        json_text(j, "county_code", n.county_code);
        json_text(j, "county", n.county);
        json_text(j, "township_code", n.township_code);
        json_text(j, "township", n.township);
    } else {
        json_text(j, "cas", n.cas);
        json_text(j, "name_zh", n.name);
        json_text(j, "name_en", n.name_en);
    }
    json_open(j, "rank", '[');
    put_rank(j, change->rank[0]);
    put_rank(j, change->rank[1]);
    json_close(j, ']');
    put_pair(j, "area", change->area);
    json_exact(j, "difference", change->area[1] - change->area[0]);
    if (reason.scored) {
        put_by(j, reason.by, RUN_CAUSES);
        put_why(j, c, &reason);
    }
    put_axes(j, c, &reason);
    json_close(j, '}');
}

static void put_definitions(struct json *j, const struct run_comparison *c)
{
    json_open(j, "definitions", '{');
    json_both(j, "own", "自身申報或登記之資料變動", "what it reports itself changed");
    json_both(j, "others", "其他廠場或物質變動，使級距或物質分數不同",
              "the others changed, and with them class limits or scores of substances");
    json_both(j, "time", "計算廠齡之年度不同", "ages are counted to another year");
    json_both(j, "parameters", "計算參數不同（權重、軸順序、角度、事故期間、官方等級、G 之尺度）",
              "other parameters (weights, order, angle, period of incidents, official classes, "
              "scale of G)");
    json_both(j, "by", "各項相加等於差值；為前後兩種替換順序之平均，故不偏向任一順序",
              "the parts add up to the difference; each is the mean over both ways from before to "
              "after");
    bool fixed = false;
    for (int i = 0; i < RADAR_AXES; i++)
        fixed |= run_reasons_fixed(c->reasons, i);
    if (fixed)
        json_both(j, "note", "事故期間或官方等級之設定不同，該等級之變動全數計入參數",
                  "the period of incidents or the use of official classes differs, so changes of "
                  "those classes count as the parameters'");
    json_close(j, '}');
}

/* Class limits of both, so that a class that moved can be followed. */
static void put_limits(struct json *j, const struct run_compare *c)
{
    json_open(j, "limits", '[');
    for (int i = 0; i < 2 * RADAR_AXES; i++) {
        if (!c->run[0]->limits[i].by_rank)
            continue;
        json_open(j, NULL, '{');
        json_text(j, "key", radar_axis_names[i].key);
        for (int side = 0; side < 2; side++) {
            const struct radar_limits *limits = &c->run[side]->limits[i];
            json_open(j, side ? "to" : "from", '{');
            json_int(j, "population", limits->population);
            json_open(j, "class_limits", '[');
            for (int k = 0; k < RADAR_CLASSES; k++)
                json_exact(j, NULL, limits->cut[k]);
            json_close(j, ']');
            json_close(j, '}');
        }
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_head(struct json *j, const struct run_comparison *c)
{
    const struct run_compare *compare = c->compare;
    const uint32_t *counts =
        c->of == RADAR_FACILITIES ? compare->counts : compare->substance_counts;
    double by[RUN_CAUSES], difference;
    run_json_head(j, "from", &compare->run[0]->head);
    run_json_head(j, "to", &compare->run[1]->head);
    json_text(j, "of", c->of == RADAR_FACILITIES ? "facilities" : "substances");
    json_text(j, "county", c->county);
    json_bool(j, "same_parameters",
              radar_options_equal(&compare->run[0]->options, &compare->run[1]->options));
    json_open(j, "year", '[');
    json_int(j, NULL, compare->run[0]->year);
    json_int(j, NULL, compare->run[1]->year);
    json_close(j, ']');
    put_definitions(j, c);
    json_open(j, "counts", '{');
    for (int i = 0; i < RUN_CHANGES; i++)
        json_int(j, run_change_names[i], counts[i]);
    json_close(j, '}');
    if (c->of == RADAR_FACILITIES) {
        difference = run_reasons_sum(by, c->reasons);
        json_open(j, "sum", '{');
        json_exact(j, "difference", difference);
        put_by(j, by, RUN_CAUSES);
        json_close(j, '}');
    }
    put_limits(j, compare);
}

static const struct run_change *changes_of(uint32_t *count, const struct run_comparison *c)
{
    *count = c->of == RADAR_FACILITIES ? c->compare->facility_count : c->compare->substance_count;
    return c->of == RADAR_FACILITIES ? c->compare->facilities : c->compare->substances;
}

void run_comparison_json(struct buf *out, const struct run_comparison *c, int64_t limit)
{
    struct json j = {.out = out};
    uint32_t count;
    const struct run_change *changes = changes_of(&count, c);
    json_open(&j, NULL, '{');
    put_head(&j, c);
    json_int(&j, "limit", limit);
    for (int kind = 0; kind < RUN_CHANGES; kind++) {
        if (kind == RUN_SAME)
            continue;
        int64_t shown = 0;
        json_open(&j, run_change_names[kind], '[');
        for (uint32_t i = 0; i < count && shown < limit; i++)
            if (changes[i].kind == (enum run_change_kind)kind) {
                put_change(&j, c, &changes[i]);
                shown++;
            }
        json_close(&j, ']');
    }
    json_close(&j, '}');
}

/* ---- tables ---- */

#define AXIS_COLUMNS(key_, zh_, en_)                                                               \
    {.key = key_ "_raw_before", .zh = zh_ " 原值（前）", .en = en_ " raw before"},                 \
        {.key = key_ "_raw_after", .zh = zh_ " 原值（後）", .en = en_ " raw after"},               \
        {.key = key_ "_class_before", .zh = zh_ " 等級（前）", .en = en_ " class before"},         \
        {.key = key_ "_class_after", .zh = zh_ " 等級（後）", .en = en_ " class after"},           \
    {                                                                                              \
        .key = key_ "_moved_by", .zh = zh_ " 變動原因", .en = en_ " moved by", .width = 18         \
    }

#define SCORE_COLUMNS                                                                              \
    {.key = "rank_before", .zh = "排名（前）", .en = "rank before"},                               \
        {.key = "rank_after", .zh = "排名（後）", .en = "rank after"},                             \
        {.key = "area_before", .zh = "面積（前）", .en = "area before", .decimals = 3},            \
        {.key = "area_after", .zh = "面積（後）", .en = "area after", .decimals = 3},              \
        {.key = "difference", .zh = "差值", .en = "difference", .decimals = 3},                    \
        {.key = "by_own",                                                                          \
         .zh = "自身變動",                                                                         \
         .en = "by its own data",                                                                  \
         .decimals = 3,                                                                            \
         .about = "by_own + by_others + by_time + by_parameters = difference"},                    \
        {.key = "by_others", .zh = "他者或級距變動", .en = "by the others", .decimals = 3},        \
        {.key = "by_time", .zh = "年度變動", .en = "by the year", .decimals = 3},                  \
    {                                                                                              \
        .key = "by_parameters", .zh = "參數變動", .en = "by the parameters", .decimals = 3         \
    }

#define OFFICIAL_COLUMN(key_, en_)                                                                 \
    {                                                                                              \
        .key = key_ "_official_change", .zh = en_ " 官方等級異動", .en = en_ " official class",    \
        .about = "given, changed or withdrawn in between (of G: of its substances)", .width = 16   \
    }

static const struct sheet_column facility_columns[] = {
    {.key = "change",
     .zh = "變化",
     .en = "change",
     .about = "rose, fell, new, gone, scored (had no score), unscored (has none any more)"},
    {.key = "id", .zh = "編號", .en = "facility"},
    {.key = "id_before",
     .zh = "原編號",
     .en = "facility before",
     .about = "another than now: matched by name and county"},
    {.key = "name", .zh = "廠場名稱", .en = "name", .width = 36},
    {.key = "county_code", .zh = "縣市代碼", .en = "county code"},
    {.key = "county", .zh = "縣市", .en = "county"},
    {.key = "township_code", .zh = "鄉鎮代碼", .en = "township code"},
    {.key = "township", .zh = "鄉鎮市區", .en = "township"},
    SCORE_COLUMNS,
    AXIS_COLUMNS("g", "G", "G"),
    OFFICIAL_COLUMN("g", "G"),
    AXIS_COLUMNS("h", "H", "H"),
    AXIS_COLUMNS("i", "I", "I"),
    AXIS_COLUMNS("j", "J", "J"),
    {.key = NULL}};

static const struct sheet_column substance_columns[] = {
    {.key = "change", .zh = "變化", .en = "change"},
    {.key = "cas", .zh = "CAS 號碼", .en = "CAS number", .width = 14},
    {.key = "name_zh", .zh = "中文名稱", .en = "Chinese name", .width = 28},
    {.key = "name_en", .zh = "英文名稱", .en = "English name", .width = 28},
    SCORE_COLUMNS,
    AXIS_COLUMNS("a", "A", "A"),
    OFFICIAL_COLUMN("a", "A"),
    AXIS_COLUMNS("b", "B", "B"),
    OFFICIAL_COLUMN("b", "B"),
    AXIS_COLUMNS("c", "C", "C"),
    OFFICIAL_COLUMN("c", "C"),
    AXIS_COLUMNS("d", "D", "D"),
    OFFICIAL_COLUMN("d", "D"),
    {.key = NULL}};

static void put_names(struct sheet *s, const struct run_comparison *c,
                      const struct run_change *change)
{
    struct names n;
    name_it(&n, c, change);
    sheet_text(s, run_change_names[change->kind]);
    if (c->of == RADAR_SUBSTANCES) {
        sheet_text(s, n.cas);
        sheet_text(s, n.name);
        sheet_text(s, n.name_en);
        return;
    }
    sheet_int(s, n.id[1] ? n.id[1] : n.id[0]);
    sheet_number(s, change->by_name ? (double)n.id[0] : (double)NAN);
    sheet_text(s, n.name);
    sheet_text(s, n.county_code);
    sheet_text(s, n.county);
    sheet_text(s, n.township_code);
    sheet_text(s, n.township);
}

static bool put_row(struct sheet *s, const struct run_comparison *c,
                    const struct run_change *change)
{
    struct run_reason reason;
    reason_of(&reason, c, change);
    put_names(s, c, change);
    for (int side = 0; side < 2; side++)
        sheet_number(s, change->rank[side] ? change->rank[side] : (double)NAN);
    sheet_number(s, change->area[0]);
    sheet_number(s, change->area[1]);
    sheet_number(s, change->area[1] - change->area[0]);
    for (int i = 0; i < RUN_CAUSES; i++)
        sheet_number(s, reason.scored ? reason.by[i] : (double)NAN);
    for (int i = 0; i < RADAR_AXES; i++) {
        char moved[48] = "";
        for (int k = 0; k < RUN_CAUSES; k++)
            if (reason.axis[i].moved >> k & 1) {
                size_t at = strlen(moved);
                snprintf(moved + at, sizeof moved - at, "%s%s", at ? " " : "", run_cause_names[k]);
            }
        sheet_number(s, reason.axis[i].raw[0]);
        sheet_number(s, reason.axis[i].raw[1]);
        sheet_number(s, reason.axis[i].value[0]);
        sheet_number(s, reason.axis[i].value[1]);
        sheet_text(s, *moved ? moved : NULL);
        if (c->of == RADAR_SUBSTANCES || i == 0)
            sheet_text(s, run_official_names[reason.axis[i].official_change]);
    }
    return sheet_row(s);
}

static void about_run(struct sheet *s, const char *zh, const char *en, const struct radar_run *run)
{
    const struct radar_run_head *h = &run->head;
    sheet_about(s, zh, en, "%" PRId64 " %s; atlas %" PRIu64 "; %s", h->id, h->id ? h->name : "now",
                h->atlas, *h->parameters ? h->parameters : "default parameters");
}

int64_t run_comparison_rows(const struct run_comparison *c)
{
    uint32_t count;
    int64_t rows = 0;
    const struct run_change *changes = changes_of(&count, c);
    for (uint32_t i = 0; i < count; i++)
        rows += changes[i].kind != RUN_SAME;
    return rows;
}

struct sheet *run_comparison_sheet(const struct run_comparison *c, enum sheet_format format,
                                   struct error *err)
{
    uint32_t count;
    int64_t written = 0, wanted = 0;
    const struct run_change *changes = changes_of(&count, c);
    struct sheet *s =
        sheet_new(format, "比較", "comparison",
                  c->of == RADAR_FACILITIES ? facility_columns : substance_columns, err);
    if (!s)
        return NULL;
    sheet_patience(s, c->patience);
    about_run(s, "前", "from", c->compare->run[0]);
    about_run(s, "後", "to", c->compare->run[1]);
    for (uint32_t i = 0; i < count; i++) {
        if (changes[i].kind == RUN_SAME)
            continue;
        wanted++;
        if (written < SHEET_SERVED_MAX && put_row(s, c, &changes[i]))
            written++;
    }
    if (written < wanted)
        sheet_note(s, "變動筆數超過上限，其餘未列出。",
                   "More has changed than a table takes; the rest is not in it.");
    return s;
}
