/* The warnings of a packet. The first line is what kills first: of the substance that is named,
 * else of everything the facility is known to hold. Short plain sentences that tell what to do. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/packet_parts.h"
#include "gis/mem.h"

enum { NAMES_MAX = 2 }; /* substances named in one line; the others are counted */

typedef bool danger_test(const struct packet_substance *s);

static bool is_water(const struct packet_substance *s)
{
    return s->water_reactive == 1;
}

static bool is_toxic(const struct packet_substance *s)
{
    return s->toxic_by_inhalation == 1;
}

static bool is_unstable(const struct packet_substance *s)
{
    return s->nfpa[2] >= 3;
}

static bool is_flammable(const struct packet_substance *s)
{
    return s->nfpa[1] >= 3;
}

static bool is_harmful(const struct packet_substance *s)
{
    return s->nfpa[0] >= 3 && !is_toxic(s);
}

static bool is_oxidiser(const struct packet_substance *s)
{
    return s->nfpa_special && !strcmp(s->nfpa_special, "OX");
}

static bool may_polymerise(const struct packet_substance *s)
{
    return s->erg_guide && strchr(s->erg_guide, 'P');
}

static bool is_unknown(const struct packet_substance *s)
{
    return s->cas && s->nfpa[0] < 0 && s->nfpa[1] < 0 && s->nfpa[2] < 0 && s->water_reactive < 0 &&
           s->toxic_by_inhalation < 0;
}

static bool is_unlinked(const struct packet_substance *s)
{
    return !s->cas;
}

/* In the order in which they are said. */
static const struct danger {
    danger_test *test;
    const char *severity, *head_zh, *tail_zh, *head_en, *tail_en;
    bool gases;
} dangers[] = {
    {is_water, "danger", "遇水反應", "不可對其射水。", "Reacts with water", "Keep water off it.",
     true},
    {is_toxic, "danger", "吸入致命", "從上風處接近，未著自給式呼吸器不得進入。",
     "Deadly to breathe", "Come from upwind; no entry without breathing apparatus.", false},
    {is_unstable, "danger", "可能爆炸", "保持遠距，避免撞擊與受熱。", "May explode",
     "Stay far away; no shock, no heat.", false},
    {is_flammable, "danger", "極易起火", "清除火源；蒸氣可能回火。", "Catches fire easily",
     "No flames, no sparks; vapour may flash back.", false},
    {is_harmful, "warning", "接觸可致重傷", "須全身防護。", "Causes serious injury",
     "Full protection needed.", false},
    {is_oxidiser, "warning", "助長燃燒", "遠離可燃物。", "Feeds fire",
     "Keep away from everything that burns.", false},
    {may_polymerise, "warning", "受熱可能劇烈聚合", "容器可能爆裂。", "May polymerise when hot",
     "Containers may burst.", false},
    {is_unknown, "warning", "危害資料不明", "視為有毒、易燃、遇水反應。", "Hazards not known",
     "Treat as toxic, flammable and reactive with water.", false},
    {is_unlinked, "warning", "未能連結至已知物質", "危害不明，不代表安全。",
     "Not linked to a known substance", "Hazards unknown; this does not mean safe.", false},
};

static void say(struct json *j, const char *severity, const char *zh, const char *en)
{
    json_open(j, NULL, '{');
    json_text(j, "severity", severity);
    json_text(j, "zh", zh);
    json_text(j, "en", en);
    json_close(j, '}');
}

static const char *name_of(const struct packet_substance *s, bool zh)
{
    const char *first = zh ? s->name_zh : s->name_en, *second = zh ? s->name_en : s->name_zh;
    return first ? first : second ? second : "?";
}

static void add_names(struct buf *out, const struct packet_substance *items, int count,
                      const struct danger *d, bool zh, const char *except)
{
    int found = 0;
    for (int i = 0; i < count; i++) {
        const struct packet_substance *s = &items[i];
        if (!d->test(s) || (except && s->cas && !strcmp(s->cas, except)))
            continue;
        if (found++ >= NAMES_MAX)
            continue;
        buf_text(out, found == 1 ? "" : zh ? "、" : ", ");
        buf_text(out, name_of(s, zh));
        if (d->gases && s->gases) {
            buf_text(out, zh ? "（產生 " : " (gives ");
            packet_substance_gases(out, s);
            buf_text(out, zh ? "）" : ")");
        }
    }
    if (found > NAMES_MAX)
        buf_format(out, zh ? "等 %d 種" : " and %d more", zh ? found : found - NAMES_MAX);
}

