/* A priority list as JSON, CSV and XLSX. */
#include <math.h>

#include "server/priority_list.h"

static const char rule_zh[] =
    "依國內總計、國外總計、貝氏風險（紅＞黃＞綠＞NA）、連結中心性依序遞減排列；四者皆同者同序";
static const char rule_en[] =
    "by domestic total, then foreign total, then Bayes risk (red > yellow > green > NA), then "
    "degree centrality, all descending; equal in all four is a tie";

void priority_list_write_rule(struct json *j)
{
    json_both(j, "rule", rule_zh, rule_en);
}

void priority_list_write_printed(struct json *j, const struct priority_list *l)
{
    json_open(j, "printed", '{');
    json_int(j, "compared", l->printed);
    json_int(j, "agree", l->agree);
    json_close(j, '}');
}

static void write_name(struct json *j, const char *key, const struct priority_name *n)
{
    json_open(j, key, '{');
    json_text(j, "key", n->key);
    json_text(j, "zh", n->zh);
    json_text(j, "en", n->en);
    json_close(j, '}');
}

/* {"id": …, "name": …} or null. */
static void write_linked(struct json *j, const char *key, int64_t id, const char *name)
{
    if (!id) {
        json_null(j, key);
        return;
    }
    json_open(j, key, '{');
    json_int(j, "id", id);
    json_text(j, "name", name);
    json_close(j, '}');
}

static void write_row(struct json *j, const struct priority_list *l, const struct priority_row *r)
{
    const struct priority_company *c = &l->companies[r->company];
    const struct priority_item *item = &l->items[r->company];
    json_open(j, NULL, '{');
    json_int(j, "rank", r->rank);
    json_int(j, "rank_until", r->rank_until);
    json_text(j, "company", item->name);
    json_exact(j, "domestic_total", c->domestic);
    json_exact(j, "foreign_total", c->foreign);
    write_name(j, "bayes_risk", &priority_risk_names[c->risk]);
    json_exact(j, "degree_centrality", c->centrality);
    if (r->decided == PRIORITY_FIRST)
        json_null(j, "decided_by");
    else
        write_name(j, "decided_by", &priority_key_names[r->decided]);
    if (c->printed)
        json_int(j, "printed_order", c->printed);
    else
        json_null(j, "printed_order");
    json_bool(j, "differs", r->differs);
    json_text(j, "link", item->link);
    write_linked(j, "facility", item->facility, item->facility_name);
    write_linked(j, "operator", item->operator_id, item->operator_name);
    json_text(j, "source", item->source);
    json_int(j, "batch", item->batch);
    json_int(j, "line", (int64_t)item->line);
    json_close(j, '}');
}

void priority_list_write(struct json *j, const struct priority_list *l, uint32_t after,
                         uint32_t end)
{
    json_open(j, "companies", '[');
    for (uint32_t i = after; i < end && i < l->count; i++)
        write_row(j, l, &l->rows[i]);
    json_close(j, ']');
}

static const struct sheet_column columns[] = {
    {.key = "rank", .zh = "排序", .en = "rank"},
    {.key = "rank_until",
     .zh = "同序至",
     .en = "tied until",
     .about = "the last rank that companies equal in all four keys share"},
    {.key = "list", .zh = "名單", .en = "list", .width = 16},
    {.key = "company", .zh = "公司", .en = "company", .width = 28},
    {.key = "domestic_total", .zh = "國內總計", .en = "domestic total"},
    {.key = "foreign_total", .zh = "國外總計", .en = "foreign total"},
    {.key = "bayes_risk", .zh = "貝氏風險", .en = "Bayes risk", .about = "red, yellow, green, na"},
    {.key = "degree_centrality", .zh = "連結中心性", .en = "degree centrality"},
    {.key = "decided_by",
     .zh = "決定因子",
     .en = "decided by",
     .width = 18,
     .about = "the key by which it stands after the row before it; empty = the first"},
    {.key = "printed_order", .zh = "原排序", .en = "printed order"},
    {.key = "differs", .zh = "與原排序不同", .en = "differs from print"},
    {.key = "facility", .zh = "廠場編號", .en = "facility", .about = "named by a number"},
    {.key = "facility_name", .zh = "廠場", .en = "facility name", .width = 28},
    {.key = "operator", .zh = "運作人", .en = "operator", .width = 28},
    {.key = "source", .zh = "來源", .en = "source"},
    {.key = "line", .zh = "行", .en = "line of the file"},
    {.key = NULL}};

static void put_row(struct sheet *s, const struct priority_list *l, const struct priority_row *r)
{
    const struct priority_company *c = &l->companies[r->company];
    const struct priority_item *item = &l->items[r->company];
    sheet_int(s, r->rank);
    sheet_int(s, r->rank_until);
    sheet_text(s, item->list);
    sheet_text(s, item->name);
    sheet_number(s, c->domestic);
    sheet_number(s, c->foreign);
    sheet_text(s, priority_risk_names[c->risk].key);
    sheet_number(s, c->centrality);
    sheet_text(s, r->decided == PRIORITY_FIRST ? NULL : priority_key_names[r->decided].key);
    sheet_number(s, c->printed ? c->printed : (double)NAN);
    sheet_bool(s, r->differs);
    if (item->facility)
        sheet_int(s, item->facility);
    else
        sheet_none(s);
    sheet_text(s, item->facility_name);
    sheet_text(s, item->operator_name);
    sheet_text(s, item->source);
    sheet_int(s, (int64_t)item->line);
    sheet_row(s);
}

struct sheet *priority_list_sheet(const struct priority_list *l, enum sheet_format format,
                                  struct error *err)
{
    struct sheet *s = sheet_new(format, "優先順序", "priority order", columns, err);
    if (!s)
        return NULL;
    sheet_patience(s, l->patience);
    sheet_about(s, "規則", "rule", "%s", rule_zh);
    sheet_about(s, "規則（英）", "rule in English", "%s", rule_en);
    if (l->printed)
        sheet_about(s, "與原排序相同", "as printed", "%u / %u", (unsigned)l->agree,
                    (unsigned)l->printed);
    for (uint32_t i = 0; i < l->count; i++)
        put_row(s, l, &l->rows[i]);
    return s;
}
