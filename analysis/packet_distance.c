/* The distances of a packet. Where the substance is known they are its own; where it is not, each
 * is the largest of all substances that the facility holds, and the packet names the one it is
 * from. */
#include <stdlib.h>
#include <string.h>

#include "analysis/packet_parts.h"
#include "gis/mem.h"

static void add_number(struct buf *list, const char *number)
{
    size_t len = number ? strcspn(number, "P") : 0;
    if (!len || strspn(number, "0123456789") != len)
        return;
    buf_char(list, list->len == 1 ? ' ' : ',');
    buf_add(list, number, len);
}

static bool load_tables(struct packet *p, const struct packet_substances *from, struct db *db,
                        struct error *err)
{
    struct buf uns = {0}, guides = {0};
    buf_char(&uns, '{');
    buf_char(&guides, '{');
    for (int i = 0; i < from->count; i++) {
        add_number(&uns, from->items[i].un);
        add_number(&guides, from->items[i].erg_guide);
    }
    buf_char(&uns, '}');
    buf_char(&guides, '}');
    bool ok = isolation_tables_load(&p->tables, buf_string(&uns), buf_string(&guides), db, err);
    buf_free(&uns);
    buf_free(&guides);
    return ok;
}

static struct isolation_question question_of(const struct packet *p,
                                             const struct packet_substance *s)
{
    return (struct isolation_question){
        .spill = p->q->spill,
        .time = p->time,
        .on_water = p->q->on_water,
        .wind_speed_ms = p->q->wind_speed_ms,
        .container = *p->q->container ? p->q->container : NULL,
        .un = s ? s->un : NULL,
        .guide = s ? s->erg_guide : NULL,
        .physical_state = s ? s->physical_state : NULL,
    };
}

static void take_fire(struct packet_distances *d, const struct isolation_guide *g)
{
    if (g && g->fire_isolation_m > d->fire_isolation_m)
        d->fire_isolation_m = g->fire_isolation_m;
    if (g && g->fire_evacuation_m > d->fire_evacuation_m)
        d->fire_evacuation_m = g->fire_evacuation_m;
}

/* "11+ km" of any of them makes the common distance open at its end as well. */
static void take_larger(struct packet_distances *d, const struct isolation *one,
                        const struct packet_substance *s)
{
    const struct isolation before = d->best;
    bool first = d->candidates++ == 0;
    if (first || one->isolation_m > before.isolation_m) {
        d->isolation_from = s;
        d->isolation_origin = *one;
    }
    if (first || one->downwind_m > before.downwind_m ||
        (one->downwind_m == before.downwind_m && one->isolation_m > before.isolation_m)) {
        d->best = *one;
        d->downwind_from = s;
    }
    d->best.at_least = before.at_least || one->at_least;
    d->best.isolation_m =
        before.isolation_m > one->isolation_m ? before.isolation_m : one->isolation_m;
    take_fire(d, one->guide);
}

/* What stands there and is not known counts as unidentified cargo beside what is known. */
static bool take_unknown(struct packet *p, const struct packet_substance *s, struct error *err)
{
    struct packet_distances *d = &p->distances;
    struct isolation_question q = question_of(p, NULL);
    struct isolation one;
    if (!isolation_choose(&one, &p->tables, &q, err))
        return false;
    take_fire(d, one.guide);
    if (one.isolation_m <= d->best.isolation_m)
        return true;
    d->best.isolation_m = one.isolation_m;
    d->isolation_origin = one;
    d->isolation_from = s;
    d->unknown_counted = true;
    return true;
}

bool packet_choose_distances(struct packet *p, struct db *db, struct error *err)
{
    const struct packet_substances *from = p->chosen.count ? &p->chosen : &p->held;
    struct packet_distances *d = &p->distances;
    const struct packet_substance *unknown = NULL;
    if (!load_tables(p, from, db, err))
        return false;
    for (int i = 0; i < from->count; i++) {
        const struct packet_substance *s = &from->items[i];
        struct isolation_question q = question_of(p, s);
        struct isolation one;
        if (!s->cas) {
            unknown = s;
            continue;
        }
        if (!isolation_choose(&one, &p->tables, &q, err))
            return false;
        take_larger(d, &one, s);
    }
    if (d->candidates)
        return !unknown || take_unknown(p, unknown, err);
    struct isolation_question q = question_of(p, NULL);
    bool ok = isolation_choose(&d->best, &p->tables, &q, err);
    d->isolation_origin = d->best;
    take_fire(d, d->best.guide);
    return ok;
}

/* ---- the sentence ---- */

static const char *const container_words[][2] = {
    {"Rail tank car", "鐵路槽車"},
    {"Highway tank truck or trailer", "公路槽車或拖車"},
    {"Agricultural nurse tank", "農用槽"},
    {"Multiple small cylinders", "多支小鋼瓶"},
    {"Multiple ton cylinders", "多個噸級鋼瓶"},
    {"Multiple small cylinders or single ton cylinder", "多支小鋼瓶或單一噸級鋼瓶"},
};
static const char *const wind_zh[] = {"低風速", "中風速", "高風速", ""};