static void warn_dangers(struct json *j, const struct packet_substance *items, int count,
                         const char *except)
{
    for (size_t k = 0; k < sizeof dangers / sizeof *dangers; k++) {
        struct buf zh = {0}, en = {0};
        const struct danger *d = &dangers[k];
        add_names(&zh, items, count, d, true, except);
        add_names(&en, items, count, d, false, except);
        if (zh.len) {
            char *line_zh = mem_format("%s：%s。%s", d->head_zh, buf_string(&zh), d->tail_zh);
            char *line_en = mem_format("%s: %s. %s", d->head_en, buf_string(&en), d->tail_en);
            say(j, d->severity, line_zh, line_en);
            free(line_zh);
            free(line_en);
        }
        buf_free(&zh);
        buf_free(&en);
    }
}

static void warn_holdings(struct json *j, const struct packet *p)
{
    if (!p->held.count) {
        say(j, "warning", "無資料：此處沒有已知的化學物質申報資料，不代表安全。",
            "No data: no chemical holdings are known for this place. This does not mean it is "
            "safe.");
        return;
    }
    bool listed = !p->chosen.count;
    for (int i = 0; i < p->held.count && !listed; i++)
        listed = p->held.items[i].cas && !strcmp(p->held.items[i].cas, p->chosen.items[0].cas);
    if (!listed)
        say(j, "warning", "此廠場的申報資料沒有這個物質：申報可能不全。",
            "The facility's reports do not list this substance: they may be incomplete.");
    int overdue = 0;
    const char *newest = NULL;
    for (int i = 0; i < p->held.count; i++) {
        const struct packet_substance *s = &p->held.items[i];
        overdue += s->overdue;
        if (s->overdue && s->period_end && (!newest || strcmp(s->period_end, newest) > 0))
            newest = s->period_end;
    }
    if (overdue) {
        char *zh = mem_format("資料過期：%d 種物質中有 %d 種的數量已超過一年（過期者最新為 %s），"
                              "現場情況可能不同。",
                              p->held.count, overdue, newest ? newest : "?");
        char *en =
            mem_format("Old data: %d of %d quantities are more than a year old (the newest of "
                       "them is of %s). What is there now may differ.",
                       overdue, p->held.count, newest ? newest : "?");
        say(j, "warning", zh, en);
        free(zh);
        free(en);
    }
}

static void warn_place(struct json *j, const struct packet *p)
{
    const char *check = p->facility ? db_get_text(p->facility, 0, PACKET_FACILITY_CHECK) : NULL;
    if (check && !p->q->has_place && !strcmp(check, "other_county"))
        say(j, "warning", "位置可疑：座標與地址不在同一縣市，請先確認地點。",
            "Doubtful position: it lies in another county than the address. Check the place "
            "first.");
    bool drawn = p->protective_ring.count > 0;
    if (isnan(p->q->wind_from_deg) && !drawn)
        say(j, "info", "風向不明：請量風向後重做。", "Wind not known: measure it and repeat.");
    else if (isnan(p->q->wind_from_deg))
        say(j, "info", "風向不明：下風保護區畫為圓形。請量風向後重做。",
            "Wind not known: the protective zone is drawn as a circle. Measure the wind and "
            "repeat.");
    else if (p->circle && drawn)
        say(j, "info", "風速低於每秒 1 公尺，風向不定：下風保護區畫為圓形。",
            "Wind below 1 m/s has no steady direction: the protective zone is drawn as a circle.");
}

void packet_write_warnings(struct json *j, const struct packet *p)
{
    json_open(j, "warnings", '[');
    if (p->chosen.count)
        warn_dangers(j, p->chosen.items, p->chosen.count, NULL);
    warn_dangers(j, p->held.items, p->held.count, p->chosen.count ? p->chosen.items[0].cas : NULL);
    warn_holdings(j, p);
    warn_place(j, p);
    json_close(j, ']');
}