static const char *container_zh(const char *container)
{
    for (size_t i = 0; i < sizeof container_words / sizeof *container_words; i++)
        if (!strcmp(container_words[i][0], container))
            return container_words[i][1];
    return container;
}

/* 11000 as 11,000. */
static const char *metres(char out[16], int value)
{
    struct buf b = {.max = 16};
    if (value >= 1000)
        buf_format(&b, "%d,%03d", value / 1000, value % 1000);
    else
        buf_format(&b, "%d", value);
    memcpy(out, buf_string(&b), b.len + 1);
    buf_free(&b);
    return out;
}

static void add_source(struct buf *zh, struct buf *en, const char *imported_from)
{
    if (!imported_from || !*imported_from)
        return;
    buf_format(zh, "（匯入自 %s）", imported_from);
    buf_format(en, " (imported from %s)", imported_from);
}

static void add_origin(struct buf *zh, struct buf *en, const struct isolation *d)
{
    const struct isolation_row *r = d->row;
    if (r && d->basis == BASIS_TABLE1) {
        buf_format(zh, "依 %s 表 1", r->edition);
        buf_format(en, "%s Table 1", r->edition);
        if (*r->condition) {
            bool water = !strcmp(r->condition, "water");
            buf_text(zh, water ? "（洩漏於水中）" : "（洩漏於陸上）");
            buf_text(en, water ? " (spilled in water)" : " (spilled on land)");
        }
    } else if (r && d->basis == BASIS_TABLE3) {
        buf_format(zh, "依 %s 表 3（%s，%s）", r->edition, container_zh(r->container),
                   wind_zh[r->wind]);
        buf_format(en, "%s Table 3 (%s, %s wind)", r->edition, r->container,
                   isolation_wind_names[r->wind]);
    } else if (d->guide) {
        buf_format(zh, "依 %s 指南 %s", d->guide->edition, d->guide->guide);
        buf_format(en, "%s guide %s", d->guide->edition, d->guide->guide);
    } else {
        buf_text(zh, "依未知貨物之通則");
        buf_text(en, "Rule for unidentified cargo");
    }
    add_source(zh, en, r ? r->imported_from : d->guide ? d->guide->imported_from : NULL);
}

/* Where the isolation distance comes from, when that is not where the downwind distance does. */
static void add_isolation_origin(struct buf *zh, struct buf *en, const struct packet_distances *d)
{
    struct isolation from = d->isolation_origin;
    if (from.isolation_by_guide) {
        from.basis = BASIS_GUIDE;
        from.row = NULL;
    }
    if (from.basis == d->best.basis && from.row == d->best.row && from.guide == d->best.guide)
        return;
    buf_text(zh, "；隔離距離");
    buf_text(en, "; isolation: ");
    add_origin(zh, en, &from);
}

/* A name as reported may be there in one language only. */
static const char *either(const char *wanted, const char *other)
{
    return wanted && *wanted ? wanted : other ? other : "?";
}

static void add_subject(struct buf *zh, struct buf *en, const struct packet *p)
{
    const struct packet_distances *d = &p->distances;
    const struct packet_substance *s = d->downwind_from;
    bool large = p->q->spill == SPILL_LARGE, night = p->time == TIME_NIGHT;
    const char *un = s && s->un ? s->un : NULL;
    buf_text(zh, s ? either(s->name_zh, s->name_en) : "物質不明");
    buf_text(en, s ? either(s->name_en, s->name_zh) : "Substance not known");
    if (un) {
        buf_format(zh, "（UN %s）", un);
        buf_format(en, " (UN %s)", un);
    }
    if (d->isolation_from && d->isolation_from != s) {
        buf_format(zh, "（隔離距離取自%s）",
                   either(d->isolation_from->name_zh, d->isolation_from->name_en));
        buf_format(en, " (isolation distance from %s)",
                   either(d->isolation_from->name_en, d->isolation_from->name_zh));
    }
    buf_format(zh, "，%s洩漏，%s：", large ? "大量" : "少量", night ? "夜間" : "日間");
    buf_format(en, ", %s spill by %s: ", large ? "large" : "small", night ? "night" : "day");
}

static void add_remarks(struct buf *zh, struct buf *en, const struct packet *p)
{
    const struct packet_distances *d = &p->distances;
    const struct isolation *b = &d->best;
    if (b->basis == BASIS_GUIDE || b->basis == BASIS_DEFAULT) {
        buf_text(zh, b->listed_otherwise ? "距離表只列洩漏於水中之情形，此處採指南之距離。"
                     : d->candidates ? "距離表未列此物質，採指南之距離。"
                                     : "物質查明前以此為準。");
        buf_text(
            en, b->listed_otherwise
                    ? " The distance tables list it only for spills in water: the guide's distance."
                : d->candidates ? " The distance tables do not list it: the guide's distance."
                                : " Until the substance is known.");
    }
    if (d->unknown_counted) {
        buf_text(zh, "另有未能對應之物質，以未知貨物計。");
        buf_text(en,
                 " Something there is not linked to a substance: counted as unidentified cargo.");
    }
    if (b->largest || (d->candidates > 1 && !p->chosen.count)) {
        buf_text(zh, "未知之條件皆取最大距離。");
        buf_text(en, " Whatever was not known, the largest distance was taken.");
    }
    if (b->row && *b->row->note) {
        buf_format(zh, "附註：%s", b->row->note);
        buf_format(en, " Note: %s.", b->row->note);
    }
    if (d->fire_evacuation_m) {
        char m[16];
        buf_format(zh, "槽體起火時全周疏散 %s 公尺。", metres(m, d->fire_evacuation_m));
        buf_format(en, " Tank in a fire: clear %s m all around.", metres(m, d->fire_evacuation_m));
    }
}

static void write_text(struct json *j, const struct packet *p)
{
    const struct isolation *d = &p->distances.best;
    struct buf zh = {0}, en = {0};
    char m[16];
    add_subject(&zh, &en, p);
    buf_format(&zh, "全周隔離 %s 公尺", metres(m, d->isolation_m));
    buf_format(&en, "isolate %s m all around", metres(m, d->isolation_m));
    if (d->downwind_m) {
        buf_format(&zh, "，下風處保護民眾 %s 公尺%s", metres(m, d->downwind_m),
                   d->at_least ? "以上" : "");
        buf_format(&en, ", protect people %s m%s downwind", metres(m, d->downwind_m),
                   d->at_least ? " or more" : "");
    } else {
        buf_text(&zh, "；無下風距離之規定");
        buf_text(&en, "; no downwind distance is given");
    }
    buf_text(&zh, "。");
    buf_text(&en, ". ");
    add_origin(&zh, &en, d);
    add_isolation_origin(&zh, &en, &p->distances);
    buf_text(&zh, "。");
    buf_text(&en, ".");
    add_remarks(&zh, &en, p);
    json_both(j, "text", buf_string(&zh), buf_string(&en));
    buf_free(&zh);
    buf_free(&en);
}

static void write_name(struct json *j, const char *key, const struct packet_substance *s)
{
    if (!s) {
        json_null(j, key);
        return;
    }
    json_open(j, key, '{');
    json_text(j, "cas", s->cas);
    json_text(j, "name_zh", s->name_zh);
    json_text(j, "name_en", s->name_en);
    json_close(j, '}');
}

static void write_choices(struct json *j, const struct packet *p)
{
    const struct packet_distances *d = &p->distances;
    const struct isolation_row *r = d->best.row;
    json_open(j, "choices", '{');
    write_name(j, "isolation_from", d->isolation_from);
    write_name(j, "downwind_from", d->downwind_from);
    json_bool(j, "substance_assumed", !p->chosen.count);
    json_int(j, "substances_compared", d->candidates);
    json_text(j, "spill", isolation_spill_names[p->q->spill]);
    json_text(j, "time", isolation_time_names[p->time]);
    json_bool(j, "time_computed", p->time_computed);
    json_text(j, "condition", r && *r->condition ? r->condition : NULL);
    json_text(j, "container", r && *r->container ? r->container : NULL);
    json_text(j, "wind_class", r && r->table == '3' ? isolation_wind_names[r->wind] : NULL);
    json_bool(j, "unknown_counted", d->unknown_counted);
    json_text(
        j, "isolation_basis",
        isolation_basis_names[d->isolation_origin.isolation_by_guide ? BASIS_GUIDE
                                                                     : d->isolation_origin.basis]);
    json_bool(j, "container_ignored", d->best.container_ignored);
    json_bool(j, "largest_taken", d->best.largest || (d->candidates > 1 && !p->chosen.count));
    json_close(j, '}');
}

static void write_metres(struct json *j, const char *key, int metres_or_0)
{
    if (metres_or_0)
        json_int(j, key, metres_or_0);
    else
        json_null(j, key);
}

void packet_write_distances(struct json *j, const struct packet *p)
{
    const struct isolation *d = &p->distances.best;
    const char table[2] = {d->row ? d->row->table : '\0', '\0'};
    json_open(j, "distances", '{');
    json_int(j, "isolation_m", d->isolation_m);
    write_metres(j, "downwind_m", d->downwind_m);
    json_bool(j, "at_least", d->at_least);
    json_text(j, "basis", isolation_basis_names[d->basis]);
    json_text(j, "edition", d->row ? d->row->edition : d->guide ? d->guide->edition : NULL);
    json_text(j, "source", d->row ? d->row->citation : d->guide ? d->guide->citation : NULL);
    const char *from = d->row ? d->row->imported_from : d->guide ? d->guide->imported_from : NULL;
    json_text(j, "imported_from", from && *from ? from : NULL);
    json_text(j, "table", *table ? table : NULL);
    json_text(j, "guide", d->guide ? d->guide->guide : NULL);
    write_metres(j, "fire_isolation_m", p->distances.fire_isolation_m);
    write_metres(j, "fire_evacuation_m", p->distances.fire_evacuation_m);
    write_text(j, p);
    write_choices(j, p);
    json_close(j, '}');
}
